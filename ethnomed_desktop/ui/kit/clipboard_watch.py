"""What was copied out of the records does not stay on the clipboard: after a minute, and at locking, it goes.

Other programs can read the clipboard, and histories of it keep what they read; the minute is a limit, not
a promise. Only what is still ours is taken away: what another program put there since is left alone.
"""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.domain.registry import Level

CLEAR_AFTER_MS = 60_000
LEVEL = "confidentiality"
"""The property that says how confidential the text of a widget (and of what is in it) is."""


def declare_level(widget: QWidget, level: Level) -> None:
    """Say how confidential the words in a widget are; undeclared ones count as the highest."""
    widget.setProperty(LEVEL, int(level))


def level_of(widget: QWidget | None) -> Level:
    """Return the level declared by the widget or the nearest one around it."""
    while widget is not None:
        level = widget.property(LEVEL)
        if level is not None:
            return Level(int(level))
        widget = widget.parentWidget()
    return Level.IDENTITY


class ClipboardWatch(QObject):
    """Lives as long as the vault is open. ``after_ms`` is given by tests."""

    def __init__(self, parent: QObject | None = None, *, after_ms: int = CLEAR_AFTER_MS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = b""
        self.timer = QTimer(self, singleShot=True, interval=after_ms)
        self.timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._on_changed)

    def clear(self) -> None:
        """Take away what was copied here, if it still stands there."""
        self.timer.stop()
        ours, self._ours = self._ours, b""
        if ours and self._fingerprint() == ours:
            self._clipboard.clear(QClipboard.Mode.Clipboard)
            if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
                self._clipboard.clear(QClipboard.Mode.Selection)

    def _on_changed(self) -> None:
        self.timer.stop()
        self._ours = b""
        if self._clipboard.ownsClipboard() and level_of(QApplication.focusWidget()) >= Level.IDENTITY:
            self._ours = self._fingerprint()
            if self._ours:
                self.timer.start()

    def _fingerprint(self) -> bytes:
        """Return a hash of the text there, so that the text itself is kept nowhere; empty: no text, or files."""
        data = self._clipboard.mimeData()
        if data is None or data.hasUrls() or not data.text():
            return b""
        return hashlib.sha256(data.text().encode("utf-8", "surrogatepass")).digest()
