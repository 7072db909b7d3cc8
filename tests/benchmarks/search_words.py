"""Searching among many records as a person types, against the bare FTS query with the same words."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from big_store import big_store, folder_for
from samples import KEY, Office
from timing import FEWEST_ROUNDS, Ratio, arguments, profiled, show

from ethnomed_desktop.app.search import search_rids, word_groups
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.store import Store

QUICK, FULL = 50_000, 200_000
LIMIT = 20
RAW = (
    "SELECT rowid FROM search_index WHERE search_index MATCH ? "
    "ORDER BY bm25(search_index, 8.0, 1.0), rowid DESC LIMIT ?"
)
RAW_NEWEST = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"
NOTES = (
    "Each query by each way in turn; p95 and p50 over all queries, of the best time of each.",
    "ours: folding, stems, other spellings when nothing is found, nothing withdrawn; +rows: with the records.",
    "other: the driver's MATCH with the words already folded and stemmed, in the same order.",
)


def queries(office: Office, count: int) -> list[str]:
    """Return what people type: beginnings of words, whole words, two or three of them, nothing sensible."""
    chance = random.Random(7)
    made = []
    for _ in range(count):
        words = office.words(chance.choice((1, 1, 2, 3))).split()
        last = words[-1]
        words[-1] = last[: chance.randrange(2, len(last) + 1)] if len(last) > 2 else last
        made.append(" ".join(words))
    return [*made, "Ұлытау", "жоксоз", "2026-0001"]


def best_times(works: Sequence[Callable[[str], object]], texts: list[str], rounds: int) -> list[list[float]]:
    """Return the best milliseconds of each query for each way to answer it, which take turns."""
    best = [[float("inf")] * len(texts) for _ in works]
    for _ in range(rounds):
        for place, text in enumerate(texts):
            for work, times in zip(works, best, strict=True):
                start = time.perf_counter()
                work(text)
                times[place] = min(times[place], (time.perf_counter() - start) * 1000)
    return best


def bare(connection: Any, text: str) -> list[Any]:
    """Run the query that ours comes to, by the driver."""
    words = word_groups(text)
    match = " AND ".join("(" + " OR ".join(f'"{one}"*' for one in group) + ")" for group in words)
    statement = RAW_NEWEST if sum(len(group[0]) for group in words) <= 3 else RAW
    return list(connection.execute(statement, (match, LIMIT)).fetchall())


def ours(store: Store, text: str, *, rows: bool) -> list[int]:
    """Search as the program does."""
    with store.reading() as connection:
        rids = search_rids(connection, text, None, LIMIT)
        if rows:
            records_by(connection, "rid", rids)
    return rids


def compared(name: str, mine: list[float], other: list[float]) -> list[Ratio]:
    """Return the ratios at the 95th percentile and in the middle."""
    typical = statistics.median(a / b for a, b in zip(mine, other, strict=True))
    p95 = [statistics.quantiles(times, n=20)[-1] for times in (mine, other)]
    p50 = [statistics.median(times) for times in (mine, other)]
    return [
        Ratio(f"{name}, p95", p95[0], p95[1], typical, 2.0),
        Ratio(f"{name}, p50", p50[0], p50[1], typical),
    ]


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    count = FULL if options.full else QUICK
    with folder_for(options.cache) as folder:
        store = big_store(folder, count, words=True)
        texts = queries(Office.chance_only(), 100)
        if options.profile:
            profiled(lambda: [ours(store, text, rows=True) for text in texts])
            return
        assert store.database.path is not None
        raw = open_connection(store.database.path, KEY, read_only=True)
        rounds = max(options.rounds, FEWEST_ROUNDS)
        works = (
            lambda text: bare(raw, text),
            lambda text: ours(store, text, rows=False),
            lambda text: ours(store, text, rows=True),
        )
        other, found, shown = best_times(works, texts, rounds)
        ratios = compared(f"{count:,} records", found, other) + compared("+rows", shown, other)
        show("Search", ratios, NOTES)
        raw.close()
        store.close()


if __name__ == "__main__":
    main()
