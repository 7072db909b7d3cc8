"""The bar at the foot of the window: what is saved, who, how much is not sent; each part is a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ethnomed_desktop.ui.kit.appearance import restyle
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import spaced


class StatusParts(QFrame):
    """``pressed(key)`` when a part is pressed. The parts stand in the order they were first given."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_parts")
        self.setProperty("role", "bar")
        self.parts: dict[str, PushButton] = {}
        self._row = QHBoxLayout(self)
        spaced(self._row, 1, (2, 0, 2, 0))
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def tighten(self, tight: bool) -> None:
        """Make the line as low as its words where every line counts."""
        if bool(self.property("tight")) != tight:
            self.setProperty("tight", tight)
            for part in self.parts.values():
                part.setProperty("slim", tight)
            restyle(*self.parts.values())

    def set_part(self, key: str, text: str, tip: str = "") -> bool:
        """Show a part (already in the interface language); an empty text hides it. Say whether it is another."""
        button = self.parts.get(key)
        changed = button is None or button.text() != text.replace("&", "&&")
        if button is None:
            button = PushButton(self)
            button.setObjectName(f"status_{key}")
            button.setProperty("role", "plain")
            button.setProperty("slim", bool(self.property("tight")))
            button.clicked.connect(lambda _checked=False, pressed=key: self.pressed.emit(pressed))
            self._row.insertWidget(self._row.count() - 1, button)
            self.parts[key] = button
        if changed:
            button.setText(text.replace("&", "&&"))
            button.setVisible(bool(text))
        button.setToolTip(tip or text)
        button.setAccessibleName(f"{text}. {tip}" if tip else text)
        return changed
