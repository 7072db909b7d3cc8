"""Inputs in two columns that become one when the page is narrow or the text large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from ethnomed_desktop.ui.kit.columns_layout import COLUMN_UNITS, ColumnsLayout
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.scale import spaced


class FormGrid(QWidget):
    """Reading order is tab order: row by row. Wide inputs take the whole row."""

    def __init__(
        self,
        boxes: Sequence[FieldBox],
        parent: QWidget | None = None,
        *,
        most: int = 2,
        least_units: int = COLUMN_UNITS,
    ) -> None:
        super().__init__(parent)
        self.boxes = list(boxes)
        self._columns = ColumnsLayout(self, most, least_units)
        spaced(self._columns, 4)
        for box in self.boxes:
            self._columns.addWidget(box)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def columns(self) -> int:
        """Return how many columns there are now."""
        return self._columns.columns()
