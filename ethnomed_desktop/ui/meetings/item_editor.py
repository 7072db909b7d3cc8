"""The minutes of one agenda item: heard, spoke, decided, what is registered apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.domain.meetings import Quorum
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.kit.sight import bring_into_sight
from ethnomed_desktop.ui.kit.tab_chain import put_in_chain
from ethnomed_desktop.ui.meetings.block_list import BlockList
from ethnomed_desktop.ui.meetings.blocks import APART, Block, DecisionBlock, SpeechBlock
from ethnomed_desktop.ui.meetings.checks import quorum_on
from ethnomed_desktop.ui.meetings.decisions_here import DecisionsHere
from ethnomed_desktop.ui.meetings.flow_row import FlowRow
from ethnomed_desktop.ui.meetings.fold import Fold
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.meetings.people_here import PeopleHere
from ethnomed_desktop.ui.meetings.quorum_words import numbered
from ethnomed_desktop.ui.meetings.second_language import SecondLanguage
from ethnomed_desktop.ui.meetings.speaker_list import SpeakerList
from ethnomed_desktop.ui.session import Session

Shown = TypeVar("Shown", bound=Block)


class ItemEditor(QWidget):
    """Made anew for each item: sixty items never stand on the screen together.

    ``edited()`` after the part was written, ``titled()`` when its title was, ``left()`` when an input
    lost the focus. Proposals and dissenting opinions stand in a card of their own.
    """

    edited = Signal()
    titled = Signal()
    left = Signal()

    def __init__(self, session: Session, sheet: Sheet, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._session = session
        self._sheet = sheet
        self.part = part
        self._people = PeopleHere(sheet, DecisionsHere(sheet, part, session.references))
        self._make_item_card()
        self.spoke, self._speeches = self._section(SpeechBlock)
        self.speakers = Fold("speaker_list", N_("Speaker list"), self.spoke)
        self.queue = SpeakerList(session, sheet, part, self.speakers.content)
        self.queue.edited.connect(self.edited)
        self.queue.called.connect(self._on_called)
        self.speakers.column.addWidget(self.queue)
        self.speakers.opened.connect(self.queue.person.editor.setFocus)
        self.speakers.opened.connect(partial(bring_into_sight, self.queue.person))
        self.speakers.open(bool(part.waiting))
        self.spoke.column.insertWidget(1, self.speakers)
        self.registered, self._apart = self._section(SpeechBlock)
        self.decided, self._decisions = self._section(DecisionBlock)
        self.speeches, self.apart, self.decisions = self._speeches.shown, self._apart.shown, self._decisions.shown
        self.add_speech_button = self._button("add_speech", self.spoke)
        self.add_proposal_button = self._button("add_proposal", None)
        self.add_dissent_button = self._button("add_dissent", None)
        self.registered.column.addWidget(FlowRow((self.add_proposal_button, self.add_dissent_button)))
        self.add_decision_button = self._button("add_decision", self.decided)
        self.add_speech_button.clicked.connect(lambda: self.add_speech("spoke"))
        self.add_proposal_button.clicked.connect(lambda: self.add_speech("proposal"))
        self.add_dissent_button.clicked.connect(lambda: self.add_speech("dissent"))
        self.add_decision_button.clicked.connect(self.add_decision)
        column = QVBoxLayout(self)
        spaced(column, 3, (0, 1, 2, 12))
        self.second = SecondLanguage(session, part, self)
        self.second.edited.connect(self.edited)
        self.second.left.connect(self.left)
        for widget in (self.card, self.spoke, self.registered, self.decided, self.second):
            column.addWidget(widget)
        column.addStretch(1)
        for one in part.of("speech"):
            self._show_speech(one)
        for one in part.of("decision"):
            self._show_decision(one)
        self.second.opened.connect(self.order_tab)
        self.retranslate()

    def _make_item_card(self) -> None:
        self.card = Card(self)
        names = ("title", "reporter", "recurring", "heard")
        self.form = PartForm(self._session, self.part, names, self, people=self._people)
        self.recusal = Fold("recusal", N_("Who takes no part in this item"), self.card)
        voting = PeopleHere(self._sheet, self._session.references, voting=True)
        self.recused = PartForm(self._session, self.part, ("recused",), self.recusal.content, people=voting)
        self.quorum = QLabel(self.recusal.content)
        self.quorum.setObjectName("item_quorum")
        self.quorum.setWordWrap(True)
        self.recusal.column.addWidget(self.recused)
        self.recusal.column.addWidget(self.quorum)
        self.recusal.opened.connect(lambda: self.recused.focus_on("recused"))
        self.recusal.open(bool(self.part.values.get("recused")))
        for form in (self.form, self.recused):
            form.edited.connect(self._on_edited)
            form.left.connect(self.left)
        self.card.column.addWidget(self.form)
        self.card.column.addWidget(self.recusal)

    def _section(self, _kind: type[Shown]) -> tuple[Card, BlockList[Shown]]:
        card = Card(self)
        blocks = QVBoxLayout()
        spaced(blocks, 3)
        card.column.addLayout(blocks)
        return card, BlockList[Shown](blocks)

    def _button(self, name: str, card: Card | None) -> PushButton:
        button = PushButton(card or self.registered)
        button.setObjectName(name)
        with_icon(button, "plus", "accent", apart=True)
        if card is not None:
            card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    # -- what the person does -------------------------------------------------

    def add_speech(self, kind: str = "spoke") -> SpeechBlock:
        """Add a speech, a proposal or a dissenting opinion; the speaker comes first.

        Where only one decision was taken, a dissenting opinion is on that one.
        """
        part = self.part.add(Part("speech", {"speech_kind": kind}))
        taken = [one.part for one in self.decisions if one.part.is_worded()]
        if kind == "dissent" and len(taken) == 1:
            part.put("decision", taken[0].named())
        block = self._show_speech(part)
        self.order_tab()
        block.form.focus_on("person")
        self.edited.emit()
        return block

    def add_decision(self) -> DecisionBlock:
        """Add a decision; its text comes first."""
        block = self._show_decision(self.part.add(Part("decision")))
        self.order_tab()
        block.form.focus_on("text")
        self.edited.emit()
        return block

    def make_task(self) -> bool:
        """Make a task from the decision being written, else from the last one; False when there is none."""
        chosen = [one for one in self.decisions if one.has_focus()] or self.decisions[-1:]
        if not chosen or not chosen[0].part.is_worded():
            return False
        chosen[0].make_task()
        return True

    def block_in_hand(self) -> SpeechBlock | DecisionBlock | None:
        """Return the speech or decision that the cursor stands in."""
        blocks: list[SpeechBlock | DecisionBlock] = [*self.speeches, *self.apart, *self.decisions]
        return next((one for one in blocks if one.has_focus()), None)

    def move_part(self, steps: int) -> bool:
        """Move the speech or decision being written up or down; False when none is, or it stands at the end."""
        block = self.block_in_hand()
        return block is not None and self.move_block(block, steps)

    def move_block(self, block: SpeechBlock | DecisionBlock, steps: int) -> bool:
        """Put a block before or behind its neighbour in the same card; say whether there is one."""
        neighbour = self._list_of(block).move(block, steps)
        if neighbour is None:
            return False
        self.part.put_beside(block.part, neighbour.part, behind=steps > 0)
        bring_into_sight(block)
        self._on_rearranged()
        return True

    def next_speaker(self) -> bool:
        """Give the next one on the list the word, else take it from who has it; False when neither is there."""
        if self.queue.call() is not None:
            return True
        return self._end_speaking()

    def recount(self) -> None:
        """Judge quorum and votes anew: the attendance or a recusal has changed."""
        out, counted = quorum_on(self._sheet, self.part)
        self.quorum.setVisible(out > 0)
        lines = [_taking_part(one.quorum) for one in counted]
        self.quorum.setText("\n".join(numbered(lines)))
        for block in self.decisions:
            block.recount()

    def focus_on(self, name: str, decision: int = 0) -> None:
        """Put the focus where a finding sends the person; ``decision`` is one of those with a text, from 1."""
        worded = [block for block in self.decisions if block.part.is_worded()]
        if 0 < decision <= len(worded):
            worded[decision - 1].focus_on(name)
            return
        if self.form.focus_on(name):
            return
        if name == "recused":
            self.recusal.open()
            self.recused.focus_on("recused")
            return
        if name == "waiting":
            self.speakers.open()
            self.queue.list.setFocus()
            bring_into_sight(self.queue)
            return
        if name == "decision":
            (self.decisions[0].form.focus_on("text") if self.decisions else self.add_decision())
            return
        for block in self.decisions:
            if block.focus_on(name):
                return

    def focus_on_part(self, part: Part, name: str) -> None:
        """Put the focus into an input of one part of the item, which may be a speech, a decision or a task."""
        if part is self.part:
            self.focus_on(name)
        for speech in (*self.speeches, *self.apart):
            if speech.part is part:
                speech.form.focus_on(name)
        for decision in self.decisions:
            if decision.part is part:
                decision.focus_on(name)
            for row in decision.task_rows:
                if row.part is part:
                    row.form.focus_on(name)

    def retranslate(self) -> None:
        self.spoke.set_heading(_("Who spoke"))
        self.registered.set_heading(_("Proposals and dissenting opinions"))
        self.decided.set_heading(_("What was decided"))
        self.add_speech_button.setText(_("Add speech"))
        self.add_proposal_button.setText(_("Add proposal"))
        self.add_dissent_button.setText(_("Add dissenting opinion"))
        self.add_decision_button.setText(_("Add decision"))
        self.recount()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def reading(self) -> Sequence[QWidget]:
        """Return what it is made of, in the order in which it is read: the order of Tab."""
        said, apart, decided = (
            [part for block in blocks for part in block.inputs()]
            for blocks in (self.speeches, self.apart, self.decisions)
        )
        return (
            *(self.form, self.recusal, self.speakers, *said, self.add_speech_button),
            *(*apart, self.add_proposal_button, self.add_dissent_button),
            *(*decided, self.add_decision_button, self.second),
        )

    def order_tab(self) -> None:
        """Let Tab go as one reads: blocks are made after everything else of the window."""
        put_in_chain(self.reading())

    # -- blocks ---------------------------------------------------------------

    def _list_of(self, block: SpeechBlock | DecisionBlock) -> BlockList[Any]:
        return next(one for one in (self._speeches, self._apart, self._decisions) if block in one.shown)

    def _on_rearranged(self) -> None:
        """Say the numbers of decisions anew where they are named, and what follows what."""
        for one in self.apart:
            one.form.refresh("decision")
        if self.second.is_open():
            self.second.rebuild()
        self.order_tab()
        self.edited.emit()

    def _on_move(self, block: QObject, steps: int) -> None:
        if isinstance(block, (SpeechBlock, DecisionBlock)):
            self.move_block(block, steps)

    def _show_speech(self, part: Part) -> SpeechBlock:
        own = part.text("speech_kind") in APART
        blocks, card = (self._apart, self.registered) if own else (self._speeches, self.spoke)
        block = SpeechBlock(self._session, part, card, people=self._people)
        block.regrouped.connect(self._on_regrouped)
        blocks.add(block)
        self._join(block)
        return block

    def _show_decision(self, part: Part) -> DecisionBlock:
        part.named()  # here, on the window's thread: a dissenting opinion may refer to it
        block = DecisionBlock(self._session, self._sheet, self.part, part, self.decided)
        self._decisions.add(block)
        self._join(block)
        return block

    def _join(self, block: Block) -> None:
        block.edited.connect(self.edited)
        block.left.connect(self.left)
        block.removed.connect(self._on_removed)
        block.moved.connect(self._on_move)

    def _on_called(self, part: Part) -> None:
        self._end_speaking()
        self.part.add(part)
        block = self._show_speech(part)
        self.order_tab()
        block.time.begin()
        block.form.focus_on("text")
        self.edited.emit()

    def _end_speaking(self) -> bool:
        speaking = [block for block in (*self.speeches, *self.apart) if block.is_speaking()]
        for block in speaking:
            block.time.end()
        return bool(speaking)

    def _on_removed(self, block: QObject) -> None:
        if isinstance(block, (SpeechBlock, DecisionBlock)):
            self._sheet.remove(block.part, self.part)
            self._list_of(block).drop(block)
            self._on_rearranged()

    def _on_regrouped(self, block: QObject) -> None:
        """What was said turned out to be a proposal, or the other way round: it changes its card."""

        def move() -> None:
            if isinstance(block, SpeechBlock) and (block in self.speeches or block in self.apart):
                self._list_of(block).drop(block)
                self._show_speech(block.part).form.focus_on("text")
                self.order_tab()

        QTimer.singleShot(0, self, move)

    def _on_edited(self, name: str) -> None:
        if name == "title":
            self.titled.emit()
        if name == "recused":
            self.recount()
        self.edited.emit()


def _taking_part(quorum: Quorum) -> str:
    if quorum.needed is None:
        return _("Taking part in this item: {present}").format(present=quorum.present)
    words = (
        _("Taking part in this item: {present}. Needed: {needed}. There is a quorum on it.")
        if quorum.reached
        else _("Taking part in this item: {present}. Needed: {needed}. There is no quorum on it.")
    )
    return words.format(present=quorum.present, needed=quorum.needed)
