"""One line of words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.fieldtypes import Text, Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.line import Line


class TextField(FieldBox):
    """A line of text with the palette of Kazakh letters."""

    letters = True

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        self.line = Line(self)
        if isinstance(field.type, Text):
            self.line.setMaxLength(field.type.limit)
        self.line.textEdited.connect(self._on_edited)
        # Letters of the palette and of Shift+F7 come as changes that are not "edited" by a key.
        self.line.textChanged.connect(self._on_changed)
        self._shown = ""
        self._adopt(self.line)

    def _on_edited(self) -> None:
        """Wait for `_on_changed`, which comes for every way of changing the text."""

    def _on_changed(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            super()._on_edited()

    def draft(self) -> Value:
        return self.line.text() or None

    def set_value(self, value: Value) -> None:
        self._shown = "" if value is None else str(value)
        if self.line.text() != self._shown:
            self.line.setText(self._shown)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)  # of a long line its beginning tells what it is
