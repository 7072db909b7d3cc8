"""Lawful erasure in the log: lines lose their words and keep their hashes, so that nothing else changes.

What is erased is said by lines of the log itself: ``e`` for a whole record, ``r`` for named lines of one
that stays. The projector calls `purge` whenever such lines stand behind what it has just written, so an
erasure made here, one that came by exchange and an older file that comes late all end alike. Everything
runs inside the caller's transaction.

A line loses its words only where an erasure names it. What a laptop wrote about an erased record before it
heard of that is hidden, and keeps its words until the office has seen and named it: of a line that nobody
named, nobody else could tell what it was, and its log would wait for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import Action, Change, Dot, Line, Op, read_line, taken_back
from ethnomed_desktop.domain.erased_lines import erasure, is_erased
from ethnomed_desktop.domain.merging import RecordState
from ethnomed_desktop.store.statements import run, run_many, select_in
from ethnomed_desktop.store.states import ERASED
from ethnomed_desktop.store.tables import replica, stream

ERASING = (Op.ERASE, Op.REDACT)
ACTIONS = (Action.ERASE.value, Action.ANONYMISE.value)
MOST_DOTS = 1000
"""Most lines that one line takes back: it must stay below the limit of a line."""

_NOTHING: frozenset[Dot] = frozenset()
_STUB = "UPDATE log SET raw = ? WHERE lid = ?"


class Held(NamedTuple):
    """A line as it lies in the log: its local number, its dot, its bytes or what is left of them."""

    lid: int
    dot: Dot
    raw: bytes


class Erased(NamedTuple):
    """A line that says what was erased, and where it stands."""

    line: Line
    dots: tuple[Dot, ...]


def lines_held(connection: Connection, uid: bytes) -> list[Held]:
    """Return every line of a record, erased ones too, in the order they came."""
    streams = {row.sid: bytes(row.uid) for row in connection.execute(select(stream.c.sid, stream.c.uid))}
    replicas = {row.rep: bytes(row.uid) for row in connection.execute(select(replica.c.rep, replica.c.uid))}
    query = "SELECT lid, sid, rep, seq, tag, raw FROM log WHERE uid = ? ORDER BY lid"
    return [
        Held(lid, Dot(streams[sid], replicas[rep], seq, bytes(tag)), bytes(raw))
        for lid, sid, rep, seq, tag, raw in run(connection, query, (uid,))
    ]


def said_by(line: Held) -> Change | None:
    """Return what a line says, None where only its hash is left."""
    return None if is_erased(line.raw) else read_line(line.raw, line.dot.stream, line.dot.replica).change


def has_words(line: Held) -> bool:
    """Say whether something stands in the line that an erasure may take out of it."""
    said = said_by(line)
    return said is not None and said.op not in ERASING


def is_erasing(line: Held) -> bool:
    """Say whether the line erases others."""
    said = said_by(line)
    return said is not None and said.op in ERASING


def named_in(lines: Iterable[Held]) -> frozenset[Dot]:
    """Return which lines the erasures among these name."""
    said = (said_by(one) for one in lines)
    return frozenset(dot for one in said if one is not None and one.op in ERASING for dot in taken_back(one))


def purge(
    connection: Connection,
    states: Iterable[RecordState],
    told: Callable[[], Mapping[bytes, frozenset[Dot]]],
) -> list[bytes]:
    """Take the words out of the lines that are named as erased by now; return the records of which any was.

    ``told`` says the lines, by record, that this copy was told to forget; it is asked only where something was
    erased. The caller derives the records anew: their rows still say what the lines said.
    """
    touched = []
    for state in states:
        if not (state.erased or state.takes_back):
            continue
        held = lines_held(connection, state.uid)
        gone = named_in(held) | told().get(state.uid, _NOTHING)
        stubs = [(erasure(one.raw), one.lid) for one in held if one.dot in gone and has_words(one)]
        run_many(connection, _STUB, stubs)
        if stubs:
            touched.append(state.uid)
    return touched


def empty_lines(connection: Connection, named: Mapping[bytes, frozenset[Dot] | None]) -> list[bytes]:
    """Take the words out of lines, by record (None: all of its lines), with nothing in the log saying why.

    For copies of the store: a backup is told why when it is restored. Returns the records of which a
    line was emptied.
    """
    touched = []
    for uid, dots in named.items():
        stubs = [
            (erasure(one.raw), one.lid)
            for one in lines_held(connection, uid)
            if (dots is None or one.dot in dots) and has_words(one)
        ]
        run_many(connection, _STUB, stubs)
        if stubs:
            touched.append(uid)
    return touched


def erasures(connection: Connection) -> Iterator[Erased]:
    """Yield the lines of the log that erase something, in the order they came."""
    streams = {row.sid: bytes(row.uid) for row in connection.execute(select(stream.c.sid, stream.c.uid))}
    replicas = {row.rep: bytes(row.uid) for row in connection.execute(select(replica.c.rep, replica.c.uid))}
    marks = ", ".join("?" * len(ACTIONS))
    query = (
        f"SELECT log.sid, log.rep, log.raw FROM log JOIN txn ON txn.tid = log.tid "
        f"WHERE txn.action IN ({marks}) ORDER BY log.lid"
    )
    for sid, rep, raw in run(connection, query, ACTIONS).fetchall():
        try:
            if is_erased(bytes(raw)):
                continue
            line = read_line(bytes(raw), streams[sid], replicas[rep])
        except (TypeError, ValueError):  # altered past the program: the check of the log names it
            continue
        if line.change.op in ERASING:
            yield Erased(line, taken_back(line.change))


class Justified(NamedTuple):
    """What the erasures of a log name: lines (with the records they were about) and whole records."""

    lines: Mapping[Dot, bytes]
    records: frozenset[bytes]

    def of(self, dot: Dot) -> bytes | None:
        """Return the record of an erased line; None when nobody has named the line."""
        return self.lines.get(dot)


def justified(connection: Connection) -> Justified:
    """Return what the erasures of the log name."""
    found = list(erasures(connection))
    records = frozenset(one.line.change.uid for one in found if one.line.change.op is Op.ERASE)
    return Justified({dot: one.line.change.uid for one in found for dot in one.dots}, records)


def erased_records(connection: Connection, uids: Sequence[bytes]) -> Mapping[bytes, int]:
    """Return those of the records that were erased, with the numbers of their kinds."""
    rows = select_in(connection, f"SELECT uid, kind FROM record WHERE early = '{ERASED}' AND uid", list(uids))
    return {bytes(uid): kind for uid, kind in rows}


def was_erased(connection: Connection, uid: bytes) -> bool:
    """Say whether the record was erased."""
    return uid in erased_records(connection, [uid])
