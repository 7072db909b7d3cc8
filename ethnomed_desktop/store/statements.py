"""Plain statements for the driver: SQLAlchemy's compiled inserts cost twice the driver's own in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

CHUNK = 400
"""Most values in one IN list; far below what either engine takes."""


def insert_many(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert the rows with one prepared statement; nothing happens for no rows."""
    if rows:
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join(_mark(connection) for _ in columns)
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))


def update_many(
    connection: Connection, table: str, key: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Update by ``key``; each row holds the columns' values and then the key's."""
    if rows:
        mark = _mark(connection)
        sets = ", ".join(f'"{column}" = {mark}' for column in columns)
        connection.exec_driver_sql(f'UPDATE "{table}" SET {sets} WHERE "{key}" = {mark}', list(rows))


def delete_many(connection: Connection, table: str, key: str, keys: Sequence[Any]) -> None:
    """Delete the rows whose ``key`` is one of ``keys``."""
    if keys:
        mark = _mark(connection)
        connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE "{key}" = {mark}', [(one,) for one in keys])


def select_in(connection: Connection, head: str, keys: Sequence[Any], tail: str = "") -> Iterator[tuple[Any, ...]]:
    """Run ``head IN (…) tail`` over the keys, chunk by chunk; rows come as plain tuples."""
    mark = _mark(connection)
    for start in range(0, len(keys), CHUNK):
        chunk = tuple(keys[start : start + CHUNK])
        marks = ", ".join([mark] * len(chunk))
        yield from connection.exec_driver_sql(f"{head} IN ({marks}) {tail}", chunk)


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.name == "sqlite" else "%s"
