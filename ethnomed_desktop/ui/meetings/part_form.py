"""Inputs bound to one part of the sheet: whatever is typed stands in the part at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.kit.columns_layout import COLUMN_UNITS
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.fields import make_field
from ethnomed_desktop.ui.kit.form_grid import FormGrid
from ethnomed_desktop.ui.kit.reference_field import ReferenceField, ReferenceSource
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.kit.sight import bring_into_sight
from ethnomed_desktop.ui.meetings.person_field import PersonField
from ethnomed_desktop.ui.session import Session

WORDED = {"chair", "secretary", "reporter", "responsible", "person"}
"""References to persons that a part may hold in words instead."""


def words_field(kind: str, name: str) -> str:
    """Return the field that holds the person in words."""
    return "words" if name == "person" else f"{name}_words" if f"{name}_words" in KINDS[kind].by_name else ""


class PartForm(QWidget):
    """``edited(name)`` after the part was written; the inputs stand in `boxes` by field name.

    ``people`` says whom its choosers offer instead of everybody.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(
        self,
        session: Session,
        part: Part,
        names: Sequence[str],
        parent: QWidget | None = None,
        *,
        columns: int = 2,
        least_units: int = COLUMN_UNITS,
        people: ReferenceSource | None = None,
    ) -> None:
        super().__init__(parent)
        self.part = part
        self._people = people
        self.boxes: dict[str, FieldBox] = {}
        for name in names:
            box = self._made(session, name)
            box.setFocusProxy(None)  # type: ignore[arg-type]  # the order of Tab is set for the inputs themselves (see `put_in_chain`)
            box.edited.connect(self._on_edited)
            box.left.connect(self._on_left)
            box.entered.connect(self._on_entered)
            self.boxes[name] = box
        self.grid = FormGrid(list(self.boxes.values()), self, most=columns, least_units=least_units)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(self.grid)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        """Show (another) part; nothing is emitted."""
        self.part = part
        for name, box in self.boxes.items():
            if isinstance(box, PersonField):
                box.show_part(part)
            else:
                box.set_value(part.values.get(name))
            box.set_error("")

    def refresh(self, name: str) -> None:
        """Show the part's value in one input again, if there is such an input."""
        if name in self.boxes:
            self.boxes[name].set_value(self.part.values.get(name))

    def focus_on(self, name: str) -> bool:
        """Put the focus into an input and bring it into sight; say whether it is one of ours."""
        if name not in self.boxes:
            return False
        self.boxes[name].editor.setFocus()
        bring_into_sight(self.boxes[name])
        return True

    def _made(self, session: Session, name: str) -> FieldBox:
        field = KINDS[self.part.kind].field(name)
        if name in WORDED:
            return PersonField(
                self.part.kind, name, words_field(self.part.kind, name), session, self, source=self._people
            )
        needs = session.needs
        if self._people is not None:
            needs = replace(needs, references=self._people)
        box = make_field(field, needs, self)
        if isinstance(box, ReferenceField):
            box.allow_new(False)
        return box

    def _on_edited(self, name: str) -> None:
        box = self.boxes[name]
        if isinstance(box, PersonField):
            box.store(self.part)
        else:
            self.part.put(name, box.draft())
        self.edited.emit(name)

    def _on_left(self, name: str) -> None:
        self.left.emit()

    def _on_entered(self, name: str) -> None:
        names = list(self.boxes)
        place = names.index(name) + 1
        if place < len(names):
            self.focus_on(names[place])
        else:
            self.focusNextChild()
