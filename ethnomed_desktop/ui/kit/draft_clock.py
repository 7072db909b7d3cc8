"""When a draft is kept: 1 s after the last key, at least every 5 s, and on leaving a field."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class DraftClock(QObject):
    """``due`` says: keep the draft now. Nothing comes while nothing was changed."""

    due = Signal()

    def __init__(self, parent: QObject | None = None, *, pause_ms: int = 1000, longest_ms: int = 5000) -> None:
        super().__init__(parent)
        self.dirty = False
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._longest = QTimer(self, singleShot=True, interval=longest_ms)
        self._pause.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)

    def touch(self) -> None:
        """Note a change."""
        self.dirty = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Keep the draft at once if something was changed: leaving a field, locking, closing."""
        self._pause.stop()
        self._longest.stop()
        if self.dirty:
            self.dirty = False
            self.due.emit()

    def forget(self) -> None:
        """Keep nothing any more: the record was saved or the draft thrown away."""
        self._pause.stop()
        self._longest.stop()
        self.dirty = False
