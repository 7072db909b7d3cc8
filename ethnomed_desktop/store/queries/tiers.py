"""Requests that are open, and which stream a record came by."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from ethnomed_desktop.store.outgoing import LETTERS
from ethnomed_desktop.store.tables import KIND_TABLES, log, record, stream

REQUEST, ANSWER = KIND_TABLES["request"], KIND_TABLES["request_answer"]


def open_requests(connection: Connection) -> list[int]:
    """Return the row numbers of requests that want answers and have no approved one here, the first due first."""
    answered = exists().where(
        ANSWER.c.request == REQUEST.c.rid, ANSWER.c.withdrawn.is_(False), ANSWER.c.approved_by.is_not(None)
    )
    query = select(REQUEST.c.rid).where(REQUEST.c.withdrawn.is_(False), REQUEST.c.closed_on.is_(None), ~answered)
    return list(connection.execute(query.order_by(REQUEST.c.due.is_(None), REQUEST.c.due, REQUEST.c.rid)).scalars())


def uid_above(connection: Connection, name: str) -> bytes | None:
    """Return the recommendation that has the name (uid text) above."""
    table = KIND_TABLES["recommendation"]
    query = select(record.c.uid).join(table, table.c.rid == record.c.rid).where(table.c.above == name)
    found = connection.execute(query.order_by(record.c.rid).limit(1)).scalar()
    return bytes(found) if found is not None else None


def stream_of(connection: Connection, rid: int) -> bytes | None:
    """Return the stream in which a record was created; None while its first line has not come."""
    query = (
        select(stream.c.uid).join(log, log.c.sid == stream.c.sid).join(record, record.c.created_lid == log.c.lid)
    )
    found = connection.execute(query.where(record.c.rid == rid)).scalar()
    return bytes(found) if found is not None else None


def streams_from_below(connection: Connection) -> frozenset[bytes]:
    """Return the streams between offices, those that come from below among them."""
    found = connection.execute(select(stream.c.uid).where(stream.c.letter.in_(LETTERS))).scalars()
    return frozenset(bytes(one) for one in found)
