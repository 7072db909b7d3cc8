"""The line a passphrase is typed into: hidden unless one asks to see it. Knows no field of the registry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.scale import spaced, with_icon


class SecretLine(QWidget):
    """``caps_seen(on)`` with every letter: whether Caps Lock seems to be on; also when the language changes."""

    caps_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = Line(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.line.installEventFilter(self)
        self.eye = ToolButton(self)
        self.eye.setProperty("role", "side")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye)
        row = QHBoxLayout(self)
        spaced(row, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        self.retranslate()

    def draw_eye(self) -> None:
        """Draw the button's icon; left to the owner, because drawing waits until the first window is painted."""
        with_icon(self.eye, "eye", "accent", checked="on_accent")

    def retranslate(self) -> None:
        self.eye.setToolTip(_("Show what is typed"))
        self.eye.setAccessibleName(_("Show what is typed"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.caps_seen.emit(False)
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if len(text) == 1 and text.isalpha():
                self.caps_seen.emit(text.isupper() != shift)
        return super().eventFilter(watched, event)

    def _on_eye(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
