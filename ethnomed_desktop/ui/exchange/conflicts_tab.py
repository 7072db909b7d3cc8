"""Conflicts: a list of records, and for one of them each differing field with all its values side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app import conflicts
from ethnomed_desktop.app.conflicts import Conflict
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.conflict_card import FieldConflict
from ethnomed_desktop.ui.exchange.parts import ButtonRow, button, clear, paragraph, scrolling
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.session import Session


class ConflictsTab(QWidget):
    """``counted(records)`` after each reading. Deciding later is leaving: both values stay."""

    counted = Signal(int)

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflicts_tab")
        self._session = session
        self._messages = messages
        self.records: dict[bytes, list[Conflict]] = {}
        self.uid: bytes | None = None
        self.empty = EmptyState(
            "success",
            N_("There are no conflicts"),
            N_("When two people write different things into one field, both are kept and stand here."),
        )
        self.list_area, self.list = scrolling(self)
        self.open_buttons: dict[bytes, PushButton] = {}
        self.area, column = scrolling(self)
        self.title = paragraph(self.area)
        sized_font(self.title, 1.25, bold=True)
        self.later_button = button(self.area, "conflict_later")
        self.record_button = button(self.area, "conflict_record")
        self.fields: list[FieldConflict] = []
        self.fields_box = QWidget(self.area)  # a nested layout would keep heights that no longer hold
        self.fields_column = QVBoxLayout(self.fields_box)
        spaced(self.fields_column, 3)
        column.addWidget(self.title)
        column.addWidget(ButtonRow([self.later_button, self.record_button], self.area))
        column.addWidget(self.fields_box)
        column.addStretch(1)
        self.stack = QStackedWidget(self)
        for page in (self.empty, self.list_area, self.area):
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        spaced(whole, 0)
        whole.addWidget(self.stack)
        self.later_button.clicked.connect(self.leave)
        self.record_button.clicked.connect(self._open_record)
        self.retranslate()

    def reload(self) -> None:
        """Read the conflicts anew."""
        words = self._session.catalog
        self._session.query(
            lambda ctx: conflicts.list_conflicts(ctx, words), self._on_read, self._on_failed, owner=self
        )

    def open_record(self, uid: bytes) -> None:
        """Show the differing fields of a record."""
        if uid in self.records:
            self.uid = uid
            self._show_fields()

    def leave(self) -> None:
        """Back to the list; nothing is decided by that."""
        self.uid = None
        self._show()

    def _on_read(self, found: Sequence[Conflict]) -> None:
        records: dict[bytes, list[Conflict]] = {}
        for one in found:
            records.setdefault(one.uid, []).append(one)
        shown = self.records.get(self.uid) if self.uid else None
        self.records = records
        if self.uid not in records:
            self.uid = None
        self._list_records()
        if self.uid is None or records[self.uid] != shown:
            self._show()
        self.counted.emit(len(records))

    def _show(self) -> None:
        if self.uid is not None:
            self._show_fields()
        else:
            self.stack.setCurrentWidget(self.list_area if self.records else self.empty)

    def _list_records(self) -> None:
        clear(self.list)
        self.open_buttons = {}
        for uid, found in self.records.items():
            card = Card(heading=found[0].title)
            text = paragraph(card)
            text.setText(_("Differ: {fields}").format(fields=", ".join(one.label for one in found)))
            settle = button(card, "conflict_settle")
            settle.setText(_("Settle…"))
            settle.setAccessibleName(_("Settle: {title}").format(title=found[0].title))
            settle.clicked.connect(partial(self._on_settle, uid))
            self.open_buttons[uid] = settle
            card.column.addWidget(text)
            card.column.addWidget(ButtonRow([settle], card))
            self.list.addWidget(card)
        self.list.addStretch(1)

    def _on_settle(self, uid: bytes, checked: bool = False) -> None:
        self.open_record(uid)

    def _show_fields(self) -> None:
        assert self.uid is not None
        found = self.records[self.uid]
        self.title.setText(found[0].title)
        clear(self.fields_column)
        self.fields = []
        for one in found:
            card = FieldConflict(one, self._session.needs)
            card.settled.connect(partial(self._settle, one.uid, one.field))
            self.fields.append(card)
            self.fields_column.addWidget(card)
        self.stack.setCurrentWidget(self.area)
        self.area.verticalScrollBar().setValue(0)

    def _settle(self, uid: bytes, field: str, value: object) -> None:
        self._messages.dismiss()
        self._session.command(
            lambda ctx: conflicts.resolve(ctx, uid, field, value), self._on_settled, self._on_failed
        )

    def _on_settled(self, _kept: object) -> None:
        self._messages.succeed(_("The conflict is settled. The decision goes to the others with the next file."))

    def _open_record(self) -> None:
        if self.uid is not None:
            self._session.hub.open(self.records[self.uid][0].kind, uid_text(self.uid))

    def _on_failed(self, error: Exception) -> None:
        show_error(self._messages, error)
        self.reload()

    def retranslate(self) -> None:
        self.later_button.setText(_("Decide later"))
        self.record_button.setText(_("Open the record"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "fields"):
            self.retranslate()
            self.reload()
        super().changeEvent(event)
