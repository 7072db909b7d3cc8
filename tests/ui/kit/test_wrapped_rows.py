"""Words of a row are never cut off for want of a line, at any width of the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QListWidget

from ethnomed_desktop.ui.kit.wrapped_rows import wrap_rows

WORDS = "Алғашқы қадамдар: он минутта"


@pytest.mark.parametrize("size", [100, 125, 200])
def test_a_row_has_a_line_more_as_soon_as_its_padding_needs_it(qtbot, qapp, size) -> None:
    qapp.use_text_size(size)
    view = QListWidget()
    wrap_rows(view)
    view.addItem(WORDS)
    view.addItem("Іздеу")
    qtbot.addWidget(view)
    view.show()
    whole = view.fontMetrics().horizontalAdvance(WORDS)
    for wide in range(whole - 10, whole + 60, 5):
        view.resize(wide, 300)
        view.doItemsLayout()
        row = view.visualItemRect(view.item(0))
        assert row.width() <= view.viewport().width()
        padding = 4 * round(view.fontMetrics().height() * 0.475) // 2
        inner = QRect(0, 0, row.width() - padding, 10_000)
        needed = view.fontMetrics().boundingRect(inner, int(Qt.TextFlag.TextWordWrap), WORDS).height()
        assert row.height() >= needed
    assert view.visualItemRect(view.item(1)).height() < 2 * view.fontMetrics().height() + 12
