"""Records are found by the end of their identifiers, on both engines; erased ones are told apart."""

from __future__ import annotations

from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.papers import uids_ending
from ethnomed_desktop.store.store import Store
from tests.store.hands import Hand
from tests.store.test_erasing import erase


def test_the_end_of_an_identifier_finds_its_record_of_its_kind(store: Store, hand: Hand) -> None:
    incidents = [hand.record("incident", {"what_happened": f"Дау {number}"}) for number in range(3)]
    gone = hand.record("incident", {"what_happened": "өшіріледі"})
    hand.withdraw(incidents[2])
    erase(hand, gone)
    with store.reading() as connection:
        for uid in incidents:
            assert uids_ending(connection, KINDS["incident"], uid[-7:]) == [(uid, False)]
            assert uids_ending(connection, KINDS["person"], uid[-7:]) == []
        assert uids_ending(connection, KINDS["incident"], gone[-7:]) == [(gone, True)]
        assert uids_ending(connection, KINDS["incident"], new_uid(1)[-7:]) == []


def test_two_records_may_end_alike(store: Store, hand: Hand) -> None:
    first = hand.record("incident", {"what_happened": "бір"})
    twin = bytes([first[0] ^ 1]) + first[1:]
    hand.record("incident", {"what_happened": "екі"}, twin)  # type: ignore[arg-type]
    with store.reading() as connection:
        found = uids_ending(connection, KINDS["incident"], first[-7:])
    assert sorted(uid for uid, _erased in found) == sorted([first, twin])
