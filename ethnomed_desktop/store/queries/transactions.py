"""Transactions as undo and history ask for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.store.statements import run
from ethnomed_desktop.store.tables import log, txn


@dataclass(frozen=True)
class Transaction:
    """One transaction: its local number, identity, author, action, stamp, and what it undoes."""

    tid: int
    uid: bytes
    user: bytes
    action: str
    stamp: int
    undoes: bytes | None


def recent_of(connection: Connection, user: bytes, limit: int) -> list[Transaction]:
    """Return a user's last transactions, the newest first."""
    query = select(txn).where(txn.c.user == user).order_by(txn.c.tid.desc()).limit(limit)
    return [_made(row) for row in connection.execute(query)]


def transaction(connection: Connection, uid: bytes) -> Transaction | None:
    """Return the transaction, or None."""
    row = connection.execute(select(txn).where(txn.c.uid == uid)).first()
    return None if row is None else _made(row)


def records_of(connection: Connection, tid: int) -> list[bytes]:
    """Return the uids of the records a transaction touched, each once, in its order."""
    found = connection.execute(select(log.c.uid).where(log.c.tid == tid).order_by(log.c.lid)).scalars()
    return list(dict.fromkeys(bytes(uid) for uid in found))


def _made(row: Row[tuple[object, ...]]) -> Transaction:
    undoes = bytes(row.undoes) if row.undoes is not None else None
    return Transaction(row.tid, bytes(row.uid), bytes(row.user), row.action, row.stamp, undoes)


def last_written_ms(connection: Connection) -> int:
    """Return when something was last written here (ms UTC); 0 for a store without a transaction."""
    row = run(connection, "SELECT max(stamp) FROM txn").fetchone()
    return stamp_ms(int(row[0] or 0))
