"""Lawful erasure in the store: the words are gone, everything that hangs on the lines stands."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import Uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.check import check_store
from ethnomed_desktop.store.search import forget_removed
from ethnomed_desktop.store.store import Store, Written
from ethnomed_desktop.store.tables import log
from ethnomed_desktop.store.vault_keys import public_key
from tests.erased_words import decrypted, everything

from .hands import AUTHOR, KEY, Hand

CANARY = "Жұмбақтасов"
ENTRY = b"L" * 16


def erase(hand: Hand, uid: bytes) -> None:
    with hand.store.unit_of_work(AUTHOR, hand.clock, Action.ERASE, Written()) as work:
        work.erase(uid, work.state(uid).state.kind, ENTRY)


def redact(hand: Hand, uid: bytes, **changed: object) -> None:
    with hand.store.unit_of_work(AUTHOR, hand.clock, Action.ANONYMISE, Written()) as work:
        known = work.state(uid)
        kind = next(one for one in KINDS.values() if one.number == known.state.kind)
        work.redact(known, {kind.field(name).key: value for name, value in changed.items()}, ENTRY)  # type: ignore[misc]


def require_sound(store: Store) -> None:
    with store.reading() as connection:
        assert [one.code for one in check_store(connection) if not one.sound] == []
    assert store.rebuild() == {}


def introduce(hand: Hand) -> None:
    """Record who signs here, so that signatures can be checked."""
    key = public_key(AUTHOR.seed).hex()
    hand.record("user", {"name": "Айгүл", "role": "chair", "active": True, "verify_key": key}, Uid(AUTHOR.user))


@pytest.fixture
def person(hand: Hand) -> bytes:
    introduce(hand)
    uid = hand.record("person", {"surname": CANARY, "given_name": "Серік", "note": "қарызы бар"})
    hand.change(uid, {"note": f"{CANARY} қарызын берді"})
    return uid


def test_an_erased_record_leaves_no_word_and_a_sound_log(store: Store, hand: Hand, person: bytes) -> None:
    other = hand.record("person", {"surname": "Әлиев"})
    erase(hand, person)
    assert hand.show(person) is None
    assert hand.show(other) is not None
    assert CANARY.lower() not in everything(store)
    require_sound(store)


def test_a_reference_to_what_was_erased_stays(store: Store, hand: Hand, person: bytes) -> None:
    task = hand.record("task", {"text": "Хабарласу", "assignee": uid_text(person)})
    erase(hand, person)
    shown = hand.show(task)
    assert shown is not None
    assert shown.values["assignee"] == uid_text(person)
    require_sound(store)


def test_a_record_goes_on_without_the_words_taken_back(store: Store, hand: Hand, person: bytes) -> None:
    redact(hand, person, surname="Т-1", note=None)
    shown = hand.show(person)
    assert shown is not None
    assert dict(shown.values) == {"surname": "Т-1", "given_name": "Серік"}
    assert CANARY.lower() not in everything(store)
    hand.change(person, {"given_name": "Ермек"})
    require_sound(store)


def test_twice_redacted_then_erased(store: Store, hand: Hand, person: bytes) -> None:
    redact(hand, person, note="бір")
    redact(hand, person, note="екі")
    require_sound(store)
    erase(hand, person)
    with pytest.raises(UserError, match=r"record\.unknown"):
        erase(hand, person)
    require_sound(store)


def test_an_emptied_line_that_no_erasure_names_is_found(store: Store, hand: Hand, person: bytes) -> None:
    with store.database.writing() as connection:
        row = connection.execute(select(log.c.lid, log.c.raw).where(log.c.uid == person)).first()
        assert row is not None
        stub = b'{"erased":"' + hashlib.sha256(bytes(row.raw)).hexdigest()[:32].encode() + b'"}'
        connection.execute(log.update().where(log.c.lid == row.lid).values(raw=stub))
    with store.reading() as connection:
        assert "log" in {one.code for one in check_store(connection) if not one.sound}


def test_no_page_of_the_file_holds_the_word(sqlcipher: Store) -> None:
    hand = Hand(sqlcipher)
    introduce(hand)
    for number in range(200):
        hand.record("person", {"surname": f"Басқа{number}", "note": "жайлау " * 50})
    uid = hand.record("person", {"surname": CANARY, "note": f"{CANARY} " * 300})
    path = sqlcipher.database.path
    assert path is not None
    sqlcipher.database.fold()
    folded = CANARY.lower().encode()
    assert CANARY.encode() in decrypted(path, KEY)
    erase(hand, uid)
    with sqlcipher.database.writing() as connection:
        forget_removed(connection)
    sqlcipher.database.compact()
    found = decrypted(path, KEY)
    assert [word for word in (CANARY.encode(), folded, "жумбактасов".encode()) if word in found] == []
    require_sound(sqlcipher)


def test_the_store_is_written_anew_on_each_engine(store: Store, hand: Hand, person: bytes) -> None:
    other = hand.record("person", {"surname": "Әлиев"})
    erase(hand, person)
    with store.database.writing() as connection:
        forget_removed(connection)
    store.database.compact()
    assert hand.show(other) is not None
    hand.change(other, {"note": "жаңа"})
    assert CANARY.lower() not in everything(store)
    require_sound(store)
