"""Opening the store: SQLCipher on a laptop, PostgreSQL for many users at once.

One `Database` has a writer (one connection, BEGIN IMMEDIATE) and a reader with a connection of its
own, so a long list never waits for a save. Neither may be used on the UI thread.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, StorageError, VaultError
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.medium import medium_of

Reading = Connection
"""A connection inside a transaction, as `Database.reading` and `Database.writing` give it."""

PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-32768",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA journal_size_limit=67108864",
)

ON_A_STICK = (
    "PRAGMA busy_timeout=60000",  # without the write-ahead log whoever saves waits for whoever reads
    "PRAGMA cache_spill=OFF",  # and nobody shall wait for a saving that has not come to its end
)


def open_connection(path: Path, key: bytes | None, *, read_only: bool = False) -> Any:
    """Open the file with its raw 32-byte key (``None``: plain SQLite, for measuring only).

    Raises `VaultError` (``vault.damaged``) when the key does not fit or the file is no database,
    `StorageError` (``storage.read_only``) when it may not be read or written.
    """
    if path.is_dir():
        raise VaultError("vault.damaged")
    if path.exists() and not os.access(path, os.R_OK if read_only else os.R_OK | os.W_OK):
        raise StorageError("storage.read_only", path=path.name, needed=0)
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    with translated_faults():
        connection = sqlcipher3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        try:
            if key is not None:
                connection.execute("PRAGMA cipher_log_level=NONE")
                connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            for pragma in PRAGMAS:
                connection.execute(pragma)
            if medium_of(path.parent).keeps_one_file:
                for pragma in ON_A_STICK:
                    connection.execute(pragma)
                if not read_only:
                    connection.execute("PRAGMA journal_mode=TRUNCATE")
            elif not read_only:
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection


class StoreClosed(RuntimeError):
    """Somebody asked a store that was locked already: a mistake of ours, never of the people at the window."""


class Database:
    """The two engines over one store, and the locks that make each a single lane."""

    def __init__(self, writer: Engine, reader: Engine, *, path: Path | None = None) -> None:
        self.writer = writer
        self.reader = reader
        self.path = path
        self._write_lock = threading.RLock()
        self._read_lock = threading.RLock()
        self._in_writing = False
        self._view: Connection | None = None
        self._kept: dict[Engine, Connection] = {}
        self._closed = False
        self._reading_only = False

    @property
    def is_postgresql(self) -> bool:
        """Whether several users may be at work at once."""
        return self.writer.dialect.name == "postgresql"

    @property
    def is_closed(self) -> bool:
        """Whether nobody can read or write here any more."""
        return self._closed

    def forbid_writing(self) -> None:
        """Let nobody write from now on, also past `writing`: a newer program's tables are not ours to change."""
        with self._write_lock:
            self._reading_only = True
            if not self.is_postgresql:
                raw = self.writer.raw_connection()
                raw.cursor().execute("PRAGMA query_only=ON")
                raw.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any exception.

        Raises `NotAllowed` (``vault.reading_only``) where a newer program wrote the store.
        """
        if self._reading_only:
            raise NotAllowed("vault.reading_only")
        with self._write_lock, translated_faults():
            self._require_open()
            assert not self._in_writing, "a write transaction within a write transaction"
            self._in_writing = True
            try:
                with self._transaction(self.writer) as connection:
                    yield connection
            finally:
                self._in_writing = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view for reading; never writes. Within another reading it is the same view."""
        with self._read_lock, translated_faults():
            if self._view is not None:
                yield self._view
                return
            self._require_open()
            try:
                with self._transaction(self.reader) as self._view:
                    yield self._view
            finally:
                self._view = None

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        """One transaction on the engine's one connection; the caller holds its lock.

        On a laptop SQLAlchemy's connection is kept between transactions, for making it anew takes as long
        as finding a page of a list. A server's is asked for each time, so that one gone dead is noticed.
        """
        if self.is_postgresql:
            with engine.begin() as connection:
                yield connection
            return
        kept = self._kept.get(engine)
        if kept is None:
            kept = self._kept[engine] = engine.connect()
        with kept.begin():
            yield kept

    def _let_go(self, engine: Engine) -> None:
        kept = self._kept.pop(engine, None)
        if kept is not None:
            kept.close()
        engine.dispose()

    def fold(self) -> None:
        """Fold the write-ahead log into the file, so that the file alone is the whole store."""
        with self._write_lock, self._read_lock, translated_faults():
            raw = self.writer.raw_connection()
            try:
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.close()
            if busy:  # a reader still looks at the old pages: nobody but another program can
                raise VaultError("vault.busy")

    def compact(self) -> None:
        """Write the store anew without what was removed from it: no page keeps words that no row has.

        Needs as much room again on the disk; raises `StorageError`, and then the store is as it was. A
        server does the same with its tables; its own log and its backups are its administrator's.
        """
        if self.is_postgresql:
            with self._write_lock, self._read_lock, translated_faults():
                self._require_open()
                with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("VACUUM FULL")
            return
        with self._write_lock, self._read_lock, translated_faults():
            self._require_open()
            raw = self.writer.raw_connection()
            try:
                raw.execute("VACUUM")
            finally:
                raw.close()
            self.fold()

    @contextmanager
    def still(self) -> Iterator[Path]:
        """Keep everybody from writing while the file, whole in itself, is copied; readers go on."""
        assert self.path is not None, "only a store in a file can be copied as one"
        with self._write_lock:
            self.fold()
            with nullcontext() if self._reading_only else self.writing():
                yield self.path

    def close(self) -> None:
        """Let go of the store; on a laptop the write-ahead log is folded into the file first.

        Where it cannot be (a full disk), it stays beside the file and is read at the next opening.
        Waits for whoever still reads or writes: a connection closed while another thread steps through
        its rows takes the whole program down. Nobody reads or writes afterwards; closing twice is harmless.
        """
        with self._write_lock, self._read_lock:
            if self._closed:
                return
            self._closed = True
            self._let_go(self.reader)
            try:
                if not self.is_postgresql:
                    with suppress(EthnomedError):
                        self.fold()
            finally:
                self._let_go(self.writer)

    def abandon(self) -> None:
        """Let go without writing anything: the store could not be opened after all."""
        with self._write_lock, self._read_lock:
            self._closed = True
            self._let_go(self.reader)
            self._let_go(self.writer)

    def look_anew(self) -> None:
        """Give the readers a fresh connection, after whoever reads now has ended."""
        with self._read_lock:
            self._let_go(self.reader)

    def _require_open(self) -> None:
        # The engine would quietly open the file again, with the key, after it was locked.
        if self._closed:
            raise StoreClosed


def _sqlite_engine(path: Path, key: bytes | None, *, read_only: bool) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3.dbapi2,
        creator=lambda: open_connection(path, key, read_only=read_only),
        poolclass=StaticPool,
    )
    statement = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver's own way of beginning leaves DDL and SELECT outside the transaction.
        # Past SQLAlchemy, for it happens before every reading.
        connection.connection.cursor().execute(statement)

    return engine


PAGE_BYTES = 4096


def _require_whole_pages(path: Path) -> None:
    """Refuse a file that was cut within its last page: the engine would notice only when it reads that page.

    A file with a log or a journal beside it may end so after a power cut; that then mends it.
    """
    try:
        beside = [path.with_name(f"{path.name}{side}") for side in ("-wal", "-journal")]
        mended = any(one.exists() and one.stat().st_size for one in beside)
        if path.exists() and path.stat().st_size % PAGE_BYTES and not mended:
            raise VaultError("vault.damaged")
    except OSError:
        return  # opening says it in its own words


def open_sqlite(path: Path, key: bytes | None) -> Database:
    """Open (or make) the store file. Raises `VaultError` or `StorageError`."""
    _require_whole_pages(path)
    writer = _sqlite_engine(path, key, read_only=False)
    with translated_faults(), writer.connect() as connection:
        store = connection.exec_driver_sql("PRAGMA temp_store").scalar()
        if store != 2:  # temporary tables on disk would hold text in clear
            raise VaultError("vault.damaged")
    return Database(writer, _sqlite_engine(path, key, read_only=True), path=path)


def open_postgresql(url: str) -> Database:
    """Connect to a PostgreSQL database; raises `VaultError` (``vault.server_gone``)."""
    plain = url.replace("postgresql://", "postgresql+psycopg://", 1)
    writer = create_engine(plain, pool_size=1, max_overflow=0, pool_pre_ping=True)
    reader = create_engine(
        plain, pool_size=1, max_overflow=0, pool_pre_ping=True, isolation_level="REPEATABLE READ"
    )
    with translated_faults(), writer.connect():
        pass
    return Database(writer, reader)
