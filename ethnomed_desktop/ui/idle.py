"""Notices that nobody is at the computer: the window then locks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent

from ethnomed_desktop.ui.kit.window_listener import WindowListener

LOCK_AFTER_MS = 10 * 60 * 1000
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(WindowListener):
    """``idle`` comes once, ``after_ms`` after the last sign of a person in a window. Begins with `listen`."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, after_ms: int = LOCK_AFTER_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self.idle)

    def set_after(self, milliseconds: int) -> None:
        """Wait so long from now on."""
        self._timer.setInterval(milliseconds)

    def start(self) -> None:
        """Begin to watch: the vault was opened."""
        self._timer.start()

    def hold(self, held: bool) -> None:
        """Do not lock while something is shown that would be lost; locking by hand is never held."""
        if held:
            self._timer.stop()
        else:
            self._timer.start()

    def stop(self) -> None:
        """Watch no more: there is nothing to lock."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, (QInputEvent, QInputMethodEvent))
            and event.type() in _SIGNS
            and self._timer.isActive()
        ):
            self._timer.start()
        return False
