"""Bringing a store to this program's structure: Alembic for the base tables, the registry for the rest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Integer, MetaData, Numeric, String, Table, func, inspect, select, text
from sqlalchemy.schema import CreateColumn, CreateIndex, DropIndex
from sqlalchemy.types import TypeEngine

from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import SCHEMA_VERSION
from ethnomed_desktop.store.tables import derived, element, kind_table, meta, record

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0004"
KNOWN_VERSIONS = frozenset({"0001", "0002", "0003", "0004"})

LAYOUT = 2
"""Raised when tables of kinds get an index or a column that no field explains, or lose one."""

MANY_RECORDS = 50_000
"""With fewer, looking through all elements of sets is not felt, and their index would only slow each saving."""


def version_of(connection: Connection) -> str | None:
    """Return the Alembic version of the store; None for an empty one.

    Raises `VaultError`: ``vault.newer`` (made by a newer program), ``vault.foreign`` (a database
    that is not ours).
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables or not {"log", "record", "meta"} <= tables:
        raise VaultError("vault.foreign")
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    written = get_meta(connection, "schema") or "0"
    if version is None or not written.isdecimal():
        raise VaultError("vault.foreign")
    if version not in KNOWN_VERSIONS or int(written) > SCHEMA_VERSION:
        raise VaultError("vault.newer")
    return str(version)


def migrate(connection: Connection) -> None:
    """Run the missing Alembic versions inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def fingerprint() -> str:
    """Return a hash of what the registry says about structure; equal means nothing to reconcile."""
    shape: list[object] = [LAYOUT]
    shape += [
        [kind.name, kind.number]
        + [[f.name, f.number, f.type.name, f.type.column, f.sortable, f.searchable] for f in kind.all_fields]
        for kind in KINDS.values()
    ]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()


def is_current(connection: Connection) -> bool:
    """Say whether the derived tables are those of this program's registry."""
    row = connection.execute(meta.select().where(meta.c.name == "registry")).first()
    return row is not None and row.value == fingerprint()


def reconcile(connection: Connection) -> None:
    """Make missing tables, columns and indexes of kinds. Columns of unknown fields stay.

    A table in which a field has become something else (a text a number) is made anew. The caller
    rebuilds the tables from the log afterwards when the store was not empty, so that values kept for
    fields unknown until now come into their columns.
    """
    present = set(inspect(connection).get_table_names())
    for kind in KINDS.values():
        table = derived.tables.get(kind.name)
        if table is None:  # a kind declared after the program started: only tests do that
            table = kind_table(kind, MetaData())
        if kind.name not in present:
            table.create(connection)
        else:
            _complete(connection, table)
    set_meta(connection, "registry", fingerprint())
    set_meta(connection, "schema", str(SCHEMA_VERSION))


_SHAPES: tuple[type[TypeEngine[Any]], ...] = (Boolean, Numeric, Integer, String)


def _shape(column: TypeEngine[Any]) -> type[TypeEngine[Any]] | None:
    """Return what a column holds, under whatever name the engine has for it."""
    return next((one for one in _SHAPES if isinstance(column, one)), None)


def holds_alike(have: TypeEngine[Any], wanted: TypeEngine[Any]) -> bool:
    """Say whether a column holds what the program expects of it."""
    return _shape(have) is _shape(wanted)


def _complete(connection: Connection, table: Table) -> None:
    inspector = inspect(connection)
    have = {column["name"]: column["type"] for column in inspector.get_columns(table.name)}
    if any(not holds_alike(have[one.name], one.type) for one in table.columns if one.name in have):
        table.drop(connection)  # the log is the truth, and the rows come from it again
        table.create(connection)
        return
    for column in table.columns:
        if column.name not in have:
            definition = CreateColumn(column).compile(dialect=connection.dialect)
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {definition}')
    where = f"{connection.dialect.name}_where"
    partial = {one["name"]: where in one.get("dialect_options", {}) for one in inspector.get_indexes(table.name)}
    for index in table.indexes:
        wanted = index.dialect_kwargs.get(where) is not None
        if index.name in partial and partial[index.name] is not wanted:
            connection.execute(DropIndex(index))
            del partial[index.name]
        if index.name not in partial:
            connection.execute(CreateIndex(index))


def index_elements(connection: Connection) -> None:
    """Make the index by which many records are found by one element of a set; a server always has it."""
    if connection.dialect.name != "sqlite":
        return
    last = connection.execute(select(func.max(record.c.rid))).scalar() or 0
    if last >= MANY_RECORDS:
        for index in element.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))


def set_meta(connection: Connection, name: str, value: str) -> None:
    """Write one line of the store's own notes."""
    connection.execute(meta.delete().where(meta.c.name == name))
    connection.execute(meta.insert().values(name=name, value=value))


def get_meta(connection: Connection, name: str) -> str | None:
    """Read one line of the store's own notes."""
    row = connection.execute(meta.select().where(meta.c.name == name)).first()
    return None if row is None else str(row.value)
