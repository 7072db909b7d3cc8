"""The manual: the same pages in three languages, no broken link, true names of commands and keys."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.app import help_pages
from ethnomed_desktop.app.practice import PASSPHRASE
from ethnomed_desktop.cli.commands import COMMANDS
from ethnomed_desktop.cli.main import SHARED
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import LANGUAGES

CODE = re.compile(r"`([^`\n]+)`|^    (.+)$", re.MULTILINE)
KEYS = re.compile(r"\b(?:(?:Ctrl|Shift|Alt)\+\S*[^\s*.,:;)]|F\d{1,2})\b")
LONGEST_LINE = 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_page_and_no_other(language: str) -> None:
    there = {path.stem for path in paths.resource("help", language).glob("*.md")}
    assert there == set(help_pages.PAGES)
    titles = [one.title for one in help_pages.list_pages(language)]
    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", help_pages.PAGES)
def test_a_page_has_the_same_shape_in_all_languages(name: str) -> None:
    def shape(text: str) -> list[str]:
        return [(re.match(r"#+ |- |\d\. |    ", line) or [""])[0] for line in text.splitlines()]

    pages = {language: help_pages.page(language, name) for language in LANGUAGES}
    assert shape(pages["kk"]) == shape(pages["ru"]) == shape(pages["en"])
    links = [[link[2] for link in help_pages.LINK.finditer(text)] for text in pages.values()]
    assert links[0] == links[1] == links[2]
    keys = {language: sorted(KEYS.findall(text)) for language, text in pages.items()}
    assert keys["kk"] == keys["ru"] == keys["en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", help_pages.PAGES)
def test_a_page_is_whole(language: str, name: str, catalog_rules: ModuleType) -> None:
    text = help_pages.page(language, name)
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert text.count("**") % 2 == text.count("`") % 2 == 0
    assert {link[2] for link in help_pages.LINK.finditer(text)} <= {f"{one}.md" for one in help_pages.PAGES}
    assert max(map(len, text.splitlines())) < LONGEST_LINE
    if language != "en":
        assert catalog_rules.mixed_words(text) == []
        assert "ё" in text or language == "kk" or name in {"search", "keys"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", help_pages.PAGES)
def test_every_command_named_exists(language: str, name: str) -> None:
    groups = {command.path[0] for command in COMMANDS}
    by_path = {command.path: command for command in COMMANDS}
    shared = {option.flag for option in SHARED} | {"--help", "--version"}
    for match in CODE.finditer(help_pages.page(language, name)):
        words = [word for word in (match[1] or match[2]).split() if word != "ethnomed-desktop"]
        while words and words[0].startswith("--lang"):
            words = words[2:]
        if not words or words[0] not in groups or name == "search" or match[1] == PASSPHRASE:
            continue
        command = by_path.get((words[0],)) or by_path.get(tuple(words[:2]))
        assert command is not None, match[0]
        allowed = shared | {option.flag for option in command.options}
        assert {word for word in words if word.startswith("--")} <= allowed, match[0]
        if words[:2] in (["record", "list"], ["record", "fields"]):
            assert words[2] in KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_protected_is_said(language: str) -> None:
    text = help_pages.page(language, "protected")
    assert "PDF" in text
    assert "PostgreSQL" in text
    assert text.count("\n- **") >= 15


@pytest.mark.parametrize(
    ("language", "sought", "first"),
    [("kk", "коширме", "vault"), ("ru", "лист восстановления", "vault"), ("en", "conflict", "exchange")],
)
def test_words_are_found_by_their_beginnings(language: str, sought: str, first: str) -> None:
    hits = help_pages.search(language, sought)
    assert first in [hit.name for hit in hits][:3]
    assert all("`" not in hit.line and "**" not in hit.line and "](" not in hit.line for hit in hits)
    assert help_pages.search(language, "zzzz") == ()
    assert help_pages.search(language, "  ") == ()


def test_a_page_named_by_the_words_comes_first() -> None:
    assert help_pages.search("en", "printing")[0].name == "printing"
    assert help_pages.search("ru", "обмен")[0].name == "exchange"


def test_a_language_without_pages_gets_the_english_ones() -> None:
    assert help_pages.page("fr", "start") == help_pages.page("en", "start")


@pytest.mark.parametrize("name", ["nope", "../ATTRIBUTION", ""])
def test_an_unknown_page_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as refused:
        help_pages.page("en", name)
    assert refused.value.code == "usage.unknown_page"
    assert "start" in str(refused.value.facts["known"])
