"""Hear what a person does in any window, without seeing every event of every widget.

An event filter on the application is called for each of the thousands of events of a change of language or
text size; keys, mouse and touch come through the window of the system first, so it is enough to listen there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class WindowListener(QObject):
    """Installs itself as event filter on each window that a person works in; override `eventFilter`.

    ``watched`` is the window, not a widget. Qt has tried shortcuts before a key press arrives here.
    """

    def listen(self) -> None:
        """Listen to the windows there are, and to each further one once it is worked in."""
        app = QGuiApplication.instance()
        if not isinstance(app, QGuiApplication):
            raise RuntimeError("no application runs: there are no windows to listen to")
        app.focusWindowChanged.connect(self._on_window)
        for window in app.topLevelWindows():
            self._on_window(window)

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
