"""Pages of which one is shown, asking for little height: at 200 % the window still fits a screen of 768 px."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from ethnomed_desktop.ui.kit.appearance import unit


class RoomyStack(QStackedWidget):
    """Takes the height that is left: else Qt asks every page, hidden ones too, how high it were at each width."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * unit(), 20 * unit())


class PageStack(RoomyStack):
    """What does not fit scrolls within its page.

    Without this, pages not shown (and rows that may wrap) would ask for the height of their
    narrowest shape, and the window would grow beyond the screen.
    """

    def __init__(self, least_units: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least_units

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * unit(), self._least * unit())
