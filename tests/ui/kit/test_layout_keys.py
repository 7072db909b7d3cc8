from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMainWindow

from ethnomed_desktop.ui.kit.layout_keys import LayoutKeys

CTRL = Qt.KeyboardModifier.ControlModifier
KEY_S, KEY_K, KEY_A, KEY_2 = 39, 45, 38, 11  # scan codes of X11


@pytest.fixture
def window(qtbot, qapp):
    made = QMainWindow()
    made.line = QLineEdit(made)
    made.setCentralWidget(made.line)
    made.fired = []
    save = QAction("Save", made)
    save.setShortcut(QKeySequence("Ctrl+S"))
    save.triggered.connect(lambda: made.fired.append("save"))
    made.addAction(save)
    for keys in ("Ctrl+K", "Ctrl+2"):
        QShortcut(QKeySequence(keys), made).activated.connect(lambda keys=keys: made.fired.append(keys))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.line.setFocus()
    keys = LayoutKeys()
    keys.listen()
    qtbot.wait_until(lambda: qapp.focusWidget() is made.line)
    yield made
    keys.deleteLater()


def test_cyrillic_letters_fire_by_their_place(window, press) -> None:
    press(window.windowHandle(), ord("Ы"), "", KEY_S, CTRL)
    press(window.windowHandle(), ord("Л"), "", KEY_K, CTRL)
    press(window.windowHandle(), 0x4D8, "", KEY_2, CTRL)
    assert window.fired == ["save", "Ctrl+K", "Ctrl+2"]


def test_inputs_keep_their_own_keys(window, press) -> None:
    window.line.setText("мәтін")
    press(window.windowHandle(), ord("Ф"), "", KEY_A, CTRL)
    assert window.line.selectedText() == "мәтін"


def test_plain_typing_and_altgr_are_left_alone(window, press) -> None:
    press(window.windowHandle(), ord("Ы"), "ы", KEY_S)
    press(window.windowHandle(), ord("Ы"), "ы", KEY_S, CTRL | Qt.KeyboardModifier.AltModifier)
    assert window.fired == []
    assert window.line.text().startswith("ы")


def test_a_disabled_action_does_not_fire(window, press) -> None:
    window.actions()[0].setEnabled(False)
    press(window.windowHandle(), ord("Ы"), "", KEY_S, CTRL)
    assert window.fired == []
