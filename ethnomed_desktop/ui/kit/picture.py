"""What a change of the whole window sets going for later waits until its picture stands.

Questions to the lanes run in threads of their own, but only one thread at a time runs Python: begun in the middle
of a change they make the window wait for them, and their answers come after the picture anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer

PICTURE_MS = 20
"""Between the end of a change and what waited for its picture: the window is painted at the next event."""

_KEPT_AS = "em_picture"


class Picture(QObject):
    """The next picture of the application's windows; child of the application, used on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = 0
        self._waiting: list[tuple[QObject | None, Callable[[], object]]] = []
        self._timer = QTimer(self, singleShot=True, interval=PICTURE_MS)
        self._timer.timeout.connect(self._go_on)

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Have what is set going within wait for the picture of this change."""
        self._changes += 1
        self._timer.stop()
        try:
            yield
        finally:
            self._changes -= 1
            if not self._changes and self._waiting:
                self._timer.start()

    def is_coming(self) -> bool:
        """Whether a change is under way or its picture may not stand yet."""
        return self._changes > 0 or bool(self._waiting)

    def then(self, work: Callable[[], object], owner: QObject | None = None) -> None:
        """Do ``work`` now, or in its turn once the picture stands; not at all if ``owner`` is gone by then."""
        if self.is_coming():
            self._waiting.append((owner, work))
        else:
            work()

    def _go_on(self) -> None:
        try:
            while self._waiting:
                owner, work = self._waiting.pop(0)
                if owner is None or shiboken6.isValid(owner):
                    work()
        finally:
            if self._waiting:  # one failed: the others have their turn
                self._timer.start()


def picture() -> Picture:
    """Return the application's next picture, made on first use."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application runs: nothing is painted")
    found = getattr(app, _KEPT_AS, None)
    if not isinstance(found, Picture):
        found = Picture(app)
        setattr(app, _KEPT_AS, found)
    return found
