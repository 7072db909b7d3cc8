"""A reference to another record: type a few letters, choose; or make a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs, Value
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.scale import with_icon
from ethnomed_desktop.ui.tasks import Task, Tasks


class ReferenceSource(Protocol):
    """Where choices come from. Both are called on the read lane, never on the window's thread."""

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        """Return up to some 30 records that ``text`` finds; with empty text the most usual ones."""
        ...

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        """Return the records with these uids (UUID text); what is not found is left out."""
        ...


def is_uid(text: str) -> bool:
    """Whether text is a uid rather than words kept in a draft."""
    try:
        parse_uid(text)
    except Exception:  # any refusal means: not a uid
        return False
    return True


class ReferenceField(FieldBox):
    """A chooser over records; its value is the uid as UUID text.

    ``new_requested(name, kind, text)`` asks the page to make a record; it answers with `choose`.
    Answers that come late (the text has changed meanwhile) are dropped.
    """

    letters = True
    new_requested = Signal(str, str, str)

    def __init__(
        self,
        field: Field,
        source: ReferenceSource,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        required: bool | None = None,
        delay_ms: int = 200,
    ) -> None:
        super().__init__(field, parent, required=required)
        assert isinstance(field.type, (Ref, Refs))
        self.kind = field.type.kind
        self._source = source
        self._tasks = tasks
        self._asked: Task | None = None
        self._wait = QTimer(self, singleShot=True, interval=delay_ms)
        self._wait.timeout.connect(self._search)
        self._wanted = ""
        self._entered = False
        self.chooser = Chooser(self)
        self.chooser.typed.connect(self._on_typed)
        self.chooser.asked.connect(self._on_asked)
        self.chooser.picked.connect(self._on_picked)
        self.new_button = ToolButton(self.chooser)
        self.new_button.setProperty("role", "side")
        with_icon(self.new_button, "plus", "accent")
        self.new_button.clicked.connect(self._on_new)
        layout = self.chooser.layout()
        assert layout is not None
        layout.addWidget(self.new_button)
        self._adopt(self.chooser.line, self.chooser)
        QWidget.setTabOrder(self.chooser.line, self.new_button)

    def draft(self) -> Value:
        return self.chooser.key() or self.chooser.text() or None

    def set_value(self, value: Value) -> None:
        text = "" if value is None else str(value)
        if not is_uid(text):
            self.chooser.write(text)
            return
        self.chooser.choose(Choice(text, "…"))
        self._tasks.read(
            lambda progress: self._source.named(self.kind, [text]), partial(self._on_named, text), owner=self
        )

    def choose(self, choice: Choice) -> None:
        """Take a record that was just made; counts as an edit by the person."""
        self.chooser.choose(choice)
        self._on_picked(choice.key)

    def allow_new(self, allowed: bool) -> None:
        """Show or hide the button for a new record."""
        self.new_button.setVisible(allowed)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "new_button"):
            words = _("New: {label}").format(label=self.title())
            self.new_button.setToolTip(words)
            self.new_button.setAccessibleName(words)
            self.chooser.line.setPlaceholderText(_("Type to search"))

    def _before_enter(self) -> None:
        """Take the marked choice; where the answer is still on its way, its first one as soon as it comes."""
        if self.chooser.take_current() or self.chooser.key() or not self.chooser.text():
            return
        if self._wait.isActive():
            self._wait.stop()
            self._search()
        self._entered = self._asked is not None

    def _read(self) -> object:
        if self.chooser.text() and not self.chooser.key():
            raise UserError("reference.malformed", field=self.name, value=self.chooser.text()[:60])
        return self.chooser.key()

    def _on_typed(self, text: str) -> None:
        self._wanted = text
        self._entered = False
        if text:
            self._wait.start()
        else:
            self._wait.stop()

    def _on_asked(self, text: str) -> None:
        self._wanted = text
        self._search()

    def _search(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        wanted = self._wanted
        self._asked = self._tasks.read(
            lambda progress: self._source.search(self.kind, wanted), partial(self._on_found, wanted), owner=self
        )

    def _on_found(self, wanted: str, choices: Sequence[Choice]) -> None:
        self._asked = None
        if wanted != self._wanted:
            return
        if self._entered and choices and not self.chooser.key() and self.chooser.text() == wanted:
            self.choose(choices[0])
        else:
            self.chooser.offer(choices)
        self._entered = False

    def _on_named(self, uid: str, choices: Sequence[Choice]) -> None:
        if self.chooser.key() == uid:
            known = [choice for choice in choices if choice.key == uid]
            self.chooser.choose(known[0] if known else Choice(uid, _("Record not found")))

    def _on_picked(self, key: str) -> None:
        self._on_edited()

    def _on_new(self) -> None:
        text = "" if self.chooser.key() else self.chooser.text()
        self.new_requested.emit(self.name, self.kind, text)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.chooser.line.setFocus(reason)
