"""The program is killed at any moment: what was reported saved is there, whole, and nothing else is broken."""

from __future__ import annotations

import hashlib
import os
import random
import select as waiting
import shutil
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.domain.ids import Uid
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import open_connection, open_sqlite
from ethnomed_desktop.store.queries.records import record_by_uid
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.tables import draft, head, log, txn
from tests.store.hands import KEY, SEEDS, Hand

WORDS = "Жайылым туралы дау, су, шабындық " * 30


def write_until_killed(path: Path, pipe: int, life: int) -> None:
    """Save records, edits, withdrawals and drafts; report each once it is committed."""
    store = Store(open_sqlite(path, KEY), SEEDS)
    hand = Hand(store)
    chance = random.Random(life)
    for number in range(10_000):
        name = f"{life}-{number}"
        uids = hand.record_many(
            "person", [{"surname": name, "note": WORDS[: chance.randrange(1, 900)]}] * chance.choice((1, 1, 7))
        )
        os.write(pipe, b"".join(b"R" + uid for uid in uids))
        with store.database.writing() as connection:
            connection.execute(
                draft.insert().values(draft=uids[0], kind="person", user=b"U", body=name, changed_ms=number)
            )
        os.write(pipe, b"D" + uids[0])
        if number % 3 == 0:
            hand.change(uids[0], {"given_name": name, "tags": [name]})
            os.write(pipe, b"C" + uids[0])
        if number % 5 == 0:
            hand.withdraw(uids[0], name)
            os.write(pipe, b"W" + uids[0])


def killed_at(path: Path, seconds: float, life: int) -> list[tuple[str, Uid]]:
    """Let a child write for so long after its first report, then kill it; returns what it reported."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            write_until_killed(path, write, life)
        finally:
            os._exit(1)
    os.close(write)
    waiting.select([read], [], [], 30)
    time.sleep(seconds)  # the moment of the kill is what is tried; nothing is waited for
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    reported = b""
    while piece := os.read(read, 1 << 16):
        reported += piece
    os.close(read)
    assert reported, "the child died by itself"
    return [(chr(reported[at]), Uid(reported[at + 1 : at + 17])) for at in range(0, len(reported), 17)]


def require_whole(path: Path, reported: list[tuple[str, Uid]]) -> None:
    """Open like after a crash: all that was reported is there, pages, chain and tables are sound."""
    connection = open_connection(path, KEY)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert page_faults(connection) == 0
    connection.close()
    store = Store(open_sqlite(path, KEY), SEEDS)
    with store.reading() as view:
        drafts = {bytes(one) for one in view.execute(select(draft.c.draft)).scalars()}
        for what, uid in reported:
            stored = record_by_uid(view, uid)
            assert stored is not None
            assert what != "D" or uid in drafts
            assert what != "C" or stored.values["given_name"] == stored.values["surname"]
            assert what != "W" or stored.withdrawn
        chain = b""
        rows = view.execute(select(log).where(log.c.rep == 1).order_by(log.c.seq)).all()
        for seq, row in enumerate(rows, start=1):
            assert (row.seq, bytes(row.tag)) == (seq, hashlib.sha256(bytes(row.raw)).digest()[:8])
            chain = hashlib.sha256(chain + bytes(row.tag)).digest()
        top = view.execute(select(head)).one()
        assert (top.seq, bytes(top.chain)) == (len(rows), chain)
        assert {row.tid for row in rows} == set(view.execute(select(txn.c.tid)).scalars())
    assert store.rebuild() == {}
    store.close()


def kill_many(template: Path, folder: Path, kills: int, lives: int, longest: float) -> None:
    """Kill ``kills`` times, each store over and over, and look at it after each."""
    chance = random.Random(kills)
    for life in range(lives):
        path = folder / f"{life}.db"
        shutil.copyfile(template, path)
        reported: list[tuple[str, Uid]] = []
        for number in range(kills // lives):
            reported += killed_at(path, chance.uniform(0, longest), life * 1000 + number)
            require_whole(path, reported)


def test_thirty_kills(template: Path, tmp_path: Path) -> None:
    kill_many(template, tmp_path, 30, 5, 0.15)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_thousand_kills(template: Path, tmp_path: Path) -> None:
    kill_many(template, tmp_path, 1000, 50, 0.3)


def test_the_check_bites(template: Path, tmp_path: Path) -> None:
    """A store that lost a saving it had reported is not called whole."""
    path = tmp_path / "store.db"
    shutil.copyfile(template, path)
    store = Store(open_sqlite(path, KEY), SEEDS)
    hand = Hand(store)
    uid = hand.record("person", {"surname": "Бар"})
    store.close()
    require_whole(path, [("R", uid)])
    with pytest.raises(AssertionError):
        require_whole(path, [("R", uid), ("R", Uid(b"0" * 16))])
    store = Store(open_sqlite(path, KEY), SEEDS)
    with store.database.writing() as connection:
        connection.execute(log.delete())
    store.close()
    with pytest.raises(AssertionError):
        require_whole(path, [("R", uid)])
