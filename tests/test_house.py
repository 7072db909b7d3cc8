"""The house itself: no network, a database server for tests, the top level, the map in the README."""

from __future__ import annotations

import socket
import threading

import pytest
import sqlalchemy


def test_connections_to_other_machines_fail() -> None:
    with socket.socket() as link, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        link.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="example"):
        socket.create_connection(("example.org", 443), timeout=1)


def test_connections_within_the_machine_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            server.accept()[0].close()

        taker = threading.Thread(target=take)
        taker.start()
        with socket.create_connection(server.getsockname(), timeout=5):
            pass
        taker.join()


@pytest.mark.postgres
def test_the_database_server_is_empty_and_answers(postgres_url: str) -> None:
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.begin() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) == 0
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
    engine.dispose()
