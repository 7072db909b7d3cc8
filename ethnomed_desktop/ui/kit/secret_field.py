"""A passphrase in a form: hidden unless one asks to see it; never in drafts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.secret_line import SecretLine


class SecretField(FieldBox):
    """`secret` returns it exactly as typed; `draft` and `value` give nothing away."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        around = SecretLine(self)
        around.draw_eye()
        self.line, self.eye = around.line, around.eye
        self.line.textEdited.connect(self._on_edited)
        self._adopt(self.line, around)
        around.caps_seen.connect(self._warn_caps)

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

    def _warn_caps(self, on: bool) -> None:
        self.hint.setText(_("Caps Lock seems to be on") if on else _(self.field.hint) if self.field.hint else "")
        self.hint.setVisible(bool(self.hint.text()))
