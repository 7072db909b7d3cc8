"""Saving one record against the bare driver writing the same rows in one transaction (FULL, SQLCipher)."""

from __future__ import annotations

import gc
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from raw_rows import Bundle, RawWriter, check_layout, marks, rows_after
from samples import AUTHOR, KEY, Office, clock, new_store
from timing import FEWEST_ROUNDS, Ratio, arguments, profiled, show, side_by_side

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.store import Store, Written
from ethnomed_desktop.store.vault_keys import sign

SAVES = 40
"""Saves per round; a round's time is that of its fastest half, because a disk hiccup is nobody's merit."""

NOTES = (
    "ours: make the change line, number, hash, project, fold, sort keys, digest, sign, commit.",
    "other: the driver writes the ready rows of equal bytes and signs once; without signing in the 2nd line.",
)


class Pair(NamedTuple):
    """Two equal files: one written through the store, one by the driver; and the rows for the latter."""

    store: Store
    raw: RawWriter
    values: list[dict[str, Value]]
    bundles: list[Bundle]


def save(store: Store, values: dict[str, Value]) -> None:
    """Save one incident as a command does."""
    with store.unit_of_work(AUTHOR, clock(), Action.RECORD, Written()) as work:
        work.create(KINDS["incident"], values)


def equal_files(folder: Path, count: int, key: bytes | None = KEY) -> Pair:
    """Make the files, and the rows by a first run of ours on a copy."""
    base = folder / "base.db"
    store = new_store(base, key)
    office = Office(store)
    check_layout(store)
    values = [office.incident() for _ in range(count)]
    store.close()
    for name in ("recorded.db", "ours.db", "raw.db"):
        shutil.copy(base, folder / name)
    recorded = Store(open_sqlite(folder / "recorded.db", key), {})
    before = marks(recorded)
    for one in values:
        save(recorded, one)
    bundles = rows_after(recorded, before)
    recorded.close()
    return Pair(Store(open_sqlite(folder / "ours.db", key), {}), RawWriter(folder / "raw.db", key), values, bundles)


def fast_half(work: Callable[[int], object], first: int) -> float:
    """Return the mean seconds of the faster half of the runs from ``first`` on."""
    gc.collect()
    times = []
    for number in range(first, first + SAVES):
        start = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - start)
    return sum(sorted(times)[: SAVES // 2]) / (SAVES // 2)


def compared(title: str, rounds: int, *, signed: bool) -> Ratio:
    """Compare on two fresh files, with or without a signature on the driver's side."""
    with tempfile.TemporaryDirectory() as name:
        pair = equal_files(Path(name), SAVES * (rounds + 1))

        def write(number: int) -> None:
            pair.raw.write(pair.bundles[number], sign(AUTHOR.seed, bytes(32)) if signed else None)

        made = side_by_side(
            title,
            lambda turn: fast_half(lambda number: save(pair.store, pair.values[number]), turn * SAVES),
            lambda turn: fast_half(write, turn * SAVES),
            rounds,
            1.6,
            1.3,
        )
        pair.store.close()
        pair.raw.connection.close()
    return made


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    if options.profile:
        with tempfile.TemporaryDirectory() as name:
            pair = equal_files(Path(name), 1000)
            profiled(lambda: deque(map(partial(save, pair.store), pair.values), maxlen=0))
            pair.store.close()
            return
    rounds = max(options.rounds, FEWEST_ROUNDS)
    ratios = [
        compared("save, both sign", rounds, signed=True),
        compared("save, driver without signing", rounds, signed=False),
    ]
    show("Saving one record", ratios, NOTES)


if __name__ == "__main__":
    main()
