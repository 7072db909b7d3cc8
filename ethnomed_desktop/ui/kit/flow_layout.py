"""A row that goes on in the next line when it gets too long: nothing is clipped at 200 %."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ethnomed_desktop.ui.kit.buttons import PushButton, ToolButton

_ACROSS = Qt.Orientation.Horizontal.value
_BOTTOM = Qt.AlignmentFlag.AlignBottom.value
"""Plain numbers: to take flags apart as flags is what most of the time went into."""


class FlowLayout(QLayout):
    """Items from left to right, then in the next line. Items that may expand share a line's rest.

    ``to_right`` puts lines without such items to the right.
    """

    def __init__(self, parent: QWidget | None = None, *, to_right: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._to_right = to_right
        self._measured: list[_Part] | None = None
        self._laid: dict[int, list[_Line]] = {}
        """Lines by width. Kept until an item changes: Qt asks a dozen times in one laying out."""
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
        sides = margins.left() + margins.right()
        width = max((part.least for part in self._parts()), default=0) + sides
        lines = self._lines(max(width, self._width) - sides)
        spacing = self.spacing()
        high = sum(line.height + spacing for line in lines) - spacing
        return QSize(width, high + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        before, self._width = self._width, rect.width()
        super().setGeometry(rect)
        self._place(rect)
        parent = self.parentWidget()
        if rect.width() != before and parent is not None:
            parent.updateGeometry()

    def _forget(self) -> None:
        self._measured = None
        self._laid.clear()

    def _parts(self) -> list[_Part]:
        if self._measured is None:
            self._measured = [_measured(item) for item in self._items if not item.isEmpty()]
        return self._measured

    def _lines(self, room: int) -> list[_Line]:
        """Return the lines of a room so many pixels wide, within the margins."""
        known = self._laid.get(room)
        if known is None:
            spacing = self.spacing()
            lines: list[list[_Part]] = []
            used = room + 1
            for part in self._parts():
                if not lines or used + spacing + part.width > room:
                    lines.append([])
                    used = -spacing
                lines[-1].append(part)
                used += spacing + part.width
            known = self._laid[room] = [_line(parts, room, spacing) for parts in lines]
        return known

    def _place(self, rect: QRect) -> None:
        inner = rect.marginsRemoved(self.contentsMargins())
        spacing, top = self.spacing(), inner.top()
        for line in self._lines(inner.width()):
            left = inner.left() + (line.rest if self._to_right else 0)
            for part, width, height in zip(line.parts, line.widths, line.heights, strict=True):
                above = line.height - height
                part.item.setGeometry(QRect(left, top + (above if part.low else above // 2), width, height))
                left += width + spacing
            top += line.height + spacing


class _Part(NamedTuple):
    """What an item says of itself."""

    item: QLayoutItem
    width: int
    height: int
    least: int
    grows: bool
    wraps: bool
    low: bool


class _Line(NamedTuple):
    """Items side by side with their sizes; ``rest`` pixels of the room are left."""

    parts: list[_Part]
    widths: list[int]
    heights: list[int]
    height: int
    rest: int


def _measured(item: QLayoutItem) -> _Part:
    widget = item.widget()
    if isinstance(widget, (PushButton, ToolButton)):
        width, height, least = widget.measures()  # Qt would ask the button five times
    else:
        hint = item.sizeHint()
        width, height, least = hint.width(), hint.height(), item.minimumSize().width()
    grows = bool(item.expandingDirections().value & _ACROSS)
    return _Part(
        item, width, height, least, grows, item.hasHeightForWidth(), bool(item.alignment().value & _BOTTOM)
    )


def _line(parts: list[_Part], room: int, spacing: int) -> _Line:
    widths = [min(part.width, room) for part in parts]
    rest = max(0, room - sum(widths) - spacing * (len(parts) - 1))
    growing = [number for number, part in enumerate(parts) if part.grows]
    for number in growing:
        widths[number] += rest // len(growing)
    heights = [
        part.item.heightForWidth(width) if part.wraps else part.height
        for part, width in zip(parts, widths, strict=True)
    ]
    return _Line(parts, widths, heights, max(heights), 0 if growing else rest)
