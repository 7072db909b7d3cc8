"""The section Meetings: the list, and the workspace of one meeting."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from ethnomed_desktop.app.lists import list_fields
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.filter_bar import CodeFilter, FilterBar
from ethnomed_desktop.ui.kit.list_page import ListPage
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, TableRow
from ethnomed_desktop.ui.meetings.closed_panel import ClosedPanel
from ethnomed_desktop.ui.session import Session

WIDTHS = {"number": 6, "organisation": 26, "meeting_kind": 14, "starts": 15, "state": 14, "heading": 26}


class MeetingsPage(QStackedWidget):
    """The page of the section; make one per session, show it, and `open_record` as asked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetings_page")
        self._session = session
        self.list = self._made_list()
        self.addWidget(self.list)
        self.closed = ClosedPanel(session, self)
        self.addWidget(self.closed)
        session.hub.published.connect(self._on_published)
        self.list.start("starts", descending=True)

    def open_record(self, uid: str) -> None:
        """Open a meeting (UUID text) in its workspace."""
        self.closed.show_meeting(uid, self._session.catalog.language)
        self.setCurrentWidget(self.closed)

    def _made_list(self) -> ListPage:
        columns = [
            Column(field.name, field.label, WIDTHS.get(field.name, 14), field.sortable)
            for field in list_fields("meeting")
        ]
        model = PagedTable(columns, self._session.rows("meeting"), self._session.tasks, self)
        filters = FilterBar(
            [
                CodeFilter("state", N_("State"), "meeting_state"),
                CodeFilter("meeting_kind", N_("Kind of meeting"), "meeting_kind"),
            ]
        )
        empty = EmptyState(
            "meetings",
            N_("No meetings yet"),
            N_("Meetings with agenda, attendance and minutes will stand here."),
            N_("New meeting"),
        )
        page = ListPage(N_("Meetings"), N_("New meeting"), model, filters, empty, self)
        page.opened.connect(self._on_opened)
        return page

    def _on_opened(self, row: TableRow) -> None:
        self.open_record(row.uid)

    def _on_published(self, changes: object, origin: QObject | None) -> None:
        if isinstance(changes, ChangeSet) and changes.touches("meeting", "organisation"):
            self.list.changed()
