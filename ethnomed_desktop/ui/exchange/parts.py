"""Parts of the exchange page: cards that are worded anew, rows of buttons, six large words, scrolling tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import sized_font, spaced


class WordedCard(Card):
    """A card with words of its own: ``retranslate`` is called after each change of language."""

    def retranslate(self) -> None:
        """Word everything anew."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ButtonRow(QWidget):
    """Widgets from left to right that go on in the next line; hidden ones take no room."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self)
        spaced(row, 2)
        for widget in widgets:
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class BigWords(QLabel):
    """Six words large enough to be read out over a bad line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("big_words")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sized_font(self, 1.6, bold=True)

    def show_words(self, words: Sequence[str]) -> None:
        """Show the words, or nothing."""
        self.setText(" · ".join(words))
        self.setVisible(bool(words))


class Sheet(QFrame):
    """A sheet within a card, hidden until there is something to say: notes, six words, buttons below each other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._column = QVBoxLayout(self)
        spaced(self._column, 2, (3, 2, 3, 2))
        self.hide()

    def fill(self, *widgets: QWidget) -> None:
        """Put widgets below each other."""
        for widget in widgets:
            self._column.addWidget(widget)


def paragraph(parent: QWidget, *, role: str = "", bold: bool = False) -> QLabel:
    """Return an empty label for plain text of any length."""
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    if bold:
        sized_font(label, 1.0, bold=True)
    return label


def button(parent: QWidget, name: str, role: str = "") -> PushButton:
    """Return a button without words yet."""
    made = PushButton(parent)
    made.setObjectName(name)
    if role:
        made.setProperty("role", role)
    return made


def scrolling(parent: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a tab that scrolls up and down only, and the column for its cards (end it with a stretch)."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content = QWidget()
    content.setProperty("role", "page")
    column = QVBoxLayout(content)
    spaced(column, 3, (6, 3, 6, 4))
    area.setWidget(content)
    return area, column


def bring_into_view(*widgets: QWidget) -> None:
    """Scroll until these (the last above all) are seen, once what was just shown has its place."""

    def scroll() -> None:
        for widget in widgets:
            area = widget.parentWidget()
            while area is not None and not isinstance(area, QScrollArea):
                area = area.parentWidget()
            if area is not None:
                area.ensureWidgetVisible(widget)

    QTimer.singleShot(0, widgets[-1], scroll)


def clear(layout: QLayout) -> None:
    """Take all widgets out of a layout and forget them."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
