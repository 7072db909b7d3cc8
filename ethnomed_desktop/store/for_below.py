"""The stream in which an office speaks to all offices below it: its own authority stream.

Only the computer that holds the office's root writes there, and only kinds that say so; laptops of the
office read it, as everybody below does.
"""

from __future__ import annotations

from sqlalchemy import Connection

from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.registry import FOR_BELOW, OFFICE_STREAM
from ethnomed_desktop.store.log import Writer
from ethnomed_desktop.store.statements import run

_FIRST = "SELECT sid, uid FROM stream WHERE letter = ? ORDER BY sid LIMIT 1"
_NUMBERS = frozenset(number for number, kind in KINDS_BY_NUMBER.items() if kind.stream == FOR_BELOW)


def is_for_below(kind: int) -> bool:
    """Whether records of the kind (its number) are said to all offices below."""
    return kind in _NUMBERS


def writer_for_below(connection: Connection, at: Writer) -> Writer | None:
    """Return where the office of the stream written now speaks; None where that office is not this computer's own.

    The first streams of a store are those it was founded with.
    """
    office = run(connection, _FIRST, (OFFICE_STREAM,)).fetchone()
    below = run(connection, _FIRST, (FOR_BELOW,)).fetchone()
    if bytes(office[1]) != at.stream:
        return None
    return Writer(int(below[0]), at.rep, bytes(below[1]), at.replica)
