"""A list of any length: first rows, count and first page, then a skeleton of ids, then pages as they are seen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.rows import Column, Question, RowSource, TableRow
from ethnomed_desktop.ui.tasks import Task, Tasks

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
FIRST_ROWS = 64
"""What a window shows; asked for alone and painted when nothing is shown yet."""

PAGE_ROWS = 256
KEPT_PAGES = 64
PAGES_AT_ONCE = 3
WAITING = "…"

_First = tuple[int | None, Sequence[TableRow]]
"""How many rows there are (``None``: more than were asked for), and the first of them."""


class PagedTable(QAbstractTableModel):
    """The model. Never blocks: unseen rows show "…" until their page lands.

    ``counted(n)`` after each answer to `ask`; ``completed()`` when all ids are known (jumps are
    instant from then on); ``failed(error)`` when the source refused. Answers to an older question
    are dropped by generation number.
    """

    counted = Signal(int)
    completed = Signal()
    failed = Signal(object)

    def __init__(
        self, columns: Sequence[Column], source: RowSource, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._tasks = tasks
        self.question = Question()
        self._generation = 0
        self._shown = 0
        """The generation whose ids and pages are shown; behind `_generation` until its answer comes."""
        self._count = 0
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[TableRow | None]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._loading: set[int] = set()
        self._under_way: list[Task] = []
        self._flush = QTimer(self, singleShot=True, interval=0)
        self._flush.timeout.connect(self._load_wanted)

    # -- asking ---------------------------------------------------------------

    def ask(self, question: Question) -> None:
        """Show the answer to ``question``; what is shown stays until the count and first page come."""
        self.question = question
        self._generation += 1
        for task in self._under_way:
            task.cancel()
        self._under_way = []
        self._loading.clear()
        generation = self._generation
        if self._shown:
            self._ask_first(generation)
        else:
            self._read(generation, lambda: self._few(question), self._on_first)

    def _few(self, question: Question) -> _First:
        rows = self._source.first_page(question, FIRST_ROWS)
        return (None if len(rows) == FIRST_ROWS else self._source.count(question)), rows

    def _ask_first(self, generation: int) -> None:
        question = self.question
        if generation == self._generation:
            self._read(
                generation,
                lambda: (self._source.count(question), self._source.first_page(question, PAGE_ROWS)),
                self._on_first,
            )

    def _read(self, generation: int, job: Callable[[], object], then: Callable[[int, Any], None]) -> None:
        failed = partial(self._on_failed, generation)
        self._under_way.append(
            self._tasks.read(lambda progress: job(), partial(then, generation), failed, owner=self)
        )

    def reload(self) -> None:
        """Ask the same again: something changed, or the language did."""
        self.ask(self.question)

    def is_complete(self) -> bool:
        """Whether all ids are known."""
        return len(self._ids) == self._count

    def row(self, number: int) -> TableRow | None:
        """Return the row if it is loaded."""
        page = self._pages.get(number // PAGE_ROWS)
        place = number % PAGE_ROWS
        return page[place] if page is not None and place < len(page) else None

    def rid_at(self, number: int) -> int | None:
        """Return the local id of a row, loaded or not."""
        if 0 <= number < len(self._ids):
            return self._ids[number]
        row = self.row(number)
        return row.rid if row else None

    def place_of(self, rid: int) -> int | None:
        """Return the row number of a local id: among the loaded rows, then in the skeleton."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row is not None and row.rid == rid:
                    return page * PAGE_ROWS + place
        try:
            return self._ids.index(rid)
        except ValueError:
            return None

    # -- answers --------------------------------------------------------------

    def _on_first(self, generation: int, answer: _First) -> None:
        if generation != self._generation:
            return
        count, rows = answer
        self.beginResetModel()
        self._shown = generation
        self._count = len(rows) if count is None else count
        self._pages.clear()
        self._loading.clear()
        self._wanted.clear()
        self._ids = array("q", (row.rid for row in rows)) if self._count <= len(rows) else array("q")
        if rows:
            self._pages[0] = list(rows)
        self.endResetModel()
        if count is None:
            QTimer.singleShot(0, self, lambda: self._ask_first(generation))  # these are painted before
            return
        self.counted.emit(count)
        if self.is_complete():
            self.completed.emit()
            return
        question = self.question
        self._read(generation, lambda: self._source.ids(question), self._on_ids)

    def _on_ids(self, generation: int, ids: array[int]) -> None:
        if generation != self._generation:
            return
        if len(ids) != self._count:  # rows came or went between the two queries
            self.beginResetModel()
            self._count = len(ids)
            self._ids = ids
            self._pages.clear()
            self.endResetModel()
            self.counted.emit(self._count)
        self._ids = ids
        self.completed.emit()
        self._load_wanted()

    def _on_failed(self, generation: int, error: object) -> None:
        if generation == self._generation:
            self.failed.emit(error)

    def _want(self, page: int) -> None:
        """Note a page to load; the newest wishes come first, so a drag over the list loads its end only."""
        if page in self._loading:
            return
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        if not self._flush.isActive():
            self._flush.start()

    def _load_wanted(self) -> None:
        if not self.is_complete() or self._loading or not self._wanted:
            return
        pages = list(reversed(self._wanted))[:PAGES_AT_ONCE]
        self._wanted.clear()
        self._loading.update(pages)
        ids = {page: list(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]) for page in pages}
        wanted = [rid for page in pages for rid in ids[page]]
        self._under_way.append(
            self._tasks.read(
                lambda progress: self._source.rows_by_ids(wanted),
                partial(self._on_rows, self._shown, ids),
                partial(self._on_failed, self._generation),
                owner=self,
            )
        )

    def _on_rows(self, generation: int, ids: dict[int, list[int]], rows: Sequence[TableRow]) -> None:
        if generation != self._shown:
            return
        self._under_way = self._under_way[-1:]
        by_rid = {row.rid: row for row in rows}
        for page, wanted in ids.items():
            self._loading.discard(page)
            self._pages[page] = [by_rid.get(rid) for rid in wanted]
            self._pages.move_to_end(page)
            first = page * PAGE_ROWS
            last = min(first + len(wanted), self._count) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self._load_wanted()

    # -- what Qt asks ---------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ForegroundRole,
        ):
            return None
        page = index.row() // PAGE_ROWS
        if page not in self._pages:
            self._want(page)
            return WAITING if role == Qt.ItemDataRole.DisplayRole else None
        self._pages.move_to_end(page)
        row = self.row(index.row())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._mark(row, index.column())
        text = row.cells[index.column()] if row is not None else _("Gone")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.columns[index.column()].label)}: {text}"
        return text

    def _mark(self, row: TableRow | None, column: int) -> QColor | None:
        colour = dict(row.marks).get(self.columns[column].name) if row is not None else None
        return QColor(getattr(appearance().colours, colour)) if colour else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.label)
        if role == Qt.ItemDataRole.ToolTipRole:
            words = _("Click to sort: {label}") if column.sortable else "{label}"
            return words.format(label=_(column.label))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def retranslate(self) -> None:
        """Have headers and rows worded anew after a change of language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._generation:
            self.reload()
