"""The section Settings: this computer, backups, the password, the recovery sheet, updates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.vault import renew_recovery, write_recovery_sheet
from ethnomed_desktop.app.vault_secrets import change_own_passphrase, confirm_recovery, note_recovery
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.progress import Progress
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error, words_of
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.vault.backup_card import BackupCard
from ethnomed_desktop.ui.vault.export_card import ExportCard
from ethnomed_desktop.ui.vault.look_card import LookCard
from ethnomed_desktop.ui.vault.passphrase_card import PassphraseCard
from ethnomed_desktop.ui.vault.printing import print_sheet
from ethnomed_desktop.ui.vault.recovery_page import TYPED, CodeFromSheet, RecoveryPage
from ethnomed_desktop.ui.vault.update_card import UpdateCard


class SettingsPage(QStackedWidget):
    """``params`` are the key derivation parameters of what is changed; left out, they are calibrated."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, params: Any = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_page")
        self._session = session
        self.params = params
        self._code = ""
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.messages = MessageBar(self)
        self.look = LookCard(session, self)
        self.password = PassphraseCard(self, changing=True)
        self.change = PushButton(self.password)
        self.change.setObjectName("change_password")
        self.password.column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.renewal = Card(self)
        self.renewal_words = QLabel(self.renewal)
        self.renewal_words.setWordWrap(True)
        self.renew = PushButton(self.renewal)
        self.renew.setObjectName("renew_recovery")
        self.typed = CodeFromSheet(TYPED, self.renewal)
        self.confirm = PushButton(self.renewal)
        self.confirm.setObjectName("confirm_recovery")
        for widget in (self.typed, self.confirm, self.renewal_words, self.renew):
            stretched = widget in (self.typed, self.renewal_words)
            at = Qt.AlignmentFlag(0) if stretched else Qt.AlignmentFlag.AlignLeft
            self.renewal.column.addWidget(widget, 0, at)
        self.backups = BackupCard(session, self)
        self.export = ExportCard(session, self)
        self.updates = UpdateCard(session, self)
        self.sheet = RecoveryPage(self)
        self._build()
        self.change.clicked.connect(self._on_change)
        self.renew.clicked.connect(self._on_renew)
        self.confirm.clicked.connect(self._on_confirm)
        self.typed.entered.connect(lambda _name: self._on_confirm())
        self.sheet.print_requested.connect(self._on_print)
        self.sheet.save_requested.connect(self._on_save)
        self.sheet.finished.connect(self._on_kept)
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 4, 6, 4))
        cards = (self.look, self.backups, self.password, self.renewal, self.export, self.updates)
        for widget in (self.title, self.messages, *cards):
            column.addWidget(widget)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        self.addWidget(self.area)
        self.addWidget(self.sheet)

    def open_record(self, uid: str) -> None:
        """Show the settings: no kind of record opens here."""

    def go_to(self, what: str) -> None:
        """Bring a card into view (a key of ``wanted``); a sheet being shown stays."""
        wanted = {
            "back_up": self.backups.now,
            "password": self.password.old.line,
            "recovery": self.renew,
            "confirm_recovery": self.typed.line,
            "update": self.updates.choose,
        }[what]
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(wanted)

    def reload(self) -> None:
        """Ask anew for bodies and backups."""
        self.look.ask()
        self.backups.ask()
        self.export.ask()

    def retranslate(self) -> None:
        self.title.setText(_("Settings"))
        self.change.setText(_("Change the password"))
        self.renewal.set_heading(_("Recovery sheet"))
        self.renewal_words.setText(
            _("If the sheet was lost or somebody saw it, make a new one: the old sheet then opens nothing.")
        )
        self.renew.setText(_("New recovery sheet…"))
        self.confirm.setText(_("Confirm the sheet"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "sheet"):
            self.retranslate()
            self.look.retranslate()
            self.backups.retranslate()
            self.export.retranslate()
            self.updates.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look.show_standing()
        self.reload()

    # -- password and recovery sheet ------------------------------------------

    def _on_change(self) -> None:
        if self.password.problems():
            return
        text = _("Change the password? The old one opens the records no more; older backups still open with it.")
        if not ask(self, text, do=_("Change the password"), keep=_("Keep the old one")):
            return
        old, secret, params = self.password.old.secret(), self.password.passphrase(), self.params
        self.change.setEnabled(False)
        self._session.keep(
            lambda ctx, progress: change_own_passphrase(ctx, old, secret, params),
            self._on_changed,
            self._on_not_changed,
        )

    def _on_not_changed(self, error: object) -> None:
        if isinstance(error, EthnomedError) and error.field == self.password.old.name:
            self._ready()
            self.password.old.set_error(words_of(error))
            self.password.old.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_failed(error)

    def _on_changed(self, _answer: object) -> None:
        self._ready()
        self.password.forget()
        self.messages.succeed(_("The password is changed. Use the new one from now on."))

    def _on_renew(self) -> None:
        text = _("Make a new recovery sheet? The old sheet will open the records no more.")
        if ask(self, text, do=_("New recovery sheet"), keep=_("Keep the old one")):
            params = self.params
            self.renew.setEnabled(False)

            def renewed(ctx: AppContext, progress: Progress) -> str:
                note_recovery(ctx, confirmed=False)  # first: whatever happens next, the first page reminds
                return renew_recovery(ctx, params)

            self._session.keep(renewed, self._on_renewed, self._on_failed)

    def _on_renewed(self, code: str) -> None:
        self._ready()
        self._code = code
        self.sheet.show_code(code)
        self.setCurrentWidget(self.sheet)
        self._session.sheet_shown.emit(True)  # no idle lock takes away a code that is shown once

    def _on_kept(self, confirmed: bool) -> None:
        self._session.sheet_shown.emit(False)
        self._code = ""
        self.sheet.show_code("")
        self.sheet.messages.dismiss()
        self.setCurrentWidget(self.area)
        if confirmed:
            self._session.keep(lambda ctx, progress: note_recovery(ctx, confirmed=True), self._on_confirmed)

    def _on_confirm(self) -> None:
        typed = str(self.typed.draft() or "")
        self.typed.set_error("" if typed else _("Fill in: {label}").format(label=self.typed.title()))
        if typed:
            self.confirm.setEnabled(False)
            self._session.keep(
                lambda ctx, progress: confirm_recovery(ctx, typed), self._on_confirmed, self._on_not_confirmed
            )

    def _on_confirmed(self, _answer: object) -> None:
        self._ready()
        self.typed.set_value(None)
        self.typed.set_error("")
        self.messages.succeed(_("The recovery sheet is confirmed: its code opens the records."))

    def _on_not_confirmed(self, error: object) -> None:
        self._ready()
        if isinstance(error, EthnomedError):
            self.typed.set_error(words_of(error))
        else:
            self._on_failed(error)

    def _on_print(self) -> None:
        """Print without a file: the words of the sheet go to the printer only."""
        sheet = self.sheet
        if print_sheet(self, sheet.card.heading.text(), sheet.explain.text(), self._code):
            sheet.messages.succeed(_("The sheet was handed to the printer."))

    def _on_save(self) -> None:
        start = str(Path.home() / "recovery-sheet.pdf")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the recovery sheet"), start, "PDF (*.pdf)")
        if name:
            code, words = self._code, current()
            self._session.keep(
                lambda ctx, progress: write_recovery_sheet(ctx, code, words, Path(name)),
                self._on_saved,
                self._on_failed,
            )

    def _on_saved(self, _answer: object) -> None:
        self.sheet.messages.warn(
            _("The sheet is saved. Anyone who finds the file can read it: print it and delete the file.")
        )

    def _on_failed(self, error: object) -> None:
        self._ready()
        if isinstance(error, Exception):
            show_error(self.sheet.messages if self.currentWidget() is self.sheet else self.messages, error)

    def _ready(self) -> None:
        self.change.setEnabled(True)
        self.renew.setEnabled(True)
        self.confirm.setEnabled(True)
