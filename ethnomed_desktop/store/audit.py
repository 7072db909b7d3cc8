"""The audit trail: a hash-chained list of its own, for what leaves no change – opening, printing, refusals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select, text

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.store.tables import audit


def note(connection: Connection, clock: Clock, user: bytes, action: str, detail: Mapping[str, object]) -> None:
    """Append one entry inside the caller's write transaction. ``detail`` holds ids and counts, never texts."""
    if connection.dialect.name == "postgresql":  # two clients must not both follow the same entry
        connection.execute(text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))
    last, previous = last_entry(connection)
    number = last + 1
    body = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    at_ms = clock.now_ms()
    connection.execute(
        audit.insert().values(
            aid=number,
            at_ms=at_ms,
            user=user,
            action=action,
            detail=body,
            previous=previous,
            hash=_chained(previous, number, at_ms, user, action, body),
        )
    )


def last_entry(connection: Connection) -> tuple[int, bytes]:
    """Return number and hash of the last entry; 0 and zeros while there is none."""
    last = connection.execute(select(audit.c.aid, audit.c.hash).order_by(audit.c.aid.desc()).limit(1)).first()
    return (last.aid, bytes(last.hash)) if last is not None else (0, bytes(32))


def details_of(connection: Connection, actions: Collection[str]) -> list[dict[str, Any]]:
    """Return the details of all entries with these actions, the oldest first."""
    query = select(audit.c.detail).where(audit.c.action.in_(list(actions))).order_by(audit.c.aid)
    return [json.loads(detail) for detail in connection.execute(query).scalars()]


def first_broken(connection: Connection) -> int | None:
    """Return the number of the first entry that was altered, removed or moved; None for a sound trail."""
    previous, expected = bytes(32), 1
    for row in connection.execute(select(audit).order_by(audit.c.aid)):
        hashed = _chained(previous, row.aid, row.at_ms, bytes(row.user), row.action, row.detail)
        if row.aid != expected or bytes(row.previous) != previous or bytes(row.hash) != hashed:
            return expected
        previous, expected = bytes(row.hash), expected + 1
    return None


def _chained(previous: bytes, number: int, at_ms: int, user: bytes, action: str, detail: str) -> bytes:
    line = json.dumps([number, at_ms, user.hex(), action, detail], ensure_ascii=False).encode()
    return hashlib.sha256(previous + line).digest()
