"""Makes of a closed council what a newer program would leave: tables, columns, kinds unknown to this one."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.changes import Action, Change, Op
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.vault_keys import subkeys

STRANGE_KIND = 9170
STRANGE_FIELD = "9077"
NEWER = (
    "UPDATE alembic_version SET version_num = '0099'",
    "UPDATE meta SET value = '99' WHERE name = 'schema'",
    "ALTER TABLE person ADD COLUMN nickname TEXT",
    "ALTER TABLE log ADD COLUMN weight INTEGER NOT NULL DEFAULT 7",
    "CREATE TABLE letter (rid INTEGER PRIMARY KEY, subject TEXT NOT NULL)",
    "INSERT INTO letter VALUES (1, 'Өтініш')",
    "CREATE TRIGGER letter_kept BEFORE DELETE ON letter BEGIN SELECT raise(ABORT, 'kept'); END",
)


def write_strangely(ctx: AppContext, person: bytes) -> bytes:
    """Write a field of a newer program into a record, and a record of a kind that only it knows."""
    letter = bytes(new_uid(ctx.clock.now_ms()))
    with ctx.unit_of_work(Action.REVISE, Written()) as work:
        work.write_keys(work.state(person), {STRANGE_FIELD: "Құрдас"})
        work._queue(Change(letter, STRANGE_KIND, Op.CREATE, {"1": "Өтініш"}))
    return letter


def make_newer(root: Path, vault_key: bytes, *more: str) -> None:
    """Change the closed store as a newer program would; ``more`` are further statements."""
    connection = open_connection(root / "store.db", subkeys(vault_key).db)
    for statement in (*NEWER, *more):
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
