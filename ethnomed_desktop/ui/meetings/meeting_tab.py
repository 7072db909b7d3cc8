"""The meeting itself: body, time, place, chair – and what is still open from earlier meetings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app.meeting_sheets import OpenTask
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.kit.typed_dates import show_day
from ethnomed_desktop.ui.meetings.fold import Fold
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.records.attachments_card import AttachmentsCard
from ethnomed_desktop.ui.session import Session

MAIN = (
    *("organisation", "meeting_kind", "starts", "ends", "mode", "place", "venue", "heading", "chair", "secretary"),
    *("quorum_rule", "entitled", "other_organisation", "other_number", "paper_number", "list_attached"),
    *("incidents", "outcome"),
)
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
        self.form.edited.connect(self.edited)
        self.form.left.connect(self.left)
        card.column.addWidget(self.form)
        self.more = Fold("meeting_more", N_("Annexes and second language"), card)
        self.more_form = PartForm(session, Part("meeting"), MORE, self.more.content)
        self.more_form.edited.connect(self.edited)
        self.more_form.left.connect(self.left)
        self.more.column.addWidget(self.more_form)
        card.column.addWidget(self.more)
        self.open_tasks = Card(content)
        self.open_tasks_text = QLabel(self.open_tasks)
        self.open_tasks_text.setObjectName("open_tasks")
        self.open_tasks_text.setWordWrap(True)
        self.open_tasks_text.setTextFormat(Qt.TextFormat.PlainText)
        self.open_tasks.column.addWidget(self.open_tasks_text)
        self.to_agenda = QPushButton(self.open_tasks)
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
        self.form.show_part(sheet.meeting)
        self.more_form.show_part(sheet.meeting)
        self.more.open(any(sheet.meeting.text(name) for name in MORE))
        self._meeting = sheet.meeting
        self.show_files()
        self._tasks = tasks
        self.retranslate()

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
