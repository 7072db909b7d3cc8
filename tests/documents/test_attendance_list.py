"""The list to sign at the door: no page is wasted on a single empty row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.attendance_list import SPARED, attendance_pdf
from ethnomed_desktop.documents.attendance_sheet import AttendanceSheet
from tests.documents import samples

LEAST_EMPTY = AttendanceSheet(()).empty_rows - SPARED


def listed(count: int) -> AttendanceSheet:
    people = samples.crowd(count)
    return AttendanceSheet((samples.BODY,), samples.elders().held, samples.PLACE, people, practice=False)


def numbers(pdf: bytes) -> list[int]:
    return [int(line) for text in pages.texts(pdf) for line in text.splitlines() if line.strip().isdigit()]


def test_twelve_members_fit_one_page_with_room_for_guests() -> None:
    made = attendance_pdf(listed(12), ("kk",))
    assert pages.count(made) == 1
    assert max(numbers(made)) >= 12 + LEAST_EMPTY


@pytest.mark.parametrize("count", [1, 5, 17, 19, 25, 40])
def test_there_is_always_room_for_some_and_never_a_page_for_few(count: int) -> None:
    sheet = listed(count)
    made = attendance_pdf(sheet, ("ru",))
    rows = max(numbers(made))
    assert count + LEAST_EMPTY <= rows <= count + sheet.empty_rows
    fewest = attendance_pdf(replace(sheet, empty_rows=LEAST_EMPTY), ("ru",))
    assert pages.count(made) == pages.count(fewest)
    if rows < count + sheet.empty_rows:
        longer = attendance_pdf(replace(sheet, empty_rows=rows - count + 1), ("ru",))
        more = pages.count(longer) > pages.count(made)
        assert more or numbers(longer) == numbers(made), "one row more would have begun a page"


def test_a_list_without_empty_rows_has_none() -> None:
    assert numbers(attendance_pdf(replace(listed(3), empty_rows=0), ("en",))) == []
