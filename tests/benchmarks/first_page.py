"""The first page of a sorted list: long lists against short ones, and against the bare keyset query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from big_store import big_store, folder_for
from samples import KEY
from timing import FEWEST_ROUNDS, Ratio, arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.queries import lists
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.store import Store

SHORT, QUICK, FULL = 10_000, 200_000, 1_000_000
PAGE, TIMES = 50, 30
QUESTION = lists.Question(KINDS["incident"], sort="-happened")
_LISTED = "withdrawn = 0 AND happened IS NOT NULL ORDER BY happened DESC, rid DESC LIMIT ?"
NUMBERS = f"SELECT rid, happened FROM incident WHERE {_LISTED}"
RECORDS = f"""
    SELECT * FROM (SELECT * FROM incident WHERE {_LISTED}) i JOIN record r ON r.rid = i.rid
    LEFT JOIN record p ON p.rid = i.place LEFT JOIN record b ON b.rid = i.reported_by
    ORDER BY i.happened DESC, i.rid DESC
"""
NOTES = (
    f"{PAGE} rows, newest first. Row numbers: lists.page against the same keyset query by the driver.",
    "Records: values by field name, references as uids; against one query with the same columns and joins.",
)


def numbers(store: Store) -> float:
    """Return the seconds of one page of row numbers."""

    def pages() -> None:
        for _ in range(TIMES):
            with store.reading() as connection:
                lists.page(connection, QUESTION, None, PAGE)

    return seconds(pages) / TIMES


def records(store: Store) -> float:
    """Return the seconds of one page of records."""

    def pages() -> None:
        for _ in range(TIMES):
            with store.reading() as connection:
                records_by(connection, "rid", lists.page(connection, QUESTION, None, PAGE)[0])

    return seconds(pages) / TIMES


def bare(connection: Any, statement: str) -> float:
    """Return the seconds of one bare query in a transaction of its own."""

    def pages() -> None:
        for _ in range(TIMES):
            connection.execute("BEGIN")
            connection.execute(statement, (PAGE,)).fetchall()
            connection.execute("COMMIT")

    return seconds(pages) / TIMES


def measure(long: Store, short: Store, rounds: int, count: int) -> list[Ratio]:
    """Compare long with short, and ours with the driver's."""
    assert long.database.path is not None
    raw = open_connection(long.database.path, KEY, read_only=True)

    def pair(name: str, ours: Callable[[], float], other: Callable[[], float], target: float) -> Ratio:
        return side_by_side(name, lambda _: ours(), lambda _: other(), rounds, target)

    made = [
        pair(f"records: {count:,} / {SHORT:,}", lambda: records(long), lambda: records(short), 1.2),
        pair("records / query with joins", lambda: records(long), lambda: bare(raw, RECORDS), 3.0),
        pair("row numbers / keyset query", lambda: numbers(long), lambda: bare(raw, NUMBERS), 3.0),
    ]
    raw.close()
    return made


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    count = FULL if options.full else QUICK
    with folder_for(options.cache) as folder:
        long, short = big_store(folder, count), big_store(folder, SHORT)
        if options.profile:
            profiled(lambda: [records(long) for _ in range(10)])
        else:
            show("First page", measure(long, short, max(options.rounds, FEWEST_ROUNDS), count), NOTES)
        long.close()
        short.close()


if __name__ == "__main__":
    main()
