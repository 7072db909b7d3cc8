"""The journal of files sent and received: which, when, whose, with its hash; saved for printing as a register."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ethnomed_desktop.app import documents, exchange_journal
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_journal import DIRECTIONS, FileEntry
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.parts import ButtonRow, button, paragraph
from ethnomed_desktop.ui.exchange.report_words import when
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.saving import ask_where
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

_SHOWN_OF_HASH = 16
NARROW_UNITS = 240
SECOND_RANK = (3, 5, 6)
"""Number, checksum and user are left to the tool tip and the printed journal where there is no room."""


class JournalTab(QWidget):
    """Read anew whenever the tab is shown."""

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal_tab")
        self._session = session
        self._messages = messages
        self.entries: tuple[FileEntry, ...] = ()
        self.note = paragraph(self, role="secondary")
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("journal_tree")
        self.tree.setRootIsDecorated(False)
        self.tree.setAlternatingRowColors(True)
        self.save_button = button(self, "journal_save")
        self.print_button = button(self, "journal_print")
        whole = QVBoxLayout(self)
        spaced(whole, 2, (6, 3, 6, 4))
        whole.addWidget(self.note)
        whole.addWidget(self.tree, 1)
        whole.addWidget(ButtonRow([self.print_button, self.save_button], self))
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(lambda: session.hub.act_requested.emit("papers:exchange"))
        self.retranslate()

    def reload(self) -> None:
        """Read the journal anew."""
        words = current()
        self._session.query(
            lambda ctx: exchange_journal.journal(ctx, words), self._on_entries, self._on_failed, owner=self
        )

    def _on_entries(self, entries: Sequence[FileEntry]) -> None:
        self.entries = tuple(entries)
        self.retranslate()

    def retranslate(self) -> None:
        self.note.setText(
            _("Every file that was written or taken in stands here. The list comes from the audit trail.")
            if self.entries
            else _("No files were sent or received yet.")
        )
        self.save_button.setText(_("Save the journal for printing…"))
        self.print_button.setText(_("Print…"))
        self.save_button.setEnabled(bool(self.entries))
        self.tree.setAccessibleName(_("Journal of files"))
        self.tree.setHeaderLabels(
            [_("Date and time"), _("Which way"), _("Partner"), "№", _("File"), "SHA-256", _("By")]
        )
        self.tree.clear()
        for one in self.entries:
            row = QTreeWidgetItem(
                [
                    when(one.at_ms),
                    current().gettext(DIRECTIONS[one.direction]),
                    one.partner,
                    str(one.number or ""),
                    one.file,
                    one.sha256[:_SHOWN_OF_HASH],
                    one.by,
                ]
            )
            for column in range(self.tree.columnCount()):
                row.setToolTip(column, "\n".join((one.partner, one.file, one.sha256, one.by)))
            self.tree.addTopLevelItem(row)
        self._fit()

    def _fit(self) -> None:
        """Share the width: large text needs no scrolling sideways; what is cut stands in the tool tips."""
        narrow = self.tree.viewport().width() < NARROW_UNITS * unit()
        for column in SECOND_RANK:
            self.tree.setColumnHidden(column, narrow)
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column in range(self.tree.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "save_button"):
            self.retranslate()
            self.reload()
        super().changeEvent(event)

    def _save(self) -> None:
        language = current().language
        proposed = documents_folder() / f"{_('Journal of files')}.pdf"
        target = ask_where(self, _("Save the journal for printing…"), proposed, "PDF (*.pdf)")
        if target is not None:
            self.save_as(target, language)

    def save_as(self, target: Path, language: str) -> None:
        """Write the register as a PDF that anyone can read."""

        def job(ctx: AppContext) -> Path:
            body = exchange_journal.first_body(ctx)
            if body is None:
                raise UserError("record.unknown")
            documents.write_document(ctx, "exchange-journal", body, documents.Order(language), target)
            return target

        self._session.keep(lambda ctx, progress: job(ctx), self._on_saved, self._on_failed)

    def _on_saved(self, target: Path) -> None:
        self._messages.succeed(
            _("Saved: {name}. The file is outside the protection: anyone can read it.").format(name=target.name)
        )

    def _on_failed(self, error: Exception) -> None:
        show_error(self._messages, error)
