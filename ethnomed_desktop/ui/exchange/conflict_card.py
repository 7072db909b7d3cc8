"""One field that people filled in differently: all values in full, side by side, and room for another."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ethnomed_desktop.app.conflicts import Conflict, Side
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.exchange.parts import ButtonRow, WordedCard, button, paragraph
from ethnomed_desktop.ui.exchange.report_words import when
from ethnomed_desktop.ui.kit.columns_layout import ColumnsLayout
from ethnomed_desktop.ui.kit.fields import FieldNeeds, make_field
from ethnomed_desktop.ui.kit.scale import spaced


class FieldConflict(WordedCard):
    """``settled(value)`` with the value that shall stand; the page writes it."""

    settled = Signal(object)

    def __init__(self, conflict: Conflict, needs: FieldNeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"conflict_{conflict.field}")
        self.conflict = conflict
        self.columns = columns = QWidget(self)
        layout = ColumnsLayout(columns, 2, 70)
        spaced(layout, 3)
        self.sides = [_SideCard(side, columns) for side in conflict.sides]
        for side in self.sides:
            side.keep_button.clicked.connect(partial(self._keep, side.side.value))
            layout.addWidget(side)
        self.own_button = button(self, "conflict_own")
        self.own = make_field(KINDS[conflict.kind].field(conflict.field), needs, self, required=False)
        self.own_keep = button(self, "conflict_own_keep", "primary")
        self.own_row = ButtonRow([self.own_keep], self)
        for widget in (columns, ButtonRow([self.own_button], self), self.own, self.own_row):
            self.column.addWidget(widget)
        self.own_button.clicked.connect(self._write_own)
        self.own_keep.clicked.connect(self._keep_own)
        self._show_own(False)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(
            0, self, self.columns.updateGeometry
        )  # side by side they need less height than first asked

    def _keep(self, value: Value, checked: bool = False) -> None:
        for side in self.sides:
            side.keep_button.setEnabled(False)  # a second click would settle what is settled
        self.settled.emit(value)

    def _write_own(self) -> None:
        self.own.set_value(self.conflict.sides[0].value)
        self._show_own(True)
        self.own.editor.setFocus()

    def _keep_own(self) -> None:
        try:
            value = self.own.value()
        except EthnomedError as error:
            self.own.set_error(words_of(error))
            return
        self._keep(value)

    def _show_own(self, shown: bool) -> None:
        self.own.setVisible(shown)
        self.own_row.setVisible(shown)
        self.own_button.setVisible(not shown)

    def retranslate(self) -> None:
        self.set_heading(self.conflict.label)
        self.own_button.setText(_("Write it anew…"))
        self.own_keep.setText(_("Keep what I wrote"))


class _SideCard(QFrame):
    """One value with its author and time."""

    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(parent)
        self.side = side
        self.setProperty("role", "card")
        self.by = paragraph(self, role="secondary")
        self.text = paragraph(self)
        self.keep_button = button(self, "conflict_keep")
        column = QVBoxLayout(self)
        spaced(column, 2, (3, 2, 3, 2))
        column.addWidget(self.by)
        column.addWidget(self.text)
        column.addStretch(1)
        column.addWidget(ButtonRow([self.keep_button], self))
        self.retranslate()

    def retranslate(self) -> None:
        side = self.side
        words = _("{name}, {time}, on this computer") if side.own else _("{name}, {time}")
        self.by.setText(words.format(name=side.by, time=when(side.at_ms)))
        self.text.setText(side.shown or _("(left empty)"))
        self.keep_button.setText(_("Keep this"))
        self.keep_button.setAccessibleName(
            _("Keep this: {value}").format(value=side.shown[:80] or _("(left empty)"))
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
