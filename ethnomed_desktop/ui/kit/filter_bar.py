"""Filters over a list: free text and code lists; asks 250 ms after the last key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ethnomed_desktop.domain.fieldtypes import Code, Text, Whole
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.values import FIRST_YEAR, LAST_YEAR
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.code_field import CodeField
from ethnomed_desktop.ui.kit.digit_field import DigitField
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.rest import wake
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.kit.text_field import TextField

TEXT = "text"
DEBOUNCE_MS = 250
BOX_UNITS = 50


@dataclass(frozen=True)
class CodeFilter:
    """A filter by one code list; ``name`` is the field's name in the question."""

    name: str
    label: str
    list_name: str


@dataclass(frozen=True)
class YearFilter:
    """A filter by a year of four digits; fewer do not filter yet."""

    name: str
    label: str


class FilterBar(QFrame):
    """``changed(filters)`` carries a tuple of (name, value) without the empty ones; the text is named ``text``.

    Where all do not fit into one line (large text), the codes fold away behind a button, so that the
    list keeps its room.
    """

    changed = Signal(tuple)

    def __init__(
        self,
        codes: Sequence[CodeFilter | YearFilter] = (),
        parent: QWidget | None = None,
        *,
        debounce_ms: int = DEBOUNCE_MS,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "filters")
        self._wait = QTimer(self, singleShot=True, interval=debounce_ms)
        self._wait.timeout.connect(self._tell)
        self._told: tuple[tuple[str, str], ...] = ()
        self.text = TextField(Field(TEXT, 1, Text(200), N_("Search in the list")), self)
        self.boxes: list[FieldBox] = [self.text]
        self.boxes += [self._box(one) for one in codes]
        self.clear_button = PushButton(self)
        self.clear_button.setProperty("role", "plain")
        self.clear_button.clicked.connect(self.clear)
        row = FlowLayout(self)
        spaced(row, 3)
        for box in self.boxes:
            box.edited.connect(self._on_edited)
            box.entered.connect(self._tell)
            at_least(box, width=BOX_UNITS)
            row.addWidget(box)
        self.fold_button = PushButton(self)
        self.fold_button.setCheckable(True)
        self.fold_button.toggled.connect(self._fold)
        row.addWidget(self.fold_button)
        row.addWidget(self.clear_button)
        row.setAlignment(self.fold_button, Qt.AlignmentFlag.AlignBottom)
        row.setAlignment(self.clear_button, Qt.AlignmentFlag.AlignBottom)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def _box(self, one: CodeFilter | YearFilter) -> FieldBox:
        if isinstance(one, YearFilter):
            return DigitField(Field(one.name, 1, Whole(FIRST_YEAR, LAST_YEAR), one.label), self)
        return CodeField(Field(one.name, 1, Code(one.list_name), one.label), self)

    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the filters in force; words that are not (yet) a code do not filter."""
        found = []
        for box in self.boxes:
            value = box.chooser.key() if isinstance(box, CodeField) else box.draft()
            if isinstance(box, DigitField) and len(str(value or "")) != len("2026"):
                continue
            if value:
                found.append((box.name, str(value).strip()))
        return tuple(found)

    def set_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        """Show filters (a saved view) and tell them."""
        given = dict(filters)
        for box in self.boxes:
            box.set_value(given.get(box.name))
        self._tell()

    def clear(self) -> None:
        """Filter by nothing."""
        self.set_filters(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fit(self) -> None:
        """The boxes were measured anew."""
        self._fold()

    def _fold(self) -> None:
        """Show the codes if they fit into the line, or on request; never hide a filter in force."""
        layout = self.layout()
        assert layout is not None
        shown = [*self.boxes, self.clear_button]
        for box in self.boxes:
            wake(box)  # folded away it keeps the size of the text before
        wide = sum(widget.sizeHint().width() for widget in shown) + layout.spacing() * len(shown)
        fits = wide <= self.width() or len(self.boxes) == 1
        self.fold_button.setVisible(not fits)
        for box in self.boxes[1:]:
            box.setVisible(fits or self.fold_button.isChecked() or bool(box.draft()))
        self.updateGeometry()

    def retranslate(self) -> None:
        self.fold_button.setText(_("More filters"))
        self.clear_button.setText(_("Clear filters"))
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_edited(self, name: str) -> None:
        self._wait.start()

    def _tell(self) -> None:
        self._wait.stop()
        found = self.filters()
        if found != self._told:
            self._told = found
            self.changed.emit(found)
