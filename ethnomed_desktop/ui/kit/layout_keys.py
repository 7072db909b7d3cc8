"""Shortcuts by the physical key, for computers where no Latin layout is installed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.ui.kit.physical_keys import physical_key
from ethnomed_desktop.ui.kit.window_listener import WindowListener

_Mod = Qt.KeyboardModifier


class LayoutKeys(WindowListener):
    """When Ctrl with a Cyrillic letter reaches a window unused, the key's place on the keyboard decides
    (Ctrl+Ы is Ctrl+S). Begins with `listen`.

    Qt tries its own shortcuts before a key press arrives here, so nothing fires twice.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        focus = QApplication.activePopupWidget() or QApplication.focusWidget()
        if focus is None or not event.modifiers() & (_Mod.ControlModifier | _Mod.AltModifier):
            return False
        latin = physical_key(event)
        if not latin.isalnum() or event.key() == ord(latin):
            return False
        if _Mod.AltModifier & event.modifiers() and _Mod.ControlModifier & event.modifiers():
            return False  # AltGr types letters
        sequence = QKeySequence(event.modifiers().value | ord(latin))
        if trigger(sequence, focus):
            return True
        again = QKeyEvent(event.type(), ord(latin), event.modifiers(), "")
        QApplication.sendEvent(focus, again)  # copy, paste, undo of the input itself
        return again.isAccepted()


def trigger(sequence: QKeySequence, focus: QWidget) -> bool:
    """Fire the shortcut or action with this sequence that is in reach of ``focus``; say whether one was."""
    window = focus.window()
    for shortcut in window.findChildren(QShortcut):
        sequences = shortcut.keys()
        if sequence in sequences and shortcut.isEnabled() and _in_reach(shortcut, focus):
            shortcut.activated.emit()
            return True
    for action in window.findChildren(QAction):
        if sequence in action.shortcuts() and action.isEnabled() and action.isVisible():
            action.trigger()
            return True
    return False


def _in_reach(shortcut: QShortcut, focus: QWidget) -> bool:
    owner = shortcut.parent()
    if shortcut.context() == Qt.ShortcutContext.WidgetShortcut:
        return owner is focus
    if shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return isinstance(owner, QWidget) and (owner is focus or owner.isAncestorOf(focus))
    return not isinstance(owner, QWidget) or owner.isVisible()
