"""The append-only log: lines get their place here, under the lock on the head, and never change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.changes import Change, Dot, Line, Placement, read_line, write_line
from ethnomed_desktop.domain.clock import next_stamp
from ethnomed_desktop.store.statements import insert_many, select_in
from ethnomed_desktop.store.tables import head, log, replica, stream

LOG_COLUMNS = ("lid", "sid", "rep", "seq", "tid", "tag", "uid", "raw")
BATCH = 5000


@dataclass(frozen=True)
class Writer:
    """Who writes where: the local numbers and global ids of stream and replica."""

    sid: int
    rep: int
    stream: bytes
    replica: bytes


Placed = tuple[int, Line]
"""A line with its local number in this store."""


def lock_head(connection: Connection, at: Writer) -> tuple[int, int, bytes]:
    """Return (seq, stamp, chain) of the head, locked until the transaction ends.

    On SQLite the transaction itself is the lock; on PostgreSQL the own replica's row is, so that
    numbers of all streams stay without gaps.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(replica.c.rep).where(replica.c.rep == at.rep).with_for_update())
    row = connection.execute(
        select(head.c.seq, head.c.stamp, head.c.chain).where(head.c.sid == at.sid, head.c.rep == at.rep)
    ).one_or_none()
    return (row.seq, row.stamp, row.chain) if row is not None else (0, 0, b"")


def append(
    connection: Connection, changes: Sequence[Change], at: Writer, placement: Placement, now_ms: int, tid: int
) -> list[Placed]:
    """Write the changes as lines of transaction ``tid`` and move the head.

    Returns the lines with their local numbers. Must run inside a write transaction.
    """
    seq, stamp, chain = lock_head(connection, at)
    known = seq > 0
    lid = connection.execute(select(func.max(log.c.lid))).scalar() or 0
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
    values = {"seq": seq, "stamp": stamp, "chain": chain}
    if known:
        connection.execute(head.update().where(head.c.sid == at.sid, head.c.rep == at.rep).values(values))
    else:
        connection.execute(head.insert().values(sid=at.sid, rep=at.rep, **values))
    return placed


class LogReader:
    """Reads lines back; knows the global ids of streams and replicas."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._streams = {row.sid: bytes(row.uid) for row in connection.execute(select(stream))}
        self._replicas = {row.rep: bytes(row.uid) for row in connection.execute(select(replica))}

    def _line(self, row: tuple[int, int, int, bytes]) -> Placed:
        lid, sid, rep, raw = row
        return lid, read_line(bytes(raw), self._streams[sid], self._replicas[rep])

    def by_numbers(self, lids: Sequence[int]) -> dict[int, Line]:
        """Return lines by local number."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE lid", lids)
        return dict(self._line(row) for row in rows)

    def of_record(self, uid: bytes) -> list[Placed]:
        """Return all lines of one record in the order they came into this store."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE uid", [uid], "ORDER BY lid")
        return [self._line(row) for row in rows]

    def of_transaction(self, tid: int) -> list[Placed]:
        """Return the lines of one transaction."""
        rows = select_in(self._connection, "SELECT lid, sid, rep, raw FROM log WHERE tid", [tid], "ORDER BY lid")
        return [self._line(row) for row in rows]

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
            rows = [self._line(tuple(row)) for row in self._connection.execute(query)]
            if not rows:
                return
            yield rows
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
            for row in self._connection.execute(query):
                found[dot] = self._line(tuple(row))[1]
        return found
