"""The cards of the first page: headings, lines that open something, a sentence where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QWidget

from ethnomed_desktop.ui.home.line_button import LineButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import spaced, with_icon


@dataclass(frozen=True)
class Entry:
    """One line in ready words; ``name`` tells it apart, ``icon`` and ``colour`` mark what presses."""

    name: str
    words: str
    open: Callable[[], object]
    icon: str = ""
    colour: str = "text"


class LinesCard(Card):
    """Show lines by `show_entries`; what has not changed is left alone, focus included."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"home_{name}")
        self.lines: list[LineButton] = []
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("role", "secondary")
        spaced(self.column, 1, (5, 4, 5, 3))
        self.column.addWidget(self.nothing)
        self._known: list[tuple[str, str]] = []
        self._entries: list[Entry] = []
        self.column.addStretch(1)

    def show_entries(self, entries: Sequence[Entry], nothing: str) -> None:
        """List the entries; none of them: say ``nothing``."""
        self._entries = list(entries)
        self.nothing.setText(nothing)
        self.nothing.setVisible(not entries)
        known = [(entry.name, entry.words) for entry in entries]
        if known == self._known:
            return
        self._known = known
        for line in self.lines:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(number, entry) for number, entry in enumerate(entries)]

    def _line(self, number: int, entry: Entry) -> LineButton:
        line = LineButton(entry.words, self)
        line.setObjectName(f"line_{entry.name}")
        if entry.icon:
            with_icon(line, entry.icon, entry.colour)
        line.clicked.connect(lambda _checked=False, place=number: self._entries[place].open())
        self.column.insertWidget(self.column.count() - 2, line)
        line.show()
        return line
