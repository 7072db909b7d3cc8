"""Kinds that behave: what is filled in, checked and forbidden beyond their declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.app.numbering import Numbering
from ethnomed_desktop.domain import incidents, meetings, memberships, personal_data, tiers
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.store.queries.records import record_by_uid
from ethnomed_desktop.store.uow import UnitOfWork

Values = dict[str, Value]


@dataclass(frozen=True)
class Behaviour:
    """``completed`` fills a new record, ``problems`` checks one, ``number`` gives a new one its number."""

    completed: Callable[[Values, date], Values] = lambda values, today: values
    problems: Callable[[Mapping[str, Value], date], list[UserError]] = lambda values, today: []
    number: Callable[[Numbering, Mapping[str, Value]], Values] = lambda numbering, values: {}


def _incident_number(numbering: Numbering, values: Mapping[str, Value]) -> Values:
    body = values.get("organisation")
    if not body:
        return {}
    year = PartialDate.parse(str(values["happened"])).first.year
    return {"number": incidents.number_text(year, numbering.take(str(body), "incident", year))}


def _meeting_problems(values: Mapping[str, Value], today: date) -> list[UserError]:
    found = (meetings.time_problem(values), meetings.bodies_problem(values))
    return [problem for problem in found if problem is not None]


def _not_by_hand(values: Values, today: date) -> Values:
    """A file is attached (`app.attachments`): a record that names a content must come after it."""
    raise UserError("attachment.not_by_hand")


def _by_erasing(values: Values, today: date) -> Values:
    """An entry of the ledger is written by an erasure (`app.erasure`), and stays as it is."""
    raise UserError("erasure.not_by_hand")


_PLAIN = Behaviour()
BEHAVIOURS = {
    "incident": Behaviour(incidents.completed, incidents.problems_of, _incident_number),
    "meeting": Behaviour(lambda values, today: meetings.completed(values), _meeting_problems),
    "attachment": Behaviour(_not_by_hand),
    "erasure": Behaviour(_by_erasing),
    "membership": Behaviour(problems=memberships.problems_of),
    "consent": Behaviour(problems=personal_data.consent_problems),
    "request": Behaviour(tiers.completed_request, tiers.request_problems),
    "request_answer": Behaviour(tiers.completed_answer),
    "recommendation": Behaviour(tiers.completed_recommendation),
    "feedback": Behaviour(tiers.completed_feedback),
    "code_entry": Behaviour(tiers.completed_entry),
    "task": Behaviour(lambda values, today: {"state": "pending", **values}),
}


def behaviour_of(kind: Kind) -> Behaviour:
    """Return how the kind behaves; most are plain."""
    return BEHAVIOURS.get(kind.name, _PLAIN)


def require_own_decision(work: UnitOfWork, kind: Kind, values: Mapping[str, Value]) -> None:
    """Refuse an opinion on a decision of another item; raises `UserError` (``meeting.decision_elsewhere``).

    A decision that is made in the same unit stands in no table yet and is believed.
    """
    if kind.name != "speech" or not values.get("decision"):
        return
    decision = record_by_uid(work.connection, parse_uid(str(values["decision"])))
    if decision is not None and decision.values.get("agenda_item") != values.get("agenda_item"):
        raise UserError("meeting.decision_elsewhere", field="decision", kind=kind.name)


def require_open(work: UnitOfWork, kind: Kind, uid: bytes | None, values: Mapping[str, Value]) -> None:
    """Refuse to touch numbered minutes or a part of them; raises `NotAllowed` (``meeting.numbered``)."""
    meeting: object = None
    if kind.name == "erasure":
        raise NotAllowed("erasure.stays")
    if kind.name == "meeting":
        own = record_by_uid(work.connection, uid) if uid is not None else None
        if own is not None and own.values.get("state") == meetings.NUMBERED:
            raise NotAllowed("meeting.numbered", number=own.values.get("number"))
        return
    if kind.name in {"agenda_item", "attendance"}:
        meeting = values.get("meeting")
    elif kind.name in {"speech", "decision"} and values.get("agenda_item"):
        item = record_by_uid(work.connection, parse_uid(str(values["agenda_item"])))
        meeting = item.values.get("meeting") if item is not None else None
    if meeting:
        held = record_by_uid(work.connection, parse_uid(str(meeting)))
        if held is not None and held.values.get("state") == meetings.NUMBERED:
            raise NotAllowed("meeting.numbered", number=held.values.get("number"))
