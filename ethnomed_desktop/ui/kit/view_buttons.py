"""A− and A+, hide names, lock: the buttons at the right of the top bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import TEXT_SIZES, appearance
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon


class ViewButtons(QWidget):
    """``text_stepped(±1)``, ``names_hidden(bool)``, ``locked``."""

    worded_whole = True
    text_stepped = Signal(int)
    names_hidden = Signal(bool)
    locked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.smaller, self.larger = ToolButton(self), ToolButton(self)
        self.smaller.setText("A−")
        self.larger.setText("A+")
        sized_font(self.larger, 1.0, bold=True)
        self.eye, self.lock = ToolButton(self), ToolButton(self)
        self.eye.setCheckable(True)
        with_icon(self.eye, "eye", "text", checked="on_accent")
        with_icon(self.lock, "lock", "text")
        row = QHBoxLayout(self)
        spaced(row, 1)
        names = ("text_smaller", "text_larger", "hide_names", "lock")
        for name, button in zip(names, (self.smaller, self.larger, self.eye, self.lock), strict=True):
            button.setObjectName(name)
            row.addWidget(button)
        self.smaller.clicked.connect(lambda: self.text_stepped.emit(-1))
        self.larger.clicked.connect(lambda: self.text_stepped.emit(1))
        self.eye.clicked.connect(self.names_hidden)
        self.lock.clicked.connect(self.locked)
        appearance().changed.connect(self._on_appearance)
        self._on_appearance()
        self.retranslate()

    def retranslate(self) -> None:
        for button, words, keys in (
            (self.smaller, _("Smaller text"), "Ctrl+−"),
            (self.larger, _("Larger text"), "Ctrl++"),
            (self.eye, _("Hide names on the screen"), "F11"),
            (self.lock, _("Lock"), "Ctrl+Shift+L"),
        ):
            button.setToolTip(f"{words} · {keys}")
            button.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_appearance(self) -> None:
        self.smaller.setEnabled(appearance().text_size > TEXT_SIZES[0])
        self.larger.setEnabled(appearance().text_size < TEXT_SIZES[-1])
        self.eye.setChecked(appearance().names_hidden)
