from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ethnomed_desktop.domain.fieldtypes import LongText, Text
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.kazakh_letters import LETTERS, next_letter
from ethnomed_desktop.ui.kit.long_text_field import LongTextField
from ethnomed_desktop.ui.kit.text_field import TextField


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


def test_the_palette_can_be_hidden(qtbot, qapp, paragraphs) -> None:
    paragraphs.show()
    assert paragraphs._letters_row.isVisible()
    qapp.use_letter_palette(False)
    assert not paragraphs._letters_row.isVisible()


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
