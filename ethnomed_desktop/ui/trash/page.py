"""What was withdrawn, of all kinds, with the reason; Enter or the button takes it out again."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question, TableRow
from ethnomed_desktop.ui.kit.titled_page import TablePage
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.sources import TrashRows

COLUMNS = (
    Column("kind", N_("What it is"), 16),
    Column("title", N_("Record"), 36),
    Column("reason", N_("Reason"), 24),
    Column("when", N_("Moved to trash"), 14),
)


class TrashPage(TablePage):
    """The section Trash."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        model = PagedTable(COLUMNS, TrashRows(session.ctx, lambda: session.catalog), session.tasks)
        super().__init__("trash_page", N_("Trash"), model, parent)
        self._session = session
        self.restore_button = self.head_button("trash_restore", primary=True)
        self.restore_button.clicked.connect(self.open_current)
        self.empty = EmptyState("trash", N_("The trash is empty"), N_("What is moved here can be taken out again."))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        self.model.counted.connect(self._on_counted)
        self.table.opened.connect(self._restore)
        session.hub.published.connect(self._on_published)
        self.retranslate()
        self.model.ask(Question())

    def open_current(self) -> None:
        """Take the current row out of the trash."""
        index = self.table.currentIndex()
        row = self.model.row(index.row()) if index.isValid() else None
        if row is not None:
            self._restore(row)

    def retranslate(self) -> None:
        super().retranslate()
        self.restore_button.setText(_("Take out of the trash"))

    def _restore(self, row: TableRow) -> None:
        uid = parse_uid(row.uid)
        self._session.command(lambda ctx: records.restore(ctx, uid), None, self.show_failure)

    def _on_counted(self, count: int) -> None:
        self.stack.setCurrentWidget(self.table if count else self.empty)
        self.restore_button.setEnabled(bool(count))
        rights = self._session.ctx.rights
        self.restore_button.setVisible(any(rights.may_write(kind) for kind in ("incident", "meeting", "place")))

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self.model.reload()
