"""What was copied out of the records goes from the clipboard; what others put there, and plain words, stay."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.ui.kit.clipboard_watch import CLEAR_AFTER_MS, ClipboardWatch, declare_level, level_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clipboard of windows drawn into memory never says whose it is; here it is ours."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda self: True)


def pasted() -> str:
    return QGuiApplication.clipboard().text()


@pytest.fixture
def sheet(qtbot: QtBot) -> QWidget:
    """A line for names and a line for what is less confidential."""
    sheet = QWidget()
    qtbot.addWidget(sheet)
    column = QVBoxLayout(sheet)
    for name, level in (("name", Level.IDENTITY), ("text", Level.CASE)):
        line = QLineEdit("Асқаров Бауыржан", sheet)
        line.setObjectName(name)
        declare_level(line, level)
        column.addWidget(line)
    sheet.show()
    sheet.activateWindow()
    return sheet


def copy_from(sheet: QWidget, name: str) -> None:
    line = sheet.findChild(QLineEdit, name)
    assert line is not None
    line.setFocus()
    line.selectAll()
    line.copy()
    assert pasted() == "Асқаров Бауыржан"


def test_a_name_goes_after_a_minute(sheet: QWidget, qtbot: QtBot) -> None:
    watch = ClipboardWatch(sheet)
    assert watch.timer.interval() == CLEAR_AFTER_MS == 60_000
    copy_from(sheet, "name")
    assert watch.timer.isActive()
    watch.timer.setInterval(0)
    qtbot.waitUntil(lambda: pasted() == "")


def test_what_is_less_confidential_stays(sheet: QWidget) -> None:
    watch = ClipboardWatch(sheet)
    copy_from(sheet, "text")
    assert not watch.timer.isActive()
    watch.clear()
    assert pasted() == "Асқаров Бауыржан"


def test_what_another_program_put_there_stays(sheet: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = ClipboardWatch(sheet)
    copy_from(sheet, "name")
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda self: False)
    clipboard.setText("from elsewhere")
    assert not watch.timer.isActive()
    watch.clear()
    assert pasted() == "from elsewhere"


def test_what_came_unnoticed_stays(sheet: QWidget) -> None:
    watch = ClipboardWatch(sheet)
    copy_from(sheet, "name")
    QGuiApplication.clipboard().blockSignals(True)
    QGuiApplication.clipboard().setText("from elsewhere")
    QGuiApplication.clipboard().blockSignals(False)
    watch.clear()
    assert pasted() == "from elsewhere"


def test_copied_files_stay(sheet: QWidget) -> None:
    watch = ClipboardWatch(sheet)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/em-20261122-00000000.emx")])
    QGuiApplication.clipboard().setMimeData(data)
    assert not watch.timer.isActive()


def test_undeclared_words_count_as_the_most_confidential(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    label = QLabel("x", outer)
    assert level_of(label) is level_of(None) is Level.IDENTITY
    declare_level(outer, Level.OFFICE)
    assert level_of(label) is Level.OFFICE


def test_locking_takes_a_copied_name_away(desk: Any) -> None:
    desk.unlocked("ru")
    desk.key(Qt.Key.Key_I, CTRL | SHIFT)
    boxes = desk.incidents.form.form.boxes
    assert level_of(boxes["phone"].editor) is Level.IDENTITY
    assert level_of(boxes["what_happened"].editor) is Level.CASE
    assert desk.work.session.clipboard.timer.interval() == CLEAR_AFTER_MS
    boxes["phone"].editor.setFocus()
    QGuiApplication.clipboard().setText("+7 701 123 45 67")
    assert desk.work.session.clipboard.timer.isActive()
    desk.close()
    assert pasted() == ""


def test_the_card_declares_its_levels(desk: Any) -> None:
    desk.unlocked("ru")
    desk.key(Qt.Key.Key_I, CTRL | SHIFT)
    desk.incidents.form.form.go_to("what_happened")
    desk.type("Су дауы")
    desk.key(Qt.Key.Key_Return, CTRL)
    value = desk.incidents.card.findChild(QLabel, "value_what_happened")
    assert level_of(value) is Level.CASE
