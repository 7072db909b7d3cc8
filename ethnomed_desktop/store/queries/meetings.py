"""What meetings ask beyond lists and parts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.tables import KIND_TABLES


def is_corrected(connection: Connection, meeting_rid: int) -> bool:
    """Say whether a later version of these minutes has been opened."""
    table = KIND_TABLES["meeting"]
    query = select(table.c.rid).where(table.c.corrects == meeting_rid, table.c.withdrawn.is_(False)).limit(1)
    return connection.execute(query).first() is not None


def tasks_from(connection: Connection, decision_rids: Sequence[int]) -> list[StoredRecord]:
    """Return the tasks that came of these decisions, in the order they were entered."""
    table = KIND_TABLES["task"]
    query = select(table.c.rid).where(table.c.decision.in_(decision_rids), table.c.withdrawn.is_(False))
    return records_by(connection, "rid", list(connection.execute(query.order_by(table.c.rid)).scalars()))
