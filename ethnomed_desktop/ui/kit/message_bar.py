"""One line that tells what happened, with an action such as Undo; spoken to screen readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import restyle
from ethnomed_desktop.ui.kit.buttons import PushButton, ToolButton
from ethnomed_desktop.ui.kit.field_box import announce
from ethnomed_desktop.ui.kit.scale import spaced, with_icon

Severity = Literal["info", "success", "warning", "error"]


class MessageBar(QFrame):
    """The newest message replaces the one before; good news goes after 20 s, bad news stays.

    ``told(severity, text)`` comes with every message, for the list of notices and for tests.
    """

    told = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, stays_ms: int = 20_000) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._action: Callable[[], object] | None = None
        self._text = ""
        self._tight = False
        self._icon = QLabel(self)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = PushButton(self)
        self.button.setObjectName("message_action")
        self.button.clicked.connect(self._on_action)
        self.close_button = ToolButton(self)
        self.close_button.setProperty("role", "plain")
        self.close_button.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        spaced(self._row, 2, (3, 1, 1, 1))
        self._row.addWidget(self._icon)
        self._row.addWidget(self.label, 1)
        self._row.addWidget(self.button)
        self._row.addWidget(self.close_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._timer = QTimer(self, singleShot=True, interval=stays_ms)
        self._timer.timeout.connect(self.dismiss)
        self.retranslate()
        self.hide()

    def tell(
        self, severity: Severity, text: str, *, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a message; ``action`` is the (translated) verb of its button."""
        self._timer.stop()
        self._action = on_action
        self._text = text
        self._fit_text()
        self.button.setText(action)
        self.button.setVisible(bool(action) and on_action is not None)
        self.setProperty("level", severity)
        with_icon(self._icon, severity, severity, 6)
        with_icon(self.close_button, "close", severity, 4)
        restyle(self, self._icon, self.label)
        self.setAccessibleName(text)
        self.show()
        announce(self, text)
        if severity in ("info", "success"):
            self._timer.start()
        self.told.emit(severity, text)

    def tighten(self, tight: bool) -> None:
        """Take one low line where every line counts; what does not fit stands in the tooltip."""
        if tight == self._tight:
            return
        self._tight = tight
        spaced(self._row, 2, (3, 0, 1, 0) if tight else (3, 1, 1, 1))
        self.label.setWordWrap(not tight)
        for button in (self.button, self.close_button):
            button.setProperty("slim", tight)
        restyle(self.button, self.close_button)
        self._fit_text()

    def _fit_text(self) -> None:
        self.label.setToolTip(self._text if self._tight else "")
        if not self._tight:
            self.label.setMinimumWidth(0)
            self.label.setText(self._text)
            return
        self.label.setMinimumWidth(1)
        room = max(self.label.width(), self.width() // 2) if not self.isVisible() else self.label.width()
        line = " ".join(self._text.split())
        self.label.setText(self.label.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room - 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._tight:
            QTimer.singleShot(0, self, self._fit_text)

    def inform(self, text: str) -> None:
        """Say something that asks for nothing."""
        self.tell("info", text)

    def succeed(self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None) -> None:
        """Say that something was done, with a way back."""
        self.tell("success", text, action=action, on_action=on_action)

    def warn(self, text: str) -> None:
        """Say that something was refused or needs a look; stays until closed."""
        self.tell("warning", text)

    def fail(self, text: str) -> None:
        """Say that something went wrong; stays until closed."""
        self.tell("error", text)

    def dismiss(self) -> None:
        """Close the message; its action is gone with it."""
        self._timer.stop()
        self._action = None
        self.hide()

    def retranslate(self) -> None:
        self.close_button.setToolTip(_("Close the message"))
        self.close_button.setAccessibleName(_("Close the message"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_action(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()
