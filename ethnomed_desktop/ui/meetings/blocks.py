"""Blocks of one agenda item: a speech, a decision with its votes and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.reference_field import ReferenceSource
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.tab_chain import put_in_chain
from ethnomed_desktop.ui.meetings.fold import Fold
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.meetings.people_here import PeopleHere
from ethnomed_desktop.ui.meetings.speaking_time import SpeakingTime, is_speaking
from ethnomed_desktop.ui.meetings.votes_panel import VotesPanel
from ethnomed_desktop.ui.session import Session

NARROW = 48
"""Least width of columns within blocks: people beside dates."""

BALLOT = ("ballot_kind", "addressee_body", "recused")
APART = ("proposal", "dissent")
"""Kinds of speech that are registered apart."""

TASK_TEXT = 500
"""How much of a decision becomes the text of its task: the limit of the field."""


class Block(QFrame):
    """A part with its inputs and a way to take it out: ``edited()``, ``left()``, ``removed(block)``.

    ``moved(block, -1 or 1)`` when it is to stand before or behind its neighbour.
    """

    edited = Signal()
    left = Signal()
    removed = Signal(object)
    moved = Signal(object, int)

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.number = 0
        self.heading = QLabel(self)
        sized_font(self.heading, 1.0, bold=True)
        self.up, self.down = PushButton(self), PushButton(self)
        for button, name, steps in ((self.up, "up", -1), (self.down, "down", 1)):
            button.setObjectName(f"block_{name}")
            button.setProperty("role", "plain")
            with_icon(button, name, "secondary", 4)
            button.clicked.connect(partial(self._on_move, steps))
            button.hide()
        self.remove = PushButton(self)
        self.remove.setProperty("role", "plain")
        with_icon(self.remove, "trash", "secondary", 4, apart=True)
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self.column = QVBoxLayout(self)
        spaced(self.column, 1, (3, 1, 0, 2))
        head = QHBoxLayout()
        spaced(head, 2)
        head.addWidget(self.heading, 1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        self.column.addLayout(head)

    def add_form(self, form: PartForm) -> PartForm:
        """Put inputs into the block."""
        form.edited.connect(self._on_edited)
        form.left.connect(self.left)
        self.column.addWidget(form)
        return form

    def has_focus(self) -> bool:
        """Whether the person writes in it."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def renumber(self, number: int, of: int) -> None:
        """Give it its number among so many of its kind; alone it cannot be moved."""
        self.number = number
        for button, possible in ((self.up, number > 1), (self.down, number < of)):
            button.setVisible(of > 1)
            button.setEnabled(possible)
        self.retranslate()

    def inputs(self) -> Sequence[QWidget]:
        """Return what it is made of, in the order in which it is read: the order of Tab."""
        return self.up, self.down, self.remove

    def retranslate(self) -> None:
        self.remove.setText(_("Take out"))
        for button, words in ((self.up, _("Move up: Alt+↑")), (self.down, _("Move down: Alt+↓"))):
            button.setToolTip(words)
            button.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_edited(self, name: str) -> None:
        self.edited.emit()

    def _on_move(self, steps: int, checked: bool = False) -> None:
        self.moved.emit(self, steps)


class SpeechBlock(Block):
    """Who spoke, how, and what was said; of a proposal also to whom it goes and what became of it; of a
    dissenting opinion which decision it is about.

    ``regrouped(block)`` when another kind of speech was chosen that stands elsewhere.
    """

    regrouped = Signal(object)

    def __init__(
        self,
        session: Session,
        part: Part,
        parent: QWidget | None = None,
        *,
        people: ReferenceSource | None = None,
    ) -> None:
        super().__init__(part, parent)
        self._group = part.text("speech_kind") if part.text("speech_kind") in APART else ""
        self.time = SpeakingTime(
            part, lambda: local_time(session.ctx.clock.now_ms()).isoformat("T", "minutes"), self
        )
        self.time.edited.connect(self.edited)
        self.column.addWidget(self.time)
        names: tuple[str, ...] = ("person", "speech_kind", "text")
        if self._group == "proposal":
            names += ("addressee_body", "proposal_outcome")
        elif self._group == "dissent":
            names = ("person", "speech_kind", "decision", "text")
        self.form = self.add_form(PartForm(session, part, names, self, least_units=NARROW, people=people))
        self.retranslate()

    def inputs(self) -> Sequence[QWidget]:
        return *super().inputs(), self.time, self.form

    def is_speaking(self) -> bool:
        """Whether the word was given to this speaker and not taken back."""
        return is_speaking(self.part)

    def retranslate(self) -> None:
        super().retranslate()
        words = _("Speech {number}")
        if self._group:
            words = _("Proposal {number}") if self._group == "proposal" else _("Dissenting opinion {number}")
        self.heading.setText(words.format(number=self.number))

    def _on_edited(self, name: str) -> None:
        super()._on_edited(name)
        kind = self.part.text("speech_kind")
        known = kind in CODE_LISTS["speech_kind"].by_code
        if name == "speech_kind" and known and (kind if kind in APART else "") != self._group:
            self.regrouped.emit(self)


class TaskRow(Block):
    """A task made from a decision: who does what by when."""

    def __init__(self, session: Session, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(part, parent)
        self.form = self.add_form(PartForm(session, part, ("assignee", "due", "text"), self, least_units=NARROW))
        self.retranslate()

    def inputs(self) -> Sequence[QWidget]:
        return *super().inputs(), self.form

    def retranslate(self) -> None:
        super().retranslate()
        self.heading.setText(_("Task"))


class DecisionBlock(Block):
    """The text of a decision, who is responsible, the votes with a live warning, its tasks (F9)."""

    def __init__(
        self, session: Session, sheet: Sheet, item: Part, part: Part, parent: QWidget | None = None
    ) -> None:
        super().__init__(part, parent)
        self._session = session
        self._sheet = sheet
        self._item = item
        self.form = self.add_form(PartForm(session, part, ("text", "responsible", "due"), self, least_units=NARROW))
        self.counting = VotesPanel(session, sheet, item, part, self)
        self.votes, self.votes_text = self.counting.votes, self.counting.text
        self.counting.edited.connect(self.edited)
        self.counting.left.connect(self.left)
        self.column.addWidget(self.counting)
        self._make_more()
        self.task_rows: list[TaskRow] = []
        self._tasks = QVBoxLayout()
        spaced(self._tasks, 1, (4, 0, 0, 0))
        self.column.addLayout(self._tasks)
        self.make_task_button = PushButton(self)
        self.make_task_button.setObjectName("make_task")
        self.make_task_button.clicked.connect(self.make_task)
        self.column.addWidget(self.make_task_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.edited.connect(self.recount)
        for task in part.of("task"):
            self._add_row(task)
        self.retranslate()

    def _make_more(self) -> None:
        """Put what is seldom needed behind a button: how it was voted, who did not vote, whom it goes to."""
        self.more = Fold("decision_more", N_("Ballot, who did not vote, addressee"), self)
        voting = PeopleHere(self._sheet, self._session.references, voting=True)
        self.ballot = PartForm(
            self._session, self.part, BALLOT, self.more.content, least_units=NARROW, people=voting
        )
        self.ballot.edited.connect(self._on_edited)
        self.ballot.left.connect(self.left)
        self.more.column.addWidget(self.ballot)
        self.more.opened.connect(lambda: self.ballot.focus_on("ballot_kind"))
        self.more.open(any(self.part.values.get(name) for name in BALLOT))
        self.column.addWidget(self.more)

    def inputs(self) -> Sequence[QWidget]:
        tasks = [one for row in self.task_rows for one in row.inputs()]
        return *super().inputs(), self.form, self.counting, self.more, *tasks, self.make_task_button

    def focus_on(self, name: str) -> bool:
        """Put the focus into one of its inputs; say whether it has it."""
        if name in BALLOT:
            self.more.open()
        return any(form.focus_on(name) for form in (self.form, self.counting, self.ballot))

    def make_task(self) -> None:
        """Make a task from the decision: its text, who is responsible and the date go over; who comes next."""
        text = " ".join(self.part.text("text").split())[:TASK_TEXT]
        values = {"text": text, "due": self.part.text("due"), "assignee": self.part.text("responsible")}
        task = self.part.add(Part("task", {name: value for name, value in values.items() if value}))
        row = self._add_row(task)
        put_in_chain(self.inputs())
        row.form.focus_on("due" if "assignee" in task.values else "assignee")
        self.edited.emit()

    def recount(self) -> None:
        """Judge the votes anew: the attendance or a recusal has changed."""
        self.counting.recount()

    def retranslate(self) -> None:
        super().retranslate()
        self.heading.setText(_("Decision {number}").format(number=self.number))
        self.make_task_button.setText(_("Make a task (F9)"))

    def _add_row(self, task: Part) -> TaskRow:
        row = TaskRow(self._session, task, self)
        row.edited.connect(self.edited)
        row.left.connect(self.left)
        row.removed.connect(self._on_task_removed)
        self.task_rows.append(row)
        self._tasks.addWidget(row)
        return row

    def _on_task_removed(self, row: QObject) -> None:
        if isinstance(row, TaskRow):
            self._sheet.remove(row.part, self.part)
            self.task_rows.remove(row)
            row.hide()
            row.deleteLater()
            self.edited.emit()
