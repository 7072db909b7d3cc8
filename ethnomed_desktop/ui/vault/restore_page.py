"""A backup in the place of the records: chosen, opened with its password, put back. Before the vault is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.kit.secret_field import SecretField


class RestorePage(QWidget):
    """``restore_requested(file, secret)``, ``left``. `busy` shows that it is under way."""

    restore_requested = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restore_page")
        self.setProperty("role", "page")
        self._file: Path | None = None
        self._folder = Path.home()
        self.card = Card(self)
        self.explain, self.chosen = QLabel(self.card), QLabel(self.card)
        for label in (self.explain, self.chosen):
            label.setWordWrap(True)
        self.messages = MessageBar(self.card)
        self.choose = PushButton(self.card)
        self.choose.setObjectName("restore_choose")
        self.choose.clicked.connect(self._on_choose)
        self.secret = SecretField(Field("backup_secret", 1, Text(1024), N_("Password of the backup")), self.card)
        self.busy_line = QProgressBar(self.card)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.hide()
        self.go, self.back = PushButton(self.card), PushButton(self.card)
        self.go.setObjectName("restore_go")
        self.go.setProperty("role", "primary")
        self.back.setObjectName("restore_back")
        self.go.clicked.connect(self._on_go)
        self.secret.entered.connect(lambda _name: self._on_go())
        self.back.clicked.connect(self.left)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        buttons = QWidget(self.card)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.go)
        row.addWidget(self.back)
        for widget in (self.explain, self.choose, self.chosen, self.secret, self.messages, self.busy_line, buttons):
            self.card.column.addWidget(widget)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 6, 6, 6))
        column.addWidget(self.card)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        spaced(outer, 0)
        outer.addWidget(area)

    def begin(self, folder: Path) -> None:
        """Forget what was typed; ``folder`` is where backups are looked for first."""
        self._folder, self._file = folder, None
        self.secret.clear()
        self.messages.dismiss()
        self.busy(False)
        self.retranslate()
        self.choose.setFocus()

    def choose_file(self, file: Path) -> None:
        """Take this backup."""
        self._file = file
        self.messages.dismiss()
        self.retranslate()
        self.secret.line.setFocus()

    def busy(self, on: bool) -> None:
        """Show that the backup is being put back; nothing can be pressed meanwhile."""
        self.busy_line.setVisible(on)
        for button in (self.go, self.back, self.choose):
            button.setEnabled(not on)

    def retranslate(self) -> None:
        self.card.set_heading(_("Restore from a backup"))
        self.explain.setText(
            _(
                "The backup takes the place of the records on this computer. What is here now is not erased: "
                "it is kept in a folder beside it. The password is the one that was in use when the backup was "
                "made; the recovery code of that time opens it too."
            )
        )
        self.choose.setText(_("Choose the backup…"))
        self.chosen.setText(_("Backup: {name}").format(name=self._file.name) if self._file else "")
        self.chosen.setVisible(self._file is not None)
        self.go.setText(_("Restore"))
        self.back.setText(_("Back"))
        self.busy_line.setAccessibleName(_("The backup is being restored"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the backup…"), str(self._folder), "Ethnomed (*.emb)"
        )
        if name:
            self.choose_file(Path(name))

    def _on_go(self) -> None:
        if self._file is None:
            self.messages.warn(_("Choose the file of the backup first."))
        elif not self.secret.secret():
            self.secret.set_error(_("Fill in: {label}").format(label=self.secret.title()))
        else:
            self.secret.set_error("")
            self.busy(True)
            self.restore_requested.emit(self._file, self.secret.secret())
