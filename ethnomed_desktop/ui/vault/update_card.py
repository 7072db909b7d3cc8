"""Updating the program from a file on a stick: look at it, say what is new, back up, put it in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QWidget

from ethnomed_desktop import __version__
from ethnomed_desktop.app import updates
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.update_install import install, require_place
from ethnomed_desktop.app.updates import Update, back_up_first, look_at
from ethnomed_desktop.domain.progress import Progress
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import long_date
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session


class UpdateCard(Card):
    """`look` checks a file; what is found is shown before anything is changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found: Update | None = None
        self.explain, self.news = QLabel(self), QLabel(self)
        for label in (self.explain, self.news):
            label.setWordWrap(True)
        self.news.setTextFormat(Qt.TextFormat.PlainText)
        self.news.setObjectName("update_news")
        self.messages = MessageBar(self)
        self.line = Line(self)
        self.line.setObjectName("administrator_line")
        self.line.setReadOnly(True)
        self.choose, self.go = PushButton(self), PushButton(self)
        self.choose.setObjectName("choose_update")
        self.go.setObjectName("install_update")
        self.go.setProperty("role", "primary")
        self.busy_line = QProgressBar(self)
        self.busy_line.setTextVisible(False)
        buttons = QWidget(self)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.choose)
        row.addWidget(self.go)
        for widget in (self.explain, self.messages, self.news, self.line, self.busy_line, buttons):
            self.column.addWidget(widget)
        self.choose.clicked.connect(self._on_choose)
        self.go.clicked.connect(self._on_go)
        self._busy(False)
        self.retranslate()

    def look(self, file: Path) -> None:
        """Check a file on the free lane; show what it is, or why it is refused."""
        self.found = None
        self.messages.dismiss()
        self._busy(True)
        self._session.tasks.free(lambda progress: look_at(file, progress=progress), self._on_found, self._on_failed)

    def retranslate(self) -> None:
        self.set_heading(_("Update of the program"))
        explained = [
            _(
                "Version here: {version}. The program asks no network for newer ones: take the update file, which "
                "ends in .update, and the package beside it from a stick. The signature is checked, and the "
                "records are backed up first."
            ).format(version=__version__)
        ]
        if not updates.release_keys():
            explained.append(
                _(
                    "This version holds no key of its makers yet, so it believes no update file. Install a newer "
                    "version by its package."
                )
            )
        self.explain.setText("\n".join(explained))
        self.choose.setText(_("Update from a file…"))
        self.go.setText(_("Back up and install"))
        self.line.setAccessibleName(_("Line for the administrator"))
        self.busy_line.setAccessibleName(_("The update is being checked or installed"))
        self._show()

    def _show(self) -> None:
        found = self.found
        line = found.administrator_line if found is not None else ""
        self.line.setText(line)
        self.line.setVisible(bool(line))
        self.go.setVisible(found is not None and not line)
        self.news.setVisible(found is not None)
        if found is None:
            return
        words = _("The signature is right. New version: {version} of {day}. Installed: {own}")
        day = long_date(found.day, current().language)
        lines = [words.format(version=found.version, day=day, own=found.installed.version)]
        lines += [f"• {one}" for one in found.notes(current().language)]
        if line:
            lines.append(_("An administrator installed the program here, and runs this line for the update:"))
        self.news.setText("\n".join(lines))

    def _busy(self, busy: bool) -> None:
        self.busy_line.setRange(0, 0)
        self.busy_line.setVisible(busy)
        self.choose.setEnabled(not busy)
        self.go.setEnabled(not busy)
        self._show()

    def _on_choose(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        kinds = _("Updates") + " (*.update *.tar.xz *.zip *.deb *.exe)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the update file"), start, kinds)
        if name:
            self.look(Path(name))

    def _on_found(self, found: Update) -> None:
        self.found = found
        self._busy(False)
        target = self.line if found.administrator_line else self.go
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go(self) -> None:
        found = self.found
        if found is None:
            return

        def put(ctx: AppContext, progress: Progress) -> str:
            require_place(found)
            back_up_first(ctx, found, progress)
            return install(found, progress).name

        self._busy(True)
        self._session.keep(put, self._on_installed, self._on_failed)

    def _on_installed(self, kept: str) -> None:
        found, self.found = self.found, None
        self._busy(False)
        self._session.backed_up.emit()
        version = found.version if found is not None else ""
        words = _(
            "Version {version} is installed. Close the program and start it again. The version until now stays "
            "beside it: {name}"
        )
        self.messages.succeed(words.format(version=version, name=kept))

    def _on_failed(self, error: object) -> None:
        self._busy(False)
        if isinstance(error, Exception):
            show_error(self.messages, error)
