"""The council's words in their second language, item by item: what two-column minutes put on the other side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.kit.scale import sized_font
from ethnomed_desktop.ui.meetings.fold import Fold
from ethnomed_desktop.ui.meetings.part_form import PartForm
from ethnomed_desktop.ui.session import Session

OF_ITEM, OF_PART = ("title_second", "heard_second"), ("text_second",)
_SHOWN = 90
"""Letters of a text that tell which one is meant."""


class SecondLanguage(Fold):
    """Made anew when it is opened: speeches and decisions come and go while it is shut.

    ``edited()`` after a part was written, ``left()`` when an input lost the focus.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, session: Session, part: Part, parent: QWidget | None = None) -> None:
        super().__init__("second_language", N_("In the second language"), parent)
        self._session, self._part = session, part
        self.forms: list[PartForm] = []
        self.opened.connect(self._on_opened)
        if any(one.text(name) for one in part.walk() for name in (*OF_ITEM, *OF_PART)):
            self.rebuild()
            self.open()

    def rebuild(self) -> None:
        """Show an input for every text there is."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.forms = []
        self._add(self._part, OF_ITEM)
        for one in (*self._part.of("speech"), *self._part.of("decision")):
            if one.is_worded():
                label = QLabel(_shortened(one.text("text")), self.content)
                label.setWordWrap(True)
                label.setProperty("role", "secondary")
                sized_font(label, 0.9)
                self.column.addWidget(label)
                self._add(one, OF_PART)

    def _on_opened(self) -> None:
        self.rebuild()
        self.forms[0].focus_on(OF_ITEM[0])

    def _add(self, part: Part, names: tuple[str, ...]) -> None:
        form = PartForm(self._session, part, names, self.content, columns=1)
        form.edited.connect(self._on_edited)
        form.left.connect(self.left)
        self.column.addWidget(form)
        self.forms.append(form)

    def _on_edited(self, _name: str) -> None:
        self.edited.emit()


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
