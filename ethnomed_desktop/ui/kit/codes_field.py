"""Several entries of a code list, ticked in a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from ethnomed_desktop.domain.fieldtypes import Codes, Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.i18n.labels import code_label, code_labels
from ethnomed_desktop.ui.kit.field_box import FieldBox

SHOWN_ROWS = 6
_CODE = Qt.ItemDataRole.UserRole


class CodesField(FieldBox):
    """A list with ticks: the space bar or a click ticks the row. One control for a screen reader."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        assert isinstance(field.type, Codes)
        self._list_name = field.type.list_name
        self._given: frozenset[str] = frozenset()
        self.list = QListWidget(self)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self._fill([])
        self.list.itemChanged.connect(self._on_edited)
        self._adopt(self.list)
        self._fit()

    def draft(self) -> Value:
        chosen = [str(item.data(_CODE)) for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return sorted(chosen) or None

    def set_value(self, value: Value) -> None:
        chosen = value if isinstance(value, list) else []
        self._given = frozenset(chosen)
        self.list.blockSignals(True)
        self._fill(chosen)
        for item in self._items():
            on = item.data(_CODE) in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def value(self) -> Value:
        """Return the codes; those that only a newer program knows stay as they came."""
        known = dict(code_labels(self._list_name, current()))
        chosen = self.draft()
        held = isinstance(chosen, list) and all(one in known or one in self._given for one in chosen)
        return chosen if held else super().value()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "list"):
            return
        self.list.blockSignals(True)
        for item in self._items():
            item.setText(code_label(self._list_name, str(item.data(_CODE)), current()))
        self.list.blockSignals(False)

    def _fill(self, chosen: Sequence[str]) -> None:
        """List what is offered now, and what was chosen though it is offered no more or only by a newer program."""
        offered = [code for code, _label in code_labels(self._list_name, current())]
        codes = [*offered, *(code for code in chosen if code not in offered)]
        if codes == [str(item.data(_CODE)) for item in self._items()]:
            return
        self.list.clear()
        for code in codes:
            item = QListWidgetItem(code_label(self._list_name, code, current()), self.list)
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self._fit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _fit(self) -> None:
        rows = min(self.list.count(), SHOWN_ROWS)
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + 2 * self.list.frameWidth() + 4)
