"""The form of a consent, filled in from its record."""

from __future__ import annotations

from datetime import date

from ethnomed_desktop.app.titles import person_title
from ethnomed_desktop.app.trios import trio
from ethnomed_desktop.documents.consent_form import ConsentForm
from ethnomed_desktop.documents.minutes_data import NOWHERE
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.paper_codes import paper_code
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.councils import own_bodies
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid


def blank_consent_form(connection: Reading, practice: bool) -> ConsentForm:
    """Return a form for a consent that nobody recorded yet."""
    body = next(iter(own_bodies(connection)), None)
    names, number = (trio(body.values), str(body.values.get("bin") or "")) if body is not None else (NOWHERE, "")
    return ConsentForm("", names, number, practice=practice, code=paper_code("consent-form"))


def consent_form(connection: Reading, uid: bytes, practice: bool) -> ConsentForm:
    """Read a consent for printing; raises `UserError` (``record.unknown``)."""
    consent = record_by_uid(connection, uid)
    if consent is None or consent.kind.name != "consent":
        raise UserError("record.unknown")
    values = consent.values
    person = _referred(connection, values.get("person"))
    body = _referred(connection, values.get("organisation")) or next(iter(own_bodies(connection)), None)
    return ConsentForm(
        person=person_title(person.values) if person is not None else "",
        body=trio(body.values) if body is not None else NOWHERE,
        bin=str(body.values.get("bin") or "") if body is not None else "",
        purpose=str(values.get("purpose") or ""),
        data=str(values.get("data") or ""),
        given=_day(values.get("given_on")),
        until=_day(values.get("until")),
        to_others=_decided(values.get("to_others")),
        abroad=_decided(values.get("abroad")),
        published=_decided(values.get("published")),
        other=str(values.get("other") or ""),
        practice=practice,
        code=paper_code("consent-form", uid),
    )


def _referred(connection: Reading, uid: Value) -> StoredRecord | None:
    return record_by_uid(connection, bytes(parse_uid(str(uid)))) if uid else None


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _decided(value: Value) -> bool | None:
    return None if value is None else bool(value)
