"""One of a few choices, each with its words: round buttons that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import spaced


class Choices(QWidget):
    """``chosen(key)`` when a person chooses; `show_choices` and `choose` are silent. Words are ready."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.label = QLabel(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        around = QWidget(self)
        self._flow = FlowLayout(around)
        spaced(self._flow, 3)
        column = QVBoxLayout(self)
        spaced(column, 1)
        column.addWidget(self.label)
        column.addWidget(around)
        self._around = around

    def show_choices(self, label: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer choices as (key, words); what was chosen stays chosen."""
        self.label.setText(label)
        for key, words in choices:
            if key not in self.buttons:
                button = QRadioButton(self._around)
                button.setObjectName(f"{self.objectName()}_{key}")
                button.clicked.connect(lambda _checked=False, one=key: self.chosen.emit(one))
                self._group.addButton(button)
                self._flow.addWidget(button)
                self.buttons[key] = button
            self.buttons[key].setText(words.replace("&", "&&"))
            self.buttons[key].setAccessibleName(f"{label}: {words}")

    def choose(self, key: str) -> None:
        """Mark what is in force."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
