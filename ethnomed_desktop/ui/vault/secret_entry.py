"""The password at the door: label, line, what is wrong. Like a field of a form, without the forms' imports."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.kit.secret_line import SecretLine


class SecretEntry(QWidget):
    """``entered()`` on Enter. What is wrong stays until something is typed."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secret")
        around = SecretLine(self)
        around.caps_seen.connect(self._warn_caps)
        self.line, self.eye, self.draw_eye = around.line, around.eye, around.draw_eye
        self.line.setObjectName("secret_input")
        self.line.textEdited.connect(lambda _text: self.set_error(""))
        self.line.returnPressed.connect(self.entered)
        self.label = QLabel(self)
        self.label.setBuddy(self.line)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self._error_row: tuple[QWidget, QLabel] | None = None
        self._column = QVBoxLayout(self)
        spaced(self._column, 1)
        for widget in (self.label, around, self.hint):
            self._column.addWidget(widget)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.retranslate()

    def secret(self) -> str:
        """Return the passphrase as typed, blanks included."""
        return self.line.text()

    def clear(self) -> None:
        """Forget it."""
        self.line.clear()
        self.set_error("")

    def error(self) -> str:
        """Return what is shown as wrong."""
        return self._error_row[1].text() if self._error_row is not None else ""

    def set_error(self, text: str) -> None:
        """Show what is wrong under the line (empty: nothing is); spoken with the line's name."""
        if text == self.error():
            return
        if self._error_row is None:
            self._error_row = self._made_error_row()
        row, label = self._error_row
        label.setText(text)
        row.setVisible(bool(text))
        self.line.setProperty("wrong", bool(text))
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)
        self.line.setAccessibleDescription(text)

    def complain_if_empty(self) -> bool:
        """Ask for a password when none is typed; say whether it was asked for."""
        self.set_error("" if self.secret() else _("Fill in: {label}").format(label=_("Password")))
        return bool(self.error())

    def retranslate(self) -> None:
        self.label.setText(_("Password"))
        self.line.setAccessibleName(_("Password"))
        if self.error():
            self.complain_if_empty()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _made_error_row(self) -> tuple[QWidget, QLabel]:
        """Made with the first mistake: most days nobody sees it."""
        row = QWidget(self)
        icon, label = QLabel(row), QLabel(row)
        with_icon(icon, "error", "error", 4)
        label.setProperty("role", "error")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout(row)
        spaced(line, 1)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1)
        self._column.addWidget(row)
        return row, label

    def _warn_caps(self, on: bool) -> None:
        self.hint.setText(_("Caps Lock seems to be on") if on else "")
        self.hint.setVisible(on)
