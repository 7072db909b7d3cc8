"""The notice of a breach: what is known of the operator and of the person responsible for personal data."""

from __future__ import annotations

from datetime import date

from ethnomed_desktop.app.titles import person_title
from ethnomed_desktop.app.trios import trio
from ethnomed_desktop.documents.breach_notice import BreachNotice
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.councils import own_bodies
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid, records_by, rids_of_kind


def breach_notice(connection: Reading, uid: bytes, practice: bool) -> BreachNotice:
    """Return the notice of a body; raises `UserError` (``record.unknown``)."""
    body = record_by_uid(connection, uid)
    if body is None or body.kind.name != "organisation":
        raise UserError("record.unknown")
    return _notice(connection, body, practice)


def own_breach_notice(connection: Reading, practice: bool) -> BreachNotice:
    """Return the notice of the own body."""
    bodies = own_bodies(connection)
    return _notice(connection, bodies[0], practice) if bodies else BreachNotice(practice=practice)


def _notice(connection: Reading, body: StoredRecord, practice: bool) -> BreachNotice:
    named = responsible_for(connection, uid_text(body.uid))
    person = record_by_uid(connection, parse_uid(str(named.values["person"]))) if named is not None else None
    contacts = _joined(person.values.get("phones"), person.values.get("email")) if person is not None else ""
    ordered = str(named.values.get("order_date") or "") if named is not None else ""
    return BreachNotice(
        trio(body.values),
        str(body.values.get("address") or ""),
        _joined(body.values.get("phones")),
        person_title(person.values) if person is not None else "",
        contacts,
        str(named.values.get("order_number") or "") if named is not None else "",
        date.fromisoformat(ordered) if ordered else None,
        practice,
    )


def responsible_for(connection: Reading, body: str) -> StoredRecord | None:
    """Return who answers for personal data of a body (uid text) now: the one named last who has no end."""
    found = [
        one
        for one in records_by(connection, "rid", rids_of_kind(connection, KINDS["responsible_person"]))
        if not one.withdrawn
        and not one.values.get("until")
        and one.values.get("person")
        and one.values.get("organisation", body) == body
    ]
    return max(found, key=lambda one: (str(one.values.get("since") or ""), one.rid), default=None)


def _joined(*values: object) -> str:
    parts = [str(one) for value in values if value for one in (value if isinstance(value, list) else [value])]
    return ", ".join(parts)
