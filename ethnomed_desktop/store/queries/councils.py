"""Own bodies and number series."""

from __future__ import annotations

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.store.queries.records import StoredRecord, records_by, rid_of
from ethnomed_desktop.store.tables import KIND_TABLES


def own_bodies(connection: Connection) -> list[StoredRecord]:
    """Return the bodies marked as ours, in the order they were entered."""
    table = KIND_TABLES["organisation"]
    query = select(table.c.rid).where(table.c.is_ours.is_(True), table.c.withdrawn.is_(False)).order_by(table.c.rid)
    return records_by(connection, "rid", list(connection.execute(query).scalars()))


def number_series(connection: Connection, organisation: str, series_kind: str, year: int) -> StoredRecord | None:
    """Return the series of a body (uid text) for a year, the first one where there are doubles."""
    table = KIND_TABLES["number_series"]
    query = select(table.c.rid).where(
        table.c.organisation == rid_of(connection, parse_uid(organisation)),
        table.c.series_kind == series_kind,
        table.c.year == year,
        table.c.withdrawn.is_(False),
    )
    rids = list(connection.execute(query.order_by(table.c.rid).limit(1)).scalars())
    return records_by(connection, "rid", rids)[0] if rids else None
