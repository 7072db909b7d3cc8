"""Who changed what, when, from what to what: the newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import earlier_values
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.records.reading import HistoryRow, history_rows
from ethnomed_desktop.ui.session import Session

Rows = Callable[[AppContext, str, Catalog], Sequence[HistoryRow]]
COLUMNS = (N_("When"), N_("Who"), N_("What was done"), N_("Field"), N_("Before"), N_("After"))

SHARES = (14, 16, 13, 16, 19, 22)
"""How the columns share the width."""

NARROW_SHARES = (26, 0, 0, 22, 24, 28)
NARROW_UNITS = 200
"""Below this width who did what stands under the time: a word of large text is as wide as a column."""


class HistoryPage(QWidget):
    """``left`` goes back to the card. ``rows`` gathers what is shown, on the read lane."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None, *, rows: Rows = history_rows) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setObjectName("history_page")
        self.setProperty("role", "page")
        self._session = session
        self.uid = ""
        self.back = BackButton(self)
        self.back.setObjectName("history_back")
        self.back.clicked.connect(self.left)
        self.put_back = PushButton(self)
        self.put_back.setObjectName("history_put_back")
        self.put_back.setEnabled(False)
        self.put_back.clicked.connect(self._on_put_back)
        self.shown: list[HistoryRow] = []
        self._narrow = False
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.messages = MessageBar(self)
        self.table = QTableWidget(0, len(COLUMNS), self)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else it narrows measured rows
        self.table.currentCellChanged.connect(self._on_row)
        head = QHBoxLayout()
        spaced(head, 3)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.put_back)
        column_ = QVBoxLayout(self)
        spaced(column_, 3, (6, 4, 6, 4))
        column_.addLayout(head)
        column_.addWidget(self.messages)
        column_.addWidget(self.table, 1)
        self.retranslate()

    def show_history(self, uid: str) -> None:
        """Show the history of a record."""
        self.uid = uid
        words = self._session.catalog
        self._session.query(lambda ctx: self._rows(ctx, uid, words), self._on_rows, self._on_failed, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        """Share the width; words wrap, so that large text needs no scrolling sideways."""
        room = self.table.viewport().width()
        narrow = room < NARROW_UNITS * unit()
        if narrow != self._narrow:
            self._narrow = narrow
            self._fill()
        shares = NARROW_SHARES if narrow else SHARES
        widths = [room * share // sum(shares) for share in shares]
        padding = self.table.fontMetrics().horizontalAdvance("mm")
        # Rows are measured without the padding that the style sheet paints, so measure them narrower.
        for column, width in enumerate(widths):
            self.table.setColumnHidden(column, not width)
            self.table.setColumnWidth(column, max(1, width - padding))
        self.table.resizeRowsToContents()
        for column, width in enumerate(widths):
            if width:
                self.table.setColumnWidth(column, width)

    def _fill(self) -> None:
        for number, row in enumerate(self.shown):
            for column, text in enumerate(row.cells):
                shown = "\n".join(row.cells[:3]) if self._narrow and not column else text
                item = QTableWidgetItem(shown)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                item.setToolTip(shown)
                self.table.setItem(number, column, item)

    def retranslate(self) -> None:
        self.back.lead(_("Back to the record"))
        self.put_back.setText(_("Put back what stood before"))
        self.title.setText(_("History of the record"))
        self.table.setAccessibleName(_("History of the record"))
        self.table.setHorizontalHeaderLabels([_(label) for label in COLUMNS])
        if self.uid:
            self.show_history(self.uid)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_rows(self, rows: Sequence[HistoryRow]) -> None:
        self.shown = list(rows)
        self.table.setRowCount(len(rows))
        self._fill()
        self._share()
        if rows:
            self.table.setCurrentCell(0, 0)
        self.table.setFocus()
        self._on_row()

    def _on_row(self) -> None:
        place = self.table.currentRow()
        self.put_back.setEnabled(0 <= place < len(self.shown) and self.shown[place].can_be_put_back)

    def _on_put_back(self) -> None:
        """Put back what stood before in the chosen row; the undo bar offers the way back."""
        row = self.shown[self.table.currentRow()]
        self.put_back.setEnabled(False)
        self._session.command(
            lambda ctx: earlier_values.put_back(ctx, parse_uid(row.uid), row.transaction, row.field),
            self._on_done,
            self._on_failed,
        )

    def _on_done(self, differs: bool) -> None:
        if differs:
            self.messages.succeed(_("The earlier value was put back."))
        else:
            self.messages.inform(_("Nothing differed: that value stands already."))
        self.show_history(self.uid)

    def _on_failed(self, error: Exception) -> None:
        show_error(self.messages, error)
