"""What the workspace of a meeting asks of the tables: members, the last meeting, tasks, versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, or_, select

from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meetings import NUMBERED, bare_number
from ethnomed_desktop.store.queries.records import StoredRecord, records_by, rid_of
from ethnomed_desktop.store.statements import select_in
from ethnomed_desktop.store.tables import KIND_TABLES

ATTENDANCE = KIND_TABLES["attendance"]
MEETING, TASK, DECISION = KIND_TABLES["meeting"], KIND_TABLES["task"], KIND_TABLES["decision"]
ITEM, MEMBERSHIP, SPEECH = KIND_TABLES["agenda_item"], KIND_TABLES["membership"], KIND_TABLES["speech"]


def last_meeting(
    connection: Connection, body: int, other_than: str = "", *, joint: bool = False
) -> StoredRecord | None:
    """Return the newest meeting of a body (row number), leaving out one (uid text).

    With ``joint`` a sitting in which it is the second body counts too.
    """
    sits = _sits(body) if joint else MEETING.c.organisation == body
    query = select(MEETING.c.rid).where(sits, MEETING.c.withdrawn.is_(False), MEETING.c.starts.is_not(None))
    if other_than:
        query = query.where(MEETING.c.rid != rid_of(connection, parse_uid(other_than)))
    query = query.order_by(MEETING.c.starts.desc(), MEETING.c.rid.desc()).limit(1)
    found = records_by(connection, "rid", list(connection.execute(query).scalars()))
    return found[0] if found else None


def _sits(*bodies: int) -> ColumnElement[bool]:
    """Say of a meeting whether one of the bodies sits in it: a joint sitting is one of both its bodies."""
    return or_(MEETING.c.organisation.in_(bodies), MEETING.c.other_organisation.in_(bodies))


def meetings_since(connection: Connection, body: int, day: str, other_than: str = "") -> list[StoredRecord]:
    """Return the meetings of a body (row number) since a day, the oldest first, leaving out one (uid text).

    A joint sitting is one of both its bodies.
    """
    query = select(MEETING.c.rid).where(_sits(body), MEETING.c.withdrawn.is_(False), MEETING.c.starts >= day)
    if other_than:
        query = query.where(MEETING.c.rid != rid_of(connection, parse_uid(other_than)))
    query = query.order_by(MEETING.c.starts, MEETING.c.rid)
    return records_by(connection, "rid", list(connection.execute(query).scalars()))


def items_of(connection: Connection, meetings: Sequence[int]) -> list[StoredRecord]:
    """Return the items of meetings (row numbers), each meeting's in their order."""
    query = (
        select(ITEM.c.rid)
        .where(ITEM.c.meeting.in_(meetings), ITEM.c.withdrawn.is_(False))
        .order_by(ITEM.c.meeting, ITEM.c.position, ITEM.c.rid)
    )
    return records_by(connection, "rid", list(connection.execute(query).scalars()))


def items_behind(connection: Connection, uids: Collection[bytes], day: str) -> list[StoredRecord]:
    """Return items and those they were carried over from, as far back as a day, whosever agendas they stood on."""
    seeds = [rid for (rid,) in select_in(connection, "SELECT rid FROM record WHERE uid", list(uids))]
    recent = select(ITEM.c.rid, ITEM.c.carried_from).join(MEETING, ITEM.c.meeting == MEETING.c.rid)
    recent = recent.where(MEETING.c.starts >= day)
    behind = recent.where(ITEM.c.rid.in_(seeds)).cte("behind", recursive=True)
    behind = behind.union(recent.join(behind, ITEM.c.rid == behind.c.carried_from))
    return records_by(connection, "rid", list(connection.execute(select(behind.c.rid)).scalars()))


def memberships_of(connection: Connection, body: int) -> list[StoredRecord]:
    """Return the memberships of a body, in the order they were entered."""
    query = (
        select(MEMBERSHIP.c.rid)
        .where(MEMBERSHIP.c.organisation == body, MEMBERSHIP.c.withdrawn.is_(False))
        .order_by(MEMBERSHIP.c.rid)
    )
    return records_by(connection, "rid", list(connection.execute(query).scalars()))


def tasks_from(connection: Connection, decisions: Sequence[int], *, in_trash: bool = False) -> list[StoredRecord]:
    """Return the tasks made from decisions (row numbers), in the order they were made.

    A decision of corrected minutes has the tasks of the decision that it corrects, too; ``in_trash`` brings
    those that were withdrawn as well.
    """
    wanted, earlier = set(decisions), list(decisions)
    while earlier:
        query = select(DECISION.c.corrects).where(DECISION.c.rid.in_(earlier), DECISION.c.corrects.is_not(None))
        earlier = [rid for rid in connection.execute(query).scalars() if rid not in wanted]
        wanted.update(earlier)
    made = select(TASK.c.rid).where(TASK.c.decision.in_(wanted))
    made = made if in_trash else made.where(TASK.c.withdrawn.is_(False))
    return records_by(connection, "rid", list(connection.execute(made.order_by(TASK.c.rid)).scalars()))


def open_tasks_of(connection: Connection, bodies: Collection[int]) -> list[StoredRecord]:
    """Return the tasks of the bodies' decisions that are not done or waived, the most pressing first."""
    query = (
        select(TASK.c.rid)
        .join(DECISION, TASK.c.decision == DECISION.c.rid)
        .join(ITEM, DECISION.c.agenda_item == ITEM.c.rid)
        .join(MEETING, ITEM.c.meeting == MEETING.c.rid)
        .where(
            _sits(*bodies),
            *(table.c.withdrawn.is_(False) for table in (TASK, DECISION, ITEM, MEETING)),
            TASK.c.state.in_(("pending", "in_work")),
        )
        .order_by(TASK.c.due.is_(None), TASK.c.due, TASK.c.rid)
    )
    return records_by(connection, "rid", list(connection.execute(query).scalars()))


def minutes_numbers(connection: Connection, body: str, year: int, other_than: str = "") -> set[str]:
    """Return the numbers that minutes of a body (uid text) carry in a year, those of joint sittings too.

    ``other_than`` leaves out one meeting (uid text) and the versions of the same minutes.
    """
    rid = rid_of(connection, parse_uid(body))
    own = rid_of(connection, parse_uid(other_than)) if other_than else None
    alike: list[int | None] = [own]
    while own is not None:
        own = connection.execute(select(MEETING.c.corrects).where(MEETING.c.rid == own)).scalar()
        alike.append(own)
    found: set[str] = set()
    for organisation, number in (
        (MEETING.c.organisation, MEETING.c.number),
        (MEETING.c.other_organisation, MEETING.c.other_number),
    ):
        query = select(number).where(
            organisation == rid, MEETING.c.year == year, number.is_not(None), MEETING.c.withdrawn.is_(False)
        )
        if alike != [None]:
            query = query.where(MEETING.c.rid.not_in([one for one in alike if one is not None]))
        found.update(bare_number(one) for one in connection.execute(query).scalars())
    return found


def all_parts(connection: Connection, meeting: int) -> list[tuple[str, bytes, str]]:
    """Return (kind, uid, place in the minutes) of everything that belongs to a meeting, withdrawn or not."""
    people = select(ATTENDANCE.c.rid).where(ATTENDANCE.c.meeting == meeting).order_by(ATTENDANCE.c.rid)
    places = dict.fromkeys(connection.execute(people).scalars(), "")
    items = select(ITEM.c.rid, ITEM.c.position).where(ITEM.c.meeting == meeting).order_by(ITEM.c.rid)
    for item, position in connection.execute(items).all():
        places[item] = str(position or "")
        for table in (SPEECH, DECISION):
            parts = select(table.c.rid, table.c.position).where(table.c.agenda_item == item).order_by(table.c.rid)
            places.update((rid, f"{places[item]}.{place or ''}") for rid, place in connection.execute(parts).all())
        made = select(TASK.c.rid).join(DECISION, TASK.c.decision == DECISION.c.rid)
        tasks = connection.execute(made.where(DECISION.c.agenda_item == item).order_by(TASK.c.rid)).scalars()
        places.update(dict.fromkeys(tasks, ""))
    return [(one.kind.name, one.uid, places[one.rid]) for one in records_by(connection, "rid", list(places))]


def closed_minutes(connection: Connection) -> frozenset[int]:
    """Return the row numbers of the meetings whose minutes have their number."""
    return frozenset(connection.execute(select(MEETING.c.rid).where(MEETING.c.state == "numbered")).scalars())


def minutes_of_parts(connection: Connection, uids: Collection[bytes]) -> frozenset[int]:
    """Return the row numbers of the meetings that these are, or are parts of."""
    rids = [rid for (rid,) in select_in(connection, "SELECT rid FROM record WHERE uid", list(uids))]
    queries = (
        "SELECT rid FROM meeting WHERE rid",
        "SELECT meeting FROM attendance WHERE rid",
        "SELECT meeting FROM agenda_item WHERE rid",
        "SELECT i.meeting FROM speech JOIN agenda_item AS i ON i.rid = speech.agenda_item WHERE speech.rid",
        "SELECT i.meeting FROM decision JOIN agenda_item AS i ON i.rid = decision.agenda_item WHERE decision.rid",
    )
    return frozenset(rid for query in queries for (rid,) in select_in(connection, query, rids) if rid is not None)


def registered_speeches(
    connection: Connection, kinds: Sequence[str], outcome: str = "", year: int | None = None
) -> list[int]:
    """Return the row numbers of speeches of these kinds, the newest meeting first.

    A version that a numbered one corrects, and a correction that is not numbered yet, are left out.
    """
    newer = MEETING.alias("newer")
    corrected = select(newer.c.corrects).where(
        newer.c.corrects.is_not(None), newer.c.state == "numbered", newer.c.withdrawn.is_(False)
    )
    query = (
        select(SPEECH.c.rid)
        .join(ITEM, SPEECH.c.agenda_item == ITEM.c.rid)
        .join(MEETING, ITEM.c.meeting == MEETING.c.rid)
        .where(
            SPEECH.c.speech_kind.in_(kinds),
            *(table.c.withdrawn.is_(False) for table in (SPEECH, ITEM, MEETING)),
            MEETING.c.rid.not_in(corrected),
            or_(MEETING.c.corrects.is_(None), MEETING.c.state == "numbered"),
        )
        .order_by(MEETING.c.starts.desc(), MEETING.c.rid.desc(), ITEM.c.position, SPEECH.c.position, SPEECH.c.rid)
    )
    if outcome:
        query = query.where(SPEECH.c.proposal_outcome == outcome)
    if year is not None:
        query = query.where(MEETING.c.starts >= f"{year}-", MEETING.c.starts < f"{year + 1}-")
    return list(connection.execute(query).scalars())


def newer_version(connection: Connection, meeting: int) -> StoredRecord | None:
    """Return the meeting that corrects this one: of several the one that is numbered, else the first."""
    query = (
        select(MEETING.c.rid)
        .where(MEETING.c.corrects == meeting, MEETING.c.withdrawn.is_(False))
        .order_by(MEETING.c.state != NUMBERED, MEETING.c.rid)
        .limit(1)
    )
    found = records_by(connection, "rid", list(connection.execute(query).scalars()))
    return found[0] if found else None


def is_corrected(connection: Connection, meeting: int) -> bool:
    """Say whether another meeting corrects this one."""
    return newer_version(connection, meeting) is not None
