"""What must hold in the catalogs; ``catalogs.py check`` and tests/i18n/test_catalogs.py both ask here."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Message

MARKING = {"_", "N_", "gettext", "ngettext", "pgettext", "npgettext"}
_LATIN, _CYRILLIC = re.compile("[A-Za-zÀ-ɏəƏ]"), re.compile("[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WORDS = re.compile(r"\{[^{}]*\}|<[^<>]*>|&(?:amp|lt|gt|nbsp|quot);")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|quot);|&&")


def problems(tool: ModuleType) -> list[str]:
    """Return every problem of the catalogs as a line of text, none when all is well."""
    found: list[str] = []
    for language in tool.LANGUAGES:
        found += language_problems(tool, language)
    for path in sorted(tool.PACKAGE.rglob("*.py")):
        found += [f"{path.relative_to(tool.ROOT)}:{line}: {what}" for line, what in marking_problems(path)]
    return found


def language_problems(tool: ModuleType, language: str) -> list[str]:
    """Return the problems of one language: what is missing, broken, doubled or left over."""
    found: list[str] = []
    elsewhere: dict[tuple[str | None, object], tuple[str, object]] = {}
    for room in tool.ROOMS:
        catalog = tool.read(language, room)
        wanted = {(tool.key_of(message), message.pluralizable) for message in tool.messages(tool.extracted(room))}
        present = {(tool.key_of(message), message.pluralizable) for message in tool.messages(catalog)}
        place = f"{language}/{room}.po"
        found += [
            f"{place}: not in the catalog (run extract): {key[0][1]!r}" for key in sorted(wanted - present, key=str)
        ]
        found += [f"{place}: no longer in the source: {key[0][1]!r}" for key in sorted(present - wanted, key=str)]
        if tool.plural_forms(language) != f"{catalog.plural_forms};".replace(";;", ";"):
            found.append(f"{place}: Plural-Forms should be {tool.plural_forms(language)}")
        for message in tool.messages(catalog):
            found += [f"{place}: {what}: {message.id!r}" for what in message_problems(tool, message, language)]
            key = (message.context, message.id if isinstance(message.id, str) else message.id[0])
            other_room, other = elsewhere.setdefault(key, (room, message.string))
            if _single(other) != _single(message.string):
                found.append(f"{place}: translated otherwise in {other_room}.po: {message.id!r}")
    return found


def _single(value: object) -> object:
    return value[0] if isinstance(value, (list, tuple)) and value else value


def message_problems(tool: ModuleType, message: Message, language: str) -> Iterator[str]:
    """Yield what is wrong with one message."""
    if message.fuzzy:
        yield "marked fuzzy"
    if not tool.is_translated(message):
        yield "not translated"
        return
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    if message.pluralizable:
        count = int(re.search(r"nplurals=(\d)", tool.plural_forms(language))[1])
        if len(forms) != count:
            yield f"{len(forms)} plural forms instead of {count}"
    for form in forms:
        yield from form_problems(ids[-1], form, language)
    if language == "en" and forms != ids:
        yield "English differs from its id"


def form_problems(source: str, form: str, language: str) -> Iterator[str]:
    """Yield what one translated form lost or added against its source."""
    try:
        same_fields = fields(source) == fields(form)
    except ValueError:
        same_fields = False
    if not same_fields:
        yield "placeholders differ"
    if mnemonics(source) != mnemonics(form):
        yield "mnemonics (&) differ"
    if _edges(source) != _edges(form):
        yield "blanks at the edges differ"
    for ending in (":", "…"):
        if source.rstrip().endswith(ending) != form.rstrip().endswith(ending):
            yield f"the final {ending} differs"
    if language == "kk":
        yield from (f"Latin letter inside «{word}»" for word in mixed_words(form))


def fields(text: str) -> list[str]:
    """Return the names of the placeholders, sorted; raises `ValueError` on unbalanced braces."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def mnemonics(text: str) -> int:
    """Return how many ``&`` mark a key (``&&`` and entities do not)."""
    return _ENTITY.sub("", text).count("&")


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def mixed_words(text: str) -> list[str]:
    """Return the words that mix Latin and Cyrillic letters; placeholders, tags and mnemonics do not count."""
    plain = _NOT_WORDS.sub(" ", text).replace("&", "")
    return [word for word in _WORD.findall(plain) if _LATIN.search(word) and _CYRILLIC.search(word)]


def marking_problems(path: Path) -> Iterator[tuple[int, str]]:
    """Yield calls that extraction would silently miss: a marked sentence must be one constant."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in MARKING:
            continue
        if any(isinstance(argument, (ast.JoinedStr, ast.BinOp)) for argument in node.args[:2]):
            yield node.lineno, f"{name}() needs one plain string, not an f-string or a sum"
        elif isinstance(node.func, ast.Name) and name == "N_" and not isinstance(node.args[0], ast.Constant):
            yield node.lineno, "N_() needs one plain string"
