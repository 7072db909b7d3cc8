"""Giving back what the last file brought: only while nothing was written or sent since.

The log loses the lines that came, the records they touched are derived anew, and the segments wait,
marked, until they come again. What roots have said (certificates, revocations) is not given back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Column, Connection, func, select

from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store import schema, sealed
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.intake import chain_anew
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.tables import head, log, partner, replica, segment, txn

_LAST = "last_intake"
Pack = Callable[[Sequence[bytes]], bytes]
"""Compresses lines as segments hold them; the format is not this room's."""


@dataclass(frozen=True)
class Before:
    """How things stood before a file was taken in; ``waited``: places that waited, and since when."""

    lid: int
    tid: int
    sender: str
    partner: dict[str, object]
    waited: dict[str, int] = field(default_factory=dict)


def standing_before(connection: Connection, sender: bytes) -> Before:
    """Note how things stand, to be given to `close_intake` when the file has been taken in."""
    known = asdict(state.partner_of(connection, sender))
    known.pop("replica")
    return Before(
        _most(connection, log.c.lid),
        _most(connection, txn.c.tid),
        sender.hex(),
        known,
        {one.run.place.hex(): one.received_ms for one in sealed.waiting_runs(connection) if not one.undone},
    )


def next_intake(connection: Connection) -> int:
    """Return the number of the file that is taken in now."""
    number = int(schema.get_meta(connection, "intakes") or "0") + 1
    schema.set_meta(connection, "intakes", str(number))
    return number


def close_intake(connection: Connection, number: int, before: Before) -> None:
    """Let this file be the one that can be given back."""
    said = {"number": number, "before": asdict(before), "since": _since(connection)}
    schema.set_meta(connection, _LAST, json.dumps(said))


def forget_intake(connection: Connection) -> None:
    """Let nothing be given back: what was taken in now has consequences elsewhere."""
    schema.set_meta(connection, _LAST, "")


def may_give_back(connection: Connection) -> bool:
    """Say whether the last file can be given back."""
    last = schema.get_meta(connection, _LAST)
    return bool(last) and json.loads(str(last))["since"] == _since(connection)


def give_back(connection: Connection, pack: Pack) -> frozenset[bytes]:
    """Give the last file back; return the records touched. Raises `NotAllowed`.

    Codes: ``exchange.nothing_to_undo``, ``exchange.undo_too_late``.
    """
    last = schema.get_meta(connection, _LAST)
    if not last:
        raise NotAllowed("exchange.nothing_to_undo")
    if not may_give_back(connection):
        raise NotAllowed("exchange.undo_too_late")
    said = json.loads(last)
    number, before = int(said["number"]), Before(**said["before"])
    _let_wait(connection, number, before, pack)
    uids = list(dict.fromkeys(connection.execute(select(log.c.uid).where(log.c.lid > before.lid)).scalars()))
    logs = connection.execute(select(log.c.sid, log.c.rep).where(log.c.lid > before.lid).distinct()).all()
    connection.execute(segment.delete().where(segment.c.intake == number))
    connection.execute(log.delete().where(log.c.lid > before.lid))
    connection.execute(txn.delete().where(txn.c.tid > before.tid))
    for row in logs:
        chain_anew(connection, row.sid, row.rep)
    touched = [bytes(uid) for uid in uids]
    with collecting_later():
        Projector(connection, LogReader(connection)).derive_anew(touched)
    old = before.partner
    state.keep_partner(connection, state.Partner(bytes.fromhex(before.sender), **old))  # type: ignore[arg-type]
    forget_intake(connection)
    return frozenset(touched)


def _let_wait(connection: Connection, number: int, before: Before, pack: Pack) -> None:
    held = [
        one if one.run.place.hex() in before.waited else replace(one, undone=True)
        for one in sealed.waiting_runs(connection)
    ]
    for run in sealed.runs_of_intake(connection, number):
        since = before.waited.get(run.place.hex())
        body = pack(sealed.lines_of(connection, run))
        held.append(sealed.WaitingRun(run, body, since or 0, undone=since is None))
    sealed.put_waiting(connection, held)


def _since(connection: Connection) -> list[int]:
    """Return what grows with every writing and every sending here."""
    own = select(func.coalesce(func.sum(head.c.seq), 0)).join(replica, replica.c.rep == head.c.rep)
    sent = select(func.coalesce(func.sum(partner.c.sent), 0))
    written = connection.execute(own.where(replica.c.sign_seed.is_not(None))).scalar_one()
    replicas = connection.execute(select(func.count()).where(replica.c.sign_seed.is_not(None))).scalar_one()
    return [int(written), int(connection.execute(sent).scalar_one()), int(replicas)]


def _most(connection: Connection, column: Column[Any]) -> int:
    return int(connection.execute(select(func.max(column))).scalar() or 0)
