"""What the first page counts and lists: pressing records, meetings near today, a user's last work.

Days are civil dates as ISO text: days and moments are kept as text whose order is that of time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, false, func, or_, select, union_all

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.store.tables import KIND_TABLES, head, log, record, replica, txn

INCIDENT, MEETING, TASK = KIND_TABLES["incident"], KIND_TABLES["meeting"], KIND_TABLES["task"]
CONSENT = KIND_TABLES["consent"]
ENDED = ("settled", "closed")
SEVERE = ("3", "4", "5")
OPEN_TASK = ("pending", "in_work")
LAST_TRANSACTIONS, LAST_LINES = 200, 2000
"""How far back a user's last work is looked for."""


def count(connection: Connection, what: str, today: str) -> int:
    """Return how many records press: ``what`` is a key of `PRESSING`."""
    inner = PRESSING[what](today).order_by(None).subquery()
    return int(connection.execute(select(func.count()).select_from(inner)).scalar_one())


def pressing(connection: Connection, what: str, today: str) -> list[int]:
    """Return the row numbers of the pressing records, the most pressing first."""
    return list(connection.execute(PRESSING[what](today)).scalars())


def _overdue(today: str) -> Select[Any]:
    """Tasks that should have been done before today, unless what they came from is in the trash."""
    parts = [KIND_TABLES[name] for name in ("decision", "agenda_item", "meeting", "incident")]
    decision, item, meeting, incident = parts
    joined = (
        TASK.outerjoin(decision, TASK.c.decision == decision.c.rid)
        .outerjoin(item, decision.c.agenda_item == item.c.rid)
        .outerjoin(meeting, item.c.meeting == meeting.c.rid)
        .outerjoin(incident, TASK.c.incident == incident.c.rid)
    )
    query = select(TASK.c.rid).select_from(joined).where(TASK.c.withdrawn.is_(False), TASK.c.due < today)
    query = query.where(or_(TASK.c.state.is_(None), TASK.c.state.in_(OPEN_TASK)))
    for part in parts:
        query = query.where(func.coalesce(part.c.withdrawn, false()).is_(False))
    return query.order_by(TASK.c.due, TASK.c.rid)


def _open_incidents() -> Select[Any]:
    state = INCIDENT.c.state
    query = select(INCIDENT.c.rid).where(INCIDENT.c.withdrawn.is_(False))
    return query.where(or_(state.is_(None), state.not_in(ENDED)))


def _severe(today: str) -> Select[Any]:
    query = _open_incidents().where(INCIDENT.c.severity.in_(SEVERE))
    return query.order_by(INCIDENT.c.severity.desc(), INCIDENT.c.happened.desc(), INCIDENT.c.rid)


def _unrated(today: str) -> Select[Any]:
    """Incidents that nobody has given a severity; signs of peace need none."""
    peace = INCIDENT.c.positive
    query = _open_incidents().where(INCIDENT.c.severity.is_(None), or_(peace.is_(None), peace.is_(False)))
    return query.order_by(INCIDENT.c.happened.desc(), INCIDENT.c.rid)


def _conflicts(today: str) -> Select[Any]:
    query = select(record.c.rid).where(record.c.conflicts.is_not(None), record.c.withdrawn.is_(False))
    return query.order_by(record.c.changed_ms.desc(), record.c.rid)


def _withdrawn_consents(today: str) -> Select[Any]:
    """Consents that a person withdrew and whose use was neither stopped nor refused yet."""
    query = select(CONSENT.c.rid).where(CONSENT.c.withdrawn.is_(False), CONSENT.c.withdrawn_on.is_not(None))
    return query.where(CONSENT.c.stopped_on.is_(None)).order_by(CONSENT.c.withdrawn_on, CONSENT.c.rid)


def _kept_too_long(today: str) -> Select[Any]:
    """Records of every kind whose day to be kept until has passed."""
    queries = [
        select(table.c.rid, table.c.retention_until.label("day")).where(
            table.c.withdrawn.is_(False), table.c.retention_until < today
        )
        for table in KIND_TABLES.values()
    ]
    found = union_all(*queries).subquery()
    return select(found.c.rid).order_by(found.c.day, found.c.rid)


PRESSING = {
    "overdue": _overdue,
    "severe": _severe,
    "unrated": _unrated,
    "conflicts": _conflicts,
    "withdrawn_consents": _withdrawn_consents,
    "kept_too_long": _kept_too_long,
}


def meetings_between(connection: Connection, first: str, after: str, limit: int) -> list[int]:
    """Return the meetings that begin from the day ``first`` until before ``after`` and are not numbered."""
    query = _open_meetings().where(MEETING.c.starts >= first, MEETING.c.starts < after)
    return _rids(connection, query.order_by(MEETING.c.starts, MEETING.c.rid).limit(limit))


def unfinished_minutes(connection: Connection, today: str, limit: int) -> list[int]:
    """Return the meetings that were held before today and have no numbered minutes, the newest first."""
    query = _open_meetings().where(MEETING.c.starts < today)
    return _rids(connection, query.order_by(MEETING.c.starts.desc(), MEETING.c.rid).limit(limit))


def last_minutes(connection: Connection, body: int, after: str) -> int | None:
    """Return the last meeting of a body (row number) with minutes to print: numbered, or held before ``after``.

    A joint sitting is one of both its bodies. Minutes whose correction has its number are not printed any more.
    """
    newer = MEETING.alias()
    corrected = select(newer.c.corrects).where(
        newer.c.corrects.is_not(None), newer.c.state == "numbered", newer.c.withdrawn.is_(False)
    )
    sits = or_(MEETING.c.organisation == body, MEETING.c.other_organisation == body)
    for numbered in (True, False):
        state = MEETING.c.state
        query = select(MEETING.c.rid).where(MEETING.c.withdrawn.is_(False), sits, MEETING.c.rid.not_in(corrected))
        query = query.where(state == "numbered" if numbered else MEETING.c.starts < after)
        found = _rids(connection, query.order_by(MEETING.c.starts.desc(), MEETING.c.rid.desc()).limit(1))
        if found:
            return found[0]
    return None


def last_touched(connection: Connection, user: bytes) -> list[bytes]:
    """Return the uids of what a user's last transactions touched, the newest first, each once."""
    last = select(txn.c.tid).where(txn.c.user == user, txn.c.action != Action.SEND_UP.value)
    last = last.order_by(txn.c.tid.desc()).limit(LAST_TRANSACTIONS)
    query = select(log.c.uid).where(log.c.tid.in_(last.scalar_subquery()))
    rows = connection.execute(query.order_by(log.c.lid.desc()).limit(LAST_LINES)).scalars()
    return list(dict.fromkeys(bytes(uid) for uid in rows))


def _open_meetings() -> Select[Any]:
    state = MEETING.c.state
    query = select(MEETING.c.rid).where(MEETING.c.withdrawn.is_(False))
    return query.where(or_(state.is_(None), state != "numbered"))


def _rids(connection: Connection, query: Select[Any]) -> list[int]:
    return list(connection.execute(query).scalars())


def last_own_stamp(connection: Connection) -> int:
    """Return the greatest stamp that this installation has given to a line; 0 before the first one."""
    query = select(func.max(head.c.stamp)).join(replica, replica.c.rep == head.c.rep)
    return int(connection.execute(query.where(replica.c.sign_seed.is_not(None))).scalar() or 0)
