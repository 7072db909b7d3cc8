"""The door list: ticks by the space bar, the quorum in words, guests, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app.meeting_sheets import lenient
from ethnomed_desktop.app.sitting_members import Expected, absent, count_members
from ethnomed_desktop.domain.joint_sittings import BODIES, is_joint, reached
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.reference_field import is_uid
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced, with_icon
from ethnomed_desktop.ui.meetings.attendance_table import AttendanceTable
from ethnomed_desktop.ui.meetings.bodies_here import BodiesHere
from ethnomed_desktop.ui.meetings.checks import counts_each_body, quorums_of
from ethnomed_desktop.ui.meetings.flow_row import FlowRow
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.meetings.person_field import PersonField
from ethnomed_desktop.ui.meetings.quorum_words import counts, verdict
from ethnomed_desktop.ui.session import Session

DETAILS = ("remote", "reason", "reason_second", "words_second", "bodies")
TABLE_UNITS, LOW_TABLE_UNITS = 56, 36
"""Least height of the table, in a low window some four people; below that the tab scrolls."""


class AttendanceTab(QScrollArea):
    """``changed()`` after the sheet was changed; ``members_wanted()`` asks for the body's members."""

    changed = Signal()
    members_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attendance_tab")
        self._sheet = Sheet(Part("meeting"))
        self.quorum_icon = QLabel(self)
        self.quorum = QLabel(self)
        self.quorum.setObjectName("quorum_text")
        sized_font(self.quorum, 1.15, bold=True)
        self.quorum.setWordWrap(True)
        self.counts = QLabel(self)
        self.counts.setObjectName("quorum_counts")
        self.counts.setWordWrap(True)
        self.table = AttendanceTable(self)
        bodies = BodiesHere(lambda: self._sheet, session.references)
        self.details = PartForm(session, Part("attendance"), DETAILS, self, least_units=50, people=bodies)
        self.person = PersonField("attendance", "person", "words", session, self)
        at_least(self.person, width=60)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.as_member, self.as_guest, self.all_present, self.members, self.remove = (
            PushButton(self) for _number in range(5)
        )
        for button, name in (
            (self.as_member, "add_member"),
            (self.as_guest, "add_guest"),
            (self.all_present, "all_present"),
            (self.members, "list_members"),
            (self.remove, "remove_person"),
        ):
            button.setObjectName(name)
        self._connect()
        self._build()
        self.retranslate()

    def _connect(self) -> None:
        self.table.toggled.connect(self.toggle)
        self.table.removed.connect(self.remove_row)
        self.table.moved.connect(self._on_moved)
        self.table.remoted.connect(self.toggle_remote)
        self.details.edited.connect(self._on_details)
        self.as_member.clicked.connect(lambda: self._on_add("member"))
        self.as_guest.clicked.connect(lambda: self._on_add("invited"))
        self.all_present.clicked.connect(self.mark_all_present)
        self.members.clicked.connect(self.members_wanted)
        self.remove.clicked.connect(lambda: self.remove_row(self.table.currentIndex().row()))

    def _build(self) -> None:
        verdict_row = QHBoxLayout()
        spaced(verdict_row, 3)
        verdict_row.addWidget(self.quorum_icon)
        verdict_row.addWidget(self.quorum, 1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        spaced(self._top, 1)
        self._top.addLayout(verdict_row, 3)
        self._top.addWidget(self.counts, 2)
        buttons = FlowRow((self.all_present, self.members, self.remove))
        self.person.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        add = FlowRow((self.person, self.as_member, self.as_guest))
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 2, (0, 2, 2, 2))
        column.addLayout(self._top)
        column.addWidget(self.hint)
        self._column = column
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(buttons)
        column.addWidget(add)
        self.setWidget(content)
        appearance().changed.connect(self._fit)
        self._fit()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _fit(self) -> None:
        """In a low window the table comes first and the hint last."""
        low = appearance().low
        at_least(self.table, height=LOW_TABLE_UNITS if low else TABLE_UNITS)
        self._column.removeWidget(self.hint)
        self._column.insertWidget(self._column.count() if low else 1, self.hint)

    def show_sheet(self, sheet: Sheet, names: Mapping[str, str]) -> None:
        """Show the attendance of a sheet."""
        self._sheet = sheet
        self.table.people.show_rows(sheet.attendance, names)
        if sheet.attendance:
            self.table.selectRow(0)
        self._on_moved(self.table.currentIndex().row())
        self.recount()

    def name_bodies(self, names: Mapping[str, str]) -> None:
        """Learn how the bodies are called that sit."""
        self.table.people.names.update(names)

    def toggle(self, row: int) -> None:
        """Present becomes absent and back; guests stay (Delete takes them out)."""
        part = self.table.people.rows[row]
        state = part.text("capacity")
        if state == "invited":
            return
        part.put("capacity", "absent" if state == "member" else "member")
        self.table.people.tell(row)
        self._changed()

    def toggle_remote(self, row: int) -> None:
        """Whoever is there takes part remotely, or in the room again."""
        part = self.table.people.rows[row]
        if part.text("capacity") != "absent":
            part.put("remote", None if part.values.get("remote") else True)
            self.table.people.tell(row)
            self._changed()

    def mark_all_present(self) -> None:
        """Mark every member as present."""
        for part in self.table.people.rows:
            if part.text("capacity") == "absent":
                part.put("capacity", "member")
        self._fill(self.table.currentIndex().row())
        self._changed()

    def remove_row(self, row: int) -> None:
        """Take a person off the list."""
        if not 0 <= row < len(self.table.people.rows):
            return
        self._sheet.remove(self.table.people.rows[row])
        self._fill(row)
        self._changed()

    def add_members(self, members: Sequence[Expected], joining: str = "") -> None:
        """Add the members who are not on the list, and say of all for which body they sit.

        With ``joining`` only those are added who sit for that body: it has just come to the sitting.
        """
        listed = {part.text("person"): part for part in self._sheet.attendance}
        for one in members:
            self.table.people.names[one.person] = one.name
            if (part := listed.get(one.person)) is not None:
                part.put("bodies", list(one.bodies))
            elif not joining or joining in one.bodies:
                self._sheet.meeting.add(Part("attendance", absent(one)))
        count_members(self._sheet, members, anew=not joining)
        self._fill(0)
        self._changed()

    def _is_joint(self) -> bool:
        return is_joint(lenient("meeting", self._sheet.meeting.values))

    def recount(self) -> None:
        """Word the quorum anew."""
        counted, names = quorums_of(self._sheet), self.table.people.names
        joint = counts_each_body(self._sheet)
        self.table.show_bodies([self._sheet.meeting.text(name) for name in BODIES] if self._is_joint() else [])
        self.details.boxes["bodies"].setVisible(self._is_joint())
        across = QBoxLayout.Direction.TopToBottom if joint else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(across)
        text = counts(counted, names)
        remote = sum(one.values.get("remote") is True for one in self._sheet.attendance if _is_there(one))
        if remote:
            text += ("\n" if joint else " ") + _("Of them remotely: {count}").format(count=remote)
        self.counts.setText(text)
        self.quorum.setText(verdict(counted, names))
        icon = {True: "success", False: "warning", None: "info"}[reached(counted)]
        with_icon(self.quorum_icon, icon, icon, 6)

    def retranslate(self) -> None:
        self.hint.setText(
            _(
                "Space bar: present or absent, then the next person. Ctrl+Space: remotely or in the room. "
                "Delete takes a person off the list."
            )
        )
        self.table.setAccessibleName(_("Attendance"))
        self.all_present.setText(_("All are present"))
        self.members.setText(_("List the members of the body"))
        self.remove.setText(_("Take off the list"))
        self.as_member.setText(_("Add as a member"))
        self.as_guest.setText(_("Add as a guest"))
        self.table.people.show_rows(self.table.people.rows, {})
        self.recount()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self, row: int) -> None:
        self.table.people.show_rows(self._sheet.attendance, {})
        last = len(self._sheet.attendance) - 1
        if last >= 0:
            self.table.selectRow(max(0, min(row, last)))
        self._on_moved(self.table.currentIndex().row())

    def _on_moved(self, row: int) -> None:
        known = 0 <= row < len(self.table.people.rows)
        self.details.setVisible(known)
        self.remove.setEnabled(known)
        if known:
            part = self.table.people.rows[row]
            self.details.show_part(part)
            away = part.text("capacity") == "absent"
            for name in ("reason", "reason_second"):
                self.details.boxes[name].setVisible(away)
            self.details.boxes["remote"].setVisible(not away)
            self.details.boxes["words_second"].setVisible(bool(part.text("words")))

    def _on_details(self, name: str) -> None:
        self.table.people.tell(self.table.currentIndex().row())
        self.recount()
        self.changed.emit()

    def _on_add(self, capacity: str) -> None:
        part = Part("attendance", {"capacity": capacity})
        self.person.store(part)
        if not part.is_worded():
            self.person.editor.setFocus()
            return
        given = part.text("person")
        if given and self._listed_already(given, capacity):
            return
        if self._is_joint() and capacity == "member":
            part.put("bodies", [self._sheet.meeting.text("organisation")])
        if is_uid(given):
            self.table.people.names[given] = self.person.chooser.text()
        self._sheet.meeting.add(part)
        self.person.set_value(None)
        self._fill(len(self._sheet.attendance) - 1)
        self._changed()
        self.person.editor.setFocus()

    def _listed_already(self, person: str, capacity: str) -> bool:
        """Mark somebody who stands on the list already, and show the row: nobody comes twice."""
        row = next((row for row, one in enumerate(self._sheet.attendance) if one.text("person") == person), None)
        if row is None:
            return False
        self._sheet.attendance[row].put("capacity", capacity)
        self.person.set_value(None)
        self._fill(row)
        self._changed()
        self.person.editor.setFocus()
        return True

    def _changed(self) -> None:
        self._on_moved(self.table.currentIndex().row())
        self.recount()
        self.changed.emit()


def _is_there(part: Part) -> bool:
    return part.text("capacity") != "absent"
