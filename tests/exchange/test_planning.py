"""What to send and what is missing, decided from ends of logs alone."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.planning import (
    Arrangement,
    Gap,
    Owed,
    Plan,
    arrange,
    filled,
    into_parts,
    missing_numbers,
    newest_have,
    plan,
)
from ethnomed_desktop.exchange.segments import START, Log, Place, Segment, seal
from tests.exchange.bad_lines import sealed_anyhow
from tests.exchange.hands import D, R, lines, world

W = world()
MINE = Log(D, W.laptop.replica)
OURS = Log(D, W.hub.replica)


def places(*seqs: int) -> list[Place]:
    return [Place(seq, seq.to_bytes(32, "big")) for seq in seqs]


def planned(mine: dict[Log, list[Place]], theirs: dict[Log, list[Place]], known: Iterable[int] = range(10)) -> Plan:
    here = set(places(*known))
    return plan(mine, theirs, lambda stream: stream == D, lambda _, place: place in here)


@pytest.mark.parametrize(
    ("mine", "theirs", "owed", "strange"),
    [
        ([5], [], [Owed(MINE, 0, 5)], False),
        ([5], [3], [Owed(MINE, 3, 5)], False),
        ([5], [5], [], False),
        ([5], [3, 2], [Owed(MINE, 3, 5)], False),
        ([5], [20], [], False),
        ([25], [20], [Owed(MINE, 0, 25)], True),
        ([5, 7], [5], [Owed(MINE, 0, 7)], False),
        ([5, 7], [7, 5], [], False),
        ([5], [5, 20], [], False),
        ([25], [9, 20], [Owed(MINE, 0, 25)], True),
    ],
)
def test_what_a_partner_lacks_is_owed(mine: list[int], theirs: list[int], owed: list[Owed], strange: bool) -> None:
    known = [*range(10), 25]
    found = planned({MINE: places(*mine)}, {MINE: places(*theirs)}, known)
    assert list(found.owed) == owed
    assert found.strange == ((MINE,) if strange else ())


def test_nothing_is_owed_of_streams_that_a_partner_may_not_read() -> None:
    assert planned({Log(R, W.hub.replica): places(4)}, {}).owed == ()


def test_the_newest_file_tells_what_a_partner_has() -> None:
    early, late = {MINE: places(3)}, {MINE: places(2)}
    assert newest_have([(46, late), (45, early)]) == late
    assert newest_have([]) == {}


@given(st.sets(st.integers(1, 60)))
def test_missing_numbers_are_told_in_runs(received: set[int]) -> None:
    missing = {number for first, last in missing_numbers(received) for number in range(first, last + 1)}
    assert missing == set(range(1, max(received, default=0) + 1)) - received


@given(st.lists(st.integers(1, 300_000), max_size=40), st.integers(400_000, 2_000_000))
def test_parts_hold_everything_once_and_are_no_larger_than_said(sizes: list[int], most: int) -> None:
    parts = into_parts([(size, 10) for size in sizes], most, overhead=1000)
    assert [at for part in parts for at in part] == list(range(len(sizes)))
    assert all(sum(sizes[at] for at in part) + 1000 <= most for part in parts)
    assert all(parts) or parts == [range(0, 0)]


def test_a_segment_larger_than_the_part_is_refused_with_the_size_that_would_do() -> None:
    with pytest.raises(UserError) as refused:
        into_parts([(2_000_000, 10)], 1_000_000)
    least = refused.value.facts["least_bytes"]
    assert isinstance(least, int)
    assert into_parts([(2_000_000, 10)], least) == [range(0, 1)]


def test_parts_keep_within_what_a_reader_inflates() -> None:
    half = limits.INFLATED_BYTES // 2
    assert into_parts([(10, half), (10, half), (10, 1)]) == [range(0, 2), range(2, 3)]


def chain(text: str, *counts: int, after: Place = START) -> list[Segment]:
    made: list[Segment] = []
    for count in counts:
        made += seal(W.laptop, D, lines(W.laptop, count, after.seq + 1, text=text), after)
        after = made[-1].place
    return made


CHAIN = chain("A", 3, 2, 4, 1)
BRANCH = chain("B", 2, 2, after=CHAIN[1].place)


class Store:
    """What a store knows of its logs, for `arrange`."""

    def __init__(self) -> None:
        self.ends: set[Place] = set()
        self.last: dict[bytes, int] = {}
        self.inbox: list[Segment] = []
        self.forked = False

    def take(self, *segments: Segment) -> Arrangement:
        def ends(_: Log) -> Collection[Place]:
            return self.ends

        found = arrange([*self.inbox, *segments], ends, lambda _, head: self.last.get(head))
        self.last |= {one.place.head: one.place.seq for one in found.ready}
        self.ends = set(found.ends.get(MINE, self.ends))
        self.inbox = list(found.waiting)
        self.forked |= bool(found.forked)
        return found


@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_order_any_repetition_any_parts_end_alike(chance: random.Random, size: int) -> None:
    deck = [*CHAIN, *BRANCH, *chance.choices([*CHAIN, *BRANCH], k=4)]
    chance.shuffle(deck)
    store = Store()
    for at in range(0, len(deck), size):
        store.take(*deck[at : at + size])
    assert store.ends == {CHAIN[-1].place, BRANCH[-1].place}
    assert store.inbox == []
    assert store.forked
    assert set(store.last) == {one.place.head for one in [*CHAIN, *BRANCH]}


def test_a_later_segment_waits_for_the_earlier_one_and_tells_the_gap() -> None:
    store = Store()
    store.take(CHAIN[0])
    found = store.take(CHAIN[3])
    assert found.waiting == (CHAIN[3],)
    assert found.gaps == (Gap(MINE, 4, 9),)
    assert store.take(CHAIN[2]).gaps == (Gap(MINE, 4, 5), Gap(MINE, 4, 9))
    assert store.take(CHAIN[1]).ready == (CHAIN[1], CHAIN[2], CHAIN[3])
    assert not store.forked


def test_what_is_known_is_known() -> None:
    store = Store()
    store.take(*CHAIN)
    again = store.take(*CHAIN)
    assert again.known == tuple(CHAIN)
    assert again.ready == again.waiting == ()


def test_a_segment_that_skips_numbers_after_the_one_before_is_broken() -> None:
    store = Store()
    store.take(*CHAIN[:2])
    liar = sealed_anyhow(W.laptop, D, lines(W.laptop, 1, 7), Place(6, CHAIN[1].place.head))
    found = store.take(liar)
    assert found.broken == (liar,)
    assert store.ends == {CHAIN[1].place}


def test_two_first_segments_are_two_branches() -> None:
    store = Store()
    store.take(CHAIN[0])
    assert store.take(*chain("C", 2)).forked == (MINE,)
    assert len(store.ends) == 2


def test_numbers_another_file_took_the_place_of_are_not_waited_for() -> None:
    assert filled({1, 5}, ((2, 3),)) == {1, 2, 3, 5}
    assert filled({1, 5}, ((1, 9),)) == {1, 2, 3, 4, 5}, "nothing after the newest that came"
    assert filled({1, 2}, ((3, 4),)) == {1, 2}
    assert len(filled({10**12}, ((1, 10**12),))) < 10_000, "a hostile run costs nothing"
