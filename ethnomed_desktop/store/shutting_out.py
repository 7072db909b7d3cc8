"""Taking back what a computer wrote after it was lost: whoever had not heard of that took it in as ever.

The office says up to which line each log of a lost computer counts. Everybody who took in more takes it back
when the word reaches him, or two copies of one office would differ for ever. The segments are set aside, marked
as undone; nothing is derived from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, select

from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store import sealed
from ethnomed_desktop.store.give_back import Pack, forget_intake
from ethnomed_desktop.store.intake import chain_anew
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.tables import log, replica, segment, stream, txn


@dataclass(frozen=True)
class Limit:
    """Of this log nothing after line ``last`` counts."""

    stream: bytes
    replica: bytes
    last: int


def take_back_beyond(connection: Connection, limits: Iterable[Limit], pack: Pack) -> frozenset[bytes]:
    """Take back, inside the caller's transaction, what stands beyond the limits; return the records touched.

    Never of this installation's own ids: whoever was shut out by mistake keeps his work. Costs one look at
    the ends of the logs where there is nothing to take back.
    """
    ends = {(one.stream, one.replica): one.last for one in sealed.ends(connection)}
    mine = state.own_uids(connection)
    beyond = [
        one for one in limits if one.replica not in mine and ends.get((one.stream, one.replica), 0) > one.last
    ]
    touched: dict[bytes, None] = {}
    for one in beyond:
        touched |= dict.fromkeys(_take_back(connection, one, pack))
    if touched:
        Projector(connection, LogReader(connection)).derive_anew(list(touched))
        forget_intake(connection)
    return frozenset(touched)


def _take_back(connection: Connection, one: Limit, pack: Pack) -> list[bytes]:
    runs = sealed.runs_of(connection, one.stream, one.replica, one.last)
    first = min((run.first for run in runs), default=0)
    if not first:
        return []
    aside = [sealed.WaitingRun(run, pack(sealed.lines_of(connection, run)), 0, undone=True) for run in runs]
    sealed.put_waiting(connection, [*sealed.waiting_runs(connection), *aside])
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == one.stream)).scalar_one()
    rep = connection.execute(select(replica.c.rep).where(replica.c.uid == one.replica)).scalar_one()
    lines = (log.c.sid == sid) & (log.c.rep == rep) & (log.c.seq >= first)
    uids = [bytes(uid) for uid in connection.execute(select(log.c.uid).where(lines).distinct()).scalars()]
    transactions = list(connection.execute(select(log.c.tid).where(lines).distinct()).scalars())
    connection.execute(delete(segment).where(segment.c.place.in_([run.place for run in runs])))
    connection.execute(delete(log).where(lines))
    for tid in transactions:
        connection.execute(delete(txn).where(txn.c.tid == tid, ~exists().where(log.c.tid == tid)))
    chain_anew(connection, sid, rep)
    return uids
