"""What the encryption costs: the same work on SQLCipher and on plain SQLite of the same library."""

from __future__ import annotations

import tempfile
from pathlib import Path

from samples import AUTHOR, KEY, Office, clock, new_store
from save_one import SAVES, fast_half, save
from timing import FEWEST_ROUNDS, Ratio, arguments, seconds, show, side_by_side

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries import lists
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.store import Store, Written

FILLED, PAGE = 2000, 50
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
        locked.close()
        plain.close()
    return ratios


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    show("Encrypted against plain", measure(max(options.rounds, FEWEST_ROUNDS)), NOTES)


if __name__ == "__main__":
    main()
