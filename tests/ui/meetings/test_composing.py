"""Words that are being composed by an input method, and Kazakh letters, while the language is switched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.kit.kazakh_letters import LetterPalette
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type

Find = Callable[[MeetingWorkspace], QWidget]


def title(work: MeetingWorkspace) -> QWidget:
    assert work.minutes.editor is not None
    return work.minutes.editor.form.boxes["title"].editor


def heard(work: MeetingWorkspace) -> QWidget:
    assert work.minutes.editor is not None
    return work.minutes.editor.form.boxes["heard"].editor


def reporter(work: MeetingWorkspace) -> QWidget:
    assert work.minutes.editor is not None
    return work.minutes.editor.form.boxes["reporter"].editor


def text_of(widget: QWidget) -> str:
    assert isinstance(widget, (QLineEdit, QPlainTextEdit))
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def compose(widget: QWidget, letters: str) -> None:
    """Show letters under which the input method still draws its line: they are not in the text yet."""
    QApplication.sendEvent(widget, QInputMethodEvent(letters, []))


@pytest.fixture
def writing(room: Room) -> MeetingWorkspace:
    work = room.new()
    work.add_item()
    return work


@pytest.mark.parametrize("find", [title, heard, reporter])
def test_a_word_being_composed_outlives_a_switch_of_language(
    writing: MeetingWorkspace, qapp: DesktopApplication, room: Room, type_text: Type, find: Find
) -> None:
    editor = find(writing)
    editor.setFocus()
    type_text(editor, "Ауданы: ")
    compose(editor, "Қорд")
    for language in ("ru", "en", "kk"):
        qapp.use_language(language)
        room.settle()
        assert find(writing) is editor
        assert text_of(editor).startswith("Ауданы:"), "what was typed before stays"
    type_text(editor, "Қордай")
    assert text_of(editor) == "Ауданы: Қордай", "the word is there once"
    writing.keeper.clock.flush()
    room.settle()
    kept = writing.draft_body()["sheet"]["meeting"]["parts"][-1]["values"]
    assert "Ауданы: Қордай" in kept.values()


@pytest.mark.parametrize("find", [title, heard])
def test_what_is_composed_while_the_draft_is_kept_is_not_broken_off(
    writing: MeetingWorkspace, room: Room, type_text: Type, find: Find
) -> None:
    editor = find(writing)
    editor.setFocus()
    type_text(editor, "Су ")
    compose(editor, "кез")
    writing.keeper.clock.flush()
    writing.refresh_paper()
    room.settle()
    compose(editor, "кезе")
    type_text(editor, "кезегі")
    assert text_of(editor) == "Су кезегі"


@pytest.mark.parametrize("find", [title, heard])
def test_kazakh_letters_go_on_in_the_middle_of_a_word(
    writing: MeetingWorkspace, qapp: DesktopApplication, type_text: Type, find: Find
) -> None:
    editor = find(writing)
    editor.setFocus()
    type_text(editor, "К")
    qapp.use_language("ru")
    QTest.keyClick(editor, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    type_text(editor, "ордай Ал")
    qapp.use_language("en")
    type_text(editor, "и")
    QTest.keyClick(editor, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert text_of(editor) == "Қордай Алі"
    qapp.use_language("kk")
    palette = next(one for one in writing.findChildren(LetterPalette) if one.isVisible())
    button: Any = next(one for one in palette.findChildren(QWidget) if getattr(one, "text", str)() == "ә")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert text_of(editor) == "Қордай Аліә"
