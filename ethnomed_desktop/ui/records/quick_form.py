"""A small form over the page: make the record that a reference needs, and go on where one was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app import records
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.form_page import FormPage
from ethnomed_desktop.ui.kit.reference_field import ReferenceField
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.records.reading import opened
from ethnomed_desktop.ui.records.view import view_of
from ethnomed_desktop.ui.session import Session

_FIRST_FIELD = {"person": "surname", "organisation": "name_kk", "place": "name_kk"}
WIDTH_UNITS = 190


class QuickForm(QWidget):
    """``made(choice)`` with the new record, or ``given_up``; covers its parent while it is shown."""

    made = Signal(object)
    given_up = Signal()

    def __init__(self, kind_name: str, text: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quick_form")
        self._session = session
        self._kind = kind_name
        fields = view_of(kind_name).quick
        self.form = FormPage(kind_named(kind_name), session.needs, self, fields=fields)
        for box in self.form.boxes.values():
            if isinstance(box, ReferenceField):
                box.allow_new(False)
        self.form.bar.leave.hide()
        if text and kind_name in _FIRST_FIELD:
            self.form.set_values({_FIRST_FIELD[kind_name]: text})
        self.form.submitted.connect(self._on_submitted)
        self.form.thrown_away.connect(self.given_up)
        self._sheet = QFrame(self)
        self._sheet.setObjectName("quick_sheet")
        self._sheet.setProperty("role", "sheet")
        inner = QVBoxLayout(self._sheet)
        spaced(inner, 0)
        inner.addWidget(self.form)
        parent.installEventFilter(self)
        self._cover()

    def start(self) -> None:
        """Show it over everything and put the cursor into the first empty field."""
        self.show()
        self.raise_()
        self._cover()
        first = next((name for name, box in self.form.boxes.items() if box.draft() is None), "")
        self.form.go_to(first or next(iter(self.form.boxes)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 90))
        painter.end()

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            room = parent.width() - 12 * unit()
            width = max(40 * unit(), min(WIDTH_UNITS * unit(), room))
            content = self.form.stack.widget(0)
            assert isinstance(content, QScrollArea)
            inside = content.widget()
            assert inside is not None
            bars = self.form.sizeHint().height() - self.form.stack.sizeHint().height()
            wanted = inside.sizeHint().height() + bars + 4 * unit()
            height = min(parent.height() - 4 * unit(), wanted)
            self._sheet.setGeometry(
                (parent.width() - width) // 2, max(2 * unit(), (parent.height() - height) // 3), width, height
            )

    def _on_submitted(self, values: dict[str, Value]) -> None:
        given = {name: value for name, value in values.items() if value is not None}
        kind = self._kind
        self._session.command(
            lambda ctx: records.record(ctx, kind, given), self._on_recorded, self._on_failed, origin=self
        )

    def _on_recorded(self, recorded: Recorded) -> None:
        uid, words = uid_text(recorded.uid), self._session.catalog
        self._session.query(
            lambda ctx: opened(ctx, uid, words),
            lambda one: self.made.emit(Choice(uid, one.title)),
            owner=self,
        )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EthnomedError):
            self.form.refuse(error)
        else:
            show_error(self.form.messages, error)
