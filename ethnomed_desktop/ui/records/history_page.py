"""Who changed what, when, from what to what: the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.records.reading import HistoryRow, history_rows
from ethnomed_desktop.ui.session import Session

COLUMNS = (N_("When"), N_("Who"), N_("What was done"), N_("Field"), N_("Before"), N_("After"))


class HistoryPage(QWidget):
    """``left`` goes back to the card."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_page")
        self.setProperty("role", "page")
        self._session = session
        self.uid = ""
        self.back = QPushButton(self)
        self.back.setObjectName("history_back")
        with_icon(self.back, "back", "text", 5)
        self.back.clicked.connect(self.left)
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
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(COLUMNS)):
            kept = column in (0, 1, 2)
            mode = QHeaderView.ResizeMode.ResizeToContents if kept else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
        head = QHBoxLayout()
        spaced(head, 3)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
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
        self._session.query(lambda ctx: history_rows(ctx, uid, words), self._on_rows, self._on_failed, owner=self)

    def retranslate(self) -> None:
        self.back.setText(_("Back to the record"))
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
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        if rows:
            self.table.setCurrentCell(0, 0)
        self.table.setFocus()

    def _on_failed(self, error: Exception) -> None:
        show_error(self.messages, error)
