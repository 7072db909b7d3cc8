"""Tags and telephones: several short values in one line, separated by commas."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.fieldtypes import Phones, Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.digit_line import DigitLine
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.line import Line


class WordsField(FieldBox):
    """A line whose value is a list; the hint says that commas separate."""

    letters = True

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        if isinstance(field.type, Phones):
            self.letters = False
        self.line: Line = DigitLine(self) if isinstance(field.type, Phones) else Line(self)
        self._shown = ""
        self.line.textChanged.connect(self._on_changed)
        self._adopt(self.line)

    def draft(self) -> Value:
        words = [word.strip() for word in re.split(r"[,;\n]", self.line.text())]
        return [word for word in words if word] or None

    def set_value(self, value: Value) -> None:
        words = value if isinstance(value, list) else []
        self._shown = ", ".join(words)
        self.line.setText(self._shown)

    def retranslate(self) -> None:
        super().retranslate()
        if not self.field.hint:
            self.hint.setText(_("Several are separated by commas"))
            self.hint.show()

    def _on_changed(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self._on_edited()
