"""Locking while somebody reads: a connection closed under a reading thread takes the program down."""

from __future__ import annotations

import threading

import pytest

from ethnomed_desktop.store.engine import StoreClosed
from ethnomed_desktop.store.store import Store

COUNTING = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
    "SELECT max(i), count(*) FROM n"
)


def test_closing_waits_for_whoever_reads(store: Store) -> None:
    inside, closing, order = threading.Event(), threading.Event(), []

    def read() -> None:
        with store.reading() as connection:
            inside.set()
            assert closing.wait(60)
            order.append(tuple(connection.exec_driver_sql(COUNTING).one()))

    def close() -> None:
        closing.set()
        store.close()
        order.append("closed")

    reader = threading.Thread(target=read)
    reader.start()
    assert inside.wait(60)
    closer = threading.Thread(target=close)
    closer.start()
    reader.join(120)
    closer.join(120)
    assert order == [(300000, 300000), "closed"]


def test_a_closed_store_opens_itself_for_nobody(store: Store) -> None:
    store.close()
    with pytest.raises(StoreClosed), store.reading():
        pass
    with pytest.raises(StoreClosed), store.database.writing():
        pass
    store.close()


def test_readers_get_a_fresh_connection_only_after_the_last_one_is_done(store: Store) -> None:
    inside, order = threading.Event(), []

    def read() -> None:
        with store.reading() as connection:
            inside.set()
            order.append(connection.exec_driver_sql(COUNTING).one()[0])

    reader = threading.Thread(target=read)
    reader.start()
    assert inside.wait(60)
    store.database.look_anew()
    order.append("anew")
    reader.join(120)
    assert order == [300000, "anew"]
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
