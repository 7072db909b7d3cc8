"""Several stores that meet only by lines: any order, losses, repetitions; an oracle by the bare definition.

The oracle knows nothing of stores: a write is live while no line that is here saw and replaced it.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from ethnomed_desktop.domain.changes import read_line
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.ids import Uid
from ethnomed_desktop.domain.merging import RecordState
from ethnomed_desktop.store import intake
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.intake import Outcome, take_lines
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.records import record_by_uid
from ethnomed_desktop.store.states import load_states
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.tables import digest, log, replica, stream
from tests.store.hands import KEY, MOMENT, SEEDS, Hand, new_database

POOL = [Uid(bytes([number]) * 16) for number in range(1, 5)]
FIELDS = {
    "surname": ["Әлиев", "Ли", "О'Нил", "<b>"],
    "given_name": ["Ән", "Ия", None],
    "tags": [[], ["а"], ["б"], ["а", "б"]],
}
OFFICES = 3
Run = tuple[bytes, bytes, list[bytes]]


def own_lines(store: Store, first: int, count: int) -> Run:
    """Return lines of the store's own log, numbered from ``first``."""
    with store.reading() as connection:
        query = select(log.c.raw).where(log.c.rep == store.office.rep, log.c.seq >= first).order_by(log.c.seq)
        raws = [bytes(raw) for raw in connection.execute(query.limit(count)).scalars()]
    return store.office.stream, store.office.replica, raws


def take(store: Store, run: Run) -> intake.Taken:
    with store.database.writing() as connection:
        return take_lines(connection, run[0], run[1], numbered(*run))


def numbered(stream: bytes, replica: bytes, raws: list[bytes]) -> list[intake.Numbered]:
    lines = [read_line(raw, stream, replica) for raw in raws]
    return [(line.dot.seq, line.raw, line) for line in lines]


def total(store: Store) -> bytes:
    with store.reading() as connection:
        return bytes(connection.execute(select(digest.c.total)).scalar_one())


def live_by_definition(store: Store, uid: bytes) -> dict[str, list[tuple[str, Any]]]:
    """Return the live values of a record from nothing but the lines that are here."""
    with store.reading() as connection:
        lines = [line for _, line in LogReader(connection).of_record(uid)]
    replaced = {
        (key, dot) for line in lines for key, dots in line.change.saw.items() for dot in dots if key != "_w"
    }
    live: dict[str, list[tuple[str, Any]]] = {}
    for line in lines:
        for key, value in line.change.values.items():
            if key == "_w" or (key, line.dot) in replaced or ("/" in key and value is None):
                continue
            live.setdefault(key, []).append((line.dot.text(), value))
    return {key: sorted(values) for key, values in live.items()}


def live_in(state: RecordState) -> dict[str, list[tuple[str, Any]]]:
    return {
        key: sorted((write.dot.text(), write.value) for write in writes)
        for key, writes in state.live.items()
        if key != "_w"
    }


def new_office(folder: Path, number: int) -> Store:
    """Return a store with identities of its own; copied, because making one costs forty times that."""
    template, path = folder / "template.db", folder / f"{number}.db"
    if not template.exists():
        new_database(template).close()
    path.write_bytes(template.read_bytes())
    database = open_sqlite(path, KEY)
    with database.writing() as connection:
        connection.execute(replica.update().values(uid=bytes([100 + number]) * 16))
        for sid in connection.execute(select(stream.c.sid)).scalars().all():
            uid = bytes([100 + number, sid]) * 8
            connection.execute(stream.update().where(stream.c.sid == sid).values(uid=uid))
    return Store(database, SEEDS)


class Offices(RuleBasedStateMachine):
    """Three offices that edit the same few people and hand each other runs of lines."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.hands: list[Hand] = []
        self.runs: list[Run] = []

    @initialize(skews=st.tuples(*[st.sampled_from([0, -3 * 365, 25 * 365])] * OFFICES))
    def open_offices(self, skews: tuple[int, ...]) -> None:
        for number, days in enumerate(skews):
            clock = FixedClock(MOMENT)
            clock.advance(days * 86_400_000)
            self.hands.append(Hand(new_office(Path(self.folder.name), number), clock))
        first = self.hands[0]
        for uid in POOL:
            first.record("person", {"surname": "Бірінші", "tags": ["а"]}, uid)
        start = own_lines(first.store, 1, 100)
        for hand in self.hands[1:]:
            assert take(hand.store, start).outcome is Outcome.TAKEN

    def teardown(self) -> None:
        try:
            if self.hands:
                self._all_meet()
        finally:
            for hand in self.hands:
                hand.store.close()
            self.folder.cleanup()

    @rule(
        office=st.integers(0, OFFICES - 1),
        uid=st.sampled_from(POOL),
        field=st.sampled_from(sorted(FIELDS)),
        choice=st.integers(0, 3),
    )
    def edit(self, office: int, uid: Uid, field: str, choice: int) -> None:
        self.hands[office].change(uid, {field: FIELDS[field][choice % len(FIELDS[field])]})

    @rule(office=st.integers(0, OFFICES - 1), uid=st.sampled_from(POOL))
    def withdraw_or_restore(self, office: int, uid: Uid) -> None:
        hand = self.hands[office]
        shown = hand.show(uid)
        assert shown is not None
        if shown.withdrawn:
            hand.restore(uid)
        else:
            hand.withdraw(uid)

    @rule(office=st.integers(0, OFFICES - 1), first=st.integers(1, 12), count=st.integers(1, 8))
    def send(self, office: int, first: int, count: int) -> None:
        run = own_lines(self.hands[office].store, first, count)
        if run[2]:
            self.runs.append(run)

    @precondition(lambda self: self.runs)
    @rule(office=st.integers(0, OFFICES - 1), which=st.integers(0, 10_000))
    def receive_twice(self, office: int, which: int) -> None:
        store, run = self.hands[office].store, self.runs[which % len(self.runs)]
        take(store, run)
        once = total(store)
        assert take(store, run).outcome in {Outcome.KNOWN, Outcome.TOO_EARLY}
        assert total(store) == once

    @invariant()
    def what_is_live_is_what_the_definition_says(self) -> None:
        for hand in self.hands:
            with hand.store.reading() as connection:
                states = load_states(connection, list(POOL), LogReader(connection))
            for uid, known in states.items():
                assert live_in(known.state) == live_by_definition(hand.store, uid)

    def _all_meet(self) -> None:
        for giver in self.hands:
            run = own_lines(giver.store, 1, 10_000)
            for taker in self.hands:
                if taker is not giver:
                    take(taker.store, run)
        assert len({total(hand.store) for hand in self.hands}) == 1
        shown = [json.dumps([self._shown(hand, uid) for uid in POOL], sort_keys=True) for hand in self.hands]
        assert len(set(shown)) == 1
        for hand in self.hands:
            assert hand.store.rebuild() == {}

    def _shown(self, hand: Hand, uid: Uid) -> list[Any]:
        with hand.store.reading() as connection:
            found = record_by_uid(connection, uid)
        assert found is not None
        return [found.withdrawn, dict(found.values), list(found.conflicts), found.revision]


Offices.TestCase.settings = settings(max_examples=10, stateful_step_count=30)
TestOffices = Offices.TestCase


def two(tmp_path: Path) -> tuple[Hand, Hand]:
    return Hand(new_office(tmp_path, 0)), Hand(new_office(tmp_path, 1))


def test_a_gap_is_told_and_nothing_taken(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    a.record_many("person", [{"surname": str(number)} for number in range(5)])
    before = total(b.store)
    assert take(b.store, own_lines(a.store, 3, 2)).outcome is Outcome.TOO_EARLY
    assert total(b.store) == before
    assert take(b.store, own_lines(a.store, 1, 2)).new == 2
    assert take(b.store, own_lines(a.store, 1, 4)).new == 2


def test_both_branches_of_a_copied_disk_are_kept(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    uid = a.record("person", {"surname": "Бастапқы"})
    a.store.database.fold()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "0.db").read_bytes())
    clone = Hand(Store(open_sqlite(copy, KEY), SEEDS))
    a.change(uid, {"surname": "Бірінші"})
    clone.change(uid, {"surname": "Екінші"})
    assert take(b.store, own_lines(a.store, 1, 10)).outcome is Outcome.TAKEN
    assert take(b.store, own_lines(clone.store, 1, 10)).outcome is Outcome.FORKED
    with b.store.reading() as connection:
        known = load_states(connection, [uid], LogReader(connection))[uid]
    assert {write.value for write in known.state.live["1"]} == {"Бірінші", "Екінші"}
    assert known.state.conflicts() == ("1",)
    assert b.store.rebuild() == {}
    for hand in (a, b, clone):
        hand.store.close()
