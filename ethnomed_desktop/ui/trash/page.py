"""What was withdrawn, of all kinds, with the reason; Enter or the button takes it out again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question, TableRow
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.kit.table_view import TableView
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.sources import TrashRows

COLUMNS = (
    Column("kind", N_("What it is"), 16),
    Column("title", N_("Record"), 36),
    Column("reason", N_("Reason"), 24),
    Column("when", N_("Moved to trash"), 14),
)


class TrashPage(QWidget):
    """The section Trash."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trash_page")
        self.setProperty("role", "page")
        self._session = session
        self.model = PagedTable(COLUMNS, TrashRows(session.ctx, lambda: session.catalog), session.tasks, self)
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.restore_button = QPushButton(self)
        self.restore_button.setObjectName("trash_restore")
        self.restore_button.setProperty("role", "primary")
        self.restore_button.clicked.connect(self.open_current)
        self.messages = MessageBar(self)
        self.table = TableView(self.model, N_("Trash"), self)
        self.empty = EmptyState("trash", N_("The trash is empty"), N_("What is moved here can be taken out again."))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._build()
        self.model.counted.connect(self._on_counted)
        self.model.failed.connect(self._on_failed)
        self.table.opened.connect(self._restore)
        session.hub.published.connect(self._on_published)
        self.retranslate()
        self.model.ask(Question())

    def _build(self) -> None:
        head = QWidget(self)
        flow = FlowLayout(head)
        spaced(flow, 3)
        self.title.setSizePolicy(self.title.sizePolicy().Policy.Expanding, self.title.sizePolicy().Policy.Preferred)
        flow.addWidget(self.title)
        flow.addWidget(self.restore_button)
        column = QVBoxLayout(self)
        spaced(column, 3, (6, 4, 6, 4))
        column.addWidget(head)
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)

    def open_record(self, uid: str) -> None:
        """Show the trash; a single record of it is the row itself."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_current(self) -> None:
        """Take the current row out of the trash."""
        index = self.table.currentIndex()
        row = self.model.row(index.row()) if index.isValid() else None
        if row is not None:
            self._restore(row)

    def reload(self) -> None:
        """Read the list anew."""
        self.model.reload()

    def retranslate(self) -> None:
        self.title.setText(_("Trash"))
        self.restore_button.setText(_("Take out of the trash"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _restore(self, row: TableRow) -> None:
        uid = parse_uid(row.uid)
        self._session.command(lambda ctx: records.restore(ctx, uid), None, self._on_failed)

    def _on_counted(self, count: int) -> None:
        self.stack.setCurrentWidget(self.table if count else self.empty)
        self.restore_button.setEnabled(bool(count))
        rights = self._session.ctx.rights
        self.restore_button.setVisible(any(rights.may_write(kind) for kind in ("incident", "meeting", "place")))

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self.model.reload()
