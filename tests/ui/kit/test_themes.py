"""Who takes a length from the style sheet is dressed anew with every text size; the others need the font only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.ui.kit.buttons import PushButton, ToolButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.digit_line import DigitLine
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.themes import takes_lengths


class Named(QPushButton):
    """A button made from Qt's."""


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (QLabel, False),
        (QWidget, False),
        (QFrame, False),
        (QPushButton, True),
        (QToolButton, True),
        (QLineEdit, True),
        (Named, False),
        (PushButton, False),
        (ToolButton, False),
        (Line, False),
        (DigitLine, False),
        (QPlainTextEdit, True),
        (QCheckBox, True),
        (QListWidget, True),
        (QTabBar, True),
    ],
)
def test_lengths_are_found_in_the_style_sheet(qtbot, made: Callable[[], QWidget], wanted: bool) -> None:
    """A dot in the sheet means Qt's own class and none made from it."""
    widget = made()
    qtbot.addWidget(widget)
    assert takes_lengths(widget) is wanted


class Everything(QWidget):
    """One of each that the style sheet knows."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 2, (3, 3, 3, 3))
        heading = QLabel("Хаттама", self)
        sized_font(heading, 1.5, bold=True)
        column.addWidget(heading)
        for role in ("secondary", "error", ""):
            label = QLabel(f"words {role}", self)
            label.setProperty("role", role)
            column.addWidget(label)
        for role in ("", "primary", "danger", "plain", "link"):
            for made in (PushButton(f"button {role}", self), QPushButton(f"button of Qt {role}", self)):
                made.setProperty("role", role)
                column.addWidget(made)
        tool = ToolButton(self)
        with_icon(tool, "print", "accent")
        card = Card(self, "Heading of a card")
        card.column.addWidget(QLabel("in the card", card))
        card.column.addWidget(QRadioButton("one", card))
        tabs = QTabBar(self)
        tabs.addTab("first")
        tabs.addTab("second")
        rows = QListWidget(self)
        rows.addItems(["a row", "another row"])
        bar = MessageBar(self)
        bar.warn("A warning")
        done = QProgressBar(self)
        done.setValue(40)
        lines = (QLineEdit("a line", self), Line(self))
        text, box = QPlainTextEdit("a text", self), QCheckBox("box", self)
        text.setFixedHeight(400)  # as every text of ours, by its lines: Qt's hint counts scroll bars at rest
        for widget in (tool, card, tabs, rows, bar, done, *lines, text, box):
            column.addWidget(widget)
        column.addStretch(1)
        for widget in self.findChildren(QWidget):  # the new window would have the focus, the changed one not
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)


@pytest.mark.parametrize(("before", "after"), [(100, 200), (200, 100), (100, 150), (125, 175)])
def test_changed_widgets_look_as_new_ones(qtbot, qapp, before: int, after: int) -> None:
    def shown() -> Everything:
        made = Everything()
        qtbot.addWidget(made)
        made.resize(700, 2600)
        made.show()
        qapp.processEvents()
        return made

    qapp.use_text_size(before)
    changed = shown()
    qapp.use_text_size(after)
    new = shown()
    qtbot.waitUntil(lambda: changed.grab().toImage() == new.grab().toImage(), timeout=5000)
