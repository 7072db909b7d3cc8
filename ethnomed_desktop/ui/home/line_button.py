"""A line of a card that opens something: one row high, shortened where the card is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.buttons import PushButton


class LineButton(PushButton):
    """Says ``words`` as far as there is room; tooltip and screen reader have them in full."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words = words
        self.setAccessibleName(words)
        self._shorten()

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * unit(), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _fit(self) -> None:
        """The text has another size."""
        self._shorten()

    def _shorten(self) -> None:
        room = self.width() - 4 * unit() - (self.iconSize().width() + unit() if not self.icon().isNull() else 0)
        shown = QFontMetrics(self.font()).elidedText(self.words, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setToolTip("" if shown == self.words else self.words)
        self.setText(shown.replace("&", "&&"))
