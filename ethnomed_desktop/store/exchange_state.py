"""What the store keeps for exchange: identity, authority, sealed segments, those that wait, partners.

Everything runs inside the caller's transaction. Segments are kept without their lines: those are in
the log, and are put together again when a segment is sent or forwarded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.tables import head, log, partner, replica, segment, statement, stream, waiting


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


@dataclass(frozen=True)
class WaitingRun:
    """A segment that came before those it follows; with its lines as they came."""

    run: SealedRun
    body: bytes
    received_ms: int


@dataclass(frozen=True)
class Partner:
    """What is known of another installation: what it confirmed, numbers sent to it and got from it."""

    replica: bytes
    have: tuple[tuple[str, str, int, str], ...] = ()
    sent: int = 0
    sent_ms: int | None = None
    got: tuple[int, ...] = field(default=())
    heard_ms: int | None = None


def own_replica(connection: Connection) -> tuple[int, bytes, bytes]:
    """Return (number, uid, signing seed) of this installation."""
    row = connection.execute(select(replica).where(replica.c.is_own)).one()
    return row.rep, bytes(row.uid), bytes(row.sign_seed)


def secret(connection: Connection, name: str) -> str | None:
    """Return a secret of this installation; it lies in the encrypted store and never leaves it."""
    return schema.get_meta(connection, f"secret:{name}")


def keep_secret(connection: Connection, name: str, value: str) -> None:
    """Keep a secret of this installation."""
    schema.set_meta(connection, f"secret:{name}", value)


def pins(connection: Connection) -> list[bytes]:
    """Return the roots that are trusted, the own one first."""
    return [bytes.fromhex(one) for one in json.loads(schema.get_meta(connection, "pins") or "[]")]


def add_pin(connection: Connection, pin: bytes) -> None:
    """Trust a root from now on."""
    known = pins(connection)
    if pin not in known:
        schema.set_meta(connection, "pins", json.dumps([one.hex() for one in [*known, pin]]))


def statements(connection: Connection) -> list[bytes]:
    """Return what roots have said, as it came."""
    query = select(statement.c.raw).order_by(statement.c.received_ms, statement.c.hash)
    return [bytes(raw) for raw in connection.execute(query).scalars()]


def keep_statements(connection: Connection, raws: Iterable[tuple[bytes, bytes]], clock: Clock) -> None:
    """Keep (hash, raw) of statements that are new."""
    known = {bytes(one) for one in connection.execute(select(statement.c.hash)).scalars()}
    for mark, raw in raws:
        if mark not in known:
            known.add(mark)
            connection.execute(statement.insert().values(hash=mark, raw=raw, received_ms=clock.now_ms()))


def unsealed_lines(connection: Connection) -> list[tuple[bytes, int, bytes, list[bytes]]]:
    """Return, per own log with lines beyond its last segment: stream, last sealed number and place, lines."""
    rep = own_replica(connection)[0]
    found = []
    query = select(head.c.sid, head.c.seq, stream.c.uid).join(stream, stream.c.sid == head.c.sid)
    for row in connection.execute(query.where(head.c.rep == rep, stream.c.letter.not_in(("L", "P", "U")))):
        end = _end(connection, row.sid, rep)
        if row.seq > end[0]:
            lines = select(log.c.raw).where(log.c.sid == row.sid, log.c.rep == rep, log.c.seq > end[0])
            raws = [bytes(raw) for raw in connection.execute(lines.order_by(log.c.seq)).scalars()]
            found.append((bytes(row.uid), end[0], end[1], raws))
    return found


def _end(connection: Connection, sid: int, rep: int) -> tuple[int, bytes]:
    query = select(segment.c.last, segment.c.place).where(segment.c.sid == sid, segment.c.rep == rep)
    row = connection.execute(query.order_by(segment.c.last.desc()).limit(1)).first()
    return (row.last, bytes(row.place)) if row is not None else (0, b"")


def keep_segment(connection: Connection, run: SealedRun) -> None:
    """Keep a sealed run whose lines are in the log."""
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == run.stream)).scalar_one()
    rep = connection.execute(select(replica.c.rep).where(replica.c.uid == run.replica)).scalar_one()
    connection.execute(
        segment.insert().values(
            place=run.place,
            sid=sid,
            rep=rep,
            first=run.first,
            last=run.last,
            header=run.header,
            signature=run.signature,
        )
    )


def segments(connection: Connection) -> list[SealedRun]:
    """Return all sealed runs that are here, oldest first within each log."""
    query = (
        select(segment, stream.c.uid.label("stream"), replica.c.uid.label("replica"))
        .join(stream, stream.c.sid == segment.c.sid)
        .join(replica, replica.c.rep == segment.c.rep)
        .order_by(segment.c.sid, segment.c.rep, segment.c.last)
    )
    return [
        SealedRun(
            bytes(row.stream),
            bytes(row.replica),
            row.first,
            row.last,
            bytes(row.place),
            bytes(row.header),
            bytes(row.signature),
        )
        for row in connection.execute(query)
    ]


def lines_of(connection: Connection, run: SealedRun) -> list[bytes]:
    """Return the lines of a run from the log."""
    query = (
        select(log.c.raw)
        .join(stream, stream.c.sid == log.c.sid)
        .join(replica, replica.c.rep == log.c.rep)
        .where(stream.c.uid == run.stream, replica.c.uid == run.replica)
        .where(log.c.seq >= run.first, log.c.seq <= run.last)
        .order_by(log.c.seq, log.c.lid)
    )
    return [bytes(raw) for raw in connection.execute(query).scalars()]


def waiting_runs(connection: Connection) -> list[WaitingRun]:
    """Return the segments that wait for earlier ones."""
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
        )
        for row in connection.execute(select(waiting).order_by(waiting.c.first))
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
            )
        )


def partner_of(connection: Connection, uid: bytes) -> Partner:
    """Return what is known of a partner; an empty one for a new one."""
    row = connection.execute(select(partner).where(partner.c.replica == uid)).first()
    if row is None:
        return Partner(uid)
    have = tuple((one[0], one[1], int(one[2]), one[3]) for one in json.loads(row.have))
    return Partner(uid, have, row.sent, row.sent_ms, tuple(json.loads(row.got)), row.heard_ms)


def keep_partner(connection: Connection, one: Partner) -> None:
    """Keep what is known of a partner."""
    connection.execute(partner.delete().where(partner.c.replica == one.replica))
    connection.execute(
        partner.insert().values(
            replica=one.replica,
            have=json.dumps(one.have),
            sent=one.sent,
            sent_ms=one.sent_ms,
            got=json.dumps(one.got),
            heard_ms=one.heard_ms,
        )
    )


def choose_office(connection: Connection, uid: bytes) -> None:
    """Write into another office stream from now on: the one of the hub that was joined."""
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == uid)).scalar()
    if sid is None:
        sid = connection.execute(select(stream.c.sid).order_by(stream.c.sid.desc()).limit(1)).scalar_one() + 1
        connection.execute(stream.insert().values(sid=sid, uid=uid, letter="D"))
    schema.set_meta(connection, "office", uid.hex())


def own_streams(connection: Connection) -> dict[str, bytes]:
    """Return the streams this vault was founded with, by letter."""
    query = select(stream.c.letter, stream.c.uid).order_by(stream.c.sid)
    found: dict[str, bytes] = {}
    for row in connection.execute(query):
        found.setdefault(row.letter, bytes(row.uid))
    return found
