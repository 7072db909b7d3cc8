"""Sealed segments as the store keeps them, and those that wait for earlier ones.

Everything runs inside the caller's transaction. Segments are kept without their lines: those are in
the log, and are put together again when a segment is sent or forwarded. What a copied disk wrote
gives one number two lines, so a segment also keeps the tags of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from ethnomed_desktop.store.tables import head, log, replica, segment, stream, waiting

_TAG = 8


@dataclass(frozen=True)
class SealedRun:
    """A sealed run of lines of one log: its place (hash of the header), numbers, header, signature."""

    stream: bytes
    replica: bytes
    first: int
    last: int
    place: bytes
    header: bytes
    signature: bytes
    tags: bytes = field(default=b"", repr=False)
    """Eight bytes per line."""


@dataclass(frozen=True)
class WaitingRun:
    """A segment that came before those it follows; with its lines as they came.

    ``undone``: it was taken in and given back; it counts again when it comes again.
    """

    run: SealedRun
    body: bytes
    received_ms: int
    undone: bool = False


@dataclass(frozen=True)
class LogEnd:
    """How far a log is sealed here: the last run, and whether a copied disk gave it branches."""

    stream: bytes
    replica: bytes
    last: int
    place: bytes
    forked: bool


@dataclass(frozen=True)
class Unsealed:
    """Lines of an own log beyond its last segment; ``replica`` may be an earlier incarnation."""

    stream: bytes
    replica: bytes
    seed: bytes
    last: int
    place: bytes
    lines: list[bytes] = field(repr=False)


_RUNS = (
    select(segment, stream.c.uid.label("stream"), replica.c.uid.label("replica"))
    .join(stream, stream.c.sid == segment.c.sid)
    .join(replica, replica.c.rep == segment.c.rep)
    .order_by(segment.c.sid, segment.c.rep, segment.c.last, segment.c.place)
)


def unsealed(connection: Connection) -> list[Unsealed]:
    """Return what was written here and not sealed yet, of all incarnations of this installation."""
    query = (
        select(head.c.sid, head.c.rep, head.c.seq, stream.c.uid, replica.c.uid.label("who"), replica.c.sign_seed)
        .join(stream, stream.c.sid == head.c.sid)
        .join(replica, replica.c.rep == head.c.rep)
        .where(replica.c.sign_seed.is_not(None), stream.c.letter.not_in(("L", "P", "U")))
    )
    found = []
    for row in connection.execute(query):
        last, place = _end(connection, row.sid, row.rep)
        if row.seq > last:
            lines = select(log.c.raw).where(log.c.sid == row.sid, log.c.rep == row.rep, log.c.seq > last)
            raws = [bytes(raw) for raw in connection.execute(lines.order_by(log.c.seq)).scalars()]
            found.append(Unsealed(bytes(row.uid), bytes(row.who), bytes(row.sign_seed), last, place, raws))
    return found


def _end(connection: Connection, sid: int, rep: int) -> tuple[int, bytes]:
    query = select(segment.c.last, segment.c.place).where(segment.c.sid == sid, segment.c.rep == rep)
    row = connection.execute(query.order_by(segment.c.last.desc()).limit(1)).first()
    return (row.last, bytes(row.place)) if row is not None else (0, b"")


def keep(connection: Connection, run: SealedRun, intake: int | None = None) -> None:
    """Keep a sealed run, with its tags, whose lines are in the log; ``intake`` numbers the file it came with."""
    sid, rep = _numbers(connection, run.stream, run.replica)
    connection.execute(
        segment.insert().values(
            place=run.place,
            sid=sid,
            rep=rep,
            first=run.first,
            last=run.last,
            header=run.header,
            signature=run.signature,
            tags=run.tags,
            intake=intake,
        )
    )


def _numbers(connection: Connection, stream_uid: bytes, replica_uid: bytes) -> tuple[int, int]:
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == stream_uid)).scalar()
    rep = connection.execute(select(replica.c.rep).where(replica.c.uid == replica_uid)).scalar()
    return int(sid or 0), int(rep or 0)  # no row has the number 0


def ends(connection: Connection) -> list[LogEnd]:
    """Return the end of every log; costs what there are segments, not what they hold."""
    query = select(
        segment.c.sid,
        segment.c.rep,
        func.max(segment.c.last).label("top"),
        func.sum(segment.c.last - segment.c.first + 1).label("lines"),
    ).group_by(segment.c.sid, segment.c.rep)
    streams = {row.sid: bytes(row.uid) for row in connection.execute(select(stream.c.sid, stream.c.uid))}
    replicas = {row.rep: bytes(row.uid) for row in connection.execute(select(replica.c.rep, replica.c.uid))}
    found = []
    for row in connection.execute(query):
        top, place = _end(connection, row.sid, row.rep)
        found.append(LogEnd(streams[row.sid], replicas[row.rep], top, place, int(row.lines) != int(row.top)))
    return found


def last_at(connection: Connection, stream_uid: bytes, replica_uid: bytes, place: bytes) -> int | None:
    """Return the last number of the run of this log that has the place; None when it is not here."""
    row = connection.execute(
        select(segment.c.last, stream.c.uid, replica.c.uid.label("who"))
        .join(stream, stream.c.sid == segment.c.sid)
        .join(replica, replica.c.rep == segment.c.rep)
        .where(segment.c.place == place)
    ).first()
    if row is None or bytes(row.uid) != stream_uid or bytes(row.who) != replica_uid:
        return None
    return int(row.last)


def runs_of(
    connection: Connection, stream_uid: bytes, replica_uid: bytes, after: int = 0, upto: int | None = None
) -> list[SealedRun]:
    """Return the runs of one log whose last number is above ``after`` and not above ``upto``."""
    sid, rep = _numbers(connection, stream_uid, replica_uid)
    query = _RUNS.where(segment.c.sid == sid, segment.c.rep == rep, segment.c.last > after)
    if upto is not None:
        query = query.where(segment.c.last <= upto)
    return [_run(row) for row in connection.execute(query)]


def runs_of_intake(connection: Connection, intake: int) -> list[SealedRun]:
    """Return what came with one file."""
    return [_run(row) for row in connection.execute(_RUNS.where(segment.c.intake == intake))]


def _run(row: Any) -> SealedRun:
    return SealedRun(
        bytes(row.stream),
        bytes(row.replica),
        row.first,
        row.last,
        bytes(row.place),
        bytes(row.header),
        bytes(row.signature),
        bytes(row.tags or b""),
    )


def lines_of(connection: Connection, run: SealedRun) -> list[bytes]:
    """Return the lines of a run from the log: of its own branch, where there are several."""
    sid, rep = _numbers(connection, run.stream, run.replica)
    query = (
        select(log.c.seq, log.c.tag, log.c.raw)
        .where(log.c.sid == sid, log.c.rep == rep, log.c.seq >= run.first, log.c.seq <= run.last)
        .order_by(log.c.seq)
    )
    rows = connection.execute(query).all()
    if not run.tags:  # kept by a program that knew no branches
        return [bytes(row.raw) for row in rows]
    own = {run.first + at // _TAG: run.tags[at : at + _TAG] for at in range(0, len(run.tags), _TAG)}
    return [bytes(row.raw) for row in rows if own[row.seq] == bytes(row.tag)]


def waiting_runs(connection: Connection) -> list[WaitingRun]:
    """Return the segments that wait for earlier ones, and those that were given back."""
    return [
        WaitingRun(
            SealedRun(
                bytes(row.stream),
                bytes(row.replica),
                row.first,
                row.last,
                bytes(row.place),
                bytes(row.header),
                bytes(row.signature),
            ),
            bytes(row.body),
            row.received_ms,
            bool(row.undone),
        )
        for row in connection.execute(select(waiting).order_by(waiting.c.first, waiting.c.place))
    ]


def put_waiting(connection: Connection, runs: Sequence[WaitingRun]) -> None:
    """Let exactly these segments wait."""
    connection.execute(waiting.delete())
    for one in runs:
        connection.execute(
            waiting.insert().values(
                place=one.run.place,
                stream=one.run.stream,
                replica=one.run.replica,
                first=one.run.first,
                last=one.run.last,
                header=one.run.header,
                signature=one.run.signature,
                body=one.body,
                received_ms=one.received_ms,
                undone=one.undone,
            )
        )
