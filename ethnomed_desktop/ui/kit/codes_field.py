"""Several entries of a code list, ticked in a list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from ethnomed_desktop.domain.fieldtypes import Codes, Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.i18n.labels import code_labels
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.field_box import FieldBox

SHOWN_ROWS = 6
_CODE = Qt.ItemDataRole.UserRole


class CodesField(FieldBox):
    """A list with ticks: the space bar or a click ticks the row. One control for a screen reader."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        assert isinstance(field.type, Codes)
        self._list_name = field.type.list_name
        self.list = QListWidget(self)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        for code, label in code_labels(self._list_name, current()):
            item = QListWidgetItem(label, self.list)
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._on_edited)
        appearance().changed.connect(self._fit)
        self._adopt(self.list)
        self._fit()

    def draft(self) -> Value:
        chosen = [str(item.data(_CODE)) for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return sorted(chosen) or None

    def set_value(self, value: Value) -> None:
        chosen = value if isinstance(value, list) else []
        self.list.blockSignals(True)
        for item in self._items():
            on = item.data(_CODE) in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "list"):
            return
        labels = dict(code_labels(self._list_name, current()))
        self.list.blockSignals(True)
        for item in self._items():
            item.setText(labels[str(item.data(_CODE))])
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _fit(self) -> None:
        rows = min(self.list.count(), SHOWN_ROWS)
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + 2 * self.list.frameWidth() + 4)
