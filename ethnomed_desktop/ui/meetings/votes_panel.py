"""The votes on a decision with a live warning: in common, or of each body of a joint sitting apart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.domain.joint_sittings import OTHER_VOTES, VOTES
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.kit.tab_chain import put_in_chain
from ethnomed_desktop.ui.meetings.checks import bodies_vote_apart, votes_problem
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.session import Session

VOTE_UNITS = 36
"""Least width of one of three counts in a row."""


class VotesPanel(QWidget):
    """``edited()`` after the decision was written, ``left()`` when an input lost the focus.

    The inputs of a second body are made only where bodies vote apart.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self, session: Session, sheet: Sheet, item: Part, part: Part, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._sheet, self._item, self._part = session, sheet, item, part
        self.first = QLabel(self)
        self.first.setProperty("role", "secondary")
        self.votes = self._form(VOTES)
        self.other_votes: PartForm | None = None
        self.icon, self.text = QLabel(self), QLabel(self)
        self.text.setObjectName("votes_text")
        self.text.setWordWrap(True)
        row = QHBoxLayout()
        spaced(row, 2)
        row.addWidget(self.icon)
        row.addWidget(self.text, 1)
        self._column = QVBoxLayout(self)
        spaced(self._column, 2)
        self._column.addWidget(self.first)
        self._column.addWidget(self.votes)
        self._column.addLayout(row)
        self.retranslate()

    def focus_on(self, name: str) -> bool:
        """Put the focus into one of its inputs; say whether it has it."""
        return any(form is not None and form.focus_on(name) for form in (self.votes, self.other_votes))

    def recount(self) -> None:
        """Say whether the votes are those of the members present: a warning, never an obstacle."""
        apart = bodies_vote_apart(self._sheet)
        self._show_bodies(apart)
        problem = votes_problem(self._sheet, self._item, self._part)
        counted = any(self._part.text(name) for name in (*VOTES, *(OTHER_VOTES if apart else ())))
        self.text.setVisible(counted)
        self.icon.setVisible(counted)
        if not counted:
            return
        with_icon(self.icon, "warning" if problem else "success", "warning" if problem else "success", 5)
        words = _("The votes add up.")
        if problem is not None and apart:
            words = words_of(problem)
        elif problem is not None:
            words = _("Votes: {votes}. Members present: {present}. The two should be equal.").format(
                **problem.facts
            )
            if problem.facts["present"] != self._sheet.present():
                words = _("Votes: {votes}. Members taking part: {present}. The two should be equal.").format(
                    **problem.facts
                )
        self.text.setText(words)

    def retranslate(self) -> None:
        self.first.setText(_("First body"))
        self.recount()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_bodies(self, apart: bool) -> None:
        if apart and self.other_votes is None:
            self.other_votes = self._form(OTHER_VOTES)
            self._column.insertWidget(self._column.indexOf(self.votes) + 1, self.other_votes)
            put_in_chain((self.votes, self.other_votes))
        self.first.setVisible(apart)
        if self.other_votes is not None:
            self.other_votes.setVisible(apart)

    def _form(self, names: tuple[str, ...]) -> PartForm:
        form = PartForm(self._session, self._part, names, self, columns=3, least_units=VOTE_UNITS)
        form.edited.connect(lambda name: self.edited.emit())
        form.left.connect(self.left)
        return form
