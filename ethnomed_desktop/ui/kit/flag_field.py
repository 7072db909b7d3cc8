"""Yes or no: a box with its words beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.field_box import FieldBox


class FlagField(FieldBox):
    """A tick box; never touched it stays "not stated" (``None``), as it was."""

    label_above = False

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        self.box = QCheckBox(self)
        self._touched = False
        self.box.clicked.connect(self._on_clicked)
        self._adopt(self.box)

    def draft(self) -> Value:
        return self.box.isChecked() if self._touched else None

    def set_value(self, value: Value) -> None:
        self._touched = isinstance(value, bool)
        self.box.setChecked(value is True)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "box"):
            self.box.setText(self.title().replace("&", "&&"))

    def _on_clicked(self) -> None:
        self._touched = True
        self._on_edited()
