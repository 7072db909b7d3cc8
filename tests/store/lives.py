"""Random lives of a register, and what the tables must say at every moment of them."""

from __future__ import annotations

import json
import random
from typing import Any

from sqlalchemy import select

from ethnomed_desktop.domain.changes import (
    WITHDRAWN_KEY,
    Action,
    Change,
    Line,
    Op,
    Placement,
    element_key,
    read_line,
    write_line,
)
from ethnomed_desktop.domain.clock import next_stamp
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import Uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS, KINDS_BY_NUMBER
from ethnomed_desktop.domain.merging import RecordState, apply_line
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.store.log import LOG_COLUMNS, LogReader
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.statements import insert_many
from ethnomed_desktop.store.store import Store, Written
from ethnomed_desktop.store.tables import digest, element, log, record, replica, stream
from tests import oracle
from tests.store.hands import AUTHOR, SEEDS, Hand
from tests.store.values import Values

SEEDED = {uid: values for rows in SEEDS.values() for uid, values in rows}
STRANGE: tuple[Value, ...] = (True, 7, 2**70, 1.5, "abc", "a\x00b", "00000000-0000-7000-8000-0000000000AB")
"""Values that some program may write and that only some fields can hold."""
FUTURE_KIND = 9999
FUTURE_FIELD = 777


class Foreign:
    """Another replica of the office, whose lines reach this store late, mixed up, or not at all."""

    def __init__(self, number: int, office: bytes, offset_ms: int) -> None:
        self.id = bytes([0xF0 + number]) * 16
        self.office = office
        self.offset_ms = offset_ms
        self.seq = self.stamp = 0
        self.states: dict[bytes, RecordState] = {}
        self.seen: set[bytes] = set()
        self.outgoing: list[Line] = []

    def take(self, line: Line) -> None:
        if line.raw not in self.seen:
            self.seen.add(line.raw)
            uid = line.change.uid
            apply_line(self.states.setdefault(uid, RecordState(uid, line.change.kind)), line)

    def write(self, uid: bytes, kind: int, op: Op, values: dict[str, Any], now_ms: int) -> None:
        state = self.states.setdefault(uid, RecordState(uid, kind))
        saw = {key: state.dots(key) for key in values}
        if op is Op.WITHDRAW:
            saw[WITHDRAWN_KEY] += tuple(sorted(state.all_dots()))
        self.seq, self.stamp = self.seq + 1, next_stamp(self.stamp, now_ms + self.offset_ms)
        at = Placement(self.office, self.id, b"x" * 16, b"f" * 16, "revise", 1)
        line = write_line(Change(uid, kind, op, values, saw), self.seq, self.stamp, at)
        self.take(line)
        self.outgoing.append(line)


class Life:
    """One register: what its user does, and what arrives from two others."""

    def __init__(self, store: Store, seed: int, *, strange: bool = True) -> None:
        self.store = store
        self.hand = Hand(store)
        self.chance = random.Random(seed)
        self.strange = strange
        self.values = Values(self.chance, self._record_of)
        office = store.office.stream
        self.others = [Foreign(1, office, 37), Foreign(2, office, -50 * 365 * 86_400_000 + 91)]
        self.uids: dict[str, list[Uid]] = {name: [uid for uid, _ in rows] for name, rows in SEEDS.items()}
        self.coming: list[tuple[str, Uid]] = []
        self.steps: list[str] = []

    # --- what happens ---

    def step(self) -> None:
        """Do one thing."""
        deeds = (self.record, self.change, self.abroad, self.deliver, self.withdraw, self.restore, self.meet)
        doing = self.chance.choices(
            (*deeds, self.erase, self.erase_here, self.redact),
            (5, 8, 9, 5, 2, 2, 2, 0.3, 0.3, 0.6),
        )[0]
        self.steps.append(doing.__name__)
        try:
            doing()
        except NotAllowed as refused:  # what an office says to those below it, nobody else goes on with
            if refused.code != "tiers.from_above":
                raise

    def record(self) -> None:
        kind, uid = self._next()
        self.hand.record(kind.name, self.values.some(kind, 12), uid)

    def change(self) -> None:
        kind, uid = self._known()
        values = self.values.some(kind)
        for name in list(values):
            if self.chance.random() < 0.25:
                values[name] = None
        stored = self.hand.show(uid)
        if stored is not None and not stored.withdrawn:
            self.hand.change(uid, values)

    def withdraw(self) -> None:
        _, uid = self._known()
        stored = self.hand.show(uid)
        if stored is not None and not stored.withdrawn:
            self.hand.withdraw(uid)

    def restore(self) -> None:
        with self.store.reading() as connection:
            erased = record.c.early == '"erased"'
            gone = select(record.c.uid).where(record.c.withdrawn, erased.is_not(True), record.c.live.is_not(None))
            uids = sorted(bytes(uid) for uid in connection.execute(gone).scalars())
        if uids:
            self.hand.restore(self.chance.choice(uids))

    def meet(self) -> None:
        """One of the others gets all that is here."""
        other = self.chance.choice(self.others)
        with self.store.reading() as connection:
            for batch in LogReader(connection).all_batches():
                for _, line in batch:
                    other.take(line)

    def abroad(self) -> None:
        """Somebody writes elsewhere, about what is known there."""
        other = self.chance.choice(self.others)
        now = self.hand.clock.now_ms()
        if not other.states or self.chance.random() < 0.3:
            kind, uid = self._next()
            values = self._keyed(kind, self.values.some(kind, 12))
            other.write(uid, kind.number, Op.CREATE, values, now)
            return
        uid = Uid(self.chance.choice(sorted(other.states)))
        state = other.states[uid]
        kind = KINDS_BY_NUMBER.get(state.kind)
        what = self.chance.random()
        if what < 0.15:
            other.write(uid, state.kind, Op.WITHDRAW, {WITHDRAWN_KEY: "gone"}, now)
        elif what < 0.3:
            other.write(uid, state.kind, Op.WRITE, {WITHDRAWN_KEY: None}, now)
        elif self.strange and what < 0.45:
            self._strange(other, uid, kind, now)
        elif kind is not None:
            values = self._keyed(kind, self.values.some(kind))
            for key in list(state.live):
                if "/" in key and self.chance.random() < 0.3:
                    values[key] = None
            other.write(uid, kind.number, Op.WRITE, values, now)

    def _strange(self, other: Foreign, uid: Uid, kind: Kind | None, now: int) -> None:
        """A newer, or a careless, program writes."""
        if kind is None or self.chance.random() < 0.2:
            fresh = self._fresh_uid()
            other.write(fresh, FUTURE_KIND, Op.CREATE, {"1": "later", "2/a": True}, now)
            return
        field = self.chance.choice(kind.all_fields)
        values = {str(FUTURE_FIELD): self.values.words(), str(field.number): self.chance.choice(STRANGE[:-1])}
        if self.chance.random() < 0.3:
            values[str(field.number)] = STRANGE[-1]
        other.write(uid, kind.number, Op.WRITE, values, now)

    def erase(self) -> None:
        other = self.chance.choice(self.others)
        if other.states:
            uid = self.chance.choice(sorted(other.states))
            other.write(uid, other.states[uid].kind, Op.ERASE, {}, self.hand.clock.now_ms())

    def erase_here(self) -> None:
        """A record is erased here, with all that is known of it."""
        _, uid = self._known()
        if self.hand.show(uid) is not None:
            with self.store.unit_of_work(AUTHOR, self.hand.clock, Action.ERASE, Written()) as work:
                work.erase(uid, work.state(uid).state.kind, b"L" * 16)

    def redact(self) -> None:
        """A record is written anew with one value changed, and loses what it was."""
        kind, uid = self._known()
        stored = self.hand.show(uid)
        if stored is None or stored.withdrawn:
            return
        with self.store.unit_of_work(AUTHOR, self.hand.clock, Action.ANONYMISE, Written()) as work:
            known = work.state(uid)
            if known.state.live:
                changed = self._keyed(kind, self.values.some(kind, 1))
                work.redact(known, {key: value for key, value in changed.items() if "/" not in key}, b"L" * 16)

    def deliver(self, share: float = 0.5) -> None:
        """Some of what the others wrote arrives, in no order, in one or several pieces."""
        waiting = [(other, line) for other in self.others for line in other.outgoing]
        self.chance.shuffle(waiting)
        for other, line in waiting[: round(len(waiting) * share + 0.4)]:
            other.outgoing.remove(line)
            self.arrive(other, [line])

    def arrive(self, other: Foreign, lines: list[Line]) -> None:
        """Append foreign lines to the log and project them, as taking in a file does."""
        with self.store.database.writing() as connection:
            rep = connection.execute(select(replica.c.rep).where(replica.c.uid == other.id)).scalar()
            if rep is None:
                rep = (connection.execute(select(replica.c.rep).order_by(replica.c.rep.desc())).scalar() or 0) + 1
                connection.execute(replica.insert().values(rep=rep, uid=other.id, is_own=False))
            last = connection.execute(select(log.c.lid).order_by(log.c.lid.desc()).limit(1)).scalar() or 0
            placed = [
                (lid, read_line(line.raw, other.office, other.id)) for lid, line in enumerate(lines, start=last + 1)
            ]
            rows = [
                (lid, self.store.office.sid, rep, line.dot.seq, 0, line.dot.tag, line.change.uid, line.raw)
                for lid, line in placed
            ]
            insert_many(connection, "log", LOG_COLUMNS, rows)
            Projector(connection, LogReader(connection)).apply(placed)

    # --- choosing ---

    def _fresh_uid(self) -> Uid:
        return Uid(self.chance.randbytes(6) + b"\x70\x00\x80" + self.chance.randbytes(7))

    def _next(self) -> tuple[Kind, Uid]:
        """A record to make: often one that others referred to before it came."""
        if self.coming and self.chance.random() < 0.5:
            name, uid = self.coming.pop(self.chance.randrange(len(self.coming)))
        else:
            name, uid = self.chance.choice(list(KINDS)), self._fresh_uid()
        self.uids.setdefault(name, []).append(uid)
        return KINDS[name], uid

    def _known(self) -> tuple[Kind, Uid]:
        name = self.chance.choice([name for name, uids in self.uids.items() if uids])
        return KINDS[name], self.chance.choice(self.uids[name])

    def _record_of(self, name: str) -> str:
        if self.uids.get(name) and self.chance.random() < 0.7:
            return uid_text(self.chance.choice(self.uids[name]))
        self.coming.append((name, self._fresh_uid()))
        return uid_text(self.coming[-1][1])

    def _keyed(self, kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
        keyed: dict[str, Any] = {}
        for name, value in values.items():
            number = kind.field(name).number
            if isinstance(value, list):
                keyed.update({element_key(number, one): True for one in value})
            elif value is not None:
                keyed[str(number)] = value
        return keyed


# --- what must be true ----------------------------------------------------------------------------


def require_truth(store: Store) -> dict[str, oracle.Expected]:
    """Compare every table with what the oracle makes of the log; returns what it made."""
    with store.reading() as connection:
        query = select(stream.c.uid, replica.c.uid, log.c.raw).where(
            stream.c.sid == log.c.sid, replica.c.rep == log.c.rep
        )
        rows_here = [(bytes(office), bytes(rep), bytes(raw)) for office, rep, raw in connection.execute(query)]
        lines = [one for one in rows_here if not is_erased(one[2])]
        wanted = oracle.expected(lines)
        rows = {bytes(row.uid).hex(): row for row in connection.execute(select(record))}
        elements: dict[int, set[tuple[int, str]]] = {}
        for row in connection.execute(select(element)):
            elements.setdefault(row.rid, set()).add((row.field, row.value))
        total = bytes(connection.execute(select(digest.c.total)).scalar_one())
        stored = {one.rid: one for one in records_by(connection, "uid", [bytes(row.uid) for row in rows.values()])}
    newest: dict[str, int] = {}
    for _, _, raw in lines:
        _, stamp, uid, *_ = json.loads(raw)
        newest[uid] = max(newest.get(uid, 0), int(stamp, 16) >> 16)
    assert total == oracle.total(wanted.values())
    assert wanted.keys() <= rows.keys()
    for uid, row in rows.items():
        if uid not in wanted:
            assert row.state is None, "a stub or a seed has no state"
            continue
        one = wanted[uid]
        assert bytes(row.state) == one.digest
        assert row.withdrawn == (one.withdrawn or one.erased)
        assert json.loads(row.conflicts or "[]") == one.conflicts
        assert row.changed_ms == newest[uid]
        values, kept, tagged = shown_values(one)
        assert json.loads(row.unknown or "{}") == kept
        assert elements.get(row.rid, set()) == tagged
        if one.erased:
            assert row.rid not in stored, "nothing is shown of what was erased"
        elif one.kind in KINDS_BY_NUMBER:
            assert dict(stored[row.rid].values) == values
    return wanted


def shown_values(one: oracle.Expected) -> tuple[dict[str, Any], dict[str, Any], set[tuple[int, str]]]:
    """Return what is shown by field name, what this program keeps without understanding it, set elements."""
    kind = KINDS_BY_NUMBER.get(one.kind)
    shown: dict[str, Any] = dict(SEEDED.get(Uid(bytes.fromhex(one.uid)), {}))
    kept: dict[str, Any] = {}
    tagged: set[tuple[int, str]] = set()
    for key in one.live:
        number, slash, word = key.partition("/")
        if key == WITHDRAWN_KEY and kind is not None:
            continue
        field = kind.by_number.get(int(number)) if kind is not None else None
        if field is None or field.is_set != bool(slash) or not (slash or fits(field, one.shown(key))):
            kept[key] = one.shown(key)
        elif slash:
            tagged.add((int(number), word))
            shown[field.name] = sorted([*shown.get(field.name, []), word])
        else:
            shown[field.name] = one.shown(key)
    return {name: value for name, value in shown.items() if value is not None}, kept, tagged


def fits(field: Field, value: Any) -> bool:
    """Whether a column of the field's type can hold the value."""
    if value is None:
        return True
    if field.type.name == "ref":
        return isinstance(value, str) and len(value) == 36 and value == value.lower()
    match field.type.column:
        case "text":
            return isinstance(value, str) and "\x00" not in value
        case "integer":
            return type(value) is int and abs(value) < 2**63
        case "real":
            return type(value) in (int, float) and abs(value) < 2**63
    return isinstance(value, bool)


def run(store: Store, seed: int, steps: int, *, strange: bool = True, rebuild_every: int = 10) -> Life:
    """Live for some steps; check all tables now and then and at the end."""
    life = Life(store, seed, strange=strange)
    try:
        for number in range(1, steps + 1):
            life.step()
            if number % rebuild_every == 0:
                require_truth(store)
                assert store.rebuild() == {}
        life.deliver(1.0)
        require_truth(store)
        assert store.rebuild() == {}
        require_truth(store)
    except Exception as error:
        error.add_note(f"seed {seed}: {' '.join(life.steps)}")
        raise
    return life
