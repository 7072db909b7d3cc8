"""Copies of one register that lose, mix and repeat each other's lines, and what must hold of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from hypothesis import strategies as st

from ethnomed_desktop.domain import merging
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Change, Dot, Line, Op, Placement, write_line
from ethnomed_desktop.domain.clock import next_stamp
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.merging import RecordState, state_hash
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
            merging.apply_line(self.state(line.change.uid), line)

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


def random_life(seed: int) -> list[Step]:
    chance = random.Random(seed)
    return [
        (chance.randint(0, 3), chance.randint(0, 19), chance.randint(0, 7), chance.randint(0, 999))
        for _ in range(60)
    ]
