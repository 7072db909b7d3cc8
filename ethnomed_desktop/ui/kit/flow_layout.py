"""A row that goes on in the next line when it gets too long: nothing is clipped at 200 %."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items from left to right, then in the next line. Items that may expand share a line's rest.

    ``to_right`` puts lines without such items to the right.
    """

    def __init__(self, parent: QWidget | None = None, *, to_right: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._to_right = to_right
        self._width = 0
        """The width it has: Qt forgets `geometry` whenever something within changes its size."""

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the width of the widest item and the height that the present width asks for.

        Not by `hasHeightForWidth`: boxes around would reserve the height of the narrowest shape.
        """
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        width = size.width() + margins.left() + margins.right()
        now = max(width, self._width)
        return QSize(width, self._arrange(QRect(0, 0, now, 0), place=False))

    def setGeometry(self, rect: QRect) -> None:
        before, self._width = self._width, rect.width()
        super().setGeometry(rect)
        self._arrange(rect, place=True)
        parent = self.parentWidget()
        if rect.width() != before and parent is not None:
            parent.updateGeometry()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = room + 1
        for item in self._shown():
            width = item.sizeHint().width()
            if not lines or used + self.spacing() + width > room:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + width
        return lines

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins: QMargins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        top = inner.top()
        for line in self._lines(inner.width()):
            widths = [min(item.sizeHint().width(), inner.width()) for item in line]
            rest = inner.width() - sum(widths) - self.spacing() * (len(line) - 1)
            growing = [
                number for number, item in enumerate(line) if item.expandingDirections() & Qt.Orientation.Horizontal
            ]
            for number in growing:
                widths[number] += max(0, rest) // len(growing)
            heights = [
                item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
                for item, width in zip(line, widths, strict=True)
            ]
            high = max(heights)
            left = inner.left() + (max(0, rest) if self._to_right and not growing else 0)
            for item, width, height in zip(line, widths, heights, strict=True):
                if place:
                    low = bool(item.alignment() & Qt.AlignmentFlag.AlignBottom)
                    item.setGeometry(QRect(left, top + (high - height) // (1 if low else 2), width, height))
                left += width + self.spacing()
            top += high + self.spacing()
        return top - self.spacing() - rect.top() + margins.bottom()
