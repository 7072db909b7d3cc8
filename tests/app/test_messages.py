"""Every refusal has a sentence in three languages, and the sentence has the facts it names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import ethnomed_desktop
from ethnomed_desktop.app.messages import (
    ERROR_TEXTS,
    ERROR_TEXTS_WITH_FACTS,
    STRENGTH_TEXTS,
    placeholders,
    sentence,
)
from ethnomed_desktop.domain import errors
from ethnomed_desktop.domain.errors import EthnomedError, Problems, StorageError, UserError, VaultError
from ethnomed_desktop.domain.passphrases import Strength
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

PACKAGE = Path(ethnomed_desktop.__file__).parent
ERROR_CLASSES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, EthnomedError) and value is not Problems
}
CODE = re.compile(r"[a-z_]+\.[a-z_]+|internal")
Raised = tuple[str, str, set[str] | None]


def literal_codes(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
            yield part.value


def raised_codes(source: str, place: str) -> Iterator[Raised]:
    """Yield (place, code, names of the facts given; None where they cannot be read)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Tuple) and any(
            isinstance(e, ast.Name) and e.id in ERROR_CLASSES for e in node.elts
        ):
            for element in node.elts:
                yield from ((place, code, None) for code in literal_codes(element))
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in ERROR_CLASSES:
            continue
        given = {keyword.arg for keyword in node.keywords}
        facts = None if None in given else {fact for fact in given if fact} | {"code"}
        yield from ((f"{place}:{node.lineno}", code, facts) for code in literal_codes(node.args[0]))


def all_raised() -> list[Raised]:
    found: list[Raised] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        found += raised_codes(source, path.relative_to(PACKAGE).as_posix())
        if path.name in {"safe_files.py", "faults.py"}:  # tables of system errors to codes
            tables = {code for code in literal_codes(ast.parse(source)) if code.split(".")[0] == "storage"}
            found += [(path.name, code, None) for code in sorted(tables)]
    return found


def test_the_walk_sees_codes_in_calls_conditions_and_tables() -> None:
    source = (
        'raise errors.UserError("a.one", limit=1)\nraise VaultError(code or "b.two", **facts)\n'
        'X = (("text", StorageError, "c.three"),)\nprint("d.four")'
    )
    assert {
        (code, None if facts is None else frozenset(facts)) for _, code, facts in raised_codes(source, "x")
    } == {
        ("a.one", frozenset({"limit", "code"})),
        ("b.two", None),
        ("c.three", None),
    }


def test_every_code_raised_in_the_package_has_a_sentence() -> None:
    raised = all_raised()
    assert len({code for _, code, _ in raised}) > 40
    missing = sorted({f"{code} ({place})" for place, code, _ in raised if code not in ERROR_TEXTS})
    assert missing == [], "word these in ethnomed_desktop/app/messages.py"


def test_every_sentence_gets_the_facts_it_names() -> None:
    lacking = [
        f"{place}: {code} lacks {sorted(placeholders(ERROR_TEXTS[code]) - facts)}"
        for place, code, facts in all_raised()
        if code in ERROR_TEXTS and facts is not None and placeholders(ERROR_TEXTS[code]) - facts
    ]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_with_the_same_facts(language: str) -> None:
    catalog = Catalog.load(language)
    for text in [*ERROR_TEXTS.values(), *ERROR_TEXTS_WITH_FACTS.values(), *STRENGTH_TEXTS.values()]:
        translated = catalog.gettext(text)
        assert placeholders(translated) == placeholders(text)
        assert (translated == text) == (language == "en"), text
        assert translated.endswith(".") == text.endswith("."), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted({*ERROR_TEXTS, "new.code", "storage.new", "nothing"}))
def test_every_code_makes_a_whole_sentence_without_facts(language: str, code: str) -> None:
    text = sentence(EthnomedError(code), Catalog.load(language))
    assert text.strip() == text
    assert text
    assert not re.search(r"[{}]|None", text)


def test_an_unknown_code_is_named() -> None:
    assert "strange.thing" in sentence(UserError("strange.thing"), Catalog.load("kk"))


def test_codes_of_a_known_prefix_get_the_sentence_of_the_prefix() -> None:
    assert "disk" in sentence(StorageError("storage.of_tomorrow"), Catalog.load("en"))


def test_facts_are_formatted_for_people() -> None:
    english = Catalog.load("en")
    error = VaultError(
        "vault.open_elsewhere", who="Айгүл", host="KORDAI-2", since="2026-11-21T10:05+05:00", program="window"
    )
    text = sentence(error, english)
    assert "Айгүл" in text
    assert "KORDAI-2" in text
    assert "21.11.2026 10:05" in text
    nameless = VaultError("vault.open_elsewhere", who="", host="KORDAI-2", since="2026-11-21T10:05+05:00")
    assert "Who: –. Computer: KORDAI-2." in sentence(nameless, english)
    unknown = VaultError("vault.open_elsewhere", who="", host="", since="", program="")
    assert "–" not in sentence(unknown, english)
    full = StorageError("storage.full", path="store.db", needed=12_000_000)
    assert "12\u00a0MB" in sentence(full, english)
    assert sentence(StorageError("storage.full", path="", needed=0), english).startswith("The disk is full. What")
    assert "12\u00a0000" in sentence(UserError("text.too_long", length=12_000, limit=500), Catalog.load("ru"))
    assert "05.02.2026" in sentence(UserError("date.impossible", value=date(2026, 2, 5)), english)
    assert "2026-13-45" in sentence(UserError("date.impossible", value="2026-13-45"), english)


def test_kinds_and_fields_are_named_by_their_labels() -> None:
    text = sentence(UserError("field.required", field="severity", kind="incident"), Catalog.load("ru"))
    assert "severity" not in text
    assert "«" in text
    kind = sentence(UserError("field.unknown", name="x", kind="incident"), Catalog.load("kk"))
    assert "incident" not in kind


def test_braces_in_what_was_typed_are_only_text() -> None:
    text = sentence(UserError("real.expected", value="{limit} {0}"), Catalog.load("en"))
    assert "{limit} {0}" in text


def test_several_problems_are_a_list() -> None:
    problems = Problems((UserError("text.broken", field="severity"), UserError("time.malformed", value="25:99")))
    lines = sentence(problems, Catalog.load("en")).split("\n")
    assert len(lines) == 3
    assert "2" in lines[0]
    assert "25:99" in lines[2]


def test_strength_has_words() -> None:
    assert set(STRENGTH_TEXTS) == set(Strength)
