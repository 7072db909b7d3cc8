"""Contents of attached files: in pieces, encrypted, found by their SHA-256, each kept once.

On a laptop they lie in a file of their own (``blobs.db``, another key), so that the store stays small; on
PostgreSQL beside the other tables. They are written *before* the record that names them: a power cut
between the two leaves a content that nobody names, which is harmless and swept later.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    func,
    select,
    text,
)
from sqlalchemy.pool import NullPool

from ethnomed_desktop.domain.attachments import PIECE
from ethnomed_desktop.domain.errors import EthnomedError, UserError, VaultError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import Database, StoreClosed, open_sqlite
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.safe_files import storage_error, sync_folder

_TABLES = MetaData()
blob = Table(
    "blob",
    _TABLES,
    Column("sha256", LargeBinary, primary_key=True),
    Column("size", BigInteger),  # unknown until the last piece has come
    Column("pieces", Integer, nullable=False),
    Column("added_ms", BigInteger, nullable=False),
)
piece = Table(
    "blob_piece",
    _TABLES,
    Column("sha256", LargeBinary, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Content:
    """What is kept of one content; ``size`` in bytes."""

    sha256: bytes
    size: int


@contextmanager
def _making(database: Database, on_server: bool) -> Iterator[Connection]:
    """Open the transaction that makes the tables.

    On a server it has a connection of its own, for it may be asked for within a transaction of the
    store; the lock keeps two computers from making them at once.
    """
    if not on_server:
        with database.writing() as connection:
            yield connection
        return
    engine = create_engine(database.writer.url, poolclass=NullPool)
    with translated_faults(), engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('em/blobs'))"))
        yield connection


class Blobs:
    """The contents of one vault; from any thread but the window's. Opened when first needed."""

    def __init__(
        self, path: Path, key: bytes, server: Database | None = None, *, reading_only: bool = False
    ) -> None:
        """``server``: the PostgreSQL store that holds them instead of the file; it is not closed here.

        ``reading_only``: a newer program keeps them; whatever would write raises `NotAllowed`.
        """
        self.path = path
        self._key = key
        self._server = server
        self._reading_only = reading_only
        self._own: Database | None = None
        self._lock = threading.Lock()
        self._ready = False
        self._closed = False

    def _database(self) -> Database:
        with self._lock:
            if self._closed:
                raise StoreClosed
            if self._server is None and self._own is None:
                self._own = open_sqlite(self.path, self._key)
            database = self._server or self._own
            assert database is not None
            if not self._ready and self._reading_only:
                if self._own is not None:
                    self._own.forbid_writing()
                self._ready = True
            elif not self._ready:
                with _making(database, self._server is not None) as connection:
                    _TABLES.create_all(connection)
                self._ready = True
            return database

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever kept here; tells it without making the file."""
        return self._server is None and not self.path.exists()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _own_words(), self._database().reading() as connection:
            yield connection

    @contextmanager
    def _writing(self, within: Connection | None = None) -> Iterator[Connection]:
        """Open a transaction; on a server the one it stands ``within``, where there is one."""
        if within is not None and self._server is not None:
            self._database()
            yield within
            return
        with _own_words(), self._database().writing() as connection:
            yield connection

    def put(self, read: Callable[[], Iterable[bytes]], added_ms: int, progress: Progress = no_progress) -> Content:
        """Keep a content; ``read()`` gives it from the beginning and is called up to twice.

        One transaction: all pieces or none. What is there already is not written again – unless it is
        damaged, then this heals it. Raises `StorageError`, `UserError` (``attachment.changing``: the file
        was written to meanwhile), and what ``read`` raises.
        """
        whole, size = hashlib.sha256(), 0
        for part in read():
            whole.update(part)
            size += len(part)
        found = Content(whole.digest(), size)
        if self.is_sound(found.sha256):
            return found
        again = hashlib.sha256()
        with self._writing() as connection:
            _delete(connection, [found.sha256])
            number = done = 0
            for part in _in_pieces(read()):
                again.update(part)
                _insert_piece(connection, found.sha256, number, part)
                number, done = number + 1, done + len(part)
                progress(done, size)
            if again.digest() != found.sha256:
                raise UserError("attachment.changing")
            row = {"sha256": found.sha256, "size": size, "pieces": number, "added_ms": added_ms}
            connection.execute(blob.insert().values(**row))
        return found

    def put_piece(
        self,
        sha256: bytes,
        number: int,
        pieces: int,
        data: bytes,
        added_ms: int,
        within: Connection | None = None,
    ) -> bool:
        """Keep one piece of a content that comes in parts; says whether the content is whole now.

        When the last piece has come, the whole must have its SHA-256, else all its pieces are dropped.
        ``within``: the store's transaction that this is a part of, where both are on one server.
        """
        with self._writing(within) as connection:
            known = connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()
            if known is not None and known.size is not None:
                return True
            if known is None:
                row = {"sha256": sha256, "size": None, "pieces": pieces, "added_ms": added_ms}
                connection.execute(blob.insert().values(**row))
            elif known.pieces != pieces:
                return False
            connection.execute(piece.delete().where(piece.c.sha256 == sha256, piece.c.number == number))
            _insert_piece(connection, sha256, number, data)
            count = select(func.count()).select_from(piece).where(piece.c.sha256 == sha256)
            if connection.execute(count).scalar_one() < pieces:
                return False
            whole, size = hashlib.sha256(), 0
            for at in range(pieces):
                one = connection.execute(_piece(sha256, at)).first()
                part = bytes(one.data) if one is not None else b""
                whole.update(part)
                size += len(part)
            if whole.digest() != sha256:
                _delete(connection, [sha256])
                return False
            connection.execute(blob.update().where(blob.c.sha256 == sha256).values(size=size))
        return True

    def present(self, wanted: Sequence[bytes]) -> set[bytes]:
        """Return those that are here whole, by what is noted of them (`check` reads them)."""
        if self.is_empty or not wanted:
            return set()
        with self._reading() as connection:
            rows = connection.execute(select(blob.c.sha256).where(blob.c.size.is_not(None))).scalars()
            return set(wanted) & {bytes(row) for row in rows}

    def read(self, sha256: bytes, progress: Progress = no_progress) -> Iterator[bytes]:
        """Yield the content piece by piece, each one checked; after the last one the whole has been too.

        Raises `UserError`: ``attachment.not_here``, ``attachment.damaged`` – then what was yielded is to
        be thrown away.
        """
        if self.is_empty:
            raise UserError("attachment.not_here", name="")
        with self._reading() as connection:
            head = connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()
        if head is None or head.size is None:
            raise UserError("attachment.not_here", name="")
        whole, done = hashlib.sha256(), 0
        for number in range(head.pieces):
            with self._reading() as connection:
                row = connection.execute(_piece(sha256, number)).first()
            data = bytes(row.data) if row is not None else b""
            if row is None or hashlib.sha256(data).digest() != bytes(row.digest):
                raise UserError("attachment.damaged", name="")
            whole.update(data)
            done += len(data)
            progress(done, head.size)
            yield data
        if whole.digest() != sha256 or done != head.size:
            raise UserError("attachment.damaged", name="")

    def piece_of(self, sha256: bytes, number: int) -> bytes:
        """Return one piece, for an exchange file; raises as `read`."""
        with self._reading() as connection:
            row = connection.execute(_piece(sha256, number)).first()
        if row is None or hashlib.sha256(bytes(row.data)).digest() != bytes(row.digest):
            raise UserError("attachment.damaged", name="")
        return bytes(row.data)

    def kept(self) -> dict[bytes, tuple[int | None, int]]:
        """Return all that is kept: size (None while pieces are missing) and time added, by SHA-256."""
        if self.is_empty:
            return {}
        with self._reading() as connection:
            return {bytes(row.sha256): (row.size, row.added_ms) for row in connection.execute(select(blob))}

    def damaged(self, progress: Progress = no_progress) -> set[bytes]:
        """Read every piece of every content; return those that are not what they were. Never raises for them.

        Raises `UserError` (``attachment.store_damaged``) when not even the list of contents can be read.
        """
        every = [sha for sha, (size, _) in self.kept().items() if size is not None]
        found = set()
        for number, sha in enumerate(every, start=1):
            if not self._reads_well(sha):
                found.add(sha)
            progress(number, len(every))
        return found

    def page_faults(self) -> int:
        """Return how many faults the engine finds in the file; 0 where there is none."""
        if self.is_empty or self._server is not None:
            return 0
        with self._reading() as connection:
            return page_faults(connection)

    def remove(self, gone: Iterable[bytes]) -> None:
        """Drop contents; their pages are overwritten."""
        with self._writing() as connection:
            _delete(connection, list(gone))

    def compact(self) -> None:
        """Write the file anew without what was removed from it; a server's tables are its store's."""
        if not self.is_empty and self._server is None:
            with _own_words():
                self._database().compact()

    @contextmanager
    def still(self) -> Iterator[Path | None]:
        """Keep everybody from writing while the file is copied; None: there is no file (yet)."""
        if self.is_empty or self._server is not None:
            yield None
            return
        with _own_words(), self._database().still() as path:
            yield path

    def beside(self, path: Path) -> Blobs:
        """Return a place for contents at another path, under the same key; the caller closes it."""
        return Blobs(path, self._key)

    def replace_file(self, coming: Path) -> None:
        """Put a file of contents, whole and closed, in the place of this one; raises `StorageError`."""
        with self._lock:
            if self._own is not None:
                self._own.close()
            self._own, self._ready = None, False
            try:
                for rest in ("-wal", "-shm", "-journal"):
                    self.path.with_name(f"{self.path.name}{rest}").unlink(missing_ok=True)
                os.replace(coming, self.path)
                sync_folder(self.path.parent)
            except OSError as error:
                raise storage_error(error, self.path) from error

    @property
    def on_server(self) -> bool:
        """Whether the contents lie on a server, not in a file."""
        return self._server is not None

    def close(self) -> None:
        """Fold everything into the file and let go; closing twice is harmless."""
        self._closed = True
        if self._own is not None:
            self._own.close()

    def is_sound(self, sha256: bytes) -> bool:
        """Whether the content is here and, read from end to end, what it was."""
        return bool(self.present([sha256])) and self._reads_well(sha256)

    def _reads_well(self, sha256: bytes) -> bool:
        try:
            for _part in self.read(sha256):
                pass
        except UserError:
            return False
        return True


def faults_in(path: Path, key: bytes) -> int:
    """Return the faults of a copied file of contents: pages, and contents that are not what they were."""
    copied = Blobs(path, key)
    try:
        faults = copied.page_faults()
        return faults or len(copied.damaged())
    except EthnomedError:
        return 1
    finally:
        copied.close()


@contextmanager
def _own_words() -> Iterator[None]:
    """A damaged file of contents is no reason to call the vault damaged: the records are whole."""
    try:
        yield
    except VaultError as error:
        if error.code != "vault.damaged":
            raise
        raise UserError("attachment.store_damaged") from error


def _in_pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for part in parts:
        waiting += part
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)


def _insert_piece(connection: Connection, sha256: bytes, number: int, data: bytes) -> None:
    row = {"sha256": sha256, "number": number, "digest": hashlib.sha256(data).digest(), "data": data}
    connection.execute(piece.insert().values(**row))


def _piece(sha256: bytes, number: int):  # type: ignore[no-untyped-def]  # SQLAlchemy's select type is not worth spelling
    return select(piece.c.data, piece.c.digest).where(piece.c.sha256 == sha256, piece.c.number == number)


def _delete(connection: Connection, gone: Sequence[bytes]) -> None:
    for sha256 in gone:
        connection.execute(piece.delete().where(piece.c.sha256 == sha256))
        connection.execute(blob.delete().where(blob.c.sha256 == sha256))
