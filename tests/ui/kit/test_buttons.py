"""Our buttons and lines measure themselves as the style sheet would, at every text size."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from ethnomed_desktop import ui
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.kit.buttons import PushButton, ToolButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.scale import with_icon

SIZES = [100, 125, 150, 175, 200]


def shown(qtbot: Any, *widgets: QWidget) -> QWidget:
    home = QWidget()
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    for widget in widgets:
        column.addWidget(widget)
    home.show()
    return home


@pytest.mark.parametrize("size", SIZES)
def test_a_button_is_as_large_as_one_of_qt(qapp: DesktopApplication, qtbot: Any, size: int) -> None:
    """Dialogs hold both side by side; Qt takes its lengths from the style sheet."""
    qapp.use_text_size(size)
    ours, qts = PushButton("Сақтау"), QPushButton("Сақтау")
    small, small_of_qt = ToolButton(), QToolButton()
    for one in (small, small_of_qt):
        with_icon(one, "print", "accent")
    line, line_of_qt = Line(), QLineEdit()
    home = shown(qtbot, ours, qts, small, small_of_qt, line, line_of_qt)
    assert home.isVisible()
    assert ours.sizeHint() == qts.sizeHint()
    assert small.sizeHint() == small_of_qt.sizeHint()
    assert line.height() == line_of_qt.height()


@pytest.mark.parametrize("size", SIZES)
def test_a_button_keeps_its_words_off_the_edge(qapp: DesktopApplication, qtbot: Any, size: int) -> None:
    qapp.use_text_size(size)
    for role in ("", "primary", "danger", "plain", "link"):
        for marks in ({}, {"narrow": "true"}, {"slim": True}, {"tall": True}):
            button = PushButton("Хаттаманы басып шығару")
            for name, value in {"role": role, **marks}.items():
                button.setProperty(name, value)
            home = shown(qtbot, button)
            assert home.isVisible()
            words = button.fontMetrics().horizontalAdvance(button.text())
            line = button.fontMetrics().height()
            assert button.sizeHint().width() >= words + line // 4, (role, marks)
            assert button.sizeHint().height() >= line + 4, (role, marks)


def test_a_mark_set_later_counts_at_once(qtbot: Any) -> None:
    button = PushButton("Сақтау")
    home = shown(qtbot, button)
    assert home.isVisible()
    before = button.sizeHint()
    button.setProperty("slim", True)
    assert button.sizeHint().height() < before.height()
    button.setProperty("slim", False)
    assert button.sizeHint() == before


def test_a_narrow_place_squeezes_buttons_and_a_wide_one_does_not_stretch_signs(qtbot: Any) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    line = QHBoxLayout(row)
    long, sign = PushButton("Өткен отырыстардан қалған мәселелер"), ToolButton()
    for one in (long, sign):
        line.addWidget(one)
    row.resize(150, 60)
    row.show()
    assert long.width() < long.sizeHint().width()
    row.resize(900, 60)
    assert long.width() >= long.sizeHint().width()
    assert sign.width() == sign.sizeHint().width()


def test_a_flow_takes_the_sizes_somebody_set(qtbot: Any) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    flow = FlowLayout(home)
    wide, low = PushButton("А"), PushButton("Ұзын сөзді түйме")
    wide.setMinimumWidth(200)
    low.setMaximumWidth(60)
    for one in (wide, low):
        flow.addWidget(one)
    home.resize(600, 100)
    home.show()
    assert (wide.width(), low.width()) == (200, 60)


def test_no_window_makes_buttons_and_lines_of_qt() -> None:
    """Each would be dressed anew with every text size; what Qt itself makes is few."""
    windows = Path(ui.__file__).parent
    made = re.compile(r"(?<![\w.])(QPushButton|QToolButton|QLineEdit)\(")
    found = [
        str(file.relative_to(windows)) for file in windows.rglob("*.py") if made.search(file.read_text("utf-8"))
    ]
    assert found == []
