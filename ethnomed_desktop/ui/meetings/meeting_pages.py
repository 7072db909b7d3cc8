"""The pages of the section Meetings – list, workspace, closed minutes – and what is looked at beside a meeting."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.dialog_help import help_by_f1
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.rows import TableRow
from ethnomed_desktop.ui.meetings.closed_panel import ClosedPanel
from ethnomed_desktop.ui.meetings.meeting_history import meeting_history_rows
from ethnomed_desktop.ui.meetings.meeting_list import MeetingList
from ethnomed_desktop.ui.meetings.register_page import RegisterPage
from ethnomed_desktop.ui.meetings.versions_page import VersionsPage
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from ethnomed_desktop.ui.page_stack import RoomyStack
from ethnomed_desktop.ui.records.history_page import HistoryPage
from ethnomed_desktop.ui.session import Session


class MeetingPages(RoomyStack):
    """Shows one page at a time; history, versions and register come back to where the person was."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, pause_ms: int = 1000) -> None:
        super().__init__(parent)
        self.setObjectName("meetings_page")
        self._session = session
        self._closed_uid = ""
        self.list = MeetingList(session, self)
        self.workspace = MeetingWorkspace(session, self, pause_ms=pause_ms)
        self.closed = ClosedPanel(session, self)
        self.history = HistoryPage(session, self, rows=meeting_history_rows)
        self.versions = VersionsPage(session, self)
        self.register = RegisterPage(session, self)
        self._before: QWidget = self.list
        for page in (self.list, self.workspace, self.closed, self.history, self.versions, self.register):
            self.addWidget(page)
        self.list.register_wanted.connect(self.show_register)
        for beside in (self.history, self.versions):
            beside.left.connect(self._leave_beside)
        self.closed.compare_wanted.connect(self.show_versions)
        self.workspace.check.compare_wanted.connect(self.show_versions)
        self.closed.history_wanted.connect(self.show_history)
        self.workspace.print_wanted.connect(self.print_meeting)
        self.closed.print_wanted.connect(self.print_meeting)

    def minimumSizeHint(self) -> QSize:
        """Ask for little: pages that are hidden must not make a low window grow."""
        return QSize(80 * unit(), 80 * unit())

    def current_row(self) -> TableRow | None:
        """Return the meeting of the current row, while the list is shown."""
        return self.list.current() if self.currentWidget() is self.list else None

    # -- printing -------------------------------------------------------------

    def print_meeting(self, uid: str, language: str, extract_of: int = 0, *, nameless: bool = False) -> None:
        """Open the print dialog of a saved meeting; ``extract_of`` an item (from 1) offers its extract first."""
        from ethnomed_desktop.ui.meetings.print_dialog import PrintDialog

        dialog = PrintDialog(self._session, uid, language, self.window())
        if extract_of:
            dialog.offer_extract(extract_of, nameless=nameless)
        help_by_f1(dialog, self._session, "printing")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(partial(self._on_printed, QApplication.focusWidget()))
        dialog.open()

    def _on_printed(self, before: QWidget | None, _result: int = 0) -> None:
        """Go on where the person was: without the focus in the page its keys (Ctrl+Enter) would be dead."""
        page = self.currentWidget()
        if page is None or not self.isVisible():
            return
        self.window().activateWindow()
        known = before is not None and shiboken6.isValid(before) and page.isAncestorOf(before)
        (before if known and before is not None else self._first_input(page)).setFocus()

    def _first_input(self, page: QWidget) -> QWidget:
        if page is self.list:
            return self.list.table
        return self.workspace.head.tabs if page is self.workspace else page

    # -- beside a meeting -----------------------------------------------------

    def show_history(self) -> None:
        """Show who changed what in the meeting and its parts (Ctrl+H)."""
        uid = self._uid_shown()
        if uid:
            self._go_beside(self.history)
            self.history.show_history(uid)
        elif self.currentWidget() is self.workspace:
            self.workspace.messages.inform(_("This meeting was not saved yet: it has no history."))

    def show_versions(self) -> None:
        """Show this version of minutes beside the one before it; what is typed is saved first."""
        uid = self._uid_shown()
        if not uid:
            return
        if self.currentWidget() is self.workspace and self.workspace.keeper.unsaved:
            self.workspace.keeper.save(partial(self._show_versions, uid))
        else:
            self._show_versions(uid)

    def show_register(self) -> None:
        """Show the register of proposals and dissenting opinions; what is typed is kept."""
        if self.currentWidget() is self.workspace:
            self.workspace.keeper.clock.flush()
        self.setCurrentWidget(self.register)
        self.register.start()
        self.register.table.setFocus()

    def _show_versions(self, uid: str) -> None:
        self._go_beside(self.versions)
        self.versions.show_versions(uid)

    def _uid_shown(self) -> str:
        if self.currentWidget() is self.workspace:
            return self.workspace.uid
        if self.currentWidget() in (self.closed, self.history, self.versions):
            return self._closed_uid if self._before is not self.workspace else self.workspace.uid
        row = self.current_row()
        return row.uid if row is not None else ""

    def _go_beside(self, page: QWidget) -> None:
        if self.currentWidget() not in (self.history, self.versions):
            self._before = self.currentWidget() or self.list
        if self._before is self.workspace:
            self.workspace.keeper.clock.flush()
        self.setCurrentWidget(page)

    def _leave_beside(self) -> None:
        self.setCurrentWidget(self._before)
        self._first_input(self._before).setFocus()
