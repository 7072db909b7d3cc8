"""The sheet for telephones: a page to hang up, or four cards to cut, in each language."""

from __future__ import annotations

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.phone_sheet import PhoneSheet, phone_sheet_pdf
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from tests.documents import samples


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_or_four_cards(language: str) -> None:
    head = Catalog.load(language).gettext("How to pass the file on by messenger")
    for cards, times in ((False, 1), (True, 4)):
        made = phone_sheet_pdf(PhoneSheet(samples.BODY), (language,), cards=cards)
        assert pages.count(made) == 1
        assert pages.flowing_text(made).count(head) == times


def test_practice_is_marked_and_languages_are_known() -> None:
    both = phone_sheet_pdf(PhoneSheet(practice=True), ("kk", "ru"))
    assert pages.count(both) == 2
    assert "ЖАТТЫҒУ" in pages.flowing_text(both)
    with pytest.raises(UsageError):
        phone_sheet_pdf(PhoneSheet(), ("de",))
