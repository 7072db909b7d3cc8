"""The audit trail as it is read: the newest first, page by page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, func, select

from ethnomed_desktop.store.tables import audit


@dataclass(frozen=True)
class Entry:
    """One entry: its number in the chain, when (ms UTC), whose, which action, and its detail as JSON text.

    ``user`` is sixteen zeros where nobody was unlocked (a failed unlocking).
    """

    number: int
    at_ms: int
    user: bytes
    action: str
    detail: str


def count(connection: Connection) -> int:
    """Return how many entries there are."""
    return int(connection.execute(select(func.count()).select_from(audit)).scalar_one())


def page(connection: Connection, before: int | None, limit: int) -> list[Entry]:
    """Return at most ``limit`` entries older than number ``before`` (None: from the newest)."""
    query = select(audit).order_by(audit.c.aid.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.aid < before)
    return [_made(row) for row in connection.execute(query)]


def numbers(connection: Connection) -> array[int]:
    """Return all numbers, the newest first."""
    return array("q", connection.execute(select(audit.c.aid).order_by(audit.c.aid.desc())).scalars())


def entries_by_numbers(connection: Connection, wanted: Sequence[int]) -> list[Entry]:
    """Return the entries with these numbers, in any order."""
    return [_made(row) for row in connection.execute(select(audit).where(audit.c.aid.in_(list(wanted))))]


def of_actions(connection: Connection, actions: Sequence[str]) -> list[Entry]:
    """Return all entries of some actions, the newest first."""
    query = select(audit).where(audit.c.action.in_(list(actions))).order_by(audit.c.aid.desc())
    return [_made(row) for row in connection.execute(query)]


def _made(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(row.aid, row.at_ms, bytes(row.user), row.action, row.detail)
