"""ҚАЗ РУС ENG: three words, no flags; the interface language only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.languages import languages, signs
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.scale import spaced

NAMES = {code: (signs(code).button, signs(code).name) for code in languages()}
"""Short and full names, each in its own language: readable whatever language is on."""


class LanguageButtons(QWidget):
    """``chosen(language)`` when another language is pressed; marks the one in use by itself."""

    worded_whole = True
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, ToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        spaced(row, 1)
        for language, (short, full) in NAMES.items():
            button = ToolButton(self)
            button.setObjectName(f"language_{language}")
            button.setText(short)
            button.setToolTip(full)
            button.setAccessibleName(full)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, pressed=language: self._on_pressed(pressed))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[language] = button
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Language of the program"))
        self.buttons[current().language].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_pressed(self, language: str) -> None:
        if language != current().language:
            self.chosen.emit(language)
