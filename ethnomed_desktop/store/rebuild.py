"""Tables made anew from the log: the repair tool, and the strongest test of the projector."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, or_, select

from ethnomed_desktop.domain.fieldtypes import Ref
from ethnomed_desktop.domain.ids import Uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store import search
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.tables import KIND_TABLES, digest, element, log, record

Seeds = dict[str, list[tuple[Uid, dict[str, Any]]]]
"""Seed records by kind name."""


def plant_all(projector: Projector, seeds: Seeds) -> None:
    """Put all seed records into empty tables."""
    for name, rows in seeds.items():
        projector.plant(KINDS[name], rows)


def rebuild(connection: Connection, seeds: Seeds, progress: Progress = no_progress) -> None:
    """Empty all derived tables and fill them from seeds and log, inside the caller's transaction."""
    for name in KINDS:
        connection.exec_driver_sql(f'DELETE FROM "{name}"')
    connection.execute(element.delete())
    connection.execute(record.delete())
    search.clear_index(connection)
    connection.execute(digest.update().values(total=bytes(32)))
    reader = LogReader(connection)
    plant_all(Projector(connection, reader), seeds)
    total = connection.execute(select(log.c.lid).order_by(log.c.lid.desc()).limit(1)).scalar() or 0
    for batch in reader.all_batches():
        with collecting_later():
            Projector(connection, reader).apply(batch)
        progress(batch[-1][0], total)


def contents(connection: Connection) -> dict[str, str]:
    """Return a hash per table of what it says, in terms of global ids: equal means equal tables.

    Stubs count only where something refers to them: one that was referred to in between stays behind.
    """
    uids = {row.rid: bytes(row.uid).hex() for row in connection.execute(select(record.c.rid, record.c.uid))}
    hashes = {name: _hash(_kind_rows(connection, kind, uids)) for name, kind in KINDS.items()}
    names = ("uid", "kind", "created_ms", "changed_ms", "withdrawn", "created_lid", "live", "conflicts")
    columns = [record.c[name] for name in (*names, "unknown", "seed", "state")]
    known = select(*columns).where(or_(record.c.state.is_not(None), record.c.seed.is_not(None)))
    hashes["record"] = _hash([_plain(row) for row in connection.execute(known)])
    elements = connection.execute(select(element.c.rid, element.c.field, element.c.value))
    hashes["element"] = _hash([[uids[row.rid], row.field, row.value] for row in elements])
    hashes["digest"] = _hash([_plain(row) for row in connection.execute(select(digest))])
    return hashes


def _kind_rows(connection: Connection, kind: Kind, uids: dict[int, str]) -> list[list[Any]]:
    table = KIND_TABLES[kind.name]
    references = {field.name for field in kind.all_fields if isinstance(field.type, Ref)}
    show: Callable[[str, Any], Any] = lambda name, value: (  # noqa: E731
        uids[value] if (name == "rid" or name in references) and value is not None else value
    )
    return [
        [show(name, value) for name, value in row.items()] for row in connection.execute(select(table)).mappings()
    ]


def _plain(row: Any) -> list[Any]:
    return [bytes(value).hex() if isinstance(value, (bytes, memoryview)) else value for value in row]


def _hash(rows: list[list[Any]]) -> str:
    lines = sorted(json.dumps(row, ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
