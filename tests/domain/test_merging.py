"""Copies that hold the same lines show the same, whatever the order, the losses and the clocks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Line, Op
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.merging import RecordState, state_hash
from tests.domain.copies import CLOCKS, Copy, Step, live, require_agreement, steps_of_a_life


@given(steps_of_a_life)
@settings(max_examples=400)  # 20,000 steps
def test_copies_agree(steps: list[Step]) -> None:
    require_agreement(live(steps))


@pytest.mark.soak
@pytest.mark.timeout(0)
@given(steps_of_a_life)
@settings(max_examples=6000)  # 300,000 steps
def test_copies_agree_for_long(steps: list[Step]) -> None:
    require_agreement(live(steps))


@given(steps_of_a_life, st.permutations(CLOCKS))
@settings(max_examples=60)
def test_wrong_clocks_change_only_what_is_shown(steps: list[Step], clocks: list[int]) -> None:
    right = live(steps, (0, 0, 0, 0)).copies[0]
    wrong = live(steps, tuple(clocks)).copies[0]
    assert right.states.keys() == wrong.states.keys()
    for uid, state in right.states.items():
        other = wrong.states[uid]
        assert plain(state) == plain(other)
        assert (state.conflicts(), state.edited_while_withdrawn) == (
            other.conflicts(),
            other.edited_while_withdrawn,
        )
        assert (state.withdrawal is None) == (other.withdrawal is None)


def plain(state: RecordState) -> dict[str, set[tuple[bytes, int, Value]]]:
    """What is live, without stamps and tags."""
    return {key: {(w.dot.replica, w.dot.seq, w.value) for w in writes} for key, writes in state.live.items()}


# --- the rules one by one -------------------------------------------------------------------------


@pytest.fixture
def two() -> tuple[Copy, Copy]:
    """Two copies that know the same new record."""
    here, there = Copy(0, 0), Copy(1, 0)
    there.take(here.write(UID, Op.CREATE, {"1": "was", "5/a": True}, {}, 0))
    return here, there


UID = b"A" * 16


def put(me: Copy, key: str, value: Value, at: int) -> Line:
    return me.write(UID, Op.WRITE, {key: value}, {key: me.state(UID).dots(key)}, at)


def exchange(here: Copy, there: Copy) -> tuple[RecordState, RecordState]:
    mine, theirs = list(here.lines.values()), list(there.lines.values())
    for line in theirs:
        here.take(line)
    for line in mine:
        there.take(line)
    assert state_hash(here.state(UID)) == state_hash(there.state(UID))
    return here.state(UID), there.state(UID)


def test_both_of_two_concurrent_values_stay(two: tuple[Copy, Copy]) -> None:
    put(two[0], "1", "mine", 1)
    put(two[1], "1", "theirs", 2)
    for state in exchange(*two):
        assert state.conflicts() == ("1",)
        assert {write.value for write in state.live["1"]} == {"mine", "theirs"}
        assert state.shown("1") == "theirs"


def test_resolving_replaces_both(two: tuple[Copy, Copy]) -> None:
    put(two[0], "1", "mine", 1)
    put(two[1], "1", "theirs", 2)
    exchange(*two)
    put(two[0], "1", "agreed", 3)
    for state in exchange(*two):
        assert (state.conflicts(), state.shown("1")) == ((), "agreed")


def test_equal_concurrent_values_are_no_conflict(two: tuple[Copy, Copy]) -> None:
    put(two[0], "1", "same", 1)
    put(two[1], "1", "same", 2)
    for state in exchange(*two):
        assert len(state.live["1"]) == 2
        assert state.conflicts() == ()


def test_true_and_one_are_a_conflict(two: tuple[Copy, Copy]) -> None:
    put(two[0], "1", True, 1)
    put(two[1], "1", 1, 2)
    assert exchange(*two)[0].conflicts() == ("1",)


def test_adding_an_element_wins_over_removing_it(two: tuple[Copy, Copy]) -> None:
    put(two[0], "5/a", None, 5)
    assert "5/a" not in two[0].state(UID).live
    put(two[1], "5/a", True, 1)
    for state in exchange(*two):
        assert state.shown("5/a") is True


def test_removing_an_element_that_both_saw_removes_it(two: tuple[Copy, Copy]) -> None:
    put(two[0], "5/a", None, 5)
    for state in exchange(*two):
        assert "5/a" not in state.live


def withdraw(me: Copy, at: int) -> Line:
    state = me.state(UID)
    saw = (*state.dots(WITHDRAWN_KEY), *sorted(state.all_dots()))
    return me.write(UID, Op.WITHDRAW, {WITHDRAWN_KEY: "twice"}, {WITHDRAWN_KEY: saw}, at)


def test_a_concurrent_edit_survives_a_withdrawal(two: tuple[Copy, Copy]) -> None:
    withdraw(two[0], 9)
    assert two[0].state(UID).withdrawal is not None
    put(two[1], "1", "still here", 1)
    for state in exchange(*two):
        assert state.withdrawal is None
        assert state.edited_while_withdrawn
        assert state.shown("1") == "still here"


def test_a_withdrawal_that_saw_the_edit_stands(two: tuple[Copy, Copy]) -> None:
    put(two[0], "1", "changed", 1)
    withdraw(two[0], 2)
    for state in exchange(*two):
        assert state.withdrawal is not None
        assert state.withdrawal.value == "twice"
        assert not state.edited_while_withdrawn


def test_a_restoring_that_arrives_before_the_withdrawal_wins_all_the_same(two: tuple[Copy, Copy]) -> None:
    here, there = two
    gone = withdraw(here, 1)
    there.take(gone)
    back = put(there, WITHDRAWN_KEY, None, 2)
    late = Copy(2, 0)
    for line in (next(iter(here.lines.values())), back, gone):
        late.take(line)
    assert late.state(UID).withdrawal is None
    assert state_hash(late.state(UID)) == state_hash(there.state(UID))


def test_erasing_wins_over_everything_in_any_order(two: tuple[Copy, Copy]) -> None:
    put(two[1], "1", "too late", 9)
    two[0].write(UID, Op.ERASE, {}, {}, 1)
    for state in exchange(*two):
        assert (state.erased, state.live) == (True, {})


def test_all_orders_of_a_small_life_agree(two: tuple[Copy, Copy]) -> None:
    here, there = two
    gone = withdraw(here, 1)
    put(there, "1", "theirs", 1)
    there.take(gone)
    put(there, WITHDRAWN_KEY, None, 2)
    put(here, "5/a", None, 3)
    exchange(here, there)
    put(here, "1", "last", 4)
    hashes = set()
    for order in itertools.permutations(here.lines.values()):
        late = Copy(2, 0)
        for line in order:
            late.take(line)
        hashes.add(state_hash(late.state(UID)))
    assert len(hashes) == 1
