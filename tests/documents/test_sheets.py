"""The recovery sheet and the list to sign."""

from __future__ import annotations

from datetime import date

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.attendance_list import AttendanceSheet, attendance_pdf
from ethnomed_desktop.documents.recovery_sheet import RecoverySheet, recovery_pdf
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.documents import samples
from tests.documents.conftest import Golden

CODE = "7K3M-Q9XT-2B4V-ZZ01-H8YN-5D6F-RSTW-0JKP-A7"
LANGUAGES = ("kk", "ru", "en")


def sheet(language: str = "kk", **more: bool) -> RecoverySheet:
    return RecoverySheet.of_code(samples.BODY.of(language), date(2026, 11, 21), CODE, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recovery_sheet_looks_as_agreed(golden: Golden, language: str) -> None:
    golden.same(f"recovery_{language}", recovery_pdf(sheet(language), Catalog.load(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recovery_sheet_is_one_page_with_the_code_in_order(language: str) -> None:
    made = recovery_pdf(sheet(language), Catalog.load(language))
    assert pages.count(made) == 1
    text = pages.flowing_text(made)
    places = [text.index(group) for group in CODE.split("-")]
    assert places == sorted(places)


def test_the_code_is_in_no_representation_and_of_the_right_shape() -> None:
    assert sheet().code == CODE
    assert "7K3M" not in repr(sheet())
    assert "A7" not in repr(sheet())
    with pytest.raises(ValueError, match="8 groups"):
        RecoverySheet.of_code("x", date(2026, 1, 1), "7K3M-A7")


def test_the_picture_changes_with_the_code() -> None:
    other = RecoverySheet.of_code(samples.BODY.kk, date(2026, 11, 21), CODE.replace("A7", "A8"))
    one, two = (pages.render(recovery_pdf(data, Catalog.load("kk")), 0, 600) for data in (sheet(), other))
    row = 600 * 4
    picture_of = [b"".join(p.pixels[y * row + 1760 : y * row + 2240] for y in range(150, 260)) for p in (one, two)]
    assert picture_of[0] != picture_of[1]


def test_a_practice_sheet_says_so() -> None:
    text = pages.flowing_text(recovery_pdf(sheet(practice=True), Catalog.load("kk")))
    assert "ЖАТТЫҒУ ҮЛГІСІ" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_to_sign_looks_as_agreed(golden: Golden, language: str) -> None:
    members = samples.elders(language).present
    data = AttendanceSheet((samples.BODY,), date(2026, 3, 12), samples.PLACE, members)
    golden.same(f"attendance_{language}", attendance_pdf(data, (language,)))


def test_the_head_of_the_list_repeats_and_rows_are_numbered_on() -> None:
    data = AttendanceSheet((samples.BODY,), empty_rows=60)
    made = attendance_pdf(data, ("kk", "ru"))
    texts = [pages.text(made, page) for page in range(pages.count(made))]
    assert len(texts) == 6
    assert all("Қолы" in text for text in texts[:3])
    assert "3-бет, барлығы 3 бет" in texts[2]
    assert "60" in texts[2]
    assert "Страница 1 из 3" in texts[3]


def test_a_list_in_no_language_is_refused() -> None:
    with pytest.raises(UsageError):
        attendance_pdf(AttendanceSheet(()), ())
