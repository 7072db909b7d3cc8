"""Inputs side by side in equal columns; their number follows the width."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ethnomed_desktop.ui.kit.appearance import unit

COLUMN_UNITS = 70
"""Least width of a column: 280 px at 100 %."""


class ColumnsLayout(QLayout):
    """Row by row; widgets with a true ``wide`` take a whole row.

    Not a `QGridLayout`: Qt keeps the height for a width per item and forgets to drop it, so that an
    error that appears under an input would be squeezed. Here every widget is asked anew once one has changed.
    """

    def __init__(self, parent: QWidget, most: int, least_units: int = COLUMN_UNITS) -> None:
        super().__init__(parent)
        self._least = least_units
        self._items: list[QLayoutItem] = []
        self._most = most
        self._laid: dict[int, list[_Row]] = {}
        """Rows by width, until a widget changes: Qt asks a dozen times in one laying out."""
        self._width = 0
        """The width it has: Qt forgets `geometry` whenever something within changes its size."""

    def columns(self) -> int:
        """Return how many columns the present width gives."""
        return self._columns_of(self._width)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._laid.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._laid.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        self._laid.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        return QSize(self._least * unit() * self._most, self.minimumSize().height())

    def minimumSize(self) -> QSize:
        """Return one column's width and the height that the present width asks for."""
        least = self._least * unit()
        spacing = self.spacing()
        high = sum(row.height + spacing for row in self._rows(max(least, self._width))) - spacing
        return QSize(least, max(0, high))

    def setGeometry(self, rect: QRect) -> None:
        before, self._width = self._width, rect.width()
        super().setGeometry(rect)
        spacing, top = self.spacing(), rect.top()
        for row in self._rows(rect.width()):
            for number, widget in enumerate(row.widgets):
                left = rect.left() + number * (row.width + spacing)
                widget.setGeometry(left, top, row.width, row.height)
            top += row.height + spacing
        parent = self.parentWidget()
        if rect.width() != before and parent is not None:
            parent.updateGeometry()

    def _columns_of(self, width: int) -> int:
        return max(1, min(self._most, (width + self.spacing()) // (self._least * unit() + self.spacing())))

    def _rows(self, width: int) -> list[_Row]:
        known = self._laid.get(width)
        if known is None:
            columns = self._columns_of(width)
            single = (width - self.spacing() * (columns - 1)) // columns
            known = self._laid[width] = [
                _row(widgets, width if getattr(widgets[0], "wide", False) else single)
                for widgets in self._widgets(columns)
            ]
        return known

    def _widgets(self, columns: int) -> list[list[QWidget]]:
        """Return what is shown, row by row."""
        rows: list[list[QWidget]] = []
        full = True
        for item in self._items:
            widget = item.widget()
            if widget is None or widget.isHidden():
                continue
            wide = bool(getattr(widget, "wide", False))
            if full or wide or len(rows[-1]) == columns:
                rows.append([])
            rows[-1].append(widget)
            full = wide
        return rows


class _Row(NamedTuple):
    """Widgets side by side, each so many pixels wide and high."""

    widgets: list[QWidget]
    width: int
    height: int


def _row(widgets: list[QWidget], width: int) -> _Row:
    heights = [
        widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        for widget in widgets
    ]
    return _Row(widgets, width, max(heights))
