"""The minutes of one agenda item: heard, spoke, decided."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.meetings.blocks import Block, DecisionBlock, SpeechBlock
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.session import Session


class ItemEditor(QWidget):
    """Made anew for each item: sixty items never stand on the screen together.

    ``edited()`` after the part was written, ``titled()`` when its title was, ``left()`` when an input
    lost the focus.
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
        self.speeches: list[SpeechBlock] = []
        self.decisions: list[DecisionBlock] = []
        self.card = Card(self)
        self.form = PartForm(session, part, ("title", "reporter", "heard"), self)
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self.left)
        self.card.column.addWidget(self.form)
        self.spoke, self.add_speech_button, self._speeches = self._section("add_speech")
        self.decided, self.add_decision_button, self._decisions = self._section("add_decision")
        self.add_speech_button.clicked.connect(self.add_speech)
        self.add_decision_button.clicked.connect(self.add_decision)
        column = QVBoxLayout(self)
        spaced(column, 3, (0, 1, 2, 12))
        for widget in (self.card, self.spoke, self.decided):
            column.addWidget(widget)
        column.addStretch(1)
        for one in part.of("speech"):
            self._show_speech(one)
        for one in part.of("decision"):
            self._show_decision(one)
        self.retranslate()

    def _section(self, name: str) -> tuple[Card, QPushButton, QVBoxLayout]:
        card = Card(self)
        button = QPushButton(card)
        button.setObjectName(name)
        with_icon(button, "plus", "accent")
        blocks = QVBoxLayout()
        spaced(blocks, 3)
        card.column.addLayout(blocks)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.column.addLayout(row)
        return card, button, blocks

    def add_speech(self) -> SpeechBlock:
        """Add a speech; the speaker comes first."""
        block = self._show_speech(self.part.add(Part("speech", {"speech_kind": "spoke"})))
        block.form.focus_on("person")
        self.edited.emit()
        return block

    def add_decision(self) -> DecisionBlock:
        """Add a decision; its text comes first."""
        block = self._show_decision(self.part.add(Part("decision")))
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

    def recount(self) -> None:
        """Judge the votes anew: the attendance has changed."""
        for block in self.decisions:
            block.recount()

    def focus_on(self, name: str) -> None:
        """Put the focus where a finding sends the person."""
        if self.form.focus_on(name):
            return
        if name == "decision":
            (self.decisions[0].form.focus_on("text") if self.decisions else self.add_decision())
            return
        for block in self.decisions:
            form = block.votes if name.startswith("votes") else block.form
            if form.focus_on(name):
                return

    def retranslate(self) -> None:
        self.spoke.set_heading(_("Who spoke"))
        self.decided.set_heading(_("What was decided"))
        self.add_speech_button.setText(_("Add speech"))
        self.add_decision_button.setText(_("Add decision"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_speech(self, part: Part) -> SpeechBlock:
        block = SpeechBlock(self._session, part, len(self.speeches) + 1, self.spoke)
        self.speeches.append(block)
        self._speeches.addWidget(block)
        self._join(block)
        return block

    def _show_decision(self, part: Part) -> DecisionBlock:
        block = DecisionBlock(self._session, self._sheet, part, len(self.decisions) + 1, self.decided)
        self.decisions.append(block)
        self._decisions.addWidget(block)
        self._join(block)
        return block

    def _join(self, block: Block) -> None:
        block.edited.connect(self.edited)
        block.left.connect(self.left)
        block.removed.connect(self._on_removed)

    def _on_removed(self, block: QObject) -> None:
        if not isinstance(block, (SpeechBlock, DecisionBlock)):
            return
        self._sheet.remove(block.part, self.part)
        if isinstance(block, SpeechBlock):
            self.speeches.remove(block)
        else:
            self.decisions.remove(block)
        block.hide()
        block.deleteLater()
        for blocks in (self.speeches, self.decisions):
            for number, one in enumerate(blocks, start=1):
                one.renumber(number)
        self.edited.emit()

    def _on_edited(self, name: str) -> None:
        if name == "title":
            self.titled.emit()
        self.edited.emit()


class EditorHead(QWidget):
    """Which item this is, and the way to its neighbours: ``stepped(-1 or 1)``."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = (0, 0)
        self.words = QLabel(self)
        self.before = QPushButton(self)
        self.after = QPushButton(self)
        self.before.setObjectName("item_before")
        self.after.setObjectName("item_after")
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.row = QHBoxLayout(self)
        spaced(self.row, 2)
        self.row.addWidget(self.words, 1)
        self.row.addWidget(self.before)
        self.row.addWidget(self.after)
        self.retranslate()

    def show_place(self, place: int, count: int) -> None:
        """Say that this is item ``place`` of ``count``."""
        self._place = (place, count)
        self.before.setEnabled(place > 1)
        self.after.setEnabled(place < count)
        self.retranslate()

    def retranslate(self) -> None:
        place, count = self._place
        self.words.setText(_("Item {place} of {count}").format(place=place, count=count) if count else "")
        self.before.setText(_("Previous"))
        self.before.setToolTip(_("Previous item: Ctrl+↑"))
        self.after.setText(_("Next"))
        self.after.setToolTip(_("Next item: Ctrl+↓"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
