"""The parts of the workspace and their places: agenda, tabs, paper, fixed bar."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.error_summary import ErrorSummary
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.rest import hold
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.meetings.agenda_panel import AgendaPanel
from ethnomed_desktop.ui.meetings.attendance_tab import AttendanceTab
from ethnomed_desktop.ui.meetings.check_tab import CheckTab
from ethnomed_desktop.ui.meetings.meeting_tab import MeetingTab
from ethnomed_desktop.ui.meetings.minutes_tab import MinutesTab
from ethnomed_desktop.ui.meetings.paper import Paper
from ethnomed_desktop.ui.meetings.workspace_head import WorkspaceBar, WorkspaceHead
from ethnomed_desktop.ui.page_stack import RoomyStack
from ethnomed_desktop.ui.session import Session

PREVIEW_FROM = 1200
"""Effective width (pixels at 100 % text) from which the paper stands beside the minutes by itself."""

WITH_PAPER = {"minutes", "check"}
"""Tabs beside which the paper stands by itself; the others need their room."""

AGENDA_FROM = 760
"""Effective width below which the agenda is a tab of its own."""

AGENDA_UNITS = 50
ANY_WIDTH = 16_777_215


class WorkspaceView(QWidget):
    """What is where, by the width that the text leaves; what happens is `MeetingWorkspace`'s."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meeting_workspace")
        self.setProperty("role", "page")
        self._wants_paper: bool | None = None
        self._tab = "meeting"
        self._agenda_is_tab = False
        self.head = WorkspaceHead(self)
        self.messages = MessageBar(self)
        self.summary = ErrorSummary(self)
        self.agenda = AgendaPanel(self)
        self.meeting = MeetingTab(session, self)
        self.attendance = AttendanceTab(session, self)
        self.minutes = MinutesTab(session, self)
        self.check = CheckTab(self)
        self.paper = Paper(session, "kk", self)
        self.bar = WorkspaceBar(self)
        self._build()

    def _build(self) -> None:
        self.pages: dict[str, QWidget] = {
            "meeting": self.meeting,
            "attendance": self.attendance,
            "minutes": self.minutes,
            "check": self.check,
        }
        self.stack = RoomyStack(self)
        for page in self.pages.values():
            self.stack.addWidget(page)
        self._body = QHBoxLayout()
        spaced(self._body, 3)
        self._body.addWidget(self.agenda)
        self.agenda.opened.connect(self._open_item)
        self._body.addWidget(self.stack, 2)
        self._body.addWidget(self.paper, 1)
        self.paper.hide()
        inner = QVBoxLayout()
        spaced(inner, 2, (5, 2, 5, 1))
        for widget in (self.head, self.messages, self.summary):
            inner.addWidget(widget)
        inner.addLayout(self._body, 1)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addLayout(inner, 1)
        column.addWidget(self.bar)
        self.head.offer(list(self.pages), self._tab)
        appearance().changing.connect(self.fit)

    def tab(self) -> str:
        """Return the name of the tab that is shown."""
        return self._tab

    def show_page(self, key: str) -> None:
        """Show the page of a tab."""
        self._tab = key
        if key in self.pages:
            self.stack.setCurrentWidget(self.pages[key])
        self._show_parts()
        self.head.choose(key)

    def _open_item(self) -> None:
        """Show the item that was clicked beside another page; on the page of the agenda it is only chosen."""
        if self.tab() not in ("agenda", "minutes"):
            self.head.tab_chosen.emit("minutes")

    def shown_pages(self) -> dict[str, QWidget]:
        """Return the pages that have a tab now, in order."""
        return {"agenda": self.agenda, **self.pages} if self._agenda_is_tab else self.pages

    def toggle_paper(self) -> None:
        """Show or hide the preview (F7)."""
        self.head.preview.setChecked(not self.head.preview.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the agenda and the paper their places by the width that the text leaves."""
        scale = 100 / appearance().text_size
        own, whole = self.width() * scale, self.window().width() * scale
        as_tab = own < AGENDA_FROM
        self.head.tighten(as_tab)
        self.minutes.tighten(as_tab)
        self.bar.setVisible(not as_tab)
        self.agenda.setMinimumWidth(AGENDA_UNITS * unit())
        self.agenda.setMaximumWidth(ANY_WIDTH if as_tab else AGENDA_UNITS * unit())
        if as_tab != self._agenda_is_tab:
            self._move_agenda(as_tab)
        usual = whole >= PREVIEW_FROM and self.tab() in WITH_PAPER
        shown = self._wants_paper if self._wants_paper is not None else usual
        if shown and self.paper.isHidden():
            hold(self.paper)
        self.paper.setVisible(shown)
        self.head.preview.blockSignals(True)
        self.head.preview.setChecked(shown)
        self.head.preview.blockSignals(False)

    def _move_agenda(self, as_tab: bool) -> None:
        """Make the agenda a tab or a column; as a tab it takes the place of the pages beside it."""
        self._agenda_is_tab = as_tab
        self._body.setStretchFactor(self.agenda, 2 if as_tab else 0)
        if self._tab == "agenda" and not as_tab:
            self.show_page("minutes")
        else:
            self._show_parts()
        self.head.offer(list(self.shown_pages()), self._tab)

    def _show_parts(self) -> None:
        """Show agenda and pages: one of them where the agenda is a tab, else both."""
        alone = self._agenda_is_tab and self._tab == "agenda"
        shown = {self.agenda: alone or not self._agenda_is_tab, self.stack: not alone}
        focus = QApplication.focusWidget()
        left = focus is not None and any(
            part.isAncestorOf(focus) for part, is_shown in shown.items() if not is_shown
        )
        for part, is_shown in shown.items():
            if is_shown and part.isHidden():
                hold(part)
            part.setVisible(is_shown)
        if left:
            page = self.stack.currentWidget()
            at = self.agenda.list if alone else (page.focusWidget() if page is not None else None)
            (at or self.head.tabs).setFocus()
