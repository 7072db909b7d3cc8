from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Day, Moment, Phone, TimeOfDay, When, Whole
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.date_field import DateField
from ethnomed_desktop.ui.kit.digit_field import DigitField


def date_field(qtbot, kind):
    field = DateField(Field("due", 1, kind, "Due"), today=lambda: date(2026, 11, 21))
    qtbot.addWidget(field)
    field.show()
    return field


def test_a_date_is_typed_with_the_kazakh_layout(qtbot, type_top_row) -> None:
    field = date_field(qtbot, Day())
    type_top_row(field.line, "211126")
    assert field.line.text() == "211126"
    assert field.value() == "2026-11-21"


def test_words_are_typed_with_the_kazakh_layout(qtbot, press) -> None:
    field = date_field(qtbot, Day())
    for letter, scan in (("б", 0), ("ү", 17), ("г", 0), ("і", 12), ("н", 0)):
        press(field.line, ord(letter.upper()), letter, scan)
    assert field.line.text() == "бүгін"
    assert field.value() == "2026-11-21"


def test_pasted_letters_of_the_top_row_are_digits(qtbot, type_text) -> None:
    field = date_field(qtbot, Day())
    type_text(field.line, "әқ.11.әқәғ")
    assert field.value() == "2025-11-20"


def test_a_full_stop_of_another_key_stays_one(qtbot, press) -> None:
    field = date_field(qtbot, Day())
    press(field.line, ord("."), ".", 61)
    press(field.line, ord("."), ".", 16)
    assert field.line.text() == ".7"


def test_leaving_shows_the_usual_form(qtbot, type_text) -> None:
    field = date_field(qtbot, When())
    type_text(field.line, "вчера")
    with qtbot.wait_signal(field.left, timeout=1000):
        field.line.clearFocus()
        field._on_left()
    assert field.line.text() == "20.11.2026"


def test_a_moment_is_day_and_time(qtbot, type_text) -> None:
    field = date_field(qtbot, Moment())
    type_text(field.line, "21.11 1000")
    assert field.value() == "2026-11-21T10:00+05:00"
    field.set_value("2026-11-21T10:00+05:00")
    assert field.line.text() == "21.11.2026 10:00"


def test_wrong_dates_are_kept_as_draft_and_named(qtbot, type_text) -> None:
    field = date_field(qtbot, Day())
    type_text(field.line, "31.02.2026")
    assert field.draft() == "31.02.2026"
    with pytest.raises(UserError) as refused:
        field.value()
    assert refused.value.field == "due"
    again = date_field(qtbot, Day())
    again.set_value("31.02.2026")
    assert again.line.text() == "31.02.2026"


def test_f4_opens_the_calendar_and_a_day_is_taken(qtbot) -> None:
    field = date_field(qtbot, Day())
    qtbot.keyClick(field.line, Qt.Key.Key_F4)
    calendar = field._calendar.findChild(QCalendarWidget)
    assert calendar.isVisible()
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    assert calendar.selectedDate() == QDate(2026, 11, 21)
    with qtbot.wait_signal(field.edited, timeout=1000):
        calendar.activated.emit(QDate(2026, 12, 1))
    assert field.value() == "2026-12-01"
    assert not field._calendar.isVisible()


@pytest.mark.parametrize(
    ("kind", "digits", "value"),
    [(Whole(), "1250", 1250), (TimeOfDay(), "1405", "14:05"), (Phone(), "87011234567", "+7 701 123 45 67")],
)
def test_numbers_are_typed_with_the_kazakh_layout(qtbot, type_top_row, kind, digits, value) -> None:
    field = DigitField(Field("number", 1, kind, "Number"))
    qtbot.addWidget(field)
    type_top_row(field.line, digits)
    assert field.value() == value


def test_a_number_out_of_bounds_is_refused(qtbot) -> None:
    field = DigitField(Field("people", 1, Whole(0, 10), "People involved"))
    qtbot.addWidget(field)
    field.set_value(11)
    assert "11" in field.problem()
