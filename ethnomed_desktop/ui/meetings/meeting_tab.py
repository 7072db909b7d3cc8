"""The meeting itself: body, time, place, chair – and what is still open from earlier meetings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app.meeting_sheets import OpenTask
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.reference_field import ReferenceField
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.kit.typed_dates import show_day
from ethnomed_desktop.ui.meetings.fold import Fold
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.records.attachments_card import AttachmentsCard
from ethnomed_desktop.ui.session import Session

MAIN = (
    *("organisation", "meeting_kind", "starts", "ends", "mode", "place", "venue", "heading", "chair", "secretary"),
    *("quorum_rule", "entitled", "paper_number", "list_attached"),
    *("incidents", "outcome"),
)
JOINT = ("other_organisation", "other_number", "other_quorum_rule", "other_entitled", "joint_votes")
MORE = ("annexes", "annexes_second", "heading_second", "outcome_second")


class MeetingTab(QScrollArea):
    """``edited(name)`` after the sheet was written, ``left()`` when an input lost the focus."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meeting_tab")
        self._tasks: Sequence[OpenTask] = ()
        self._meeting = Part("meeting")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setProperty("role", "page")
        card = Card(content)
        self.form = PartForm(session, Part("meeting"), MAIN, card)
        card.column.addWidget(self.form)
        self.joint = Fold("meeting_joint", N_("Second body (joint sitting)"), card)
        self.joint_form = PartForm(session, Part("meeting"), JOINT, self.joint.content)
        self.joint.column.addWidget(self.joint_form)
        self.more = Fold("meeting_more", N_("Annexes and second language"), card)
        self.more_form = PartForm(session, Part("meeting"), MORE, self.more.content)
        self.more.column.addWidget(self.more_form)
        self.forms = (self.form, self.joint_form, self.more_form)
        for form in self.forms:
            form.edited.connect(self._on_edited)
            form.left.connect(self.left)
        for fold, first in ((self.joint, self.joint_form), (self.more, self.more_form)):
            fold.opened.connect(lambda form=first: form.focus_on(next(iter(form.boxes))))
            card.column.addWidget(fold)
        self.open_tasks = Card(content)
        self.open_tasks_text = QLabel(self.open_tasks)
        self.open_tasks_text.setObjectName("open_tasks")
        self.open_tasks_text.setWordWrap(True)
        self.open_tasks_text.setTextFormat(Qt.TextFormat.PlainText)
        self.open_tasks.column.addWidget(self.open_tasks_text)
        self.to_agenda = PushButton(self.open_tasks)
        self.open_tasks.column.addWidget(self.to_agenda, 0, Qt.AlignmentFlag.AlignLeft)
        self.files = AttachmentsCard(session, content)
        column = QVBoxLayout(content)
        spaced(column, 3, (0, 2, 2, 12))
        column.addWidget(card)
        column.addWidget(self.open_tasks)
        column.addWidget(self.files)
        column.addStretch(1)
        self.setWidget(content)
        self.retranslate()

    def show_sheet(self, sheet: Sheet, tasks: Sequence[OpenTask]) -> None:
        """Show the meeting of a sheet."""
        for form in self.forms:
            form.show_part(sheet.meeting)
        self.joint.open(any(sheet.meeting.text(name) for name in JOINT) or self._said_joint(sheet.meeting))
        self.more.open(any(sheet.meeting.text(name) for name in MORE))
        self._meeting = sheet.meeting
        self.show_files()
        self._tasks = tasks
        self.retranslate()

    def focus_on(self, name: str) -> bool:
        """Put the focus into one of the inputs; say whether there is such a one."""
        for fold, names in ((self.joint, JOINT), (self.more, MORE)):
            if name in names:
                fold.open()
        return any(form.focus_on(name) for form in self.forms)

    def refresh(self, *names: str) -> None:
        """Show values again that were written elsewhere."""
        for form in self.forms:
            for name in names:
                form.refresh(name)

    def body_names(self) -> dict[str, str]:
        """Return how the bodies chosen here are called, by uid text."""
        boxes = (self.form.boxes["organisation"], self.joint_form.boxes["other_organisation"])
        return {one.chooser.key(): one.chooser.text() for one in boxes if isinstance(one, ReferenceField)}

    def _on_edited(self, name: str) -> None:
        if name == "meeting_kind" and self._said_joint(self._meeting):
            self.joint.open()
        self.edited.emit(name)

    def _said_joint(self, meeting: Part) -> bool:
        return meeting.text("meeting_kind") == "joint"

    def show_files(self) -> None:
        """Show the files of the meeting; before its first saving there is nothing to attach them to."""
        if self.files.uid != self._meeting.uid or not self._meeting.uid:
            self.files.show_files(self._meeting.uid)

    def retranslate(self) -> None:
        self.open_tasks.set_heading(_("Open tasks of earlier meetings"))
        self.to_agenda.setText(_("Put a report on them onto the agenda"))
        lines = []
        for task in self._tasks:
            parts = [task.text, task.who, show_day(task.due) if task.due else ""]
            lines.append("• " + " · ".join(part for part in parts if part))
        self.open_tasks_text.setText("\n".join(lines))
        self.open_tasks.setVisible(bool(lines))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
