"""The section Settings: this computer, the password, the recovery sheet, backups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app.vault import change_passphrase, renew_recovery, write_recovery_sheet
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.vault.backup_card import BackupCard
from ethnomed_desktop.ui.vault.look_card import LookCard
from ethnomed_desktop.ui.vault.passphrase_card import PassphraseCard
from ethnomed_desktop.ui.vault.printing import print_sheet
from ethnomed_desktop.ui.vault.recovery_page import RecoveryPage


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
        self.password = PassphraseCard(self)
        self.change = QPushButton(self.password)
        self.change.setObjectName("change_password")
        self.password.column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.renewal = Card(self)
        self.renewal_words = QLabel(self.renewal)
        self.renewal_words.setWordWrap(True)
        self.renew = QPushButton(self.renewal)
        self.renew.setObjectName("renew_recovery")
        self.renewal.column.addWidget(self.renewal_words)
        self.renewal.column.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        self.backups = BackupCard(session, self)
        self.sheet = RecoveryPage(self)
        self._build()
        self.change.clicked.connect(self._on_change)
        self.renew.clicked.connect(self._on_renew)
        self.sheet.print_requested.connect(self._on_print)
        self.sheet.save_requested.connect(self._on_save)
        self.sheet.finished.connect(self._on_kept)
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 4, 6, 4))
        for widget in (self.title, self.messages, self.look, self.backups, self.password, self.renewal):
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
        """Bring a card into view: ``back_up``, ``password`` or ``recovery``; a sheet being shown stays."""
        wanted = {"back_up": self.backups.now, "password": self.password.first.line, "recovery": self.renew}[what]
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(wanted)

    def reload(self) -> None:
        """Ask anew for bodies and backups."""
        self.look.ask()
        self.backups.ask()

    def retranslate(self) -> None:
        self.title.setText(_("Settings"))
        self.change.setText(_("Change the password"))
        self.renewal.set_heading(_("Recovery sheet"))
        self.renewal_words.setText(
            _("If the sheet was lost or somebody saw it, make a new one: the old sheet then opens nothing.")
        )
        self.renew.setText(_("New recovery sheet…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "sheet"):
            self.retranslate()
            self.look.retranslate()
            self.backups.retranslate()
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
        secret, params = self.password.passphrase(), self.params
        self.change.setEnabled(False)
        self._session.keep(
            lambda ctx, progress: change_passphrase(ctx, secret, params), self._on_changed, self._on_failed
        )

    def _on_changed(self, _answer: object) -> None:
        self._ready()
        self.password.forget()
        self.messages.succeed(_("The password is changed. Use the new one from now on."))

    def _on_renew(self) -> None:
        text = _("Make a new recovery sheet? The old sheet will open the records no more.")
        if ask(self, text, do=_("New recovery sheet"), keep=_("Keep the old one")):
            params = self.params
            self.renew.setEnabled(False)
            self._session.keep(lambda ctx, progress: renew_recovery(ctx, params), self._on_renewed, self._on_failed)

    def _on_renewed(self, code: str) -> None:
        self._ready()
        self._code = code
        self.sheet.show_code(code)
        self.setCurrentWidget(self.sheet)

    def _on_kept(self) -> None:
        self._code = ""
        self.sheet.show_code("")
        self.sheet.messages.dismiss()
        self.setCurrentWidget(self.area)

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
