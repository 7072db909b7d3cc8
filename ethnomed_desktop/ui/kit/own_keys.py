"""Keys that an input keeps for itself, though the menu of its page has them too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keeps_alt(event: QEvent, *keys: Qt.Key) -> bool:
    """Claim Alt with one of these keys before a menu takes it; say whether it was that question of Qt's."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in keys or modifiers != Qt.KeyboardModifier.AltModifier:
        return False
    event.accept()
    return True
