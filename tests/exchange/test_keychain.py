"""How the key of a root is replaced: two people agree, a thief of the key alone does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.identity import Signer
from ethnomed_desktop.exchange.joining import fingerprint_of_root
from ethnomed_desktop.exchange.roots import Person, Root, Rotation, StreamClass, root_id
from ethnomed_desktop.exchange.statements import Statement, add_signature, make_statement
from tests.exchange.hands import NOW, D, file_of, opened, refusal, sealed, world

W = world()
LAPTOP = W.laptop.replica
LATER_KEY = Signer.generate()
PERSONS = tuple(Person(f"Person {number}", one.public) for number, one in enumerate(W.persons))
ROTATION = Rotation(W.pin, 1, LATER_KEY.public, PERSONS, NOW)
PLANNED = make_statement(ROTATION.body(), [W.root_key, *W.persons[:2]])
EMERGENCY = make_statement(ROTATION.body(), W.persons[:2])
ANEW = [W.certify(getattr(W, name), name, {D: "rw"}, LATER_KEY) for name in ("hub", "laptop", "other")]
THIEF = Signer.generate()


def key_after(*said: Statement, confirmed: Iterable[bytes] = ()) -> bytes | None:
    return Authority([W.pin], [W.root, *said], frozenset(confirmed)).root_key(W.pin)


def test_the_old_key_and_two_persons_replace_it_at_once() -> None:
    rotated = W.authority(PLANNED)
    assert rotated.root_key(W.pin) == LATER_KEY.public
    assert rotated.may(LAPTOP, D, 1, Act.WRITE) is Verdict.UNKNOWN, "said by the old key"
    assert rotated.extended(ANEW).may(LAPTOP, D, 1, Act.WRITE) is Verdict.YES
    assert rotated.steps() == {PLANNED.mark}
    assert rotated.extended(ANEW).changes_for([LAPTOP]) == {W.pin: 1}


@pytest.mark.parametrize(
    "signers",
    [
        [W.root_key],
        [W.root_key, W.persons[0]],
        [W.root_key, W.persons[0], THIEF],
        [W.root_key, THIEF],
        [W.persons[0], THIEF],
        [THIEF],
    ],
)
def test_the_thief_of_the_key_replaces_nothing_without_a_second_person(signers: Sequence[Signer]) -> None:
    mine = replace(
        ROTATION, public=THIEF.public, persons=(Person("I", THIEF.public), Person("Me", W.hub.public.signing))
    )
    forged = make_statement(mine.body(), signers)
    assert key_after(forged, confirmed=[forged.mark]) == W.root_key.public
    renamed = make_statement(replace(mine, public=W.root_key.public).body(), signers)
    assert W.authority(renamed).chain(W.pin) == W.authority().chain(W.pin), "persons are named by two as well"


def test_without_the_old_key_words_are_compared_first() -> None:
    authority = W.authority(EMERGENCY)
    assert authority.root_key(W.pin) == W.root_key.public
    assert authority.unconfirmed() == {W.pin: EMERGENCY.mark}
    confirmed = authority.confirming([EMERGENCY.mark])
    assert confirmed.root_key(W.pin) == LATER_KEY.public
    assert not confirmed.unconfirmed()
    assert fingerprint_of_root(W.pin, "kk", EMERGENCY.mark) != fingerprint_of_root(W.pin, "kk")


def test_two_persons_may_sign_in_two_places() -> None:
    one, two = (
        make_statement(ROTATION.body(), signers) for signers in ([W.root_key, W.persons[0]], [W.persons[1]])
    )
    assert key_after(one) == W.root_key.public
    assert key_after(one, two) == key_after(two, one) == LATER_KEY.public
    assert key_after(add_signature(one, W.persons[2])) == LATER_KEY.public


def test_a_replaced_key_never_comes_back() -> None:
    back = Rotation(W.pin, 2, W.root_key.public, PERSONS, NOW)
    said = make_statement(back.body(), [LATER_KEY, *W.persons])
    assert key_after(PLANNED, said, confirmed=[said.mark]) == LATER_KEY.public


def test_numbers_are_followed_in_order_and_old_ones_change_nothing() -> None:
    third = Signer.generate()
    two = make_statement(Rotation(W.pin, 2, third.public, PERSONS, NOW).body(), [LATER_KEY, *W.persons[1:]])
    assert key_after(two) == W.root_key.public, "the first one has not come"
    assert key_after(two, PLANNED) == third.public
    again = make_statement(replace(ROTATION, public=THIEF.public).body(), [W.root_key, *W.persons[:2]])
    assert key_after(two, PLANNED, again, confirmed=[PLANNED.mark, two.mark]) == third.public


def test_what_was_followed_stays_whatever_is_said_later() -> None:
    rivals = [
        make_statement(replace(ROTATION, at=NOW + number).body(), [W.root_key, *W.persons[:2]])
        for number in range(9)
    ]
    for mine in rivals:
        authority = Authority([W.pin], [W.root, *rivals], [mine.mark])
        assert authority.steps() == {mine.mark}
    chosen = {Authority([W.pin], [W.root, *some]).steps() for some in (rivals, rivals[::-1])}
    assert chosen == {frozenset({min(one.mark for one in rivals)})}, "whoever knew none of them chooses the same"


def test_a_root_without_persons_gets_them_once() -> None:
    key, first, second = Signer.generate(), *W.persons[:2]
    root = make_statement(Root("Достық үйі", key.public, (), {D: StreamClass.DISTRICT}, NOW).body(), [key])
    pin = root_id(root)
    naming = Rotation(pin, 1, key.public, PERSONS[:2], NOW)

    def persons(*said: Statement, confirmed: Iterable[bytes] = ()) -> tuple[Person, ...]:
        chain = Authority([pin], [root, *said], frozenset(confirmed)).chain(pin)
        assert chain is not None
        return chain.persons

    named = make_statement(naming.body(), [key, first, second])
    assert persons(named) == PERSONS[:2]
    for signers in ([key], [key, first], [first, second], [key, first, THIEF]):
        assert persons(make_statement(naming.body(), signers)) == ()
    taken_over = replace(naming, public=THIEF.public)
    assert persons(make_statement(taken_over.body(), [key, first, second])) == (), "first persons, then a key"
    mine = replace(naming, persons=(Person("I", THIEF.public), Person("Me", W.hub.public.signing)))
    later = make_statement(mine.body(), [key, THIEF, W.hub.signer])
    assert persons(named, later, confirmed=[named.mark]) == PERSONS[:2], "who has followed the first keeps to it"
    next_one = replace(naming, number=2, persons=PERSONS)
    assert persons(named, make_statement(next_one.body(), [key, first])) == PERSONS[:2]
    assert persons(named, make_statement(next_one.body(), [key, first, second])) == PERSONS


def test_after_a_change_the_new_persons_count() -> None:
    new = tuple(Signer.generate() for _ in range(2))
    step = replace(ROTATION, persons=tuple(Person("New", one.public) for one in new))
    first = make_statement(step.body(), [W.root_key, *W.persons[:2]])
    next_one = Rotation(W.pin, 2, THIEF.public, (), NOW)
    for signers in ([LATER_KEY, *W.persons[:2]], [W.root_key, *new]):
        said = make_statement(next_one.body(), signers)
        assert key_after(first, said) == LATER_KEY.public
    assert key_after(first, make_statement(next_one.body(), [LATER_KEY, *new])) == THIEF.public


@given(st.permutations([W.root, PLANNED, EMERGENCY, *ANEW, *W.certificates.values()]), st.integers(0, 8))
def test_the_order_in_which_it_is_heard_does_not_matter(said: list[Statement], cut: int) -> None:
    piece_by_piece = Authority([W.pin], said[:cut]).extended(said[cut:])
    whole = Authority([W.pin], sorted(said, key=lambda one: one.mark))
    assert piece_by_piece.chain(W.pin) == whole.chain(W.pin)
    assert piece_by_piece.members(D) == whole.members(D)


def test_files_made_before_are_taken_and_those_of_the_old_key_are_named() -> None:
    before = file_of(W.laptop, W.hub, sealed(W.laptop), [W.certificates["laptop"]])
    now = W.authority(PLANNED, *ANEW)
    assert opened(before.data, W.hub, now).segments
    stolen = W.certify(W.stranger, "Stranger", {D: "rw"})
    forged = file_of_old_key(stolen)
    assert refusal(forged, W.hub, now) == "exchange.old_key"
    assert refusal(forged, W.hub, W.authority()) == "", "nobody can know before the change has come"
    missed = W.authority(PLANNED)
    assert refusal(before.data, W.hub, missed) == "exchange.old_key", "the change came without what was said anew"


def file_of_old_key(certificate: Statement) -> bytes:
    from ethnomed_desktop.exchange.bundles import Sending, compose

    authority = W.authority(certificate)
    sending = Sending(W.stranger, authority, {W.hub.replica: 1}, NOW, practice=False)
    return compose(sending, [], [certificate]).data


def test_a_revocation_of_the_old_key_counts_when_it_is_said_anew() -> None:
    lost = Revocation(W.pin, LAPTOP, {D: 7}, NOW).body()
    old, new = make_statement(lost, [W.root_key]), make_statement(lost, [LATER_KEY])
    assert W.authority(PLANNED, *ANEW, old).may(LAPTOP, D, 8, Act.WRITE) is Verdict.YES
    assert W.authority(PLANNED, *ANEW, old, new).may(LAPTOP, D, 8, Act.WRITE) is Verdict.REVOKED


def test_changes_nobody_entitled_has_signed_are_not_kept() -> None:
    noise = make_statement(ROTATION.body(), [THIEF])
    assert not W.authority(noise).counts(noise)
    half = make_statement(ROTATION.body(), W.persons[:1])
    assert W.authority(half).counts(half), "the second signature may come by another file"
