"""A row that goes on in the next line when it gets too long: nothing is clipped at 200 %."""

from __future__ import annotations

from typing import NamedTuple

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
        self._measured: list[_Part] | None = None
        self._heights: dict[int, int] = {}
        """What was asked of the items, until one of them changes: Qt asks a dozen times in one laying out."""
        self._width = 0
        """The width it has: Qt forgets `geometry` whenever something within changes its size."""

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        self._forget()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the width of the widest item and the height that the present width asks for.

        Not by `hasHeightForWidth`: boxes around would reserve the height of the narrowest shape.
        """
        margins = self.contentsMargins()
        width = max((part.least for part in self._parts()), default=0) + margins.left() + margins.right()
        now = max(width, self._width)
        if now not in self._heights:
            self._heights[now] = self._arrange(QRect(0, 0, now, 0), place=False)
        return QSize(width, self._heights[now])

    def setGeometry(self, rect: QRect) -> None:
        before, self._width = self._width, rect.width()
        super().setGeometry(rect)
        self._arrange(rect, place=True)
        parent = self.parentWidget()
        if rect.width() != before and parent is not None:
            parent.updateGeometry()

    def _forget(self) -> None:
        self._measured = None
        self._heights.clear()

    def _parts(self) -> list[_Part]:
        if self._measured is None:
            self._measured = [_measured(item) for item in self._items if not item.isEmpty()]
        return self._measured

    def _lines(self, room: int) -> list[list[_Part]]:
        spacing = self.spacing()
        lines: list[list[_Part]] = []
        used = room + 1
        for part in self._parts():
            if not lines or used + spacing + part.width > room:
                lines.append([])
                used = -spacing
            lines[-1].append(part)
            used += spacing + part.width
        return lines

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins: QMargins = self.contentsMargins()
        spacing = self.spacing()
        inner = rect.marginsRemoved(margins)
        room, top = inner.width(), inner.top()
        for line in self._lines(room):
            widths = [min(part.width, room) for part in line]
            rest = room - sum(widths) - spacing * (len(line) - 1)
            growing = [number for number, part in enumerate(line) if part.grows]
            for number in growing:
                widths[number] += max(0, rest) // len(growing)
            heights = [
                part.item.heightForWidth(width) if part.wraps else part.height
                for part, width in zip(line, widths, strict=True)
            ]
            high = max(heights)
            left = inner.left() + (max(0, rest) if self._to_right and not growing else 0)
            for part, width, height in zip(line, widths, heights, strict=True):
                if place:
                    low = bool(part.item.alignment() & Qt.AlignmentFlag.AlignBottom)
                    part.item.setGeometry(QRect(left, top + (high - height) // (1 if low else 2), width, height))
                left += width + spacing
            top += high + spacing
        return top - spacing - rect.top() + margins.bottom()


class _Part(NamedTuple):
    """What an item says of itself."""

    item: QLayoutItem
    width: int
    height: int
    least: int
    grows: bool
    wraps: bool


def _measured(item: QLayoutItem) -> _Part:
    hint = item.sizeHint()
    grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return _Part(item, hint.width(), hint.height(), item.minimumSize().width(), grows, item.hasHeightForWidth())
