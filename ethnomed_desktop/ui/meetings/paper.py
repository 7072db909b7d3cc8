"""The minutes as they will be printed, with the choice of language and form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.page_view import PageView
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.meetings.sheets_of_paper import SheetsOfPaper
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.tasks import Task

Gather = Callable[[AppContext], Any]
"""Reads what the minutes print (`MinutesData`); runs on the read lane."""

LANGUAGES = (
    ("kk", N_("Kazakh"), "ҚАЗ"),
    ("ru", N_("Russian"), "РУС"),
    ("en", N_("English"), "ENG"),
    ("kk+ru", N_("Kazakh, then Russian"), "ҚАЗ + РУС"),
    ("kk|ru", N_("Kazakh and Russian side by side"), "ҚАЗ | РУС"),
)
FORMS = (("full", N_("Full")), ("short", N_("Short")), ("extract", N_("Extract")))


class ChoiceRow(QWidget):
    """A few buttons of which one is pressed in; ``chosen(key)`` when the person chooses another."""

    worded_whole = True
    chosen = Signal(str)

    def __init__(self, name: str, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = FlowLayout(self)
        spaced(row, 1)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ToolButton] = {}
        for key in keys:
            button = ToolButton(self)
            button.setCheckable(True)
            button.setObjectName(f"{name}_{key}")
            button.clicked.connect(partial(self.chosen.emit, key))
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def key(self) -> str:
        """Return the key of the button pressed in."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Press a button in without emitting anything."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def word(self, key: str, text: str, tip: str) -> None:
        """Give a button its words."""
        self.buttons[key].setText(text.replace("&", "&&"))
        self.buttons[key].setToolTip(tip)
        self.buttons[key].setAccessibleName(tip)


class Paper(QWidget):
    """``ordered()`` when language or form was changed by the person; `show_minutes` answers it.

    ``read(data)`` after what is to be printed was read, ``shown(pages)`` after new pages are there.
    Late answers are dropped: only the newest question counts.
    """

    ordered = Signal()
    read = Signal(object)
    shown = Signal(int)

    def __init__(self, session: Session, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self._session = session
        self._asked = 0
        self._tasks: list[Task] = []
        self.size_points = 14
        self.item = 1
        self.wishes = documents.AS_USUAL
        self.printed: documents.Printed | None = None
        self.sheets: SheetsOfPaper | None = None
        self.languages = ChoiceRow("paper_language", [key for key, _label, _short in LANGUAGES], self)
        self.languages.choose(language)
        self.forms = ChoiceRow("paper_form", [key for key, _label in FORMS], self)
        self.forms.choose("full")
        self.messages = MessageBar(self)
        self.view = PageView(session.tasks, self)
        column = QVBoxLayout(self)
        spaced(column, 2)
        column.addWidget(self.languages)
        column.addWidget(self.forms)
        column.addWidget(self.messages)
        column.addWidget(self.view, 1)
        for row in (self.languages, self.forms):
            row.chosen.connect(self._on_chosen)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Ask for little: the rows of buttons take the lines that the width gives."""
        return QSize(60 * unit(), 60 * unit())

    def order(self) -> documents.Order:
        """Return what is chosen."""
        form = self.forms.key()
        return documents.Order(
            self.languages.key(),
            form,
            self.item if form == "extract" else None,
            self.size_points,
            wishes=self.wishes,
        )

    def show_minutes(self, gather: Gather) -> None:
        """Read on the read lane, lay out on the free lane, show; questions before this one are given up."""
        self._asked += 1
        self.printed = self.sheets = None
        for task in self._tasks:
            task.cancel()
        asked = self._asked
        self._tasks = [
            self._session.query(gather, partial(self._on_read, asked), partial(self._on_failed, asked), owner=self)
        ]

    def conceal(self) -> None:
        """Show no page while names are hidden on the screen; printing is another paper and goes on."""
        self.forget()
        self.messages.warn(_("Names are hidden, so the page is not shown. F11 shows it again."))

    def forget(self) -> None:
        """Give up what is under way and show nothing."""
        self._asked += 1
        self.printed = self.sheets = None
        self.view.show_pages(None)

    def _on_read(self, asked: int, data: Any) -> None:
        if asked != self._asked or data is None:
            return
        self.read.emit(data)
        order, ctx = self.order(), self._session.ctx
        self._tasks.append(
            self._session.tasks.free(
                lambda progress: SheetsOfPaper(documents.lay_out(data, order, ctx, progress)),
                partial(self._on_laid_out, asked),
                partial(self._on_failed, asked),
                owner=self,
            )
        )

    def _on_laid_out(self, asked: int, sheets: SheetsOfPaper) -> None:
        if asked != self._asked:
            return
        self._tasks = []
        self.printed, self.sheets = sheets.printed, sheets
        self.messages.dismiss()
        self.view.show_pages(sheets)
        self.shown.emit(sheets.printed.pages)

    def _on_failed(self, asked: int, error: object) -> None:
        if asked == self._asked and isinstance(error, Exception):
            self._tasks = []
            show_error(self.messages, error)

    def _on_chosen(self, key: str) -> None:
        self.ordered.emit()

    def retranslate(self) -> None:
        for key, label, short in LANGUAGES:
            self.languages.word(key, short, _("Print in: {language}").format(language=_(label)))
        for key, label in FORMS:
            self.forms.word(key, _(label), _("Form: {form}").format(form=_(label)))
        self.forms.buttons["extract"].setToolTip(_("Extract: the current item only"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
