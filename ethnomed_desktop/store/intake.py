"""Taking in the lines of other replicas: each log grows without gaps, and nothing is applied twice.

Signatures, certificates and ceilings were checked before (`exchange`); here is only what the log itself
can tell. Everything runs inside the caller's write transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.changes import Dot, Line, read_line, tag_of
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.log import LOG_COLUMNS, LogReader, Placed
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.statements import insert_many, select_in
from ethnomed_desktop.store.tables import head, log, replica, stream, txn

TRANSACTION_COLUMNS = ("tid", "uid", "user", "action", "stamp", "signature", "undoes")
ERASED_TID = 0
"""Stands for the transaction of lines that came erased: no transaction has it."""
NOTHING_NAMED: Mapping[Dot, bytes] = MappingProxyType({})


Numbered = tuple[int, bytes, Line | None]
"""Number and bytes of a line that came, and what it says: None where only its hash is left."""


class Outcome(StrEnum):
    """What became of a run of lines."""

    TAKEN = "taken"
    KNOWN = "known"
    TOO_EARLY = "too_early"
    FORKED = "forked"


@dataclass(frozen=True)
class Taken:
    """The outcome, how many lines were new, and the records they touched."""

    outcome: Outcome
    new: int = 0
    touched: frozenset[tuple[str, bytes]] = frozenset()


def take_lines(
    connection: Connection,
    stream_uid: bytes,
    replica_uid: bytes,
    lines: Sequence[Numbered],
    *,
    letter: str = "D",
    named: Mapping[Dot, bytes] = NOTHING_NAMED,
) -> Taken:
    """Append and project a run of lines of one log, in their order, whole or not at all.

    Lines that are here already are passed over. A run that begins after the end of what is here is
    too early; one that holds another line under a known number shows that the log has forked (a
    copied disk): both branches are kept, and go on side by side. Of a lawfully erased line only the hash
    came: its record follows from ``named``. Raises ValueError for erased lines that nobody named.
    """
    came = [_came(stream_uid, replica_uid, one, named) for one in lines]
    if not came:
        return Taken(Outcome.KNOWN)
    sid, rep = _numbers_of(connection, stream_uid, replica_uid, letter)
    end = connection.execute(select(head.c.seq).where(head.c.sid == sid, head.c.rep == rep)).scalar() or 0
    if came[0].dot.seq > end + 1:
        return Taken(Outcome.TOO_EARLY)
    known = _known_tags(connection, sid, rep, came[0].dot.seq, came[-1].dot.seq)
    new = [one for one in came if (one.dot.seq, one.dot.tag) not in known] if known else came
    if not new:
        return Taken(Outcome.KNOWN)
    forked = any(one.dot.seq <= end for one in new)
    with collecting_later():
        placed = _append(connection, sid, rep, new)
        if forked:
            chain_anew(connection, sid, rep)
        else:
            _move_head(connection, sid, rep, new)
        touched = Projector(connection, LogReader(connection)).apply(placed) if placed else frozenset()
    return Taken(Outcome.FORKED if forked else Outcome.TAKEN, len(new), touched)


class _Came(NamedTuple):
    """A line that came; ``line`` is None where only its hash is left."""

    dot: Dot
    uid: bytes
    raw: bytes
    line: Line | None


def _came(stream_uid: bytes, replica_uid: bytes, one: Numbered, named: Mapping[Dot, bytes]) -> _Came:
    seq, raw, line = one
    if line is not None:
        return _Came(line.dot, line.change.uid, raw, line)
    dot = Dot(stream_uid, replica_uid, seq, tag_of(raw))
    if dot not in named:
        raise ValueError("erased, and nobody says why")
    return _Came(dot, named[dot], raw, None)


def _numbers_of(connection: Connection, stream_uid: bytes, replica_uid: bytes, letter: str) -> tuple[int, int]:
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == stream_uid)).scalar()
    if sid is None:
        sid = (connection.execute(select(func.max(stream.c.sid))).scalar() or 0) + 1
        connection.execute(stream.insert().values(sid=sid, uid=stream_uid, letter=letter))
    rep = connection.execute(select(replica.c.rep).where(replica.c.uid == replica_uid)).scalar()
    if rep is None:
        rep = (connection.execute(select(func.max(replica.c.rep))).scalar() or 0) + 1
        connection.execute(replica.insert().values(rep=rep, uid=replica_uid, is_own=False))
    return int(sid), int(rep)


def _known_tags(connection: Connection, sid: int, rep: int, first: int, last: int) -> set[tuple[int, bytes]]:
    query = select(log.c.seq, log.c.tag).where(
        log.c.sid == sid, log.c.rep == rep, log.c.seq >= first, log.c.seq <= last
    )
    return {(row.seq, bytes(row.tag)) for row in connection.execute(query)}


def _append(connection: Connection, sid: int, rep: int, came: Sequence[_Came]) -> list[Placed]:
    tids = _transactions(connection, [one.line for one in came if one.line is not None])
    lid = connection.execute(select(func.max(log.c.lid))).scalar() or 0
    placed = [(lid + position, one) for position, one in enumerate(came, start=1)]
    rows = [
        (number, sid, rep, one.dot.seq, _tid(tids, one), one.dot.tag, one.uid, one.raw) for number, one in placed
    ]
    insert_many(connection, "log", LOG_COLUMNS, rows)
    return [(number, one.line) for number, one in placed if one.line is not None]


def _tid(tids: Mapping[bytes, int], one: _Came) -> int:
    """Return the transaction of a line; what an erased one belonged to is gone with it."""
    return tids[one.line.transaction] if one.line is not None else ERASED_TID


def _transactions(connection: Connection, lines: Sequence[Line]) -> dict[bytes, int]:
    wanted = {line.transaction: line for line in lines}
    rows_here = select_in(connection, "SELECT uid, tid FROM txn WHERE uid", list(wanted))
    found = {bytes(uid): int(tid) for uid, tid in rows_here}
    tid = connection.execute(select(func.max(txn.c.tid))).scalar() or 0
    rows = []
    for uid, line in wanted.items():
        if uid not in found:
            tid += 1
            found[uid] = tid
            rows.append((tid, uid, line.user, line.action, line.stamp, None, None))
    insert_many(connection, "txn", TRANSACTION_COLUMNS, rows)
    return found


def _move_head(connection: Connection, sid: int, rep: int, came: Sequence[_Came]) -> None:
    row = connection.execute(select(head.c.chain, head.c.stamp).where(head.c.sid == sid, head.c.rep == rep)).first()
    chain, stamp = (bytes(row.chain), int(row.stamp)) if row is not None else (b"", 0)
    for one in came:
        chain = hashlib.sha256(chain + one.dot.tag).digest()
        stamp = max(stamp, one.line.stamp if one.line is not None else 0)
    _put_head(connection, sid, rep, came[-1].dot.seq, stamp, chain)


def chain_anew(connection: Connection, sid: int, rep: int) -> None:
    """Work the head of a log out anew: after a fork was taken in, or after lines were given back.

    The chain goes over number and tag in order, so it does not matter which branch came first.
    """
    query = select(log.c.seq, log.c.tag).where(log.c.sid == sid, log.c.rep == rep).order_by(log.c.seq, log.c.tag)
    chain, seq = b"", 0
    for row in connection.execute(query):
        chain, seq = hashlib.sha256(chain + bytes(row.tag)).digest(), row.seq
    last = select(log.c.raw).where(log.c.sid == sid, log.c.rep == rep, log.c.seq == seq)
    raws = [bytes(raw) for raw in connection.execute(last).scalars()]
    if raws:
        before = select(head.c.stamp).where(head.c.sid == sid, head.c.rep == rep)
        stamps = [read_line(raw, b"", b"").stamp for raw in raws if not is_erased(raw)]
        stamp = max(stamps or [connection.execute(before).scalar() or 0])
        _put_head(connection, sid, rep, seq, stamp, chain)
    else:
        connection.execute(head.delete().where(head.c.sid == sid, head.c.rep == rep))


def _put_head(connection: Connection, sid: int, rep: int, seq: int, stamp: int, chain: bytes) -> None:
    connection.execute(head.delete().where(head.c.sid == sid, head.c.rep == rep))
    connection.execute(head.insert().values(sid=sid, rep=rep, seq=seq, stamp=stamp, chain=chain))
