"""The part at the foot of the window that says which copies of attached files lie in clear, and wipes them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from ethnomed_desktop.app import opened_copies
from ethnomed_desktop.app.opened_copies import OpenedCopy
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.session import Session

LOOKED_AFTER_MS = 60_000


class OpenedCopies(QObject):
    """Looks after the copies once a minute while there are any. ``changed()`` after each look."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.copies: list[OpenedCopy] = []
        self.timer = QTimer(self, interval=LOOKED_AFTER_MS)
        self.timer.timeout.connect(self.look)

    def look(self) -> None:
        """Wipe what nobody shows any more, and tell what is left; nothing is opened before the vault is."""
        if not self._session.is_open:
            return
        ctx = self._session.ctx
        self._session.tasks.free(lambda progress: opened_copies.tend(ctx), self._on_left, owner=self)

    def words(self) -> str:
        """Return what the part says; nothing when there is no copy."""
        count = len(self.copies)
        return _("Opened copies: {count}").format(count=count) if count else ""

    def fill(self, menu: QMenu) -> None:
        """Put the copies into a menu: each is wiped by a press, and all of them."""
        for number, one in enumerate(self.copies, start=1):
            menu.addAction(self._line(number, one).replace("&", "&&")).triggered.connect(self._wiper(one))
        menu.addSeparator()
        menu.addAction(_("Wipe all of them now")).triggered.connect(lambda _checked=False: self.wipe_all())

    def wipe_all(self) -> None:
        """Wipe every copy, also those that a program shows."""
        ctx = self._session.ctx
        self._run(lambda: opened_copies.wipe_copies(ctx))

    def _line(self, number: int, one: OpenedCopy) -> str:
        name = _("File {number}").format(number=number) if appearance().names_hidden else one.path.name
        time = f"{local_time(one.opened_ms):%H:%M}"
        if one.held:
            return _("Wipe now: {name} · opened {time}, a program has it open").format(name=name, time=time)
        return _("Wipe now: {name} · opened {time}").format(name=name, time=time)

    def _wiper(self, one: OpenedCopy) -> Callable[[bool], None]:
        return lambda _checked: self._run(lambda: opened_copies.wipe_copy(one.path))

    def _run(self, wipe: Callable[[], int]) -> None:
        self._session.tasks.free(lambda progress: wipe(), lambda _count: self.look(), owner=self)

    def _on_left(self, left: list[OpenedCopy]) -> None:
        self.copies = left
        if left and not self.timer.isActive():
            self.timer.start()
        elif not left:
            self.timer.stop()
        self.changed.emit()
