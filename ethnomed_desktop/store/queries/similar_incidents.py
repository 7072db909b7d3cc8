"""Which incidents may be the same as one being recorded: those near in time, and those of one telephone."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from ethnomed_desktop.store.tables import KIND_TABLES

INCIDENT = KIND_TABLES["incident"]
MOST = 300


def candidates(connection: Connection, first: str, last: str, phone: str) -> list[int]:
    """Return row numbers, the newest first. ``first`` and ``last`` are texts that dates lie between."""
    near = (INCIDENT.c.happened >= first) & (INCIDENT.c.happened <= last)
    wanted = or_(near, INCIDENT.c.phone == phone) if phone else near
    query = select(INCIDENT.c.rid).where(INCIDENT.c.withdrawn.is_(False), wanted)
    return list(connection.execute(query.order_by(INCIDENT.c.happened.desc()).limit(MOST)).scalars())
