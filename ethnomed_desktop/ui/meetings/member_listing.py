"""The members of the bodies that sit come onto the list of the attendance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import lenient
from ethnomed_desktop.app.sitting_members import Expected, sitting_members
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.joint_sittings import BODIES
from ethnomed_desktop.domain.meeting_sheets import Sheet
from ethnomed_desktop.domain.meetings import held_on
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.meetings.attendance_tab import AttendanceTab
from ethnomed_desktop.ui.session import Session


class MemberListing(QObject):
    """Asks who the members on the day of the sitting are; ``sheet`` gives the meeting that is shown."""

    def __init__(
        self, session: Session, sheet: Callable[[], Sheet], attendance: AttendanceTab, messages: MessageBar
    ) -> None:
        super().__init__(attendance)
        self._session, self._sheet = session, sheet
        self._attendance, self._messages = attendance, messages
        attendance.members_wanted.connect(self.list_members)

    def list_members(self, joining: str = "") -> None:
        """Add the members of the body, or bodies, on the day of the sitting who are not on the list.

        ``joining`` is a second body that has just been chosen: then only its members are added.
        """
        values = lenient("meeting", self._sheet().meeting.values)
        if not any(values.get(name) for name in BODIES):
            self._messages.inform(_("Choose the body first: its members are listed."))
            return
        day = held_on(values) if values.get("starts") else today(self._session.ctx.clock)
        catalog = self._session.catalog

        def members(ctx: AppContext) -> list[Expected]:
            return sitting_members(ctx, values, day, catalog)

        self._session.query(members, partial(self._on_members, joining), owner=self)

    def _on_members(self, joining: str, members: Sequence[Expected]) -> None:
        if members:
            self._attendance.add_members(members, joining)
        elif not joining:
            self._messages.inform(_("No members of this body are recorded. Add people below."))
