"""Forms to fill in by hand: what the record knows already, or the name of the body alone."""

from __future__ import annotations

from datetime import datetime

from ethnomed_desktop.app.trios import trio
from ethnomed_desktop.documents.hand_forms import IncidentForm, MeetingForm
from ethnomed_desktop.documents.minutes_data import NOWHERE, Trio
from ethnomed_desktop.documents.phone_sheet import PhoneSheet
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.paper_codes import paper_code
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.councils import own_bodies
from ethnomed_desktop.store.queries.records import StoredRecord, children_of, record_by_uid


def incident_form(connection: Reading, uid: bytes, practice: bool) -> IncidentForm:
    """Read an incident for its form; raises `UserError` (``record.unknown``)."""
    values = _record(connection, uid, "incident").values
    happened = values.get("happened")
    return IncidentForm(
        _names(connection, values.get("organisation")) or _own_body(connection),
        str(values.get("number") or ""),
        PartialDate.parse(str(happened)) if happened else None,
        _names(connection, values.get("place")) or NOWHERE,
        str(values.get("settlement") or ""),
        practice,
        paper_code("incident-form", uid),
    )


def meeting_form(connection: Reading, uid: bytes, practice: bool) -> MeetingForm:
    """Read a meeting for its form; raises `UserError` (``record.unknown``)."""
    meeting = _record(connection, uid, "meeting")
    starts = meeting.values.get("starts")
    begins = datetime.fromisoformat(str(starts)) if starts else None
    items = children_of(connection, KINDS["agenda_item"], meeting.rid)
    venue = str(meeting.values.get("venue") or "")
    return MeetingForm(
        _names(connection, meeting.values.get("organisation")) or _own_body(connection),
        begins.date() if begins else None,
        f"{begins:%H:%M}" if begins else "",
        Trio(kk=venue) if venue else _names(connection, meeting.values.get("place")) or NOWHERE,
        tuple(str(item.values.get("title") or "") for item in items),
        practice,
        paper_code("meeting-form", uid),
    )


def blank_incident_form(connection: Reading, practice: bool) -> IncidentForm:
    """Return a form for an incident that nobody recorded yet."""
    return IncidentForm(_own_body(connection), practice=practice)


def blank_meeting_form(connection: Reading, practice: bool) -> MeetingForm:
    """Return a form for a sitting that nobody recorded yet."""
    return MeetingForm(_own_body(connection), practice=practice)


def phone_sheet(connection: Reading, uid: bytes, practice: bool) -> PhoneSheet:
    """Return the sheet for telephones of a body; raises `UserError` (``record.unknown``)."""
    return PhoneSheet(trio(_record(connection, uid, "organisation").values), practice)


def own_phone_sheet(connection: Reading, practice: bool) -> PhoneSheet:
    """Return the sheet for telephones of the own body."""
    return PhoneSheet(_own_body(connection), practice)


def _record(connection: Reading, uid: bytes, kind: str) -> StoredRecord:
    found = record_by_uid(connection, uid)
    if found is None or found.kind.name != kind:
        raise UserError("record.unknown")
    return found


def _own_body(connection: Reading) -> Trio:
    bodies = own_bodies(connection)
    return trio(bodies[0].values) if bodies else NOWHERE


def _names(connection: Reading, uid: Value) -> Trio | None:
    found = record_by_uid(connection, parse_uid(str(uid))) if uid else None
    return trio(found.values) if found is not None else None
