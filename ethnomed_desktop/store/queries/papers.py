"""Records by the end of their identifiers, as the codes on paper name them."""

from __future__ import annotations

from sqlalchemy import Connection

from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store.statements import run
from ethnomed_desktop.store.states import ERASED

UID_BYTES = 16
_FROM_THE_END = "SELECT uid, early FROM record WHERE kind = ? AND substr(uid, ?) = ?"


def uids_ending(connection: Connection, kind: Kind, tail: bytes) -> list[tuple[bytes, bool]]:
    """Return the identifiers of a kind that end so, and whether the record was lawfully erased.

    Reads all of them, a hundred thousand in some hundredths of a second: papers are scanned rarely.
    """
    found = run(connection, _FROM_THE_END, (kind.number, UID_BYTES - len(tail) + 1, tail))
    return [(bytes(uid), early == ERASED) for uid, early in found]
