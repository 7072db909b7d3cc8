"""The view of a long list: fixed row height from the font, a current row always, keys for everything."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Question

SURE_CHARACTERS = 11
"""What a column always has room for: a date."""

HEADER_CHARACTERS = 15
"""A longer header is shortened (its tooltip says it in full), so that a list fits a small screen."""

ROW_UNITS = 9
"""36 px at 100 %."""


LEAST_COLUMNS = 2
"""So many stay however narrow the window is."""


class TableView(QTableView):
    """``opened(row)`` on Enter, F2 or a double click with the `TableRow`; ``chosen(row)`` as the current row moves.

    Sorting goes through the source. ``caption`` is the table's name for screen readers (a catalog id).
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, model: PagedTable, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paged = model
        self._caption = caption
        self._current_rid: int | None = None
        self._sought: int | None = None
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrows move within
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._on_header)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.completed.connect(self._on_completed)
        model.dataChanged.connect(self._on_data)
        self.doubleClicked.connect(self._open)
        self.retranslate()
        self._fit()
        self._restore()

    def retranslate(self) -> None:
        self.setAccessibleName(_(self._caption))
        self.setAccessibleDescription(_("Arrows move, Enter opens, a click on a header sorts"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.paged.retranslate()
            self._fit_columns()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._open(self.currentIndex())
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            last = self.paged.rowCount() - 1
            row = 0 if event.key() == Qt.Key.Key_Home else last
            self.setCurrentIndex(self.paged.index(row, max(0, self.currentIndex().column())))
            return
        super().keyPressEvent(event)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self._current_rid = self.paged.rid_at(current.row()) if current.isValid() else None
        self.chosen.emit(self.paged.row(current.row()) if current.isValid() else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def sort_by(self, name: str, descending: bool = False) -> None:
        """Ask for the rows in the order of a column."""
        old = self.paged.question
        self.paged.ask(Question(old.filters, name, descending, old.extra))
        self._show_order()

    def _on_header(self, section: int) -> None:
        column = self.paged.columns[section]
        if column.sortable:
            asked = self.paged.question
            self.sort_by(column.name, asked.sort == column.name and not asked.descending)

    def _show_order(self) -> None:
        names = [column.name for column in self.paged.columns]
        asked = self.paged.question
        header = self.horizontalHeader()
        header.setSortIndicatorShown(asked.sort in names)
        if asked.sort in names:
            order = Qt.SortOrder.DescendingOrder if asked.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(names.index(asked.sort), order)

    def _open(self, index: QModelIndex) -> None:
        row = self.paged.row(index.row()) if index.isValid() else None
        if row is not None:
            self.opened.emit(row)

    def _remember(self) -> None:
        index = self.currentIndex()
        self._current_rid = self.paged.rid_at(index.row()) if index.isValid() else self._current_rid

    def _restore(self) -> None:
        """Keep the current row by id, not by place; a current row is always set."""
        if not self.paged.rowCount():
            self.chosen.emit(None)
            return
        wanted = self._current_rid
        place = self.paged.place_of(wanted) if wanted is not None else None
        self.setCurrentIndex(self.paged.index(place or 0, 0))
        self._sought = wanted if place is None else None  # it may stand further down: see _on_completed
        self._show_order()

    def _on_completed(self) -> None:
        sought, self._sought = self._sought, None
        if sought is None or self.currentIndex().row() > 0:
            return  # the person has moved on meanwhile
        place = self.paged.place_of(sought)
        if place is not None:
            self.setCurrentIndex(self.paged.index(place, 0))

    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        current = self.currentIndex()
        if current.isValid() and first.row() <= current.row() <= last.row():
            self._current_rid = self.paged.rid_at(current.row())
            self.chosen.emit(self.paged.row(current.row()))

    def _fit(self) -> None:
        height = max(ROW_UNITS * unit(), round(QFontMetrics(self.font()).height() * 1.8))
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Share the width by the columns' weights, none narrower than its (shortened) header.

        Where large text leaves no room, the last columns go: nobody scrolls sideways, the card says all.
        """
        header = self.horizontalHeader()
        metrics = QFontMetrics(header.font())
        columns = self.paged.columns
        digit = metrics.horizontalAdvance("0")
        widths = [
            8 * unit()
            + max(
                min(round(metrics.horizontalAdvance(_(one.label)) * 1.15), digit * HEADER_CHARACTERS),
                digit * max(min(one.width, SURE_CHARACTERS), one.least),
            )
            for one in columns
        ]
        room = self.viewport().width()
        fitting = sum(total <= room for total in accumulate(widths))
        shown = max(fitting, min(LEAST_COLUMNS, len(columns)))
        rest = max(0, room - sum(widths[:shown]))
        weight = sum(one.width for one in columns[:shown])
        for section, one in enumerate(columns):
            header.setSectionHidden(section, section >= shown)
            if section < shown:
                header.resizeSection(section, widths[section] + rest * one.width // weight)
