"""Copies that hold the same lines show the same, whatever the order, the losses and the clocks.

The property is tested against broken rules too: a property that no mutant fails proves nothing.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnomed_desktop.domain import merging
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Change, Dot, Line, Op, Placement, write_line
from ethnomed_desktop.domain.clock import next_stamp
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.merging import LiveWrite, RecordState, apply_line, state_hash
from tests import oracle

STREAM = b"D" * 16
KIND = 10
YEAR_MS = 365 * 86_400_000
CLOCKS = (0, 3_000, -56 * YEAR_MS, 80 * YEAR_MS)
"""Right, a little ahead, 1970, 2106: in milliseconds beside the true time."""

Step = tuple[int, int, int, int]
"""Who, does what, with which record and key, with what value."""

steps_of_a_life = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 19), st.integers(0, 7), st.integers(0, 999)),
    min_size=25,
    max_size=75,
)


class Copy:
    """One replica: the lines it has, and what it made of them line by line."""

    def __init__(self, number: int, offset_ms: int) -> None:
        self.id = bytes([number + 1]) * 16
        self.offset_ms = offset_ms
        self.lines: dict[Dot, Line] = {}
        self.states: dict[bytes, RecordState] = {}
        self.seq = self.stamp = 0

    def state(self, uid: bytes) -> RecordState:
        return self.states.setdefault(uid, RecordState(uid, KIND))

    def take(self, line: Line) -> None:
        if line.dot not in self.lines:
            self.lines[line.dot] = line
            apply_line(self.state(line.change.uid), line)

    def write(self, uid: bytes, op: Op, values: dict[str, Value], saw: dict[str, tuple[Dot, ...]], at: int) -> Line:
        self.seq, self.stamp = self.seq + 1, next_stamp(self.stamp, 1_795_000_000_000 + at + self.offset_ms)
        placement = Placement(STREAM, self.id, b"t" * 16, b"u" * 16, "revise", 1)
        line = write_line(Change(uid, KIND, op, values, saw), self.seq, self.stamp, placement)
        self.take(line)
        return line


class World:
    """Some copies of one register, and what happens to them."""

    def __init__(self, clocks: tuple[int, ...] = CLOCKS, erase: bool = True) -> None:
        self.copies = [Copy(number, offset) for number, offset in enumerate(clocks)]
        self.erase = erase
        self.at = 0

    def do(self, step: Step) -> None:
        who, what, where, value = step
        self.at += 1000
        me = self.copies[who % len(self.copies)]
        uid = bytes([where % 2 + 65]) * 16
        state = me.state(uid)
        if what < 6:  # a scalar field
            self._put(me, uid, str(where // 2 % 2 + 1), value % 4 or None)
        elif what < 9:
            self._put(me, uid, f"5/{value % 2}", True)
        elif what < 11:
            if f"5/{value % 2}" in state.live:
                self._put(me, uid, f"5/{value % 2}", None)
        elif what < 13:
            saw = (*state.dots(WITHDRAWN_KEY), *sorted(state.all_dots()))
            me.write(uid, Op.WITHDRAW, {WITHDRAWN_KEY: "why"}, {WITHDRAWN_KEY: saw}, self.at)
        elif what < 14:
            self._put(me, uid, WITHDRAWN_KEY, None)
        elif what < 15:
            if not state.created:
                me.write(uid, Op.CREATE, {"1": value % 4, "5/0": True}, {}, self.at)
        elif what < 16:
            if self.erase and value < 60:
                me.write(uid, Op.ERASE, {}, {}, self.at)
        else:
            self._send(self.copies[where % len(self.copies)], me, random.Random(value))

    def _put(self, me: Copy, uid: bytes, key: str, value: Value) -> None:
        dots = me.state(uid).dots(key)
        me.write(uid, Op.WRITE, {key: value}, {key: dots}, self.at)

    def _send(self, sender: Copy, receiver: Copy, chance: random.Random) -> None:
        """Some of the lines get through, in any order: files are lost, cut and mixed up."""
        lines = [line for dot, line in sender.lines.items() if dot not in receiver.lines]
        chance.shuffle(lines)
        for line in lines[: chance.randint(0, len(lines))]:
            receiver.take(line)

    def settle(self) -> None:
        """In the end everybody gets everything, each in an order of his own."""
        union = {dot: line for copy in self.copies for dot, line in copy.lines.items()}
        for number, copy in enumerate(self.copies):
            missing = sorted(dot for dot in union if dot not in copy.lines)
            random.Random(number).shuffle(missing)
            for dot in missing:
                copy.take(union[dot])


def live(steps: Iterable[Step], clocks: tuple[int, ...] = CLOCKS, *, erase: bool = True) -> World:
    world = World(clocks, erase)
    for step in steps:
        world.do(step)
    world.settle()
    return world


def late_reader(world: World, order: Callable[[list[Line]], list[Line]]) -> Copy:
    reader = Copy(9, 0)
    for line in order(list(world.copies[0].lines.values())):
        reader.take(line)
    return reader


def backwards(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.dot.replica, -line.dot.seq))


def by_stamp(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.stamp)


def require_agreement(world: World) -> None:
    """Every copy shows what the oracle says, and so does one that reads the lines backwards."""
    copies = [*world.copies, late_reader(world, backwards), late_reader(world, by_stamp)]
    lines = [(STREAM, line.dot.replica, line.raw) for line in world.copies[0].lines.values()]
    wanted = oracle.expected(lines)
    for copy in copies:
        assert len(copy.lines) == len(lines)
        for uid in copy.states.keys() & {bytes.fromhex(uid) for uid in wanted}:
            state, record = copy.states[uid], wanted[uid.hex()]
            assert state_hash(state) == record.digest
            assert (state.withdrawal is not None) == (record.withdrawn and not record.erased)
            assert list(state.conflicts()) == record.conflicts
            assert {key: state.shown(key) for key in state.live} == {key: record.shown(key) for key in record.live}


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


# --- broken rules ---------------------------------------------------------------------------------

REAL_APPLY = merging.apply_line
REAL_WITHOUT = merging._without


def forget_what_was_replaced_early(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    state.replaced_early.clear()


def newest_write_drops_the_others(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    for key in line.change.values.keys() & state.live.keys():
        state.live[key] = (max(state.live[key], key=LiveWrite.rank),)


def removing_wins(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    for key, value in line.change.values.items():
        if "/" in key and value is None:
            state.live.pop(key, None)


def replaced_values_stay(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, Line(**{**line.__dict__, "change": replace(line.change, saw={})}))


def what_comes_from_the_future_is_refused(state: RecordState, line: Line) -> None:
    if line.stamp < (1_795_000_000_000 + YEAR_MS) << 16:
        REAL_APPLY(state, line)


def what_is_older_is_ignored(state: RecordState, line: Line) -> None:
    newest = max((w.stamp for key in line.change.values for w in state.live.get(key, ())), default=0)
    if line.stamp >= newest or line.change.op is Op.ERASE:
        REAL_APPLY(state, line)


def erasing_is_an_edit_like_others(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    state.erased = False


def only_the_first_seen_is_replaced(state: RecordState, key: str, dots: Iterable[Dot]) -> tuple[LiveWrite, ...]:
    return REAL_WITHOUT(state, key, tuple(dots)[:1])


def withdrawals_are_not_remembered(state: RecordState, key: str, dots: Iterable[Dot]) -> tuple[LiveWrite, ...]:
    before = set(state.replaced_early)
    writes = REAL_WITHOUT(state, key, dots)
    if key == WITHDRAWN_KEY:
        state.replaced_early = before
    return writes


MUTANTS: list[tuple[str, Callable[..., object]]] = [
    ("apply_line", forget_what_was_replaced_early),
    ("apply_line", newest_write_drops_the_others),
    ("apply_line", removing_wins),
    ("apply_line", replaced_values_stay),
    ("apply_line", what_comes_from_the_future_is_refused),
    ("apply_line", what_is_older_is_ignored),
    ("apply_line", erasing_is_an_edit_like_others),
    ("_without", only_the_first_seen_is_replaced),
    ("_without", withdrawals_are_not_remembered),
]


def random_life(seed: int) -> list[Step]:
    chance = random.Random(seed)
    return [
        (chance.randint(0, 3), chance.randint(0, 19), chance.randint(0, 7), chance.randint(0, 999))
        for _ in range(60)
    ]


@pytest.mark.parametrize(("name", "broken"), MUTANTS, ids=[broken.__name__ for _, broken in MUTANTS])
def test_the_property_bites(name: str, broken: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, name, broken)
    if name == "apply_line":
        monkeypatch.setitem(globals(), "apply_line", broken)
    with pytest.raises(AssertionError):
        for seed in range(60):
            require_agreement(live(random_life(seed)))


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("rank", lambda write: (0,)),  # whoever came first is shown
        ("rank", lambda write: (write.dot.seq,)),
    ],
)
def test_the_property_bites_on_what_is_shown(
    what: str, broken: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveWrite, what, broken)
    with pytest.raises(AssertionError):
        for seed in range(60):
            require_agreement(live(random_life(seed)))


def test_the_lives_that_mutants_fail_are_sound() -> None:
    for seed in range(60):
        require_agreement(live(random_life(seed)))
