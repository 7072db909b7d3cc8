from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.domain.fieldtypes import LongText, Text
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.kazakh_letters import LETTERS, next_letter
from ethnomed_desktop.ui.kit.long_text_field import LongTextField
from ethnomed_desktop.ui.kit.text_field import TextField

NEIGHBOURS = (("responsible", "Responsible person or body"), ("due", "Due"))


@pytest.fixture
def line(qtbot):
    field = TextField(Field("venue", 1, Text(), "Place"))
    qtbot.addWidget(field)
    return field


@pytest.fixture
def paragraphs(qtbot):
    field = LongTextField(Field("text", 1, LongText(4000), "Text"))
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(("letter", "after"), [*zip("агкноухиы", "әғқңөұһіі", strict=True), ("ұ", "ү"), ("ү", "у")])
def test_pairs(letter: str, after: str) -> None:
    assert next_letter(letter) == after
    assert next_letter(letter.upper()) == after.upper()


def test_all_nine_letters_can_be_reached() -> None:
    assert {next_letter(letter) for letter in "агкноуұхи"} == set(LETTERS)


def test_shift_f7_turns_the_letter_before_the_cursor(qtbot, type_text, line) -> None:
    type_text(line.line, "Кордай")
    line.line.setCursorPosition(1)
    with qtbot.wait_signal(line.edited, timeout=1000):
        qtbot.keyClick(line.line, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert line.value() == "Қордай"
    assert line.line.cursorPosition() == 1


def test_shift_f7_is_one_step_of_undo_in_a_line(qtbot, type_text, line) -> None:
    type_text(line.line, "Кор")
    line.line.setCursorPosition(1)
    qtbot.keyClick(line.line, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    line.line.undo()
    assert line.line.text() == "Кор"


def test_shift_f7_is_one_step_of_undo_in_paragraphs(qtbot, type_text, paragraphs) -> None:
    type_text(paragraphs.text, "акы")
    qtbot.keyClick(paragraphs.text, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert paragraphs.value() == "акі"
    paragraphs.text.undo()
    assert paragraphs.text.toPlainText() == "акы"


def test_the_palette_comes_with_the_focus_and_types(qtbot) -> None:
    line = TextField(Field("venue", 1, Text(), "Place"))
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(line)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    line.line.setFocus()
    assert line._palette.isVisible()
    qtbot.mouseClick(line._palette.buttons[0], Qt.MouseButton.LeftButton)
    assert line.value() == "ә"
    qtbot.mouseClick(line._palette.buttons[2], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    assert line.value() == "әҚ"
    line.line.clearFocus()
    assert not line._palette.isVisible()


def test_the_palette_can_be_hidden(qtbot, qapp) -> None:
    page, paragraphs = QWidget(), LongTextField(Field("text", 1, LongText(4000), "Text"))
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(paragraphs)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    paragraphs.text.setFocus()
    assert paragraphs._palette.isVisible()
    paragraphs.text.clearFocus()
    qapp.use_letter_palette(False)
    paragraphs.text.setFocus()
    assert not paragraphs._palette.isVisible()


@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_palette_covers_neither_its_own_input_nor_the_next_field(qtbot, qapp, size) -> None:
    qapp.use_text_size(size)
    first = TextField(Field("venue", 1, Text(), "Place"))
    second = TextField(Field("street", 2, Text(), "Street"))
    content = QWidget()
    column = QVBoxLayout(content)
    for field in (first, second):
        column.addWidget(field)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    qtbot.addWidget(area)
    area.resize(1000, 600)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    second.line.setFocus()
    letters = second._palette.geometry()
    assert second._palette.parentWidget() is content
    for covered in (first.line, second.line, first.label):
        place = covered.rect().translated(covered.mapTo(content, QPoint(0, 0)))
        assert not place.intersects(letters)
    assert (
        second.label.mapTo(content, second.label.rect().topLeft()).y()
        <= letters.bottom()
        <= second.line.mapTo(content, QPoint(0, 0)).y()
    )
    first.line.setFocus()
    below = second.rect().translated(second.mapTo(content, QPoint(0, 0)))
    assert not first._palette.geometry().intersects(below)


def test_the_palette_follows_its_field_when_the_page_is_laid_out_anew(qtbot) -> None:
    field = TextField(Field("venue", 1, Text(), "Place"))
    content, above = QWidget(), QLabel("…")
    column = QVBoxLayout(content)
    column.addWidget(above)
    column.addWidget(field)
    above.hide()
    qtbot.addWidget(content)
    content.resize(800, 400)
    with qtbot.waitActive(content):
        content.show()
        content.activateWindow()
    field.line.setFocus()
    before = field._palette.y()
    above.setFixedHeight(120)
    above.show()
    qtbot.waitUntil(lambda: field._palette.y() > before + 50, timeout=1000)


def test_long_text_grows_and_counts(qtbot, type_text, paragraphs) -> None:
    paragraphs.resize(400, 300)
    paragraphs.show()
    before = paragraphs.text.height()
    type_text(paragraphs.text, "жол\n" * 8)
    assert paragraphs.text.height() > before
    assert "32" in paragraphs.counter.text()
    paragraphs.set_value("ә" * 5000)
    assert paragraphs.counter.property("role") == "error"
    assert paragraphs.problem()


@pytest.mark.parametrize("size", [100, 125, 200])
def test_the_palette_never_stands_over_the_label_of_a_neighbour(qtbot, qapp, size) -> None:
    qapp.use_text_size(size)
    content = QWidget()
    row = QHBoxLayout(content)
    fields = [TextField(Field(name, number, Text(), label)) for number, (name, label) in enumerate(NEIGHBOURS, 1)]
    for field in fields:
        row.addWidget(field)
    qtbot.addWidget(content)
    content.resize(900 if size < 200 else 1300, 200)
    with qtbot.waitActive(content):
        content.show()
        content.activateWindow()
    first, second = fields
    first.line.setFocus()
    letters, beside = first._palette, second.label
    assert letters.isVisible()
    assert not letters.geometry().intersects(beside.rect().translated(beside.mapTo(content, QPoint(0, 0))))
    assert letters.geometry().right() <= first.mapTo(content, first.rect().bottomRight()).x()
    if first.width() > 2 * letters.width():
        assert letters.x() >= first.label.fontMetrics().horizontalAdvance(first.label.text())


def test_the_palette_is_wide_again_when_there_is_room(qtbot) -> None:
    content = QWidget()
    field = TextField(Field(NEIGHBOURS[0][0], 1, Text(), NEIGHBOURS[0][1]))
    QHBoxLayout(content).addWidget(field)
    qtbot.addWidget(content)
    content.resize(330, 200)
    with qtbot.waitActive(content):
        content.show()
        content.activateWindow()
    field.line.setFocus()
    narrow = field._palette.width()
    content.resize(1000, 200)
    qtbot.waitUntil(lambda: field._palette.width() > narrow, timeout=1000)


@pytest.mark.parametrize("size", [100, 200])
def test_the_palette_leaves_the_words_of_a_narrow_label_to_be_read(qtbot, qapp, size) -> None:
    """It stands over them; scrolled to the upper edge it covers their end, else it would be out of sight."""
    qapp.use_text_size(size)
    field = TextField(Field(NEIGHBOURS[0][0], 1, Text(), NEIGHBOURS[0][1]))
    content, area = QWidget(), QScrollArea()
    column = QVBoxLayout(content)
    column.addSpacing(200)
    column.addWidget(field)
    column.addSpacing(900)
    area.setWidgetResizable(True)
    area.setWidget(content)
    qtbot.addWidget(area)
    area.resize(260 * size // 100, 400)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    field.line.setFocus()
    label = field.label.rect().translated(field.label.mapTo(content, QPoint(0, 0)))
    assert field._palette.isVisible()
    assert field._palette.width() > field.width() - field.label.fontMetrics().horizontalAdvance(field.label.text())
    assert not field._palette.geometry().intersects(label)
    area.verticalScrollBar().setValue(label.top() - 2)
    field._place_palette()
    assert field._palette.geometry().intersects(label)
