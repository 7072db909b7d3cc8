"""Records in conflict, and how records stood before something was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.store.statements import select_in
from ethnomed_desktop.store.tables import digest, record


class Standing(NamedTuple):
    """Whether a record is withdrawn, in conflict, or holds what this program does not know."""

    withdrawn: bool
    conflicted: bool
    newer: bool


PLAIN = Standing(False, False, False)
"""How nearly all records stand."""


def standing_of(connection: Connection, uids: Sequence[bytes]) -> dict[bytes, Standing]:
    """Return how the records stand that have anything logged or seeded; stubs are left out."""
    columns = "uid, withdrawn, conflicts IS NOT NULL, unknown IS NOT NULL"
    said = "(state IS NOT NULL OR seed IS NOT NULL)"
    rows = select_in(connection, f"SELECT {columns} FROM record WHERE {said} AND uid", list(uids))
    return {bytes(row[0]): Standing(*map(bool, row[1:])) if any(row[1:]) else PLAIN for row in rows}


def conflicted(connection: Connection) -> list[bytes]:
    """Return the uids of all records in conflict."""
    query = select(record.c.uid).where(record.c.conflicts.is_not(None)).order_by(record.c.rid)
    return [bytes(uid) for uid in connection.execute(query).scalars()]


def living(connection: Connection) -> list[bytes]:
    """Return the uids of all records that were written and are not withdrawn."""
    query = select(record.c.uid).where(record.c.state.is_not(None), record.c.withdrawn.is_(False))
    return [bytes(uid) for uid in connection.execute(query.order_by(record.c.rid)).scalars()]


def kinds_of(connection: Connection, uids: Iterable[bytes]) -> frozenset[tuple[str, bytes]]:
    """Return (kind, uid) of the records, as change sets name them."""
    rows = select_in(connection, "SELECT kind, uid FROM record WHERE uid", list(uids))
    names = {number: kind.name for number, kind in KINDS_BY_NUMBER.items()}
    return frozenset((names.get(number, str(number)), bytes(uid)) for number, uid in rows)


def total_digest(connection: Connection) -> bytes:
    """Return the sum of all record states modulo 2**256."""
    return bytes(connection.execute(select(digest.c.total).where(digest.c.name == "all")).scalar_one())
