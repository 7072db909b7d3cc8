"""Enter presses the button with the focus; inputs and dialogs keep their own Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from ethnomed_desktop.ui.kit.enter_presses import EnterPresses


def fill(made: QWidget) -> list[str]:
    pressed: list[str] = []
    column = QVBoxLayout(made)
    for name in ("first", "second"):
        button = QPushButton(name, made)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False, name=name: pressed.append(name))
        column.addWidget(button)
    column.addWidget(QLineEdit(made))
    return pressed


@pytest.fixture
def listening():
    keys = EnterPresses()
    keys.listen()
    yield keys
    keys.deleteLater()


def shown(qtbot, page: QWidget, focused: QWidget) -> None:
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    focused.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is focused)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_with_the_focus(qtbot, press, listening, key) -> None:
    page = QWidget()
    pressed = fill(page)
    shown(qtbot, page, page.findChild(QPushButton, "second"))
    press(page.windowHandle(), key)
    assert pressed == ["second"]


def test_a_held_key_presses_once(qtbot, press, listening) -> None:
    page = QWidget()
    pressed = fill(page)
    shown(qtbot, page, page.findChild(QPushButton, "first"))
    press(page.windowHandle(), Qt.Key.Key_Return)
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(page.windowHandle(), again)
    assert pressed == ["first"]


def test_inputs_chords_and_buttons_that_are_off_are_left_alone(qtbot, press, listening) -> None:
    page = QWidget()
    pressed = fill(page)
    line = page.findChild(QLineEdit)
    entered: list[str] = []
    line.returnPressed.connect(lambda: entered.append("line"))
    shown(qtbot, page, line)
    press(page.windowHandle(), Qt.Key.Key_Return)
    assert (pressed, entered) == ([], ["line"])
    button = page.findChild(QPushButton, "first")
    button.setFocus()
    press(page.windowHandle(), Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_a_dialog_keeps_its_own_way(qtbot, press, listening) -> None:
    page = QDialog()
    pressed = fill(page)
    page.findChild(QPushButton, "second").setDefault(True)
    shown(qtbot, page, page.findChild(QPushButton, "first"))
    press(page.windowHandle(), Qt.Key.Key_Return)
    assert pressed == ["second"]


def test_a_button_with_a_menu_opens_it(qtbot, press, listening, monkeypatch) -> None:
    page = QWidget()
    pressed = fill(page)
    button = page.findChild(QPushButton, "first")
    opened: list[str] = []
    monkeypatch.setattr(QPushButton, "showMenu", lambda _self: opened.append("menu"))
    button.setMenu(QMenu(button))
    shown(qtbot, page, button)
    press(page.windowHandle(), Qt.Key.Key_Return)
    assert (pressed, opened) == ([], ["menu"])
