"""Inputs in two columns that become one when the page is narrow or the text large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.scale import spaced

COLUMN_UNITS = 70
"""Least width of a column: 280 px at 100 %; below twice that (and the gap) there is one column."""


class FormGrid(QWidget):
    """Reading order is tab order: row by row. Wide inputs take the whole row."""

    def __init__(self, boxes: Sequence[FieldBox], parent: QWidget | None = None, *, most: int = 2) -> None:
        super().__init__(parent)
        self.boxes = list(boxes)
        self._most = most
        self._columns = 0
        self._grid = QGridLayout(self)
        spaced(self._grid, 4)
        for box in self.boxes:
            box.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        appearance().changed.connect(self._reflow)
        self._reflow()

    def columns(self) -> int:
        """Return how many columns there are now."""
        return self._columns

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than one column, so that the page never scrolls sideways."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), COLUMN_UNITS * unit()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def _reflow(self) -> None:
        wanted = max(1, min(self._most, self.width() // (COLUMN_UNITS * unit())))
        if wanted == self._columns:
            return
        self._columns = wanted
        while self._grid.count():
            self._grid.takeAt(0)
        row = column = 0
        for box in self.boxes:
            span = wanted if box.wide else 1
            if column + span > wanted:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, span, Qt.AlignmentFlag(0))
            column += span
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < wanted else 0)
