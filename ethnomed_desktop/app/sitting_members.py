"""Who may be expected at a sitting: the members of its body, or of both bodies of a joint one, on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.titles import titles
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.joint_sittings import BODIES, is_joint
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import memberships_of
from ethnomed_desktop.store.queries.records import record_by_uid, rid_of

_ROLES = ("chair", "deputy", "secretary", "member")
_ENTITLED = ("entitled", "other_entitled")


@dataclass(frozen=True)
class Expected:
    """A member and, at a joint sitting, the bodies (uid texts) for which the person sits."""

    person: str
    bodies: tuple[str, ...] = ()
    name: str = ""


def expected_at(connection: Reading, meeting: Mapping[str, Value], day: date) -> list[Expected]:
    """Return the members: of each body chair, deputies, secretary, members. Who serves in both stands once."""
    bodies = [str(meeting[name]) for name in BODIES if meeting.get(name)]
    serving = {body: _serving(connection, body, day) for body in bodies}
    people = dict.fromkeys(person for body in bodies for person in serving[body])
    if not is_joint(meeting):
        return [Expected(person) for person in people]
    return [Expected(person, tuple(body for body in bodies if person in serving[body])) for person in people]


def sitting_members(ctx: AppContext, meeting: Mapping[str, Value], day: date, catalog: Catalog) -> list[Expected]:
    """Return the members expected on a day with their names."""
    with ctx.reading() as connection:
        found = expected_at(connection, meeting, day)
        names = titles(connection, [one.person for one in found], catalog)
        return [Expected(one.person, one.bodies, names[one.person]) for one in found if one.person in names]


def list_members(connection: Reading, sheet: Sheet, day: date) -> None:
    """Put the members into the attendance of a sheet, as absent, and count them where nobody did.

    A meeting that is not stored yet gets chair, secretary and place of its body too, where nothing stands there.
    """
    found = expected_at(connection, sheet.meeting.values, day)
    for one in found:
        sheet.meeting.add(Part("attendance", absent(one)))
    count_members(sheet, found)
    if not sheet.meeting.uid:
        _ask_nothing_twice(connection, sheet.meeting, day)


def _ask_nothing_twice(connection: Reading, meeting: Part, day: date) -> None:
    """Fill in what the body's own records say; two people in one office leave it to be chosen."""
    body = meeting.text("organisation")
    stored = record_by_uid(connection, parse_uid(body)) if body else None
    if stored is None:
        return
    if not meeting.text("place"):
        meeting.put("place", stored.values.get("place"))
    for role in ("chair", "secretary"):
        people = [person for held, person in _in_office(connection, body, day) if held == role]
        if len(people) == 1 and not meeting.text(role) and not meeting.text(f"{role}_words"):
            meeting.put(role, people[0])


def absent(one: Expected) -> dict[str, Value]:
    """Return the attendance of a member who has not come yet."""
    return {"person": one.person, "capacity": "absent", **({"bodies": list(one.bodies)} if one.bodies else {})}


def count_members(sheet: Sheet, found: Sequence[Expected], *, anew: bool = False) -> None:
    """Write how many members each body has, where that was not written yet, or ``anew``."""
    counts = [sum(sheet.meeting.text(body) in one.bodies for one in found) for body in BODIES]
    if not any(counts):
        counts = [len(found), 0]
    for name, count in zip(_ENTITLED, counts, strict=True):
        if count and (anew or not sheet.meeting.values.get(name)):
            sheet.meeting.put(name, count)


def _serving(connection: Reading, body: str, day: date) -> list[str]:
    serving = sorted(_in_office(connection, body, day), key=lambda one: _ROLES.index(one[0]))
    return list(dict.fromkeys(person for _role, person in serving))


def _in_office(connection: Reading, body: str, day: date) -> list[tuple[str, str]]:
    """Return role and person (uid text) of those who serve in a body on a day."""
    rid = rid_of(connection, parse_uid(body))
    now = day.isoformat()
    return [
        (str(one.values["role"]), str(one.values["person"]))
        for one in (memberships_of(connection, rid) if rid is not None else [])
        if one.values.get("role") in _ROLES
        and str(one.values.get("from_on") or now) <= now <= str(one.values.get("to_on") or now)
    ]
