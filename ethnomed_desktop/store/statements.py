"""Plain statements straight to the driver: what SQLAlchemy adds to each costs more than a save itself.

The transaction is SQLAlchemy's; only the statements within it go past it. They are written once, with
``?`` for values, and kept: the driver finds them prepared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

CHUNK = 400
"""Most values in one IN list; far below what either engine takes."""

_MANY = 50
"""From so many rows on it pays to make a statement for just the columns they use."""


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> Any:
    """Run one statement with ``?`` for values; returns the driver's cursor, whose rows are plain tuples."""
    cursor = connection.connection.cursor()
    cursor.execute(_spoken(connection, statement), values)
    return cursor


def run_many(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of values; nothing happens for no rows."""
    if rows:
        connection.connection.cursor().executemany(_spoken(connection, statement), rows)


def insert_many(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert the rows with one prepared statement; nothing happens for no rows.

    Columns that are empty in all of many rows are left out (none has a default): the driver takes a
    microsecond for each None, which was nearly all the time that a wide table took.
    """
    if len(rows) >= _MANY:
        columns, rows = _without_empty(columns, rows)
    run_many(connection, _insert(table, tuple(columns)), rows)


def update_many(
    connection: Connection, table: str, key: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Update by ``key``; each row holds the columns' values and then the key's."""
    run_many(connection, _update(table, key, tuple(columns)), rows)


def delete_many(connection: Connection, table: str, key: str, keys: Sequence[Any]) -> None:
    """Delete the rows whose ``key`` is one of ``keys``."""
    run_many(connection, f'DELETE FROM "{table}" WHERE "{key}" = ?', [(one,) for one in keys])


def select_in(connection: Connection, head: str, keys: Sequence[Any], tail: str = "") -> Iterator[tuple[Any, ...]]:
    """Run ``head IN (…) tail`` over the keys, chunk by chunk; rows come as plain tuples."""
    for start in range(0, len(keys), CHUNK):
        chunk = tuple(keys[start : start + CHUNK])
        marks = ", ".join("?" * len(chunk))
        yield from run(connection, f"{head} IN ({marks}) {tail}", chunk)


def _without_empty(
    columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
    used = [at for at, cells in enumerate(zip(*rows, strict=True)) if cells.count(None) < len(rows)]
    if not 1 < len(used) < len(columns):
        return columns, rows
    pick = itemgetter(*used)
    return pick(columns), [pick(row) for row in rows]


@lru_cache(maxsize=1024)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'


@cache
def _update(table: str, key: str, columns: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    return f'UPDATE "{table}" SET {sets} WHERE "{key}" = ?'


def _spoken(connection: Connection, statement: str) -> str:
    """Return the statement as the driver wants it; none of ours has a question mark of its own."""
    return statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
