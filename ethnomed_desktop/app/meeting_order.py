"""Items, speeches and decisions put in another order without the window."""

from __future__ import annotations

from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.meeting_saving import save_sheet
from ethnomed_desktop.app.meeting_sheets import meeting_of, sheet_of
from ethnomed_desktop.app.meetings import meeting_parts
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import Part

MOVABLE = ("agenda_item", "speech", "decision")


def move_part(ctx: AppContext, uid: bytes, place: int) -> Done[str]:
    """Give an item of the agenda, a speech or a decision another place (from 1) among those of its kind.

    One step of undo. Returns the meeting (uid text). Raises `UserError` (``meeting.not_movable``,
    ``meeting.no_such_place``) and what `save_sheet` raises.
    """
    meeting = meeting_of(ctx, uid)
    with ctx.reading() as connection:
        sheet = sheet_of(connection, meeting_parts(connection, parse_uid(meeting))) if meeting else None
    found = _with_parent(sheet.meeting, uid_text(uid)) if sheet is not None else None
    if sheet is None or found is None:
        raise UserError("meeting.not_movable")
    parent, part = found
    alike = parent.of(part.kind)
    if not 1 <= place <= len(alike):
        raise UserError("meeting.no_such_place", place=place, count=len(alike))
    parent.move(part, place - 1 - alike.index(part))
    saved = save_sheet(ctx, sheet, "")
    return Done(saved.value.meeting, saved.changes)


def _with_parent(whole: Part, uid: str) -> tuple[Part, Part] | None:
    """Return what holds the part with this uid, and the part."""
    for one in whole.walk():
        for part in one.parts:
            if part.uid == uid and part.kind in MOVABLE:
                return one, part
    return None
