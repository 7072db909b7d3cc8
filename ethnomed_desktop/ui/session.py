"""An open vault as the windows see it: commands and queries on the lanes, changes told to every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from ethnomed_desktop.app.backup_place import copy_to_place
from ethnomed_desktop.app.backups import back_up_by_itself
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.recent import note_opened
from ethnomed_desktop.app.vault import close as close_vault
from ethnomed_desktop.domain.clock import local_time, today
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.progress import Progress
from ethnomed_desktop.domain.rights import written_by
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.i18n.discreet import DiscreetCatalog
from ethnomed_desktop.ui.hub import ChangeHub
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.clipboard_watch import ClipboardWatch
from ethnomed_desktop.ui.kit.fields import FieldNeeds
from ethnomed_desktop.ui.sources import KindRows, RecordReferences
from ethnomed_desktop.ui.tasks import Task, Tasks, Then


class Session(QObject):
    """What every feature page is given. Its methods are called on the window's thread.

    ``saved(time)`` comes after each commit with the time in words (``14:32``), ``kept()`` after
    something was written that changes no record (a draft, a setting). Both leave to `now_words`.
    ``backed_up()`` comes after a backup was written by hand. ``idle_minutes`` is told by the window.
    Pages may be made before the vault is open: ``ctx`` is then not there yet, and what they ask is passed over
    until `begin`. ``sheet_shown(bool)`` holds the idle lock while a recovery code stands on the screen.
    """

    saved = Signal(str)
    kept = Signal()
    backed_up = Signal()
    sheet_shown = Signal(bool)

    def __init__(self, ctx: AppContext | None, tasks: Tasks, hub: ChangeHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.tasks = tasks
        self.hub = hub
        self.references = RecordReferences(lambda: self.ctx, lambda: self.catalog)
        self._look = appearance()
        self.idle_minutes = 10
        self.backup_failed = ""
        self._last_opened = ""
        self.closing_error: Exception | None = None
        self._closing_command: Callable[[AppContext], object] | None = None
        self.clipboard = ClipboardWatch(self)
        self._closing = False
        self._when_closed: Callable[[], object] | None = None
        if ctx is None:
            tasks.take_no_more()

    @property
    def ctx(self) -> AppContext:
        """The open vault."""
        assert self._ctx is not None, "the vault is not open yet"
        return self._ctx

    @property
    def is_open(self) -> bool:
        """Whether there is a vault to ask."""
        return self._ctx is not None

    def begin(self, ctx: AppContext) -> None:
        """The vault is open: from now on questions are asked."""
        self._ctx = ctx
        self.tasks.take_again()

    @property
    def catalog(self) -> Catalog:
        """The words of the interface; while names are hidden, words that leave them out."""
        return DiscreetCatalog(current()) if self._look.names_hidden else current()

    @property
    def words(self) -> Catalog:
        """The words of the interface with names, for what hides them itself when it is drawn."""
        return current()

    @property
    def needs(self) -> FieldNeeds:
        """What inputs need from outside."""
        return FieldNeeds(self.tasks, self.references, lambda: today(self.ctx.clock))

    def rows(self, kind: str, columns: Sequence[str] = ()) -> KindRows:
        """Return the source of a plain list; ``columns`` puts its cells in another order."""
        return KindRows(lambda: self.ctx, kind, lambda: self.catalog, columns)

    def command(
        self,
        job: Callable[[AppContext], Done[Any]],
        then: Then | None = None,
        failed: Then | None = None,
        *,
        origin: QObject | None = None,
    ) -> Task:
        """Run a command of `app` on the write lane; publish what it touched, then hand on its value.

        ``origin`` gets no answer once it is closed, and need not reload itself.
        """

        def on_done(done: Done[Any]) -> None:
            self.saved.emit(self.now_words())
            self.hub.publish(done.changes, origin)
            if then is not None:
                then(done.value)

        return self.tasks.write(lambda progress: job(self.ctx), on_done, failed, owner=origin)

    def query(
        self,
        job: Callable[[AppContext], Any],
        then: Then,
        failed: Then | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task:
        """Run a query of `app` on the read lane."""
        return self.tasks.read(lambda progress: job(self.ctx), then, failed, owner=owner)

    def keep(
        self, job: Callable[[AppContext, Progress], Any], then: Then | None = None, failed: Then | None = None
    ) -> Task:
        """Run what writes but changes no record (drafts, audit, settings of this computer)."""

        def on_done(value: Any) -> None:
            self.kept.emit()
            if then is not None:
                then(value)

        return self.tasks.write(lambda progress: job(self.ctx, progress), on_done, failed)

    def note_opened(self, uid: str) -> None:
        """Remember that a record was opened, for what stands under "Recent"; a failure loses only that."""
        if uid and uid != self._last_opened:
            self._last_opened = uid
            self.tasks.write(lambda progress: note_opened(self.ctx, uid), self._pass_over, self._pass_over)

    def _pass_over(self, _answer: object) -> None:
        """Nothing to tell."""

    def now_words(self) -> str:
        """Return the time of day as the status line says it (``14:32``)."""
        return f"{local_time(self.ctx.clock.now_ms()):%H:%M}"

    def why_not(self, kind: str) -> str:
        """Return why the user may not write records of a kind, in words; empty when he may."""
        rights = self.ctx.rights
        return "" if rights.may_write(kind) else sentence(rights.refusal(written_by(kind)), current())

    def new_draft_id(self) -> bytes:
        """Return an id for a draft that was not kept yet: given here, so that two keepings are one draft."""
        return bytes(new_uid(self.ctx.clock.now_ms()))

    def close_by(self, command: Callable[[AppContext], object]) -> None:
        """Let the next closing run a command that closes the vault itself: a change of its key."""
        self._closing_command = command

    def close(self, then: Callable[[], object]) -> None:
        """Let everything under way end, back up and close the vault, then call ``then``; no call after it.

        ``backup_failed`` then holds the day and time of an automatic backup that was not made.
        """
        self._when_closed = then
        self.clipboard.clear()
        if self.tasks.is_idle():
            self._close()
        else:
            self.tasks.idle.connect(self._close)

    def _close(self) -> None:
        if not self._closing:
            self._closing = True
            self.tasks.write(self._close_on_lane, self._on_closed, self._on_closed)
            self.tasks.take_no_more()

    def _close_on_lane(self, progress: Progress) -> None:
        if self._closing_command is not None:
            try:
                self._closing_command(self.ctx)
            except Exception as error:
                self.closing_error = error
            finally:
                close_vault(self.ctx)  # closing twice is harmless; what was refused left it open
            return
        # A backup that fails – a full disk, a copy that does not open – must never keep the vault open.
        try:
            back_up_by_itself(self.ctx)
            copy_to_place(self.ctx)
        except Exception:
            self.backup_failed = f"{local_time(self.ctx.clock.now_ms()):%d.%m.%Y %H:%M}"
        close_vault(self.ctx)

    def _on_closed(self, _answer: object) -> None:
        # A disk that refuses the last folding has lost nothing: what was saved stands in the log.
        if self._when_closed is not None:
            self._when_closed()
