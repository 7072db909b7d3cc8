"""Stores of hundreds of thousands of incidents, filled by the driver directly and kept between runs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from samples import KEY, Office, new_store

from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_connection, open_sqlite
from ethnomed_desktop.store.rows import Row, layout_of
from ethnomed_desktop.store.store import Store

INCIDENT = KINDS["incident"]
BATCH = 5000
_RECORD = (
    "INSERT INTO record (rid, uid, kind, created_ms, changed_ms, withdrawn, state) VALUES (?, ?, ?, ?, ?, 0, ?)"
)
_WORDS = "INSERT INTO search_index (rowid, title, body) VALUES (?, ?, ?)"


@contextmanager
def folder_for(cache: Path | None) -> Iterator[Path]:
    """Yield the cache folder, or a temporary one that is removed afterwards."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        yield cache
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def big_store(folder: Path, count: int, *, words: bool = False) -> Store:
    """Return a store with ``count`` incidents, made now or found in ``folder``."""
    path = folder / f"incidents-{count}{'-words' if words else ''}.db"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        store = new_store(unfinished)
        office = Office(store)
        store.close()
        fill_incidents(unfinished, KEY, office, count, words=words)
        unfinished.rename(path)
    return Store(open_sqlite(path, KEY), {})


def fill_incidents(path: Path, key: bytes, office: Office, count: int, *, words: bool = False) -> None:
    """Write incidents into a closed store as the projector would; the log does not know them."""
    connection = open_connection(path, key)
    first = connection.execute("SELECT max(rid) FROM record").fetchone()[0] + 1
    rids = {bytes(uid): rid for rid, uid in connection.execute("SELECT rid, uid FROM record")}
    names = layout_of(INCIDENT).names
    cells = f"INSERT INTO incident ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    rows = _rows(office, first, count)
    connection.execute("BEGIN IMMEDIATE")
    while batch := list(islice(rows, BATCH)):
        connection.executemany(_RECORD, [_record(row.rid) for row in batch])
        connection.executemany(cells, [row.cells(_Resolved(rids)) for row in batch])
        if words:
            connection.executemany(_WORDS, [(row.rid, *row.words()) for row in batch])
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _rows(office: Office, first: int, count: int) -> Iterator[Row]:
    """Twenty thousand different records, repeated with numbers of their own."""
    kinds = [office.incident() for _ in range(min(count, 20_000))]
    for number in range(count):
        values = {**kinds[number % len(kinds)], "number": f"2026-{number:07d}"}
        yield Row(first + number, INCIDENT, False, values)


def _record(rid: int) -> tuple[Any, ...]:
    return rid, new_uid(rid), INCIDENT.number, rid, rid, rid.to_bytes(32, "big")


class _Resolved(dict[str, int]):
    """Row numbers by the text of a uid."""

    def __init__(self, rids: dict[bytes, int]) -> None:
        self._rids = rids

    def __getitem__(self, text: str) -> int:
        return self._rids[bytes.fromhex(text.replace("-", ""))]
