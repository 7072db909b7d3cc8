"""Taking in the lines of other replicas: each log grows without gaps, and nothing is applied twice.

Signatures, certificates and ceilings were checked before (`exchange`); here is only what the log itself
can tell. Everything runs inside the caller's write transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.changes import Line, read_line, tag_of
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.log import LOG_COLUMNS, LogReader, Placed
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.statements import insert_many, select_in
from ethnomed_desktop.store.tables import head, log, replica, stream, txn

TRANSACTION_COLUMNS = ("tid", "uid", "user", "action", "stamp", "signature", "undoes")


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
    connection: Connection, stream_uid: bytes, replica_uid: bytes, raws: Sequence[bytes], *, letter: str = "D"
) -> Taken:
    """Append and project a run of lines of one log, in their order, whole or not at all.

    Lines that are here already are passed over. A run that begins after the end of what is here is
    too early; one that holds another line under a known number shows that the log has forked (a
    copied disk): both branches are kept, and go on side by side. Raises ValueError for bytes that
    are no lines.
    """
    lines = [read_line(raw, stream_uid, replica_uid) for raw in raws]
    if not lines:
        return Taken(Outcome.KNOWN)
    sid, rep = _numbers_of(connection, stream_uid, replica_uid, letter)
    end = connection.execute(select(head.c.seq).where(head.c.sid == sid, head.c.rep == rep)).scalar() or 0
    if lines[0].dot.seq > end + 1:
        return Taken(Outcome.TOO_EARLY)
    known = _known_tags(connection, sid, rep, lines[0].dot.seq, lines[-1].dot.seq)
    new = [line for line in lines if (line.dot.seq, line.dot.tag) not in known]
    if not new:
        return Taken(Outcome.KNOWN)
    forked = any(line.dot.seq <= end for line in new)
    with collecting_later():
        placed = _append(connection, sid, rep, new)
        if forked:
            chain_anew(connection, sid, rep)
        else:
            _move_head(connection, sid, rep, new)
        touched = Projector(connection, LogReader(connection)).apply(placed)
    return Taken(Outcome.FORKED if forked else Outcome.TAKEN, len(new), touched)


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


def _append(connection: Connection, sid: int, rep: int, lines: Sequence[Line]) -> list[Placed]:
    tids = _transactions(connection, lines)
    lid = connection.execute(select(func.max(log.c.lid))).scalar() or 0
    placed = [(lid + position, line) for position, line in enumerate(lines, start=1)]
    rows = [
        (number, sid, rep, line.dot.seq, tids[line.transaction], tag_of(line.raw), line.change.uid, line.raw)
        for number, line in placed
    ]
    insert_many(connection, "log", LOG_COLUMNS, rows)
    return placed


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


def _move_head(connection: Connection, sid: int, rep: int, lines: Sequence[Line]) -> None:
    row = connection.execute(select(head.c.chain, head.c.stamp).where(head.c.sid == sid, head.c.rep == rep)).first()
    chain, stamp = (bytes(row.chain), int(row.stamp)) if row is not None else (b"", 0)
    for line in lines:
        chain = hashlib.sha256(chain + line.dot.tag).digest()
        stamp = max(stamp, line.stamp)
    _put_head(connection, sid, rep, lines[-1].dot.seq, stamp, chain)


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
        stamp = max(read_line(raw, b"", b"").stamp for raw in raws)
        _put_head(connection, sid, rep, seq, stamp, chain)
    else:
        connection.execute(head.delete().where(head.c.sid == sid, head.c.rep == rep))


def _put_head(connection: Connection, sid: int, rep: int, seq: int, stamp: int, chain: bytes) -> None:
    connection.execute(head.delete().where(head.c.sid == sid, head.c.rep == rep))
    connection.execute(head.insert().values(sid=sid, rep=rep, seq=seq, stamp=stamp, chain=chain))
