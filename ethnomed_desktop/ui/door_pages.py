"""Before the vault is open: unlock, or make a council and take the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error, words_of
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.language_buttons import LanguageButtons
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.tasks import Tasks
from ethnomed_desktop.ui.vault.door import Door
from ethnomed_desktop.ui.vault.unlock_page import UnlockPage

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.vault import NewCouncil
    from ethnomed_desktop.ui.vault.create_page import CreatePage
    from ethnomed_desktop.ui.vault.recovery_page import RecoveryPage
    from ethnomed_desktop.ui.vault.restore_page import RestorePage


class DoorPages(QWidget):
    """``opened(ctx)`` with the open vault. Its lanes live as long as the window."""

    opened = Signal(object)
    text_stepped = Signal(int)

    def __init__(self, door: Door, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("door")
        self.setProperty("role", "page")
        self._door = door
        self._settings = settings
        self._made: NewCouncil | None = None
        self._warm = False
        self.tasks = Tasks(self)
        self.languages = LanguageButtons(self)
        self.stack = QStackedWidget(self)
        self.unlock = UnlockPage(self)
        self.unlock.unlock_requested.connect(self._on_unlock)
        self.stack.addWidget(self.unlock)
        self.founding: CreatePage | None = None
        self.recovery: RecoveryPage | None = None
        self.restore: RestorePage | None = None
        self._build()
        self.retranslate()
        self.begin()

    def _build(self) -> None:
        bar = QFrame(self)
        bar.setProperty("role", "top")
        self.name = QLabel("Ethnomed Desktop", bar)
        sized_font(self.name, 1.0, bold=True)
        self.smaller, self.larger = QToolButton(bar), QToolButton(bar)
        self.restore_button = QPushButton(bar)
        self.restore_button.setObjectName("door_restore")
        self.restore_button.setProperty("role", "link")
        self.restore_button.clicked.connect(self.show_restore)
        self.smaller.setText("A−")
        self.larger.setText("A+")
        self.smaller.clicked.connect(lambda: self.text_stepped.emit(-1))
        self.larger.clicked.connect(lambda: self.text_stepped.emit(1))
        row = FlowLayout(bar, to_right=True)
        spaced(row, 3, (6, 2, 6, 2))
        for widget in (self.name, self.restore_button, self.languages, self.smaller, self.larger):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)

    def begin(self) -> None:
        """Show the page to begin with: the password, or a new council in an empty folder."""
        if self._door.has_vault():
            self.unlock.begin()
            self.stack.setCurrentWidget(self.unlock)
            if self._warm:
                self._on_warm()
            return
        if self.founding is None:
            # Forms are half of all imports; who unlocks every day need not wait for them.
            from ethnomed_desktop.ui.vault.create_page import CreatePage

            self.founding = CreatePage(self.tasks, self._door.pattern, self)
            self.founding.create_requested.connect(self._on_create)
            self.founding.practice_requested.connect(self._on_practice)
            self.stack.addWidget(self.founding)
        self.stack.setCurrentWidget(self.founding)
        self.founding.begin()

    def show_restore(self) -> None:
        """Show where a backup is put in the place of the records; not while a recovery sheet is shown."""
        if self._made is not None:
            return
        if self.restore is None:
            from ethnomed_desktop.ui.vault.restore_page import RestorePage

            self.restore = RestorePage(self)
            self.restore.left.connect(self.begin)
            self.restore.restore_requested.connect(self._on_restore)
            self.stack.addWidget(self.restore)
        self.stack.setCurrentWidget(self.restore)
        self.restore.begin(self._door.backups())

    def _on_restore(self, file: Path, secret: str) -> None:
        self.tasks.free(
            lambda progress: self._door.restore(file, secret, progress),
            self._on_restored,
            self._on_not_restored,
            owner=self,
        )

    def _on_restored(self, kept: Path | None) -> None:
        self._drop_create()
        self.begin()
        text = _("The backup is restored. Unlock it with its password.")
        if kept is not None:
            text = _("The backup is restored. What was here before is kept in the folder {folder}.").format(
                folder=kept.name
            )
        self.unlock.messages.inform(text)

    def _on_not_restored(self, error: Exception) -> None:
        if self.restore is not None:
            self.restore.busy(False)
            show_error(self.restore.messages, error)

    def wait(self) -> None:
        """Show the locked door while the vault is still being closed."""
        self.unlock.wait()
        self.stack.setCurrentWidget(self.unlock)

    def warm_up(self) -> None:
        """Import the heavy parts now that the first page is painted; then ask who may come in."""
        self.tasks.free(self._door.warm_up, self._on_warm, self._pass_over, owner=self)

    def close_lanes(self) -> None:
        """End the threads; nothing is asked of this widget afterwards."""
        self.tasks.close()

    def retranslate(self) -> None:
        self.restore_button.setText(_("Restore from a backup…"))
        for button, words in ((self.smaller, _("Smaller text")), (self.larger, _("Larger text"))):
            button.setToolTip(words)
            button.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- unlocking ------------------------------------------------------------

    def _on_warm(self, _answer: object = None) -> None:
        self._warm = True
        if self._door.has_vault():
            self.tasks.free(self._door.labels, self._on_labels, self._on_refused, owner=self)

    def _on_labels(self, labels: Any) -> None:
        self.unlock.offer_labels(labels, self._settings.user)
        self.unlock.tell_secret(self._door.open_secret(labels))

    def _pass_over(self, _error: object) -> None:
        """A part that cannot be imported is told when it is needed, with a place in the program."""

    def _on_unlock(self, secret: str, label: str) -> None:
        self.tasks.free(
            lambda progress: self._door.open(secret, label or None), self._on_open, self._on_refused, owner=self
        )

    def _on_open(self, ctx: AppContext) -> None:
        self.unlock.begin()
        self.opened.emit(ctx)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, EthnomedError):
            self.unlock.refuse(words_of(error))
        else:
            self.unlock.refuse("")
            show_error(self.unlock.messages, error)

    # -- a new council --------------------------------------------------------

    def _on_create(self, council: dict[str, Any], passphrase: str) -> None:
        self.tasks.free(
            lambda progress: self._door.create(council, passphrase), self._on_made, self._on_not_made, owner=self
        )

    def _on_practice(self) -> None:
        language = current().language
        self.tasks.free(
            lambda progress: self._door.practice(language), self._on_practice_made, self._on_not_made, owner=self
        )

    def _on_practice_made(self, ctx: AppContext) -> None:
        self._drop_create()
        self.opened.emit(ctx)

    def _on_not_made(self, error: Exception) -> None:
        assert self.founding is not None
        if isinstance(error, EthnomedError):
            self.founding.refuse(error)
        else:
            self.founding.refuse(UserError("internal", reference=""))
            show_error(self.unlock.messages, error)

    def _on_made(self, made: NewCouncil) -> None:
        self._drop_create()
        self._made = made
        from ethnomed_desktop.ui.vault.recovery_page import RecoveryPage

        self.recovery = RecoveryPage(self)
        self.recovery.show_code(made.recovery_code)
        self.recovery.finished.connect(self._on_recovery_kept)
        self.recovery.save_requested.connect(self._on_save_sheet)
        self.recovery.print_requested.connect(self._on_print_sheet)
        self.stack.addWidget(self.recovery)
        self.stack.setCurrentWidget(self.recovery)

    def _drop_create(self) -> None:
        if self.founding is not None:
            self.stack.removeWidget(self.founding)
            self.founding.deleteLater()
            self.founding = None

    def _on_recovery_kept(self) -> None:
        assert self.recovery is not None
        assert self._made is not None
        ctx, self._made = self._made.ctx, None
        self.stack.removeWidget(self.recovery)
        self.recovery.show_code("")
        self.recovery.deleteLater()
        self.recovery = None
        self.opened.emit(ctx)

    def _on_save_sheet(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save the recovery sheet"), str(Path.home() / "recovery-sheet.pdf"), "PDF (*.pdf)"
        )
        if chosen and self._made is not None:
            made, words = self._made, current()

            def job(progress: object) -> None:
                from ethnomed_desktop.app.vault import write_recovery_sheet

                write_recovery_sheet(made.ctx, made.recovery_code, words, Path(chosen))

            self.tasks.write(job, self._on_sheet_saved, self._on_sheet_failed, owner=self)

    def _on_print_sheet(self) -> None:
        """Print without a file: the words of the sheet go to the printer only."""
        if self.recovery is None:
            return
        from ethnomed_desktop.ui.vault.printing import print_sheet

        if print_sheet(
            self, self.recovery.card.heading.text(), self.recovery.explain.text(), self.recovery.code.text()
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
