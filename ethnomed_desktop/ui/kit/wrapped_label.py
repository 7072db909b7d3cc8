"""Words in as many lines as the width asks for, measured once for each width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_MOST_KNOWN = 100


class WrappedLabel(QLabel):
    """Plain words that wrap: layouts within layouts ask a dozen times how high they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[str, int, int], int] = {}
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def heightForWidth(self, width: int) -> int:
        key = (self.text(), self.fontMetrics().height(), width)
        known = self._heights.get(key)
        if known is None:
            if len(self._heights) >= _MOST_KNOWN:
                self._heights.clear()
            known = self._heights[key] = super().heightForWidth(width)
        return known
