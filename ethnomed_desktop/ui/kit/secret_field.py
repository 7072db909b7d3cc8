"""A passphrase: hidden unless one asks to see it; never in drafts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.scale import spaced, with_icon


class SecretField(FieldBox):
    """`secret` returns it exactly as typed; `draft` and `value` give nothing away."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        around = QWidget(self)
        self.line = QLineEdit(around)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = QToolButton(around)
        self.eye.setProperty("role", "side")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye)
        with_icon(self.eye, "eye", "accent", checked="on_accent")
        row = QHBoxLayout(around)
        spaced(row, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        self.line.textEdited.connect(self._on_edited)
        self._adopt(self.line, around)

    def secret(self) -> str:
        """Return the passphrase as typed, blanks included."""
        return self.line.text()

    def clear(self) -> None:
        """Forget it."""
        self.line.clear()

    def draft(self) -> Value:
        return None

    def set_value(self, value: Value) -> None:
        """Forget it, whatever ``value`` is: a passphrase is never put in by the program."""
        self.clear()

    def problem(self) -> str:
        if self.required and not self.line.text():
            return _("Fill in: {label}").format(label=self.title())
        return ""

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "eye"):
            self.eye.setToolTip(_("Show what is typed"))
            self.eye.setAccessibleName(_("Show what is typed"))
            self._warn_caps(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if len(text) == 1 and text.isalpha():
                self._warn_caps(text.isupper() != shift)
        return super().eventFilter(watched, event)

    def _warn_caps(self, on: bool) -> None:
        self.hint.setText(_("Caps Lock seems to be on") if on else _(self.field.hint) if self.field.hint else "")
        self.hint.setVisible(bool(self.hint.text()))

    def _on_eye(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
