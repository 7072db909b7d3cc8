"""Rows of a list in as many lines as their words need.

Qt counts the lines without the padding that the style sheet gives a row, so that words which just fit without
it are cut off with dots in one line too few.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ethnomed_desktop.ui.kit.appearance import unit

_SIDES_UNITS = 6
"""More than the padding on both sides of a row."""

_MOST_KNOWN = 500


class WrappedRows(QStyledItemDelegate):
    """Gives a row the height of its words laid out between its paddings. Rows of a list are alike but for words."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._known: dict[tuple[str, int, int], QSize] = {}
        """Sizes by words, width and line height: Qt asks for all rows several times in one laying out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        if not isinstance(view, QListView):
            return super().sizeHint(option, index)
        words, whole = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), view.viewport().width()
        metrics = view.fontMetrics()
        key = (words, whole, metrics.height())
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = self._measured(super().sizeHint(option, index), words, whole, metrics)
        return known

    def _measured(self, size: QSize, words: str, whole: int, metrics: QFontMetrics) -> QSize:
        wide = whole - _SIDES_UNITS * unit()
        if wide <= 0 or not words:
            return size
        high = metrics.boundingRect(0, 0, wide, 10_000, int(Qt.TextFlag.TextWordWrap), words).height()
        return QSize(min(size.width(), whole), max(size.height(), high + 3 * unit()))


def wrap_rows(view: QListView) -> None:
    """Let the rows of a list wrap; measured anew whenever its width changes."""
    view.setWordWrap(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setItemDelegate(WrappedRows(view))
