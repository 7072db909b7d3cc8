"""The work area made ahead: while a person types the password, so that after it only records are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.ui.kit.appearance import appearance

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.ui.main_window import MainWindow
    from ethnomed_desktop.ui.work_area import WorkArea

AHEAD = ("home", "incidents")
"""The sections made ahead: the first one, and the one most records are in."""

PAUSE_MS = 15
"""Between two steps the window has this long for keys."""


class AreaAhead(QObject):
    """Makes one work area at a time, in short steps on the window's thread. Nothing in it knows a record.

    ``ready()`` when the last step is done.
    """

    ready = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._area: WorkArea | None = None
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._step)
        appearance().changed.connect(self.again)

    def begin(self) -> None:
        """Make the area from now on, a step at a time, unless one waits already."""
        if self._steps is None:
            self._steps = self._made()
            self._timer.start()

    def again(self) -> None:
        """Make anew what waits: language, size or colours changed, and what was never shown may not have heard."""
        if self._steps is None:
            return
        area, self._area, self._steps = self._area, None, None
        if area is not None:
            area.session.tasks.close()
            area.deleteLater()
        self.begin()

    def take(self, ctx: AppContext) -> WorkArea:
        """Return the area, begun with the open vault; what is not made yet is made when it is shown."""
        if self._area is None:
            next(self._made())
        area = self._area
        assert area is not None
        self._timer.stop()
        self._area = self._steps = None
        area.session.begin(ctx)
        return area

    def _step(self) -> None:
        if self._steps is None or next(self._steps, self) is self:
            self._timer.stop()
            self.ready.emit()

    def _made(self) -> Iterator[None]:
        from ethnomed_desktop.ui.hub import ChangeHub
        from ethnomed_desktop.ui.session import Session
        from ethnomed_desktop.ui.tasks import Tasks
        from ethnomed_desktop.ui.work_area import WorkArea

        tasks, hub = Tasks(), ChangeHub()
        session = Session(None, tasks, hub)
        for owned in (tasks, hub):
            owned.setParent(session)
        stack = self._window.stack
        self._area = area = WorkArea(session, self._window.actions_, stack)
        session.setParent(area)
        area.hide()
        yield
        for key in AHEAD:
            area.page(key)
            yield
        area.resize(stack.size())
        for widget in area.findChildren(QWidget):
            widget.ensurePolished()
