"""A backup of a large vault against copying its files, and looking it over against the engine's own checks."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

from samples import AUTHOR, KEY, Office, clock, new_store
from timing import Ratio, arguments, seconds, show, side_by_side

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import no_progress
from ethnomed_desktop.store import backup
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import open_connection, open_sqlite
from ethnomed_desktop.store.store import Written

QUICK_MB, FULL_MB = 128, 1024
HEAD = {"v": 1, "vault": "00" * 16, "created_ms": 0, "practice": True}
NOTES = (
    "backup – ours: fold the log, one file with sums, fsync; other: cp of the file, fsync.",
    "verification – ours: unpack, compare the sums, the engine's checks; other: the engine's checks in place.",
)


def filled(folder: Path, megabytes: int) -> Path:
    """Make an encrypted store of about that size: some records, and ballast that does not compress."""
    path = folder / "store.db"
    store = new_store(path, KEY)
    office = Office(store)
    with store.unit_of_work(AUTHOR, clock(), Action.IMPORT, Written()) as work:
        for _ in range(2000):
            work.create(KINDS["incident"], office.incident())
    store.close()
    connection = open_connection(path, KEY)
    connection.execute("CREATE TABLE ballast (number INTEGER PRIMARY KEY, data BLOB)")
    piece = random.Random(1).randbytes(1 << 20)
    for number in range(megabytes):
        connection.execute("INSERT INTO ballast VALUES (?, ?)", (number, piece))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def pack(source: Path, target: Path) -> None:
    """Write the backup as `write_backup` does, but for looking at it."""
    database = open_sqlite(source, KEY)
    with database.still() as path, target.open("wb") as file:
        backup._pack(file, HEAD, b"{}", {backup.STORE: path}, no_progress)
        file.flush()
        os.fsync(file.fileno())
    database.close()


def copy(source: Path, target: Path) -> None:
    """Copy as ``cp`` does and bring it to the medium."""
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def look(packed: Path, room: Path) -> None:
    """Unpack and look, as `verify` does."""
    folder = room / "verify"
    folder.mkdir()
    backup.unpack(packed, folder, durable=False)
    checks(folder / backup.STORE)
    shutil.rmtree(folder)


def checks(path: Path) -> None:
    """The engine's own checks of every page."""
    connection = open_connection(path, KEY)
    assert page_faults(connection) == 0
    connection.close()


def measure(rounds: int, megabytes: int) -> list[Ratio]:
    """Compare both halves of a backup."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = filled(folder, megabytes)
        packed, copied = folder / "a.emb", folder / "copy.db"
        ours = side_by_side(
            f"backup of {megabytes} MB",
            lambda _: seconds(lambda: pack(source, packed)),
            lambda _: seconds(lambda: copy(source, copied)),
            rounds,
            1.5,
        )
        looked = side_by_side(
            "its verification",
            lambda _: seconds(lambda: look(packed, folder)),
            lambda _: seconds(lambda: checks(source)),
            rounds,
            1.5,
        )
    return [ours, looked]


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    megabytes = FULL_MB if options.full else QUICK_MB
    show("Backup of a large vault", measure(options.rounds, megabytes), NOTES)


if __name__ == "__main__":
    main()
