"""References to several records: a chooser, and below it the chosen ones with a way to take them out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.reference_field import ReferenceField, ReferenceSource, is_uid
from ethnomed_desktop.ui.tasks import Tasks

SHOWN_ROWS = 4
_UID = Qt.ItemDataRole.UserRole


class ReferencesField(ReferenceField):
    """Its value is a list of uids. Delete or Backspace on a chosen row takes it out."""

    def __init__(
        self,
        field: Field,
        source: ReferenceSource,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        required: bool | None = None,
        delay_ms: int = 200,
    ) -> None:
        super().__init__(field, source, tasks, parent, required=required, delay_ms=delay_ms)
        self.chosen = QListWidget(self)
        self.chosen.setObjectName(f"{field.name}_chosen")
        self.chosen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chosen.installEventFilter(self)
        self.chosen.itemDoubleClicked.connect(self._take_out)
        self._slot.addWidget(self.chosen)
        self.retranslate()
        self._fit()

    def uids(self) -> list[str]:
        """Return the chosen uids in the order they were chosen."""
        return [str(self.chosen.item(row).data(_UID)) for row in range(self.chosen.count())]

    def draft(self) -> Value:
        return self.uids() or None

    def set_value(self, value: Value) -> None:
        self.chosen.clear()
        uids = [text for text in value if is_uid(text)] if isinstance(value, list) else []
        for uid in uids:
            self._put_in(Choice(uid, "…"))
        self._fit()
        if uids:
            self._tasks.read(lambda progress: self._source.named(self.kind, uids), self._on_all_named, owner=self)

    def choose(self, choice: Choice) -> None:
        self.chooser.choose(None)
        if choice.key not in self.uids():
            self._put_in(choice)
        self._fit()
        self._on_edited()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "chosen"):
            self.chosen.setAccessibleName(_("Chosen: {label}").format(label=self.title()))
            self.chosen.setToolTip(_("Delete takes the row out"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is getattr(self, "chosen", None) and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if event.type() == QEvent.Type.KeyPress and event.key() in keys:
                self._take_out(self.chosen.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _read(self) -> object:
        super()._read()  # words that were typed and not chosen are refused, not lost
        return self.uids()

    def _put_in(self, choice: Choice) -> None:
        text = f"{choice.title} · {choice.subtitle}" if choice.subtitle else choice.title
        item = QListWidgetItem(text, self.chosen)
        item.setData(_UID, choice.key)
        if self.chosen.currentRow() < 0:
            self.chosen.setCurrentRow(0)

    def _take_out(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.takeItem(self.chosen.row(item))
            self._fit()
            self._on_edited()

    def _on_picked(self, key: str) -> None:
        if not key:
            self._on_edited()
            return
        title = self.chooser.text()
        self.chooser.choose(None)
        self.choose(Choice(key, title))

    def _on_all_named(self, choices: Sequence[Choice]) -> None:
        by_uid = {choice.key: choice for choice in choices}
        for row in range(self.chosen.count()):
            item = self.chosen.item(row)
            choice = by_uid.get(str(item.data(_UID)))
            item.setText(choice.title if choice else _("Record not found"))

    def _fit(self) -> None:
        rows = self.chosen.count()
        self.chosen.setVisible(rows > 0)
        if rows:
            height = min(rows, SHOWN_ROWS) * self.chosen.sizeHintForRow(0)
            self.chosen.setFixedHeight(height + 2 * self.chosen.frameWidth() + 4)
