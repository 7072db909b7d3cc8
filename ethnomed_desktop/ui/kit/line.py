"""A line to write in that measures itself, as `buttons` do: no length of it stands in the style sheet."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from ethnomed_desktop.ui.kit.themes import pixels_of

_EDGES = 4
"""Pixels of line and padding above and below together, with and without the focus."""


class Line(QLineEdit):
    """A line of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        line = self.fontMetrics().height()
        return max(pixels_of("u5", line), line) + 2 * pixels_of("pad_focus", line) + _EDGES

    def _fit(self) -> None:
        """The text has another size."""
        beside = pixels_of("side_focus", self.fontMetrics().height())
        self.setTextMargins(beside, 0, beside, 0)
