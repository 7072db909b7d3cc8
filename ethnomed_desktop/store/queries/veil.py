"""What the reader of this moment is not shown: fields are left out where rows become values.

The veil lies on the connection, so that lists, cards, titles, history, documents and search all read
through it without being told. Writing never does: what is checked before saving is the whole record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from ethnomed_desktop.domain.registry import Kind

Hidden = Callable[[Kind], frozenset[str]]
"""Names the fields of a kind that are not shown."""

_VEIL = "ethnomed_veil"


@contextmanager
def veiled(connection: Connection, hidden: Hidden | None) -> Iterator[None]:
    """Leave out what ``hidden`` names while the reading lasts; None shows everything."""
    before = connection.info.get(_VEIL)
    connection.info[_VEIL] = hidden
    try:
        yield
    finally:
        connection.info[_VEIL] = before


def hidden_fields(connection: Connection, kind: Kind) -> frozenset[str]:
    """Return the names of the kind's fields that this reading must not show."""
    hidden: Hidden | None = connection.info.get(_VEIL)
    return hidden(kind) if hidden is not None else frozenset()


def is_veiled(connection: Connection) -> bool:
    """Whether anything is hidden in this reading."""
    return connection.info.get(_VEIL) is not None
