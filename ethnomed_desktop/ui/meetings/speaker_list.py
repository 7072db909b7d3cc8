"""Who waits for the word on an item: two letters and Enter put a person there, F8 gives the word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.app.discretion import initials_of
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.own_keys import keeps_alt
from ethnomed_desktop.ui.kit.reference_field import is_uid
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.meetings.flow_row import FlowRow
from ethnomed_desktop.ui.meetings.people_here import PeopleHere
from ethnomed_desktop.ui.meetings.person_field import PersonField
from ethnomed_desktop.ui.session import Session

SHOWN_ROWS = 6


class SpeakerList(QWidget):
    """Works on ``item.waiting``. ``edited()`` after each change; ``called(part)`` a speaker who has the word now.

    In the list: Alt+↑ and Alt+↓ move, Delete takes off, Enter gives the word to the one chosen.
    """

    edited = Signal()
    called = Signal(object)

    def __init__(self, session: Session, sheet: Sheet, item: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item = item
        self._names: dict[str, str] = {}
        self._people = PeopleHere(sheet, session.references)
        self.person = PersonField("speech", "person", "words", session, self, source=self._people)
        self.person.entered.connect(lambda _name: self.add())
        at_least(self.person, width=60)
        self.person.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list = QListWidget(self)
        self.list.setObjectName("speakers_waiting")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.installEventFilter(self)
        self.put, self.next, self.up, self.down, self.off = (PushButton(self) for _number in range(5))
        for button, name in (
            (self.put, "speaker_add"),
            (self.next, "speaker_next"),
            (self.up, "speaker_up"),
            (self.down, "speaker_down"),
            (self.off, "speaker_off"),
        ):
            button.setObjectName(name)
        for button in (self.up, self.down, self.off):
            button.setProperty("role", "plain")
        self.put.clicked.connect(self.add)
        self.next.clicked.connect(lambda: self.call(max(0, self.list.currentRow())))
        self.up.clicked.connect(lambda: self.move_row(-1))
        self.down.clicked.connect(lambda: self.move_row(1))
        self.off.clicked.connect(self.take_off)
        self._row = FlowRow((self.next, self.up, self.down, self.off), self)
        column = QVBoxLayout(self)
        spaced(column, 2)
        column.addWidget(FlowRow((self.person, self.put), self))
        column.addWidget(self.list)
        column.addWidget(self._row)
        self.retranslate()
        self._fill(0)
        self._name_all()

    def add(self) -> None:
        """Put whoever stands in the input at the end of the list; words that name nobody stay words."""
        part = Part("speech", {"speech_kind": "spoke"})
        self.person.store(part)
        if not (part.text("person") or part.text("words").strip()):
            self.person.editor.setFocus()
            return
        if is_uid(part.text("person")):
            self._names[part.text("person")] = self.person.chooser.text()
        self._item.waiting.append(part)
        self.person.set_value(None)
        self._fill(len(self._item.waiting) - 1)
        self.edited.emit()
        self.person.editor.setFocus()

    def call(self, row: int = 0) -> Part | None:
        """Give the word: the speaker leaves the list and speaks; None when nobody waits there."""
        if not 0 <= row < len(self._item.waiting):
            return None
        part = self._item.waiting.pop(row)
        self._fill(0)
        self.called.emit(part)
        return part

    def move_row(self, steps: int) -> None:
        """Move the chosen speaker up or down."""
        row, waiting = self.list.currentRow(), self._item.waiting
        if 0 <= row < len(waiting) and 0 <= row + steps < len(waiting):
            waiting.insert(row + steps, waiting.pop(row))
            self._fill(row + steps)
            self.edited.emit()

    def take_off(self) -> None:
        """Take the chosen speaker off the list."""
        row = self.list.currentRow()
        if 0 <= row < len(self._item.waiting):
            self._item.waiting.pop(row)
            self._fill(min(row, len(self._item.waiting) - 1))
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is getattr(self, "list", None) and keeps_alt(event, Qt.Key.Key_Up, Qt.Key.Key_Down):
            return True
        if watched is getattr(self, "list", None) and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            match event.key():
                case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                    self.move_row(-1 if event.key() == Qt.Key.Key_Up else 1)
                    return True
                case Qt.Key.Key_Delete:
                    self.take_off()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                    self.call(self.list.currentRow())
                    return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Speaker list"))
        self.list.setToolTip(_("Alt+↑ and Alt+↓ move, Delete takes off, Enter gives the word"))
        self.put.setText(_("Put on the list"))
        self.next.setText(_("Give the word (F8)"))
        self.up.setText(_("Up"))
        self.up.setToolTip(_("Move the speaker up: Alt+↑"))
        self.down.setText(_("Down"))
        self.down.setToolTip(_("Move the speaker down: Alt+↓"))
        self.off.setText(_("Take off the list"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _name_all(self) -> None:
        unknown = [one.text("person") for one in self._item.waiting if one.text("person")]
        if unknown:
            self._session.query(lambda ctx: self._people.named("person", unknown), self._on_named, owner=self)

    def _on_named(self, choices: Sequence[Choice]) -> None:
        self._names.update({one.key: one.title for one in choices})
        self._fill(self.list.currentRow())

    def _fill(self, row: int) -> None:
        self.list.clear()
        for number, part in enumerate(self._item.waiting, start=1):
            name = self._names.get(part.text("person"), "") or part.text("words") or "…"
            self.list.addItem(f"{number}. {initials_of(name) if appearance().names_hidden else name}")
        waiting = self.list.count()
        self.list.setVisible(waiting > 0)
        self._row.setVisible(waiting > 0)
        if waiting:
            self.list.setCurrentRow(max(0, row))
            height = min(waiting, SHOWN_ROWS) * self.list.sizeHintForRow(0)
            self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 4)
