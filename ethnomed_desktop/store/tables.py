"""Tables of both engines: the log and its companions (Alembic), and one per kind (from the registry).

Kind tables are derived data: the log can make them anew at any time, so a new field needs no
migration, only `schema.reconcile`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from ethnomed_desktop.domain.fieldtypes import Ref
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Field, Kind

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
LOCAL_ID = BigInteger().with_variant(Integer, "sqlite")
"""Local integer keys: INTEGER PRIMARY KEY on SQLite, bigint on PostgreSQL."""

CODED_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared by code points on both engines, so that lists are identical."""

base = MetaData(naming_convention=NAMING)

meta = Table("meta", base, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

stream = Table(
    "stream",
    base,
    Column("sid", LOCAL_ID, primary_key=True),
    Column("uid", LargeBinary, nullable=False, unique=True),
    Column("letter", Text, nullable=False),
    Column("owner", LargeBinary),
)
replica = Table(
    "replica",
    base,
    Column("rep", LOCAL_ID, primary_key=True),
    Column("uid", LargeBinary, nullable=False, unique=True),
    Column("is_own", Boolean, nullable=False),
    Column("verify_key", LargeBinary),
    Column("sign_seed", LargeBinary),
)
head = Table(
    "head",
    base,
    Column("sid", ForeignKey("stream.sid"), primary_key=True),
    Column("rep", ForeignKey("replica.rep"), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)
txn = Table(
    "txn",
    base,
    Column("tid", LOCAL_ID, primary_key=True),
    Column("uid", LargeBinary, nullable=False, unique=True),
    Column("user", LargeBinary, nullable=False),
    Column("action", Text, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("signature", LargeBinary),
    Column("undoes", LargeBinary),
)
log = Table(
    "log",
    base,
    Column("lid", LOCAL_ID, primary_key=True),
    Column("sid", Integer, nullable=False),
    Column("rep", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("tid", LOCAL_ID, nullable=False),
    Column("tag", LargeBinary, nullable=False),
    Column("uid", LargeBinary, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("sid", "rep", "seq", "tag"),
    Index(None, "uid"),
    Index(None, "tid"),
)
record = Table(
    "record",
    base,
    Column("rid", LOCAL_ID, primary_key=True),
    Column("uid", LargeBinary, nullable=False, unique=True),
    Column("kind", Integer, nullable=False),
    Column("created_ms", BigInteger),
    Column("changed_ms", BigInteger),
    Column("withdrawn", Boolean, nullable=False),
    Column("created_lid", LOCAL_ID),
    Column("live", Text),
    Column("early", Text),
    Column("conflicts", Text),
    Column("unknown", Text),
    Column("seed", Text),
    Column("state", LargeBinary),
    Index(None, "kind", "rid"),
)
element = Table(
    "element",
    base,
    Column("rid", ForeignKey("record.rid", ondelete="CASCADE"), primary_key=True),
    Column("field", Integer, primary_key=True),
    Column("value", Text, primary_key=True),
    Index(None, "field", "value"),  # in a file only where there are many records: `schema.index_elements`
    sqlite_with_rowid=False,  # nothing but the key is in it: kept once, a save writes a page less
)
digest = Table("digest", base, Column("name", Text, primary_key=True), Column("total", LargeBinary, nullable=False))
draft = Table(
    "draft",
    base,
    Column("draft", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("uid", LargeBinary),
    Column("user", LargeBinary, nullable=False),
    Column("body", Text, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
)
audit = Table(
    "audit",
    base,
    Column("aid", LOCAL_ID, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", LargeBinary, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

segment = Table(
    "segment",
    base,
    Column("place", LargeBinary, primary_key=True),
    Column("sid", Integer, nullable=False),
    Column("rep", Integer, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("tags", LargeBinary),
    Column("intake", BigInteger),
    Index(None, "sid", "rep", "last"),
)
waiting = Table(
    "waiting",
    base,
    Column("place", LargeBinary, primary_key=True),
    Column("stream", LargeBinary, nullable=False),
    Column("replica", LargeBinary, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("undone", Boolean),
)
partner = Table(
    "partner",
    base,
    Column("replica", LargeBinary, primary_key=True),
    Column("have", Text, nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("sent_ms", BigInteger),
    Column("got", Text, nullable=False),
    Column("heard_ms", BigInteger),
)
statement = Table(
    "statement",
    base,
    Column("hash", LargeBinary, primary_key=True),
    Column("raw", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
)

derived = MetaData(naming_convention=NAMING)
"""One table per kind; made and altered by `schema.reconcile`, filled by the projector only."""


def _column(field: Field) -> Column[object]:
    types: dict[str, TypeEngine[object]] = {
        "text": CODED_TEXT,  # type: ignore[dict-item]
        "integer": BigInteger(),  # type: ignore[dict-item]
        "real": Float(),  # type: ignore[dict-item]
        "boolean": Boolean(),  # type: ignore[dict-item]
    }
    if isinstance(field.type, Ref):
        return Column(field.name, LOCAL_ID)
    return Column(field.name, types[field.type.column])


def needs_sort_key(field: Field) -> bool:
    """Whether a `sort_` column beside the value makes lists alphabetical (text other than codes and dates)."""
    return field.sortable and field.type.name in {"text", "long_text"}


def sort_column(field: Field) -> str:
    """Return the column that lists are ordered by."""
    return f"sort_{field.name}" if needs_sort_key(field) else field.name


def kind_table(kind: Kind, into: MetaData) -> Table:
    """Return the table of ``kind``: ``rid``, ``withdrawn``, a column per field, sort keys and their indexes.

    ``withdrawn`` repeats `record.withdrawn` so that one index serves the list without a join.
    """
    columns: list[Column[object]] = [Column("rid", LOCAL_ID, primary_key=True, autoincrement=False)]
    columns.append(Column("withdrawn", Boolean, nullable=False))
    columns += [_column(field) for field in kind.all_fields]
    columns += [Column(sort_column(field), CODED_TEXT) for field in kind.all_fields if needs_sort_key(field)]
    table = Table(kind.name, into, *columns)
    Index(f"ix_{kind.name}_rid", table.c.withdrawn, table.c.rid)  # for counts, and the newest first
    for field in kind.all_fields:
        if isinstance(field.type, Ref):
            column = table.c[field.name]
            there = column.is_not(None)  # most references are empty; each index written is a page encrypted
            Index(f"ix_{kind.name}_{field.name}", column, sqlite_where=there, postgresql_where=there)
        if field.sortable:
            name = sort_column(field)
            Index(f"ix_{kind.name}_{name}_rid", table.c.withdrawn, table.c[name], table.c.rid)
    return table


KIND_TABLES: dict[str, Table] = {kind.name: kind_table(kind, derived) for kind in KINDS.values()}
