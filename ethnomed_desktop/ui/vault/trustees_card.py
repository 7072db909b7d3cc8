"""A recovery code in parts: how many there are, how many open, and the sheets for the trustees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.trustees import make_parts, write_part_sheets
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.vault.choices import Choices

PLANS = ((2, 3), (3, 5), (4, 7))
"""Parts that open, and parts there are; the command line knows others."""


class TrusteesCard(Card):
    """``params`` are the key derivation parameters of the new code; left out, they are calibrated."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, params: Any = None) -> None:
        super().__init__(parent)
        self._session = session
        self.params = params
        self.explain = QLabel(self)
        self.explain.setWordWrap(True)
        self.messages = MessageBar(self)
        self.plan = Choices("trustee_plan", self)
        self.make = PushButton(self)
        self.make.setObjectName("make_parts")
        for widget in (self.explain, self.messages, self.plan):
            self.column.addWidget(widget)
        self.column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self.make.clicked.connect(self._on_make)
        self.retranslate()
        self.plan.choose("3")

    def retranslate(self) -> None:
        self.set_heading(_("Recovery by trustees"))
        self.explain.setText(
            _(
                "Your recovery code is divided: each trustee keeps one sheet, and only several sheets together "
                "open the records. To open, their numbers are typed into the field of the password, one sheet "
                "after the other. Your recovery sheet, and sheets divided before, then open nothing any more."
            )
        )
        words = _("{needed} of {parts}")
        choices = [(str(needed), words.format(needed=needed, parts=parts)) for needed, parts in PLANS]
        self.plan.show_choices(_("Sheets that open, of all"), choices)
        self.make.setText(_("Write the sheets…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def write_into(self, folder: Path) -> None:
        """Make the parts and write a sheet for each into the folder."""
        needed, parts = next(
            (plan for plan in PLANS if self.plan.buttons[str(plan[0])].isChecked()),
            PLANS[1],
        )
        words, params = current(), self.params

        def job(ctx: AppContext) -> int:
            made = make_parts(ctx, needed, parts, params)
            return len(write_part_sheets(ctx, made, needed, words, folder))

        self.make.setEnabled(False)
        self._session.keep(lambda ctx, progress: job(ctx), self._on_written, self._on_failed)

    def _on_make(self) -> None:
        text = _("Divide the recovery code? Your recovery sheet, and sheets divided before, will open nothing.")
        if not ask(self, text, do=_("Divide it"), keep=_("Leave as it is")):
            return
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the sheets"), str(Path.home()))
        if folder:
            self.write_into(Path(folder))

    def _on_written(self, _count: object) -> None:
        self.make.setEnabled(True)
        self.messages.warn(_("The sheets are written. Print each for one trustee and delete the files."))

    def _on_failed(self, error: object) -> None:
        self.make.setEnabled(True)
        if isinstance(error, Exception):
            show_error(self.messages, error)
