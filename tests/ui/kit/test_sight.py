"""What is scrolled out of sight hears of another language and text size after the rest, or when scrolled to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.domain.fieldtypes import LongText
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.long_text_field import LongTextField
from ethnomed_desktop.ui.kit.rest import UNSEEN_AFTER_MS, keeper_of_rest
from ethnomed_desktop.ui.kit.scale import refresh, sized_font, spaced

ROWS = 40


class Row(QWidget):
    """A line that says the language in use."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit(current().language, self)
        QVBoxLayout(self).addWidget(self.line)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange:
            self.line.setPlaceholderText(current().language)
        super().changeEvent(event)


@pytest.fixture
def area(qtbot) -> QScrollArea:
    made = QScrollArea()
    qtbot.addWidget(made)
    page = QWidget()
    column = QVBoxLayout(page)
    made.rows = [Row(page) for _number in range(ROWS)]
    for row in made.rows:
        column.addWidget(row)
    made.setWidget(page)
    made.setWidgetResizable(True)
    made.resize(400, 300)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    return made


def said(area: QScrollArea) -> list[str]:
    """Return what each row heard of."""
    return [row.line.placeholderText() for row in area.rows]


def test_what_is_seen_is_worded_at_once_and_the_rest_soon(area, qapp, qtbot) -> None:
    qapp.use_language("ru")
    assert said(area)[0] == "ru"
    assert said(area)[-1] == ""
    qtbot.wait_until(lambda: set(said(area)) == {"ru"}, timeout=50 * UNSEEN_AFTER_MS)


def test_scrolling_to_a_part_words_and_measures_it(area, qapp) -> None:
    high = area.rows[-1].line.sizeHint().height()
    qapp.use_language("ru")
    qapp.use_text_size(200)
    assert area.rows[0].line.height() > 1.5 * high
    assert area.rows[-1].line.sizeHint().height() == high
    for _time in range(3):  # the page gets longer while its end comes into sight
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        qapp.processEvents()
    assert said(area)[-1] == "ru"
    assert area.rows[-1].line.height() > 1.5 * high


def test_what_comes_into_sight_because_the_text_shrinks_is_measured_too(area, qapp, qtbot) -> None:
    high = area.rows[0].line.height()
    qapp.use_text_size(200)
    qtbot.wait_until(lambda: all(row.line.height() > 1.5 * high for row in area.rows), timeout=50 * UNSEEN_AFTER_MS)
    qapp.use_text_size(100)
    seen = [row for row in area.rows if not row.visibleRegion().isEmpty()]
    assert len(seen) >= 4
    assert {row.line.height() for row in seen} == {high}


def test_what_is_written_stays_in_its_place_while_the_rest_catches_up(area, qapp, qtbot) -> None:
    line = area.rows[20].line
    line.setFocus()
    area.ensureWidgetVisible(line)
    line.setText("Айгүл айт")
    line.setCursorPosition(5)
    qapp.processEvents()
    qtbot.wait_until(line.hasFocus)
    qapp.use_text_size(200)
    qapp.use_language("ru")
    before = line.mapTo(area, QPoint(0, 0)).y()
    qtbot.wait_until(lambda: set(said(area)) == {"ru"}, timeout=50 * UNSEEN_AFTER_MS)
    qapp.processEvents()
    assert abs(line.mapTo(area, QPoint(0, 0)).y() - before) <= 1
    assert (line.text(), line.cursorPosition(), line.hasFocus()) == ("Айгүл айт", 5, True)


def test_another_text_size_needs_no_other_style_sheet(area, qapp) -> None:
    sheet = qapp.styleSheet()
    small = area.rows[0].line.sizeHint().height()
    qapp.use_text_size(200)
    assert qapp.styleSheet() == sheet
    assert area.rows[0].line.sizeHint().height() > 1.7 * small


def test_a_page_shown_again_is_measured_whole(area, qapp) -> None:
    small = area.rows[-1].line.sizeHint().height()
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(area)
    window.show()
    area.hide()
    qapp.use_text_size(200)
    area.show()
    assert all(row.line.sizeHint().height() > 1.7 * small for row in area.rows)
    area.setParent(None)
    window.close()


def test_a_row_that_breaks_lines_keeps_its_height_when_something_in_it_changes(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = FlowLayout(window)
    buttons = [QPushButton(f"button {number}", window) for number in range(4)]
    for button in buttons:
        row.addWidget(button)
    window.resize(900, 100)
    window.show()
    one_line = row.minimumSize().height()
    buttons[0].setText("another button")
    assert row.minimumSize().height() == one_line


def test_a_row_that_breaks_lines_asks_anew_what_has_changed(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = FlowLayout(window)
    buttons = [QPushButton("one", window), QPushButton("two", window)]
    for button in buttons:
        row.addWidget(button)
    window.resize(300, 100)
    window.show()
    least = row.minimumSize()
    buttons[1].setText("a great deal more than the word two")
    assert row.minimumSize().height() > 1.5 * least.height()
    buttons[1].setText("two")
    assert row.minimumSize() == least
    buttons[0].setMinimumHeight(10 * least.height())
    assert row.minimumSize().height() >= 10 * least.height()
    buttons[0].hide()
    assert row.minimumSize().height() < 10 * least.height()


class FreshRows(QWidget):
    """Makes its rows anew with every language, as lists of what is recorded do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        spaced(self._column, 1)
        self.rows: list[QPushButton] = []
        self._fill()

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [QPushButton(f"{current().language} {number}", self) for number in range(3)]
        for row in self.rows:
            sized_font(row, 1.2)
            self._column.addWidget(row)


@pytest.mark.parametrize("size_first", [False, True])
@pytest.mark.parametrize("between", [0, UNSEEN_AFTER_MS // 2])
def test_fresh_rows_have_the_new_size_when_both_change_at_once(qtbot, qapp, size_first: bool, between: int) -> None:
    def shown() -> tuple[QScrollArea, list[FreshRows]]:
        made = QScrollArea()
        qtbot.addWidget(made)
        page = QWidget()
        column = QVBoxLayout(page)
        spaced(column, 2)
        parts = [FreshRows(page) for _number in range(12)]
        for part in parts:
            column.addWidget(part)
        made.setWidget(page)
        made.setWidgetResizable(True)
        made.resize(400, 300)
        made.show()
        qapp.processEvents()
        return made, parts

    def places(parts: list[FreshRows]) -> list[tuple[str, int, float]]:
        return [(row.text(), row.height(), row.font().pointSizeF()) for part in parts for row in part.rows]

    _area, parts = shown()
    changes = [lambda: qapp.use_language("ru"), lambda: qapp.use_text_size(200)]
    for change in reversed(changes) if size_first else changes:
        change()
        qtbot.wait(between)
    qtbot.wait_until(keeper_of_rest(refresh).is_idle, timeout=50 * UNSEEN_AFTER_MS)
    qapp.processEvents()
    _new_area, new_parts = shown()
    assert places(parts) == places(new_parts)


def test_the_line_being_written_stays_in_sight_while_its_input_grows(qtbot, type_text) -> None:
    field = LongTextField(Field("heard", 1, LongText(4000), "Heard"))
    page, area = QWidget(), QScrollArea()
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addStretch(1)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.resize(500, 200)
    qtbot.addWidget(area)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    field.text.setFocus()
    for _line in range(12):
        type_text(field.text, "Су туралы")
        qtbot.keyClick(field.text, Qt.Key.Key_Return)
    QApplication.processEvents()
    cursor = field.text.cursorRect().translated(field.text.viewport().mapTo(area.viewport(), QPoint(0, 0)))
    assert area.viewport().rect().contains(cursor)
