"""A store that a newer program wrote: whether this one may read it, as far as the tables known to it go.

Nothing of such a store is ever written: a newer program may keep promises about its tables that this
one knows nothing of. The mark ``reads_from`` says from which way of reading on its tables can be
understood; a newer program raises it when an older one would read them wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, inspect, text

from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.domain.registry import SCHEMA_VERSION
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Database
from ethnomed_desktop.store.tables import base, derived

READS = 1
"""How this program reads tables, and the least that what it writes asks for. Raised when the meaning changes."""

MARK = "reads_from"
"""Where a store says which way of reading it takes; a store without the mark takes the first."""


def mark(connection: Connection) -> None:
    """Let the store say who can read what this program writes."""
    schema.set_meta(connection, MARK, str(READS))


def is_newer(database: Database) -> bool:
    """Say whether a newer program wrote the store; True means that this one can read it.

    Raises `VaultError` (``vault.newer``) where it cannot. An empty or foreign database is not newer:
    `schema.version_of` says what it is.
    """
    with database.reading() as connection:
        if not {"alembic_version", "meta", "log", "record"} <= set(inspect(connection).get_table_names()):
            return False
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        written = schema.get_meta(connection, "schema") or "0"
        if version is None or not written.isdecimal():
            return False
        if version in schema.KNOWN_VERSIONS and int(written) <= SCHEMA_VERSION:
            return False
        _require_readable(connection)
    return True


def _require_readable(connection: Connection) -> None:
    asked = schema.get_meta(connection, MARK) or "1"
    if not asked.isdecimal() or int(asked) > READS:
        raise VaultError("vault.newer")
    if not _holds(connection, (*base.tables.values(), *derived.tables.values())):
        raise VaultError("vault.newer")


def _holds(connection: Connection, tables: Iterable[Table]) -> bool:
    """Whether every table and column that this program asks for is there and holds what it expects."""
    inspector = inspect(connection)
    present = set(inspector.get_table_names())
    for table in tables:
        if table.name not in present:
            return False
        have = {column["name"]: column["type"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in have or not schema.holds_alike(have[column.name], column.type):
                return False
    return "search_index" in present
