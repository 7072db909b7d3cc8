"""Many new records through log and projector, against executemany of the same ready rows, in one transaction."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from raw_rows import Bundle, RawWriter, check_layout, marks, rows_after
from samples import AUTHOR, KEY, Office, clock, new_store
from timing import arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.store import Store, Written

QUICK, FULL = 20_000, 100_000
FLUSH_EVERY = 2000
NOTES = (
    "ours: change lines, hashes, chain, states, rows, folding, sort keys, digest, one signature, commit.",
    "other: executemany of the ready rows of log, record, kind, elements and search words, commit.",
)


def write_all(store: Store, values: list[dict[str, Value]]) -> None:
    """Create the records in one unit of work, flushed as an import flushes."""
    with store.unit_of_work(AUTHOR, clock(), Action.IMPORT, Written()) as work:
        for number, one in enumerate(values, start=1):
            work.create(KINDS["incident"], one)
            if number % FLUSH_EVERY == 0:
                work.flush()


def prepared(folder: Path, count: int) -> tuple[list[dict[str, Value]], Bundle]:
    """Make the empty base file and the rows of a first run of ours."""
    store = new_store(folder / "base.db")
    office = Office(store)
    check_layout(store)
    store.close()
    values = [office.incident() for _ in range(count)]
    shutil.copy(folder / "base.db", folder / "recorded.db")
    recorded = Store(open_sqlite(folder / "recorded.db", KEY), {})
    before = marks(recorded)
    write_all(recorded, values)
    (bundle,) = rows_after(recorded, before)
    recorded.close()
    return values, bundle


def on_a_copy(folder: Path, work: Callable[[Path], float]) -> float:
    """Run ``work`` on a fresh copy of the base file."""
    path = folder / "copy.db"
    shutil.copy(folder / "base.db", path)
    try:
        return work(path)
    finally:
        for left in folder.glob("copy.db*"):
            left.unlink()


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--count", type=int, help="how many records")
    options = parser.parse_args()
    count = options.count or (FULL if options.full else QUICK)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        values, bundle = prepared(folder, count)

        def ours(path: Path) -> float:
            store = Store(open_sqlite(path, KEY), {})
            taken = seconds(lambda: write_all(store, values))
            store.close()
            return taken

        def other(path: Path) -> float:
            raw = RawWriter(path, KEY)
            taken = seconds(lambda: raw.write(bundle))
            raw.connection.close()
            return taken

        if options.profile:
            profiled(lambda: on_a_copy(folder, ours))
            return
        ratio = side_by_side(
            f"{count:,} new records",
            lambda _: on_a_copy(folder, ours),
            lambda _: on_a_copy(folder, other),
            options.rounds,
            2.0,
            1.5,
        )
    show("Many records at once", [ratio], NOTES)


if __name__ == "__main__":
    main()
