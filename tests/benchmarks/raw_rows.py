"""The other side: the same rows, ready made, written by the bare driver with prepared statements.

The rows are read back from a store that our side has written, so both sides write equal bytes into
equal files: log, record, row of the kind, set elements, search words, head, digest and transaction.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ethnomed_desktop.domain.merging import RecordState, apply_line
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.rows import row_of
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.tables import KIND_TABLES

Rows = list[tuple[Any, ...]]
SHARED_TABLES = ("log", "record", "element", "txn")
LAST_OF = {"log": "lid", "record": "rid", "element": "rid", "txn": "tid"}


@dataclass
class Bundle:
    """Rows by table, in the order of the table's columns; words are (rid, title, body)."""

    tables: dict[str, Rows] = field(default_factory=dict)
    words: Rows = field(default_factory=list)

    def lines(self) -> int:
        """How many lines of the log there are."""
        return len(self.tables["log"])


def marks(store: Store) -> dict[str, int]:
    """Return the last numbers of the tables, to read later what came after them."""
    with store.reading() as connection:
        return {
            table: connection.exec_driver_sql(f'SELECT coalesce(max({key}), 0) FROM "{table}"').scalar_one()
            for table, key in LAST_OF.items()
        }


def rows_after(store: Store, last: dict[str, int]) -> list[Bundle]:
    """Return what was written since ``last``, one bundle per transaction (of new records only)."""
    with store.reading() as connection:
        reader = LogReader(connection)
        tids = _column(connection, f"SELECT tid FROM txn WHERE tid > {last['txn']} ORDER BY tid")
        return [_bundle(connection, reader, tid) for tid in tids]


def _column(connection: Connection, statement: str) -> list[Any]:
    return [row[0] for row in connection.exec_driver_sql(statement)]


def _bundle(connection: Connection, reader: LogReader, tid: int) -> Bundle:
    made = Bundle()
    uids = f"SELECT uid FROM log WHERE tid = {tid}"
    rids = f"SELECT rid FROM record WHERE uid IN ({uids})"
    conditions = {
        "log": f"tid = {tid} ORDER BY lid",
        "record": f"uid IN ({uids}) ORDER BY rid",
        "element": f"rid IN ({rids}) ORDER BY rid, field, value",
        "txn": f"tid = {tid}",
    }
    for table, condition in conditions.items():
        made.tables[table] = _rows(connection, f'SELECT * FROM "{table}" WHERE {condition}')
    for name in KIND_TABLES:
        rows = _rows(connection, f'SELECT * FROM "{name}" WHERE rid IN ({rids}) ORDER BY rid')
        if rows:
            made.tables[name] = rows
    rid_of = {bytes(row[1]): row[0] for row in made.tables["record"]}
    for _, line in reader.of_transaction(tid):
        state = RecordState(line.change.uid, line.change.kind)
        apply_line(state, line)
        row = row_of(rid_of[line.change.uid], state, {})
        assert row is not None
        made.words.append((row.rid, *row.words()))
    return made


def _rows(connection: Connection, statement: str) -> Rows:
    return [tuple(row) for row in connection.exec_driver_sql(statement)]


class RawWriter:
    """Writes bundles with the driver alone; every statement is prepared once and cached by the driver.

    ``narrow`` leaves out columns that are empty in a whole bundle, as our store does for many rows.
    """

    def __init__(self, path: Path, key: bytes | None, *, narrow: bool = False) -> None:
        self._narrow = narrow
        self._used: dict[str, list[int]] = {}
        self.connection = open_connection(path, key)
        self._statements: dict[str, str] = {}
        self._has_head = self.connection.execute("SELECT count(*) FROM head").fetchone()[0] > 0

    def write(self, bundle: Bundle, signature: bytes | None = None) -> None:
        """Write one bundle in one transaction; ``signature`` replaces the one read back."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        for table, rows in bundle.tables.items():
            if table == "txn" and signature is not None:
                rows = [(*row[:5], signature, row[6]) for row in rows]  # noqa: PLW2901
            self._insert(table, rows)
        self._many("INSERT INTO search_index(rowid, title, body) VALUES (?, ?, ?)", bundle.words)
        last = bundle.tables["log"][-1]
        self._head((last[3], bundle.tables["txn"][0][4], hashlib.sha256(last[5]).digest(), last[1], last[2]))
        execute("UPDATE digest SET total = ? WHERE name = 'all'", (hashlib.sha256(last[6]).digest(),))
        execute("COMMIT")

    def prepare(self, bundles: list[Bundle]) -> list[Bundle]:
        """Return the bundles as they are written: ready made, so that this costs no time that counts."""
        if not self._narrow:
            return bundles
        for table in KIND_TABLES:
            rows = [row for bundle in bundles for row in bundle.tables.get(table, ())]
            self._used[table] = [
                at for at, cells in enumerate(zip(*rows, strict=True)) if any(c is not None for c in cells)
            ]
        made = []
        for bundle in bundles:
            tables = {
                table: [tuple(row[at] for at in self._used[table]) for row in rows]
                if self._used.get(table)
                else rows
                for table, rows in bundle.tables.items()
            }
            for table, used in self._used.items():
                if used:
                    self._statements[table] = self._for_columns(table, used)
            made.append(Bundle(tables, bundle.words))
        return made

    def _for_columns(self, table: str, used: list[int]) -> str:
        names = [row[1] for row in self.connection.execute(f'PRAGMA table_info("{table}")')]
        columns = ", ".join(f'"{names[at]}"' for at in used)
        return f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(used))})'

    def _insert(self, table: str, rows: Rows) -> None:
        if rows:
            statement = self._statements.get(table)
            if statement is None:
                statement = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})'
                self._statements[table] = statement
            self._many(statement, rows)

    def _many(self, statement: str, rows: Rows) -> None:
        if len(rows) == 1:
            self.connection.execute(statement, rows[0])
        elif rows:
            self.connection.executemany(statement, rows)

    def _head(self, row: tuple[Any, ...]) -> None:
        if self._has_head:
            self.connection.execute("UPDATE head SET seq = ?, stamp = ?, chain = ? WHERE sid = ? AND rep = ?", row)
        else:
            self.connection.execute("INSERT INTO head(seq, stamp, chain, sid, rep) VALUES (?, ?, ?, ?, ?)", row)
            self._has_head = True


def check_layout(store: Store) -> None:
    """Make sure that rows read with ``*`` stand in the order of the tables of both files."""
    with store.reading() as connection:
        for kind_name, table in KIND_TABLES.items():
            have = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{kind_name}")')]
            assert have == [column.name for column in table.columns], kind_name
