"""Incidents that may be the same event, offered beside the form. Typing never waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.app.similar_incidents import Similar, similar_incidents
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.field_box import announce
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

PAUSE_MS = 600


class SimilarPanel(QFrame):
    """`look` asks a moment after the last change; ``opened(uid)`` when a person wants to see one whole.

    ``grown`` when it takes more room than before.
    """

    opened = Signal(str)
    grown = Signal()

    def __init__(self, session: Session, typed: Callable[[], Mapping[str, Value]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("similar_incidents")
        self.setProperty("level", "info")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._session = session
        self._typed = typed
        self._own = ""
        self._asked = 0
        self._found: tuple[Similar, ...] = ()
        self._compared = ""
        self.pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.pause.timeout.connect(self.ask)
        self.question = QLabel(self)
        self.buttons: list[PushButton] = []
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row)
        spaced(self._flow, 2)
        self._flow.addWidget(self.question)
        self.text = QLabel(self)
        self.text.setObjectName("similar_text")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.whole = PushButton(self)
        self.whole.setObjectName("similar_open")
        self.whole.setProperty("role", "link")
        self.whole.clicked.connect(lambda: self.opened.emit(self._compared))
        column = QVBoxLayout(self)
        spaced(column, 1, (4, 2, 4, 2))
        column.addWidget(self._row)
        column.addWidget(self.text)
        column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()
        self._show((), "")

    def begin(self, own: str = "") -> None:
        """Look anew for another form; ``own`` is the incident being edited."""
        self._own = own
        self._show((), "")
        self.pause.stop()

    def look(self) -> None:
        """Something was typed: ask when a moment has passed."""
        self.pause.start()

    def ask(self) -> None:
        """Ask now, on the read lane; an answer to an older question is passed over."""
        self._asked += 1
        number, own, typed, words = self._asked, self._own, dict(self._typed()), self._session.catalog

        def shown(found: Sequence[Similar]) -> None:
            if number == self._asked:
                self._show(tuple(found), self._compared)

        self._session.query(
            lambda ctx: similar_incidents(ctx, typed, words, own), shown, self._pass_over, owner=self
        )

    def retranslate(self) -> None:
        self.question.setText(_("The same event?"))
        self.setAccessibleName(_("The same event?"))
        self.whole.setText(_("Open it (the draft is kept)"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "whole"):
            self.retranslate()
            if self._found:
                self.ask()
        super().changeEvent(event)

    def _pass_over(self, _error: object) -> None:
        """An offer that cannot be made is no trouble of the person who types."""

    def _show(self, found: tuple[Similar, ...], compared: str) -> None:
        if found != self._found:
            new = bool(found) and not self._found
            self._found = found
            for button in self.buttons:
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()
            self.buttons = [self._button(one) for one in found]
            if new:
                announce(self, f"{self.question.text()} {found[0].title}")
        self.setVisible(bool(found))
        self._compare(compared)

    def _button(self, one: Similar) -> PushButton:
        button = PushButton(one.title.replace("&", "&&"), self._row)
        button.setObjectName(f"similar_{one.uid}")
        button.setCheckable(True)
        button.setToolTip(_("Compare"))
        button.clicked.connect(lambda checked, uid=one.uid: self._compare(uid if checked else ""))
        self._flow.addWidget(button)
        button.show()
        return button

    def _compare(self, uid: str) -> None:
        """Show what the other one tells, under the titles; the form stays as it is."""
        one = next((one for one in self._found if one.uid == uid), None)
        self._compared = one.uid if one is not None else ""
        for button, known in zip(self.buttons, self._found, strict=True):
            button.setChecked(known is one)
        self.text.setText("\n".join(filter(None, (one.about, one.text))) if one is not None else "")
        self.text.setVisible(one is not None)
        self.whole.setVisible(one is not None)
        self.grown.emit()
