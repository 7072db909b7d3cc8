"""Finding words: FTS5 over folded text on a laptop, a GIN index over the same text on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from ethnomed_desktop.domain.folding import tokens
from ethnomed_desktop.store.statements import delete_many, insert_many, run

Words = Sequence[Sequence[str]]
"""Every group must be found; within a group any variant will do (folded; matched as beginnings)."""


_MANY = 2000
"""From so many lines on the index gathers more words before it writes them."""

_GATHERED, _USUAL = 16 << 20, 1 << 20
_GATHER = "INSERT INTO search_index(search_index, rank) VALUES('hashsize', ?)"


@contextmanager
def gathering_words(connection: Connection, lines: int) -> Iterator[None]:
    """Let the index gather 16 MiB of words instead of one before it writes them, where many lines come.

    Fewer, larger runs are merged less often: a third of the index's time. Within one transaction.
    """
    if connection.dialect.name == "postgresql" or lines < _MANY:
        yield
        return
    run(connection, _GATHER, (_GATHERED,))
    yield  # after a failure the transaction is rolled back, and this with it
    run(connection, _GATHER, (_USUAL,))


def clear_index(connection: Connection) -> None:
    """Forget all words, leaving no trace of them in the file."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("TRUNCATE search_index")
    else:
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES('delete-all')")


def put_words(connection: Connection, rows: Sequence[tuple[int, str, str]], known: Sequence[int]) -> None:
    """Index (rid, title, body); ``known`` are the rids among them that were indexed before."""
    delete_many(connection, "search_index", "rowid", known)
    if connection.dialect.name == "postgresql":
        # Its parser would keep addresses, signed numbers and dates whole and drop what looks like a tag.
        rows = [(rid, " ".join(tokens(title)), " ".join(tokens(body))) for rid, title, body in rows]
    insert_many(connection, "search_index", ("rowid", "title", "body"), rows)


def forget_removed(connection: Connection) -> None:
    """Write the index anew without the words of rows that were removed: until then their pages keep them."""
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES('optimize')")


def find_rids(connection: Connection, words: Words, kind: int | None, limit: int) -> list[int]:
    """Return the best records that are not withdrawn, best first; newest first for very short input."""
    short = sum(len(group[0]) for group in words) <= 3
    if connection.dialect.name == "postgresql":
        return _find_postgresql(connection, words, kind, limit, short)
    query = " AND ".join("(" + " OR ".join(f'"{variant}"*' for variant in group) + ")" for group in words)
    order = "search_index.rowid DESC" if short else "bm25(search_index, 8.0, 1.0), search_index.rowid DESC"
    statement = (
        "SELECT search_index.rowid FROM search_index CROSS JOIN record ON record.rid = search_index.rowid "
        "WHERE search_index MATCH ? AND record.withdrawn = 0 "
        f"{'AND record.kind = ? ' if kind is not None else ''}ORDER BY {order} LIMIT ?"
    )
    values = (query, limit) if kind is None else (query, kind, limit)
    return [row[0] for row in run(connection, statement, values)]


def _find_postgresql(connection: Connection, words: Words, kind: int | None, limit: int, short: bool) -> list[int]:
    query = " & ".join("(" + " | ".join(f"'{variant}':*" for variant in group) + ")" for group in words)
    order = "rid DESC" if short else "ts_rank(words, q) DESC, rid DESC"
    statement = (
        "SELECT record.rid FROM search_index JOIN record ON record.rid = search_index.rowid, "
        "to_tsquery('simple', ?) q WHERE words @@ q AND NOT record.withdrawn "
        f"{'AND record.kind = ? ' if kind is not None else ''}ORDER BY {order} LIMIT ?"
    )
    values = (query, limit) if kind is None else (query, kind, limit)
    return [row[0] for row in run(connection, statement, values)]
