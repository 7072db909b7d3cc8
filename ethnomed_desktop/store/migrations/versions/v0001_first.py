"""Tables of the log and its companions: the first version. Frozen; later changes are versions of their own.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOCAL_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(title, body, content='', contentless_delete=1, "
    "tokenize=\"unicode61 remove_diacritics 0\", prefix='2 3', detail=column)",
)
SEARCH_POSTGRESQL = (
    "CREATE TABLE search_index (rowid bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, "
    "words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', left(title, 100000)), 'A') || "
    "setweight(to_tsvector('simple', left(body, 400000)), 'B')) STORED)",
    "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("aid", LOCAL_ID, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.LargeBinary(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("aid", name=op.f("pk_audit")),
    )
    op.create_table(
        "digest",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("total", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_digest")),
    )
    op.create_table(
        "draft",
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=True),
        sa.Column("user", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("draft", name=op.f("pk_draft")),
    )
    op.create_table(
        "log",
        sa.Column("lid", LOCAL_ID, nullable=False),
        sa.Column("sid", sa.Integer(), nullable=False),
        sa.Column("rep", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("tid", LOCAL_ID, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lid", name=op.f("pk_log")),
        sa.UniqueConstraint("sid", "rep", "seq", "tag", name=op.f("uq_log_sid_rep_seq_tag")),
    )
    op.create_index(op.f("ix_log_tid"), "log", ["tid"], unique=False)
    op.create_index(op.f("ix_log_uid"), "log", ["uid"], unique=False)
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "record",
        sa.Column("rid", LOCAL_ID, nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=True),
        sa.Column("changed_ms", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_lid", LOCAL_ID, nullable=True),
        sa.Column("live", sa.Text(), nullable=True),
        sa.Column("early", sa.Text(), nullable=True),
        sa.Column("conflicts", sa.Text(), nullable=True),
        sa.Column("unknown", sa.Text(), nullable=True),
        sa.Column("seed", sa.Text(), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_record")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_uid")),
    )
    op.create_index(op.f("ix_record_kind_rid"), "record", ["kind", "rid"], unique=False)
    op.create_table(
        "replica",
        sa.Column("rep", LOCAL_ID, nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("verify_key", sa.LargeBinary(), nullable=True),
        sa.Column("sign_seed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("rep", name=op.f("pk_replica")),
        sa.UniqueConstraint("uid", name=op.f("uq_replica_uid")),
    )
    op.create_table(
        "stream",
        sa.Column("sid", LOCAL_ID, nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("owner", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_stream")),
        sa.UniqueConstraint("uid", name=op.f("uq_stream_uid")),
    )
    op.create_table(
        "txn",
        sa.Column("tid", LOCAL_ID, nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("user", sa.LargeBinary(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("undoes", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("tid", name=op.f("pk_txn")),
        sa.UniqueConstraint("uid", name=op.f("uq_txn_uid")),
    )
    op.create_table(
        "element",
        sa.Column("rid", LOCAL_ID, nullable=False),
        sa.Column("field", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_element_rid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rid", "field", "value", name=op.f("pk_element")),
    )
    op.create_index(op.f("ix_element_field_value"), "element", ["field", "value"], unique=False)
    op.create_table(
        "head",
        sa.Column("sid", LOCAL_ID, nullable=False),
        sa.Column("rep", LOCAL_ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["rep"], ["replica.rep"], name=op.f("fk_head_rep")),
        sa.ForeignKeyConstraint(["sid"], ["stream.sid"], name=op.f("fk_head_sid")),
        sa.PrimaryKeyConstraint("sid", "rep", name=op.f("pk_head")),
    )
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in SEARCH_POSTGRESQL if on_postgresql else SEARCH_SQLITE:
        op.execute(statement)
    op.execute(sa.text("INSERT INTO digest (name, total) VALUES ('all', :zero)").bindparams(zero=bytes(32)))
