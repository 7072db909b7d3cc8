"""The full check finds what was written past the program, or taken away from the log."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.check import check_store
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.vault_keys import public_key
from tests.store.hands import AUTHOR, Hand


def unsound(store: Store) -> list[str]:
    with store.reading() as connection:
        return [one.code for one in check_store(connection) if not one.sound]


@pytest.fixture
def written(store: Store, hand: Hand) -> Store:
    """A store whose author is known, with two signed transactions."""
    from ethnomed_desktop.domain.changes import Action
    from ethnomed_desktop.domain.ids import Uid
    from ethnomed_desktop.store.store import Written

    key = public_key(AUTHOR.seed).hex()
    values = {"name": "Айгүл", "role": "chair", "slot_label": "Айгүл", "active": True, "verify_key": key}
    with store.unit_of_work(AUTHOR, hand.clock, Action.SETUP, Written()) as work:
        work.create(KINDS["user"], values, Uid(AUTHOR.user))
    hand.record("person", {"surname": "Ахметова"})
    return store


def test_a_sound_store_is_sound(written: Store) -> None:
    assert unsound(written) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM txn WHERE tid = 2", "signatures"),
        ("DELETE FROM txn", "signatures"),
        ("UPDATE txn SET signature = NULL WHERE tid = 2", "signatures"),
        ("UPDATE log SET tid = 99 WHERE tid = 2", "signatures"),
        ("DELETE FROM log WHERE tid = 2", "log"),
        ("UPDATE record SET state = NULL WHERE rid = (SELECT max(rid) FROM record)", "digest"),
    ],
)
def test_what_was_altered_past_the_program_is_found(statement: str, found: str, written: Store) -> None:
    with written.database.writing() as connection:
        connection.execute(text(statement))
    assert found in unsound(written)
