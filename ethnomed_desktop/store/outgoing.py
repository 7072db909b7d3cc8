"""Streams that go to the tier above: what is written there by us is a copy for others, never shown here.

Their lines stand in the log like all others, and the record table remembers how each copy stands, so that
the next sending writes only what differs. They have no rows, no search words and no part in the digest.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.changes import Dot
from ethnomed_desktop.domain.projection import CEILINGS
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.log import Writer
from ethnomed_desktop.store.statements import run, select_in
from ethnomed_desktop.store.tables import KIND_TABLES, log, record, replica, stream

LETTERS = ("R", "N")
"""Letters of the streams of the tiers above."""

PRIVATE = "P"
"""Letter of the streams of one user each: nobody is shown them but their owner (`store.private_notes`)."""


class Outgoing:
    """Knows which logs are copies for others; asked by the projector for every record it writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._logs: frozenset[tuple[bytes, bytes]] | None = None
        self._low: dict[bytes, int] | None = None

    def holds(self, dots: Iterable[Dot]) -> bool:
        """Say whether one of the writes was made by us for the tier above."""
        if self._logs is None:
            self._logs = frozenset(
                (one, own)
                for one in _streams(self._connection, (*LETTERS, PRIVATE))
                for own in _own(self._connection)
            )
        return bool(self._logs) and any((dot.stream, dot.replica) in self._logs for dot in dots)

    def ceiling(self, dots: Iterable[Dot]) -> int:
        """Return the highest level that may be shown of a record with these writes: the lowest of their streams."""
        if self._low is None:
            letters = tuple(letter for letter, most in CEILINGS.items() if most < Level.IDENTITY)
            rows = run(
                self._connection, f"SELECT uid, letter FROM stream WHERE letter IN ({_marks(letters)})", letters
            )
            self._low = {bytes(uid): CEILINGS[letter] for uid, letter in rows}
        low = self._low
        return min((low[dot.stream] for dot in dots if dot.stream in low), default=Level.IDENTITY)


def outgoing_streams(connection: Connection) -> list[bytes]:
    """Return the streams for the tiers above that this store knows, ours and those that we read."""
    return _streams(connection, LETTERS)


def with_approved_text(connection: Connection, kind: str, text: str, approval: str) -> list[bytes]:
    """Return the records of a kind that have a text and somebody who approved it, at whatever time."""
    table = KIND_TABLES[kind]
    query = select(record.c.uid).join(table, table.c.rid == record.c.rid)
    query = query.where(table.c.withdrawn.is_(False), table.c[text].is_not(None), table.c[approval].is_not(None))
    return [bytes(uid) for uid in connection.execute(query.order_by(table.c.rid)).scalars()]


def _streams(connection: Connection, letters: tuple[str, ...]) -> list[bytes]:
    # By the driver, as in `_own`: every saving asks, and SQLAlchemy would add a tenth to its time.
    rows = run(connection, f"SELECT uid FROM stream WHERE letter IN ({_marks(letters)}) ORDER BY sid", letters)
    return [bytes(row[0]) for row in rows]


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _own(connection: Connection) -> list[bytes]:
    rows = run(connection, "SELECT uid FROM replica WHERE sign_seed IS NOT NULL")
    return [bytes(row[0]) for row in rows]


def writer_of(connection: Connection, uid: bytes, letter: str) -> Writer:
    """Return where to write in a stream; needs a write transaction, for the stream may be new to the store."""
    own = connection.execute(select(replica.c.rep, replica.c.uid).where(replica.c.is_own)).one()
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == uid)).scalar()
    if sid is None:
        sid = (connection.execute(select(func.max(stream.c.sid))).scalar() or 0) + 1
        connection.execute(stream.insert().values(sid=sid, uid=uid, letter=letter))
    return Writer(int(sid), int(own.rep), uid, bytes(own.uid))


def done_upto(connection: Connection, uid: bytes) -> int:
    """Return the local number of the last line whose record was copied into the stream."""
    return int(schema.get_meta(connection, _mark(uid)) or "0")


def note_done(connection: Connection, uid: bytes, lid: int) -> None:
    """Remember how far the log was copied into the stream."""
    schema.set_meta(connection, _mark(uid), str(lid))


def _mark(uid: bytes) -> str:
    return f"outgoing:{uid.hex()}"


def last_line(connection: Connection) -> int:
    """Return the local number of the newest line."""
    return int(connection.execute(select(func.max(log.c.lid))).scalar() or 0)


def changed_since(connection: Connection, lid: int) -> list[bytes]:
    """Return the records that lines after ``lid`` touched, each once; copies for others are left out."""
    logs = select(stream.c.sid).where(stream.c.letter.in_(LETTERS))
    own = select(replica.c.rep).where(replica.c.sign_seed.is_not(None))
    query = select(log.c.uid).where(log.c.lid > lid, ~(log.c.sid.in_(logs) & log.c.rep.in_(own)))
    return list(dict.fromkeys(bytes(uid) for uid in connection.execute(query.order_by(log.c.lid)).scalars()))


def parts_of(connection: Connection, kind: str, field: str, wholes: list[bytes]) -> list[bytes]:
    """Return the records of ``kind`` that refer to one of ``wholes`` by ``field``."""
    rids = [row[0] for row in select_in(connection, "SELECT rid FROM record WHERE uid", wholes)]
    query = f'SELECT rid FROM "{KIND_TABLES[kind].name}" WHERE "{field}"'
    found = [row[0] for row in select_in(connection, query, rids)]
    return [bytes(row[0]) for row in select_in(connection, "SELECT uid FROM record WHERE rid", found)]


def written_between(connection: Connection, at: tuple[bytes, bytes], after: int, upto: int) -> list[bytes]:
    """Return the records that lines ``after`` < number <= ``upto`` of a log (stream, replica) touch, each once."""
    query = select(log.c.uid).join(stream, stream.c.sid == log.c.sid).join(replica, replica.c.rep == log.c.rep)
    query = query.where(stream.c.uid == at[0], replica.c.uid == at[1], log.c.seq > after, log.c.seq <= upto)
    return list(dict.fromkeys(bytes(uid) for uid in connection.execute(query.order_by(log.c.seq)).scalars()))


def all_of(connection: Connection, kinds: list[int]) -> list[bytes]:
    """Return the uids of all records of the kinds that are shown here."""
    query = select(record.c.uid).where(record.c.kind.in_(kinds), record.c.state.is_not(None))
    return [bytes(uid) for uid in connection.execute(query.order_by(record.c.rid)).scalars()]
