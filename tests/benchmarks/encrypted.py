"""What the encryption costs: the same work on SQLCipher and on plain SQLite of the same library."""

from __future__ import annotations

import tempfile
from pathlib import Path

from samples import AUTHOR, KEY, Office, clock, new_store
from save_one import SAVES, fast_half, save
from timing import FEWEST_ROUNDS, Ratio, arguments, seconds, show, side_by_side

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_connection, open_sqlite
from ethnomed_desktop.store.queries import lists
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.search import find_rids
from ethnomed_desktop.store.store import Store, Written

FILLED, PAGE = 2000, 50
SCAN = "SELECT count(*) FROM incident WHERE what_happened LIKE '%жоқ сөз%'"
WORDS = ("су", "дау", "жер", "бал", "кел")
QUESTION = lists.Question(KINDS["incident"], sort="-happened")
NOTES = ("ours: SQLCipher with a raw key; other: the same library and settings without a key.",)


def filled(path: Path, key: bytes | None) -> tuple[Store, Office]:
    """Make a store with some records."""
    store = new_store(path, key)
    office = Office(store)
    with store.unit_of_work(AUTHOR, clock(), Action.IMPORT, Written()) as work:
        for _ in range(FILLED):
            work.create(KINDS["incident"], office.incident())
    return store, office


def warm_page(store: Store) -> float:
    """Return the seconds of one page of a sorted list whose blocks are in the cache (mean of 20)."""

    def pages() -> None:
        for _ in range(20):
            with store.reading() as connection:
                rids, _token = lists.page(connection, QUESTION, None, PAGE)
                records_by(connection, "rid", rids)

    return seconds(pages) / 20


def warm_search(store: Store) -> float:
    """Return the seconds of one search by the beginning of a word (mean of 20)."""

    def searches() -> None:
        for number in range(20):
            with store.reading() as connection:
                find_rids(connection, [(WORDS[number % len(WORDS)],)], None, PAGE)

    return seconds(searches) / 20


def opening(path: Path, key: bytes | None) -> float:
    """Return the seconds from a closed file to its first page; the key is there already."""

    def work() -> None:
        store = Store(open_sqlite(path, key), {})
        with store.reading() as connection:
            rids, _token = lists.page(connection, QUESTION, None, PAGE)
            records_by(connection, "rid", rids)
        store.close()

    return seconds(work)


def cold_scan(path: Path, key: bytes | None) -> float:
    """Return the seconds of looking for a word in all texts by a fresh connection whose cache is small."""
    connection = open_connection(path, key, read_only=True)
    connection.execute("PRAGMA cache_size=-512")
    try:
        return seconds(lambda: connection.execute(SCAN).fetchall())
    finally:
        connection.close()


def measure(rounds: int) -> list[Ratio]:
    """Compare saving and reading."""
    with tempfile.TemporaryDirectory() as name:
        locked, office = filled(Path(name) / "locked.db", KEY)
        plain, _ = filled(Path(name) / "plain.db", None)
        values = [office.incident() for _ in range(SAVES)]

        def saving(store: Store) -> float:
            return fast_half(lambda number: save(store, values[number]), 0)

        ratios = [
            side_by_side("save", lambda _: saving(locked), lambda _: saving(plain), rounds, 1.4),
            side_by_side("warm first page", lambda _: warm_page(locked), lambda _: warm_page(plain), rounds, 1.3),
        ]
        ratios.append(
            side_by_side("warm search", lambda _: warm_search(locked), lambda _: warm_search(plain), rounds, 1.3)
        )
        locked.close()
        plain.close()
        files = ((Path(name) / "locked.db", KEY), (Path(name) / "plain.db", None))
        for title, work, limit in (("open without key derivation", opening, 2.0), ("cold scan", cold_scan, 3.0)):
            ours, other = ((lambda _, work=work, file=file: work(*file)) for file in files)
            ratios.append(side_by_side(title, ours, other, rounds, limit))
    return ratios


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    show("Encrypted against plain", measure(max(options.rounds, FEWEST_ROUNDS)), NOTES)


if __name__ == "__main__":
    main()
