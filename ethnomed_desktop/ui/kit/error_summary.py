"""What is wrong with a form, on its top: a heading and a link to each field (GOV.UK pattern)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.field_box import announce
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.tab_chain import put_in_chain


@dataclass(frozen=True)
class FieldProblem:
    """One thing to mend: the field's name (empty: the whole form) and the words."""

    name: str
    text: str


class ErrorSummary(QFrame):
    """Takes the focus when it appears; ``chosen(name)`` on a link. ``keeps_drafts`` is said only where it is so."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, keeps_drafts: bool = True) -> None:
        super().__init__(parent)
        self._keeps_drafts = keeps_drafts
        self.setObjectName("error_summary")
        self.setProperty("level", "error")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.links: list[PushButton] = []
        head = QHBoxLayout()
        spaced(head, 2)
        icon = QLabel(self)
        with_icon(icon, "error", "error", 6)
        self.heading = QLabel(self)
        self.heading.setWordWrap(True)
        sized_font(self.heading, 1.1, bold=True)
        head.addWidget(icon)
        head.addWidget(self.heading, 1)
        self._column = QVBoxLayout(self)
        spaced(self._column, 1, (4, 3, 4, 3))
        self._column.addLayout(head)
        self.retranslate()
        self.hide()

    def show_problems(self, problems: Sequence[FieldProblem], *, focus: bool = True) -> None:
        """List the problems and take the focus; nothing to list hides the summary.

        ``focus=False`` only words them anew, after a change of language.
        """
        for link in self.links:
            self._column.removeWidget(link)
            link.deleteLater()
        self.links = []
        for problem in problems:
            link = PushButton(problem.text.replace("&", "&&"), self)
            link.setProperty("role", "link")
            link.setProperty("field", problem.name)
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(self._on_clicked)
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.links.append(link)
        put_in_chain([self])  # made last, they would be reached at the end of the window
        self.setVisible(bool(problems))
        if problems:
            words = "\n".join([self.heading.text(), *(problem.text for problem in problems)])
            self.setAccessibleName(words)
            if focus:
                self.setFocus()
                announce(self, words)

    def retranslate(self) -> None:
        kept = _("Please look at these fields. The draft is kept.")
        self.heading.setText(kept if self._keeps_drafts else _("Please look at these fields."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_clicked(self) -> None:
        link = self.sender()
        if isinstance(link, PushButton):
            self.chosen.emit(str(link.property("field")))
