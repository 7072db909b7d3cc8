"""The map of the program on the left: icon and word; only icons (with tooltips) when it gets narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.scale import spaced, with_icon


@dataclass(frozen=True)
class Section:
    """One entry: ``label`` is a catalog id of one word, ``keys`` its shortcut as shown (``Ctrl+2``)."""

    key: str
    label: str
    icon: str
    keys: str = ""


class SideBar(QFrame):
    """``chosen(key)`` on a press; sections of ``below`` stand under the line (Trash, Settings, Help)."""

    chosen = Signal(str)

    def __init__(
        self, sections: Sequence[Section], below: Sequence[Section] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side_bar")
        self.setProperty("role", "sidebar")
        self._words = True
        self.buttons: dict[str, QToolButton] = {}
        self._sections = {section.key: section for section in (*sections, *below)}
        group = QButtonGroup(self)
        group.setExclusive(True)
        column = QVBoxLayout(self)
        spaced(column, 1, (2, 3, 2, 3))
        for section in sections:
            column.addWidget(self._made(section, group))
        column.addStretch(1)
        if below:
            rule = QFrame(self)
            rule.setProperty("role", "rule")
            column.addWidget(rule)
        for section in below:
            column.addWidget(self._made(section, group))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def choose(self, key: str) -> None:
        """Mark a section as the present one, without emitting."""
        self.buttons[key].setChecked(True)

    def show_words(self, words: bool) -> None:
        """Show icon and word, or (in a narrow window) the icon with the word as tooltip."""
        self._words = words
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Sections"))
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if self._words else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for key, button in self.buttons.items():
            section = self._sections[key]
            words = _(section.label)
            button.setToolButtonStyle(style)
            button.setText(words.replace("&", "&&"))
            button.setAccessibleName(words)
            button.setToolTip(f"{words} · {section.keys}" if section.keys else words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _made(self, section: Section, group: QButtonGroup) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"section_{section.key}")
        button.setProperty("role", "section")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        with_icon(button, section.icon, "accent", 6)
        button.clicked.connect(lambda _checked=False, key=section.key: self.chosen.emit(key))
        group.addButton(button)
        self.buttons[section.key] = button
        return button
