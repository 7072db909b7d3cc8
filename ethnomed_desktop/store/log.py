"""The append-only log: lines get their place here, under the lock on the head, and never change.

Only a lawful erasure takes the words out of a line and leaves its hash (`store.erasing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import Change, Dot, Line, Placement, read_line, write_line
from ethnomed_desktop.domain.clock import next_stamp
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.store.statements import insert_many, run, select_in
from ethnomed_desktop.store.tables import log, replica, stream

LOG_COLUMNS = ("lid", "sid", "rep", "seq", "tid", "tag", "uid", "raw")
BATCH = 5000
_STANDING = (
    "SELECT head.seq, head.stamp, head.chain, (SELECT max(lid) FROM log) "
    "FROM (SELECT 1) AS one LEFT JOIN head ON head.sid = ? AND head.rep = ?"
)
_MOVED = "UPDATE head SET seq = ?, stamp = ?, chain = ? WHERE sid = ? AND rep = ?"
_FIRST = "INSERT INTO head (seq, stamp, chain, sid, rep) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Writer:
    """Who writes where: the local numbers and global ids of stream and replica."""

    sid: int
    rep: int
    stream: bytes
    replica: bytes


Placed = tuple[int, Line]
"""A line with its local number in this store."""


def lock_heads(connection: Connection, at: Writer) -> None:
    """Let nobody else give numbers until the transaction ends.

    On SQLite the transaction itself is the lock; on PostgreSQL the own replica's row is, so that
    numbers of all streams stay without gaps.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(replica.c.rep).where(replica.c.rep == at.rep).with_for_update())


def append(
    connection: Connection, changes: Sequence[Change], at: Writer, placement: Placement, now_ms: int, tid: int
) -> list[Placed]:
    """Write the changes as lines of transaction ``tid`` and move the head.

    Returns the lines with their local numbers. Must run inside a write transaction.
    """
    lock_heads(connection, at)
    standing = run(connection, _STANDING, (at.sid, at.rep)).fetchone()
    known = standing[0] is not None
    seq, stamp, chain = standing[:3] if known else (0, 0, b"")
    lid = standing[3] or 0
    placed: list[Placed] = []
    for change in changes:
        seq, stamp, lid = seq + 1, next_stamp(stamp, now_ms), lid + 1
        line = write_line(change, seq, stamp, placement)
        chain = hashlib.sha256(chain + line.dot.tag).digest()
        placed.append((lid, line))
    rows = [
        (lid, at.sid, at.rep, line.dot.seq, tid, line.dot.tag, line.change.uid, line.raw) for lid, line in placed
    ]
    insert_many(connection, "log", LOG_COLUMNS, rows)
    run(connection, _MOVED if known else _FIRST, (seq, stamp, chain, at.sid, at.rep))
    return placed


class LogReader:
    """Reads lines back; knows the global ids of streams and replicas. Erased lines are passed over."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def _streams(self) -> dict[int, bytes]:
        return {row.sid: bytes(row.uid) for row in self._connection.execute(select(stream))}

    @cached_property
    def _replicas(self) -> dict[int, bytes]:
        return {row.rep: bytes(row.uid) for row in self._connection.execute(select(replica))}

    def _line(self, row: tuple[int, int, int, bytes]) -> Placed:
        lid, sid, rep, raw = row
        return lid, read_line(bytes(raw), self._streams[sid], self._replicas[rep])

    def _lines(self, rows: Iterable[tuple[Any, ...]]) -> list[Placed]:
        return [self._line(row) for row in rows if not is_erased(bytes(row[3]))]

    def by_numbers(self, lids: Sequence[int]) -> dict[int, Line]:
        """Return lines by local number."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE lid", lids)
        return dict(self._lines(rows))

    def of_record(self, uid: bytes) -> list[Placed]:
        """Return all lines of one record in the order they came into this store."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE uid", [uid], "ORDER BY lid")
        return self._lines(rows)

    def of_records(self, uids: Sequence[bytes]) -> list[Placed]:
        """Return all lines of the records in the order they came into this store."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE uid", list(uids))
        return self._lines(sorted(rows))

    def of_transaction(self, tid: int) -> list[Placed]:
        """Return the lines of one transaction."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE tid", [tid], "ORDER BY lid")
        return self._lines(rows)

    def all_batches(self) -> Iterator[list[Placed]]:
        """Return the whole log in order, in batches of at most `BATCH` lines."""
        after = 0
        while True:
            query = (
                select(log.c.lid, log.c.sid, log.c.rep, log.c.raw)
                .where(log.c.lid > after)
                .order_by(log.c.lid)
                .limit(BATCH)
            )
            rows = [tuple(row) for row in self._connection.execute(query)]
            if not rows:
                return
            if lines := self._lines(rows):
                yield lines
            after = rows[-1][0]

    def find(self, dots: Sequence[Dot]) -> dict[Dot, Line]:
        """Return the lines of the given dots, as far as they are here."""
        wanted = set(dots)
        sids = {uid: sid for sid, uid in self._streams.items()}
        reps = {uid: rep for rep, uid in self._replicas.items()}
        found: dict[Dot, Line] = {}
        for dot in wanted:
            if dot.stream not in sids or dot.replica not in reps:
                continue
            query = select(log.c.lid, log.c.sid, log.c.rep, log.c.raw).where(
                log.c.sid == sids[dot.stream],
                log.c.rep == reps[dot.replica],
                log.c.seq == dot.seq,
                log.c.tag == dot.tag,
            )
            for _lid, line in self._lines([tuple(row) for row in self._connection.execute(query)]):
                found[dot] = line
        return found
