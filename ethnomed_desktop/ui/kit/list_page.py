"""A whole list page: heading, main button, filters, table or empty state, count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton, ToolButton
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.filter_bar import FilterBar
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Question
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.table_view import TableView


class ListPage(QWidget):
    """``opened(row)`` passes on the table's; ``started`` the main button's. Words are catalog ids.

    Call `changed` when the hub published something the list shows.
    """

    opened = Signal(object)
    started = Signal()

    def __init__(
        self,
        heading: str,
        action: str,
        model: PagedTable,
        filters: FilterBar,
        empty: EmptyState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._words = (heading, action)
        self._count = 0
        self._stale = False
        self.model = model
        self.filters = filters
        self.empty = empty
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.count = QLabel(self)
        self.count.setProperty("role", "secondary")
        self.action = PushButton(self)
        self.action.setProperty("role", "primary")
        self.action.clicked.connect(self.started)
        self.find_button = ToolButton(self)
        self.find_button.setObjectName("find_in_list")
        self.find_button.setCheckable(True)
        with_icon(self.find_button, "search", "text", checked="on_accent")
        self.find_button.toggled.connect(self._on_find)
        self.extras = QHBoxLayout()
        spaced(self.extras, 2)
        self.messages = MessageBar(self)
        self.table = TableView(model, heading, self)
        self.table.opened.connect(self.opened)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(empty)
        empty.started.connect(self.started)
        filters.changed.connect(self._on_filters)
        filters.fold_button.toggled.connect(self._make_room)
        model.counted.connect(self._on_counted)
        model.failed.connect(self._on_failed)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        head = self.head = QHBoxLayout()
        spaced(head, 3)
        head.addWidget(self.title)
        head.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.find_button)
        head.addLayout(self.extras)
        head.addWidget(self.action)
        column = QVBoxLayout(self)
        spaced(column, 3, (6, 4, 6, 4))
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        column.addStretch(0)  # the filters stay at the top while they stand in the place of the rows
        appearance().changed.connect(self._make_room)
        self._make_room()

    def start(self, sort: str = "", *, descending: bool = False) -> None:
        """Ask for the rows, sorted by a column's name."""
        self.model.ask(Question(self.filters.filters(), sort, descending))

    def changed(self) -> None:
        """Something the list shows was changed: reload now if visible, else when shown."""
        if self.isVisible():
            self.model.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.model.reload()

    def allow(self, may: bool) -> None:
        """Offer to begin a record only to who may write it."""
        self.action.setVisible(may)
        self.empty.allow(may)

    def _make_room(self) -> None:
        """In a low window the filters stand behind a button, all of them in the place of the rows.

        Those in force are never hidden; how many rows are left is said above them.
        """
        low = appearance().low
        self.find_button.setVisible(low)
        shown = not low or self.find_button.isChecked() or bool(self.filters.filters())
        self.filters.setVisible(shown)
        self.stack.setHidden(low and shown and self.filters.fold_button.isChecked())

    def _on_find(self, wanted: bool) -> None:
        self._make_room()
        if wanted:
            self.filters.text.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        heading, action = self._words
        self.find_button.setToolTip(_("Search and filters of the list"))
        self.find_button.setAccessibleName(_("Search and filters of the list"))
        self.title.setText(_(heading))
        self.action.setText(_(action))
        self._show_count()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        self._make_room()
        asked = self.model.question
        self.model.ask(Question(tuple(filters), asked.sort, asked.descending, asked.extra))

    def _on_counted(self, count: int) -> None:
        self._count = count
        self._show_count()
        self.empty.filtered(bool(self.filters.filters()))
        self.stack.setCurrentWidget(self.table if count else self.empty)

    def _show_count(self) -> None:
        shown = number(self._count, current().language)
        self.count.setText(_("Records: {count}").format(count=shown))
        self.table.setAccessibleName(f"{self.title.text()}. {self.count.text()}")

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)
