"""A row of buttons that goes on in the next line; a widget of its own, so that the page learns its height."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import spaced


class FlowRow(QWidget):
    """Holds ``widgets`` from left to right; inputs with labels and buttons meet at the bottom."""

    worded_whole = True

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None, *, spacing: int = 2) -> None:
        super().__init__(parent)
        row = FlowLayout(self)
        spaced(row, spacing)
        for widget in widgets:
            row.addWidget(widget)
            row.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
