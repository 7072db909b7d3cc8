"""Backups: one now to a stick or a folder, the list of those made by themselves, how to restore."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QProgressBar, QWidget

from ethnomed_desktop.app.backup_place import backup_place, choose_backup_place
from ethnomed_desktop.app.backups import ENDING, Backup, automatic_backups, back_up
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.session import Session


class BackupCard(Card):
    """`back_up_to` writes a verified backup into a folder."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: list[Backup] = []
        self.explain, self.own = QLabel(self), QLabel(self)
        self.messages = MessageBar(self)
        self.now, self.restore = PushButton(self), PushButton(self)
        self.now.setObjectName("back_up_now")
        self.now.setProperty("role", "primary")
        self.restore.setObjectName("restore_backup")
        self.place, self.choose = QLabel(self), PushButton(self)
        self.place.setObjectName("backup_place")
        self.place.setWordWrap(True)
        self.choose.setObjectName("choose_backup_place")
        self.choose.clicked.connect(self._on_choose)
        self.busy_line = QProgressBar(self)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.hide()
        self.list = QListWidget(self)
        self.list.setObjectName("automatic_backups")
        at_least(self.list, height=36)
        buttons = QWidget(self)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.now)
        row.addWidget(self.choose)
        row.addWidget(self.restore)
        for label in (self.explain, self.own):
            label.setWordWrap(True)
        for widget in (self.explain, self.messages, self.busy_line, self.place, buttons, self.own, self.list):
            self.column.addWidget(widget)
        self.now.clicked.connect(self._on_now)
        self.restore.clicked.connect(lambda: session.hub.act_requested.emit("restore"))
        self.retranslate()

    def back_up_to(self, folder: Path) -> None:
        """Write a backup into the folder, under the council's day and time."""
        moment = local_time(self._session.ctx.clock.now_ms())
        target = folder / f"ethnomed-{moment:%Y%m%d-%H%M%S}{ENDING}"
        self.now.setEnabled(False)
        self.busy_line.show()
        self._session.keep(lambda ctx, progress: back_up(ctx, target, progress), self._on_made, self._on_failed)

    def ask(self) -> None:
        """Ask for the automatic backups."""
        self._session.query(automatic_backups, self._on_found, owner=self)
        self._session.query(backup_place, self._on_place, owner=self)

    def retranslate(self) -> None:
        self.set_heading(_("Backups"))
        self.explain.setText(
            _(
                "Once a day, when it is locked or closed, the program makes a backup on this computer by itself. "
                "Against fire and theft make one on a stick as well. A backup is encrypted: it opens only with "
                "the password or the recovery code. Restoring locks the program first."
            )
        )
        self.now.setText(_("Back up now…"))
        self.choose.setText(_("Copy them by itself to…"))
        self.restore.setText(_("Restore from a backup…"))
        self.list.setAccessibleName(_("Automatic backups"))
        self.busy_line.setAccessibleName(_("The backup is being written"))
        self.ask()

    def use_place(self, folder: Path) -> None:
        """Copy the automatic backups there from now on."""
        self._session.keep(lambda ctx, progress: choose_backup_place(ctx, folder), self._on_chosen, self._on_failed)

    def _on_choose(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        folder = QFileDialog.getExistingDirectory(self, _("Choose a stick or a folder"), start)
        if folder:
            self.use_place(Path(folder))

    def _on_chosen(self, _answer: object) -> None:
        self.ask()

    def _on_place(self, folder: Path | None) -> None:
        here = _("Backups stay on this computer only.")
        self.place.setText(_("Copied to: {folder}").format(folder=folder) if folder else here)

    def _on_now(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        folder = QFileDialog.getExistingDirectory(self, _("Choose a stick or a folder"), start)
        if folder:
            self.back_up_to(Path(folder))

    def _on_made(self, made: Backup) -> None:
        self._idle()
        self.messages.succeed(_("The backup is written and checked: {name}").format(name=made.path.name))
        self._session.backed_up.emit()
        self.ask()

    def _on_failed(self, error: object) -> None:
        self._idle()
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _idle(self) -> None:
        self.busy_line.hide()
        self.now.setEnabled(True)

    def _on_found(self, found: list[Backup]) -> None:
        self.list.clear()
        for one in found:
            size = number(max(1, round(one.size / 1_000_000)), current().language)
            words = _("{time} · {size} MB").format(time=f"{local_time(one.created_ms):%d.%m.%Y %H:%M}", size=size)
            self.list.addItem(words)
        self.list.setVisible(bool(found))
        count = number(len(found), current().language)
        self.own.setText(
            _("Automatic backups: {count}").format(count=count) if found else _("There is no automatic backup yet.")
        )
