"""Enter presses the button that has the focus, as the space bar does: Qt leaves it unused outside dialogs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolButton

from ethnomed_desktop.ui.kit.window_listener import WindowListener

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class EnterPresses(WindowListener):
    """A held key presses once; a button with a menu opens it. Begins with `listen`.

    Dialogs are left alone: there Enter means the button that Qt marks.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() not in _PLAIN:
            return False
        if QApplication.activePopupWidget() is not None:
            return False
        button = QApplication.focusWidget()
        if not isinstance(button, (QPushButton, QToolButton)) or isinstance(button.window(), QDialog):
            return False
        if not event.isAutoRepeat():
            if button.menu() is not None:
                button.showMenu()
            else:
                button.click()
        return True
