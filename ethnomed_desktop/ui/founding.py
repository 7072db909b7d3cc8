"""A new council at the door: its steps, the recovery sheet, the practice council; only where there is no vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.tasks import Tasks
from ethnomed_desktop.ui.vault.create_page import CreatePage
from ethnomed_desktop.ui.vault.door import Door
from ethnomed_desktop.ui.vault.recovery_page import RecoveryPage

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.vault import NewCouncil


class Founding(QObject):
    """``opened(ctx)`` when the council is made and its sheet is kept. Its pages stand in the door's ``stack``."""

    opened = Signal(object)

    def __init__(self, door: Door, tasks: Tasks, stack: QStackedWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._door = door
        self._tasks = tasks
        self._stack = stack
        self._around = parent
        self._made: NewCouncil | None = None
        self.recovery: RecoveryPage | None = None
        self.page: CreatePage | None = CreatePage(tasks, door.pattern, parent)
        self.page.create_requested.connect(self._on_create)
        self.page.practice_requested.connect(self._on_practice)
        self.page.act_requested.connect(self._act)
        stack.addWidget(self.page)

    @property
    def sheet_shown(self) -> bool:
        """Whether a recovery sheet waits to be kept: nothing else may be shown before that."""
        return self._made is not None

    def show(self) -> None:
        """Show the page and put the cursor into its first field."""
        if self.page is not None:
            self._stack.setCurrentWidget(self.page)
            self.page.begin()

    def drop(self) -> None:
        """Forget the page: there is a vault now."""
        if self.page is not None:
            self._stack.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None

    def _on_create(self, council: dict[str, Any], passphrase: str) -> None:
        self._tasks.free(
            lambda progress: self._door.create(council, passphrase), self._on_made, self._on_not_made, owner=self
        )

    def _on_practice(self) -> None:
        language = current().language
        self._tasks.free(
            lambda progress: self._door.practice(language), self._on_practice_made, self._on_not_made, owner=self
        )

    def _on_practice_made(self, ctx: AppContext) -> None:
        self.drop()
        self.opened.emit(ctx)

    def _on_not_made(self, error: Exception) -> None:
        if self.page is None:
            return
        if not isinstance(error, EthnomedError):
            from ethnomed_desktop.app.crash_notes import record_crash

            error = UserError("internal", reference=record_crash(error))
        self.page.refuse(error)

    def _on_made(self, made: NewCouncil) -> None:
        self.drop()
        self._made = made
        self.recovery = RecoveryPage(self._around)
        self.recovery.show_code(made.recovery_code)
        self.recovery.finished.connect(self._on_recovery_kept)
        self.recovery.save_requested.connect(self._on_save_sheet)
        self.recovery.print_requested.connect(self._on_print_sheet)
        self._stack.addWidget(self.recovery)
        self._stack.setCurrentWidget(self.recovery)

    def _act(self, key: str) -> None:
        """Let the window put language and text size in force."""
        act = getattr(self._around.window(), "act", None)
        if callable(act):
            act(key)

    def _on_recovery_kept(self, confirmed: bool) -> None:
        assert self.recovery is not None
        assert self._made is not None
        ctx, self._made = self._made.ctx, None
        self._stack.removeWidget(self.recovery)
        self.recovery.show_code("")
        self.recovery.deleteLater()
        self.recovery = None
        if not confirmed:
            self.opened.emit(ctx)
            return
        from ethnomed_desktop.app.vault_secrets import note_recovery

        def opened(_answer: object) -> None:
            self.opened.emit(ctx)

        # A notice that could not be taken away is no reason to keep the vault closed.
        self._tasks.write(lambda progress: note_recovery(ctx, confirmed=True), opened, opened, owner=self)

    def _on_save_sheet(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self._around, _("Save the recovery sheet"), str(Path.home() / "recovery-sheet.pdf"), "PDF (*.pdf)"
        )
        if chosen and self._made is not None:
            made, words = self._made, current()

            def job(progress: object) -> None:
                from ethnomed_desktop.app.vault import write_recovery_sheet

                write_recovery_sheet(made.ctx, made.recovery_code, words, Path(chosen))

            self._tasks.write(job, self._on_sheet_saved, self._on_sheet_failed, owner=self)

    def _on_print_sheet(self) -> None:
        """Print without a file: the words of the sheet go to the printer only."""
        if self.recovery is None:
            return
        from ethnomed_desktop.ui.vault.printing import print_sheet

        if print_sheet(
            self._around, self.recovery.card.heading.text(), self.recovery.explain.text(), self.recovery.code.text()
        ):
            self.recovery.messages.succeed(_("The sheet was handed to the printer."))

    def _on_sheet_saved(self, _answer: object) -> None:
        if self.recovery is not None:
            self.recovery.messages.warn(
                _("The sheet is saved. Anyone who finds the file can read it: print it and delete the file.")
            )

    def _on_sheet_failed(self, error: Exception) -> None:
        if self.recovery is not None:
            show_error(self.recovery.messages, error)
