"""Notices that nobody is at the computer, or that its lid was closed: the window then locks."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent

from ethnomed_desktop.ui.kit.window_listener import WindowListener

LOCK_AFTER_MS = 10 * 60 * 1000
PULSE_MS = 15_000
"""How often the wall clock is looked at: timers stand still while a computer sleeps."""

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
    """``idle`` comes once, ``after_ms`` after the last sign of a person in a window. Begins with `listen`.

    A computer that slept for longer counts as left alone, whatever is pressed when it wakes. ``wall``
    tells the seconds of the day's clock.
    """

    idle = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        after_ms: int = LOCK_AFTER_MS,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._wall = wall
        self._last = wall()
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self._on_idle)
        self._pulse = QTimer(self, interval=PULSE_MS)
        self._pulse.timeout.connect(self.look)

    def set_after(self, milliseconds: int) -> None:
        """Wait so long from now on."""
        self._timer.setInterval(milliseconds)

    def start(self) -> None:
        """Begin to watch: the vault was opened."""
        self._last = self._wall()
        self._timer.start()
        self._pulse.start()

    def hold(self, held: bool) -> None:
        """Do not lock while something is shown that would be lost; locking by hand is never held."""
        if held:
            self.stop()
        else:
            self.start()

    def stop(self) -> None:
        """Watch no more: there is nothing to lock."""
        self._timer.stop()
        self._pulse.stop()

    def look(self) -> bool:
        """Lock where the clock says that nobody was here for so long; say whether it does."""
        slept = self._timer.isActive() and (self._wall() - self._last) * 1000 > self._timer.interval()
        if slept:
            self._on_idle()
        return slept

    def _on_idle(self) -> None:
        self.stop()
        self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, (QInputEvent, QInputMethodEvent))
            and event.type() in _SIGNS
            and self._timer.isActive()
        ):
            if self.look():
                return True  # what was pressed to wake the computer is not meant for the page
            self._last = self._wall()
            self._timer.start()
        return False
