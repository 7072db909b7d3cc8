"""The catalogs read where they stand say the same as the standard library says."""

from __future__ import annotations

import gettext

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.compiled import CompiledSentences
from ethnomed_desktop.i18n.conventions import conventions
from ethnomed_desktop.i18n.languages import Signs, signs

COUNTS = (0, 1, 2, 4, 5, 11, 21, 22, 25, 101, 112)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_that_of_the_standard_library(language: str) -> None:
    path = paths.catalog_file(language)
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)
    ours = CompiledSentences(path.read_bytes())
    keys = [key for key in ours.ids() if key]
    assert len(keys) > 500

    def singular(key: str) -> str:
        # Asked without a number, Python 3.11.2 does not find a sentence that has plural forms; 3.11.7 does.
        counted = known.ngettext(key, "", 2) != ""
        return known.ngettext(key, "", 1) if counted else known.gettext(key)

    assert {key: ours.text(key) for key in keys} == {key: singular(key) for key in keys}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_standard_library(language: str) -> None:
    with paths.catalog_file(language).open("rb") as file:
        known = gettext.GNUTranslations(file)
    ours = Catalog.load(language)
    one, many = "{count} draft was kept, last change {time}", "{count} drafts were kept, last change {time}"
    assert [ours.ngettext(one, many, count) for count in COUNTS] == [
        known.ngettext(one, many, count) for count in COUNTS
    ]


def test_what_is_not_there_stays_english() -> None:
    words = Catalog.load("ru")
    assert words.gettext("nobody wrote this") == "nobody wrote this"
    assert words.ngettext("{n} stone", "{n} stones", 1) == "{n} stone"
    assert words.ngettext("{n} stone", "{n} stones", 2) == "{n} stones"
    assert words.pgettext("nowhere", "Open") == "Open"
    assert words.find("nowhere", "Open") is None
    assert words.gettext("") == words.pgettext("QDialogButtonBox", "") == ""


@pytest.mark.parametrize("data", [b"", b"\xde\x12\x04\x95", bytes(64), b"\xde\x12\x04\x95" + b"\xff" * 60])
def test_bytes_that_are_no_catalog_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no compiled catalog"):
        CompiledSentences(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signs_of_a_language_are_those_of_its_conventions(language: str) -> None:
    full = conventions(language)
    assert signs(language) == Signs(full.tag, full.button, full.name)
