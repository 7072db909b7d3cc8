"""The audit trail: an entry altered, removed or moved is seen; two clients of a server make one chain."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text

from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.store import audit
from ethnomed_desktop.store.engine import open_postgresql
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.tables import audit as trail
from tests.store.conftest import MakeStore
from tests.store.hands import MOMENT, SEEDS


def note(store: Store, number: int) -> None:
    with store.database.writing() as connection:
        audit.note(connection, FixedClock(MOMENT), b"U" * 16, "document.printed", {"copies": number})


def note_and_fail(store: Store) -> None:
    with store.database.writing() as connection:
        audit.note(connection, FixedClock(MOMENT), b"U" * 16, "document.printed", {})
        raise ZeroDivisionError


def broken(store: Store) -> int | None:
    with store.reading() as connection:
        return audit.first_broken(connection)


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit SET detail = replace(detail, '3', '1') WHERE aid = 3", 3),
        ("UPDATE audit SET at_ms = at_ms + 1 WHERE aid = 2", 2),
        ("UPDATE audit SET action = 'document.read' WHERE aid = 4", 4),
        ("DELETE FROM audit WHERE aid = 2", 2),
        ("DELETE FROM audit WHERE aid = 1", 1),
        ("UPDATE audit SET aid = aid - 1 WHERE aid > 2 AND aid NOT IN (SELECT 3)", 3),
        ("UPDATE audit SET aid = 40 WHERE aid = 5", 5),
    ],
)
def test_what_was_tampered_with_is_named(statement: str, first: int, store: Store) -> None:
    for number in range(1, 6):
        note(store, number)
    assert broken(store) is None
    with store.database.writing() as connection:
        if "NOT IN" in statement:
            connection.execute(text("DELETE FROM audit WHERE aid = 3"))
        connection.execute(text(statement))
    assert broken(store) == first


def test_an_entry_goes_with_its_transaction(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        note_and_fail(store)
    note(store, 1)
    assert broken(store) is None
    with store.reading() as connection:
        assert list(connection.execute(select(trail.c.aid)).scalars()) == [1]


@pytest.mark.postgres
def test_two_clients_make_one_chain(new_postgresql: MakeStore) -> None:
    first = new_postgresql()
    second = Store(open_postgresql(first.database.writer.url.render_as_string(hide_password=False)), SEEDS)
    failed: list[BaseException] = []

    def work(store: Store) -> None:
        try:
            for number in range(40):
                note(store, number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(one,)) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    second.close()
    assert failed == []
    assert broken(first) is None
    with first.reading() as connection:
        assert list(connection.execute(select(trail.c.aid).order_by(trail.c.aid)).scalars()) == list(range(1, 81))
