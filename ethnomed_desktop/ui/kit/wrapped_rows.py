"""Rows of a list in as many lines as their words need.

Qt counts the lines without the padding that the style sheet gives a row, so that words which just fit without
it are cut off with dots in one line too few.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ethnomed_desktop.ui.kit.appearance import unit

_SIDES_UNITS = 6
"""More than the padding on both sides of a row."""


class WrappedRows(QStyledItemDelegate):
    """Gives a row the height of its words laid out between its paddings."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        view = self.parent()
        if not isinstance(view, QListView):
            return size
        wide = view.viewport().width() - _SIDES_UNITS * unit()
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        metrics = view.fontMetrics()
        if wide <= 0 or not words:
            return size
        room = metrics.boundingRect(0, 0, wide, 10_000, int(Qt.TextFlag.TextWordWrap), words)
        return QSize(min(size.width(), view.viewport().width()), max(size.height(), room.height() + 3 * unit()))


def wrap_rows(view: QListView) -> None:
    """Let the rows of a list wrap; measured anew whenever its width changes."""
    view.setWordWrap(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setItemDelegate(WrappedRows(view))
