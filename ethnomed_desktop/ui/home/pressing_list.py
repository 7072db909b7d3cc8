"""The list behind a number of the first page."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.app import home
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question, TableRow
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.table_view import TableView
from ethnomed_desktop.ui.session import Session

COLUMNS = (
    Column("title", N_("Record"), 40),
    Column("day", N_("Date"), 12),
    Column("state", N_("State"), 16),
    Column("kind", N_("What it is"), 14),
)
PRESSING = {
    "overdue": N_("Overdue tasks: {count}"),
    "severe": N_("Grave incidents that are not settled: {count}"),
    "unrated": N_("Incidents without severity: {count}"),
    "conflicts": N_("Records changed in two places: {count}"),
    "withdrawn_consents": N_("Withdrawn consents to answer: {count}"),
    "kept_too_long": N_("Records kept longer than was decided: {count}"),
}


class PressingRows:
    """The rows of one number; ``extra`` of the question names it. Runs on the read lane."""

    def __init__(self, ctx: AppContext, words: Callable[[], Catalog]) -> None:
        self._ctx = ctx
        self._words = words

    def count(self, question: Question) -> int:
        """Return how many rows there are."""
        return home.pressing_count(self._ctx, str(question.extra))

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        """Return the first rows."""
        return self.rows_by_ids(self.ids(question)[:limit])

    def ids(self, question: Question) -> array[int]:
        """Return all row numbers, the most pressing first."""
        return home.pressing_numbers(self._ctx, str(question.extra))

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        """Return the rows with these numbers."""
        found = home.pressing_rows(self._ctx, ids, self._words())
        return [TableRow(row.rid, row.uid, (*row.cells[1:], row.cells[0])) for row in found]


class PressingList(QWidget):
    """``left`` when the person goes back; `show_pressing` asks for the rows of a number."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pressing_list")
        self.setProperty("role", "page")
        self._session = session
        self._what = ""
        self._count = 0
        self.model = PagedTable(COLUMNS, PressingRows(session.ctx, lambda: session.catalog), session.tasks, self)
        self.back = PushButton(self)
        self.back.setObjectName("pressing_back")
        with_icon(self.back, "back")
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        sized_font(self.title, 1.3, bold=True)
        self.messages = MessageBar(self)
        self.table = TableView(self.model, N_("Needs attention"), self)
        head = QWidget(self)
        row = FlowLayout(head)
        spaced(row, 3)
        row.addWidget(self.back)
        row.addWidget(self.title)
        column = QVBoxLayout(self)
        spaced(column, 3, (6, 4, 6, 4))
        column.addWidget(head)
        column.addWidget(self.messages)
        column.addWidget(self.table, 1)
        self.back.clicked.connect(self.left)
        self.table.opened.connect(self._on_row)
        self.model.counted.connect(self._on_counted)
        self.model.failed.connect(self._on_failed)
        self.retranslate()

    def show_pressing(self, what: str) -> None:
        """Ask for the records behind a number."""
        self._what = what
        self._count = 0
        self.messages.dismiss()
        self.model.ask(Question(extra=what))
        self.table.setFocus()

    def open_current(self) -> None:
        """Open the current row."""
        index = self.table.currentIndex()
        row = self.model.row(index.row()) if index.isValid() else None
        if row is not None:
            self._on_row(row)

    def retranslate(self) -> None:
        self.back.setText(_("Home"))
        self._show_title()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_title(self) -> None:
        self.title.setText(_(PRESSING[self._what]).format(count=self._count) if self._what else "")

    def _on_counted(self, count: int) -> None:
        self._count = count
        self._show_title()

    def _on_row(self, row: TableRow) -> None:
        uid = row.uid
        self._session.query(
            lambda ctx: home.place_of(ctx, uid),
            lambda place: self._session.hub.open(*place),
            self._on_failed,
            owner=self,
        )

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)
