"""Who changed what, and taking it back: the log read by record and by transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ethnomed_desktop.app.behaviours import require_open
from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.records import stored_record
from ethnomed_desktop.domain.changes import NEVER_UNDONE, WITHDRAWN_KEY, Action, Dot, Line, Op, split_key
from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS, KINDS_BY_NUMBER
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.states import Known, load_states
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.tables import log, txn
from ethnomed_desktop.store.uow import UnitOfWork

_RECENT = 500
"""How many of a user's transactions are looked at for undo."""


@dataclass(frozen=True)
class FieldStep:
    """One field's step in history; ``field`` is a name, ``_withdrawn``, or the key of newer data."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Step:
    """One change of a record: when (ms UTC), by whom, as part of which action, and what it did."""

    at_ms: int
    user: bytes
    replica: bytes
    action: str
    transaction: bytes
    fields: tuple[FieldStep, ...]


@dataclass(frozen=True)
class Undoable:
    """The last transaction of this user that can still be taken back."""

    transaction: bytes
    action: str
    at_ms: int
    records: tuple[tuple[str, bytes], ...]


def history(ctx: AppContext, uid: bytes) -> list[Step]:
    """Return every change of a record, oldest first; raises `UserError` (``record.unknown``)."""
    with ctx.reading() as connection:
        reader = LogReader(connection)
        lines = [line for _, line in reader.of_record(uid)]
        values = {line.dot: line.change.values for line in lines}
    if not lines:
        raise UserError("record.unknown")
    return [_step(line, values) for line in lines]


def _step(line: Line, values: Mapping[Dot, Mapping[str, Value]]) -> Step:
    kind = KINDS_BY_NUMBER.get(line.change.kind)
    fields = []
    for key, after in sorted(line.change.values.items()):
        before = next((values[dot].get(key) for dot in line.change.saw.get(key, ()) if dot in values), None)
        number, element = split_key(key)
        field = kind.by_number.get(number) if kind is not None else None
        name = "_withdrawn" if key == WITHDRAWN_KEY else field.name if field is not None else key
        if element is not None:
            fields.append(FieldStep(name, None, element) if after else FieldStep(name, element, None))
        else:
            fields.append(FieldStep(name, before, after))
    return Step(stamp_ms(line.stamp), line.user, line.dot.replica, line.action, line.transaction, tuple(fields))


def last_undoable(ctx: AppContext) -> Undoable | None:
    """Return what Ctrl+Z would take back: this user's last action that stands, or None."""
    with ctx.reading() as connection:
        return _described(connection, _candidate(connection, ctx.user, odd=False))


def last_redoable(ctx: AppContext) -> Undoable | None:
    """Return what Ctrl+Y would bring back: the last undo, unless something new was done since."""
    with ctx.reading() as connection:
        return _described(connection, _candidate(connection, ctx.user, odd=True))


def _candidate(connection: Connection, user: bytes, *, odd: bool) -> Any:
    """Return the newest standing transaction: of even depth (actions, redos) or odd (undos).

    An undo names what it undoes, a redo is an undo of an undo; only the end of such a chain stands.
    """
    recent = select(txn).where(txn.c.user == user).order_by(txn.c.tid.desc()).limit(_RECENT)
    rows = list(connection.execute(recent))
    undoes = {bytes(row.uid): bytes(row.undoes) for row in rows if row.undoes is not None}
    taken_back = set(undoes.values())
    for row in rows:
        if bytes(row.uid) in taken_back:
            continue
        depth, one = 0, bytes(row.uid)
        while one in undoes:
            depth, one = depth + 1, undoes[one]
        if depth % 2 == odd:
            return None if row.action in NEVER_UNDONE else row
        if odd and depth == 0:
            return None
    return None


def _described(connection: Connection, row: Any) -> Undoable | None:
    if row is None:
        return None
    records = connection.execute(select(log.c.uid).where(log.c.tid == row.tid)).scalars()
    uids = list(dict.fromkeys(bytes(uid) for uid in records))
    states = load_states(connection, uids, LogReader(connection))
    named = [(KINDS_BY_NUMBER[one.state.kind].name, uid) for uid, one in states.items()]
    touched = tuple(one for one in named if one[0] != "number_series")
    return Undoable(bytes(row.uid), row.action, stamp_ms(row.stamp), touched)


def undo(ctx: AppContext, transaction: bytes | None = None) -> Done[Undoable]:
    """Take back one transaction (the user's last one) by writing what was there before.

    Raises `UserError` (``undo.nothing``), `NotAllowed` (``undo.never`` for numbers given,
    ``undo.overtaken`` when something was written since): then nothing was changed.
    """
    return _undo(ctx, transaction, odd=False)


def redo(ctx: AppContext) -> Done[Undoable]:
    """Bring back what the last undo took; raises as `undo` does."""
    return _undo(ctx, None, odd=True)


def _undo(ctx: AppContext, transaction: bytes | None, *, odd: bool) -> Done[Undoable]:
    written = Written()
    with ctx.unit_of_work(Action.UNDO, written) as work:
        if transaction is None:
            row = _candidate(work.connection, ctx.user, odd=odd)
        else:
            row = work.connection.execute(select(txn).where(txn.c.uid == transaction)).first()
        if row is None:
            raise UserError("undo.nothing")
        if row.action in NEVER_UNDONE:
            raise NotAllowed("undo.never")
        lines = [line for _, line in work.reader.of_transaction(row.tid)]
        series = KINDS["number_series"].number
        touched = _take_back(work, [line for line in lines if line.change.kind != series])
        work.undoes = bytes(row.uid)
    return Done(Undoable(bytes(row.uid), row.action, stamp_ms(row.stamp), touched), committed(written))


def _take_back(work: UnitOfWork, lines: Iterable[Line]) -> tuple[tuple[str, bytes], ...]:
    by_uid: dict[bytes, list[Line]] = {}
    for line in lines:
        by_uid.setdefault(line.change.uid, []).append(line)
    states = work.states(list(by_uid))
    touched = []
    for uid, own in by_uid.items():
        known = states[uid]
        kind = KINDS_BY_NUMBER[known.state.kind]
        require_open(work, kind, uid, stored_record(work, uid).values)
        if any(line.change.op is Op.CREATE for line in own):
            _require_only(known, {line.dot for line in own})
            work.withdraw(known, Action.UNDO.value)
        else:
            _put_back(work, known, _values_before(work, known, own))
        touched.append((kind.name, uid))
    return tuple(touched)


def _put_back(work: UnitOfWork, known: Known, before: dict[str, Value]) -> None:
    reason = before.pop(WITHDRAWN_KEY, None) if before.get(WITHDRAWN_KEY) is not None else None
    if before:
        work.write_keys(known, before)
    if reason is not None:  # taking back a restoring: a withdrawal must see all that is live now
        work.withdraw(work.state(known.state.uid), str(reason))


def _require_only(known: Known, dots: set[Dot]) -> None:
    """Refuse when anything but these dots is live: somebody has gone on with the record."""
    live = {write.dot for writes in known.state.live.values() for write in writes if write.value is not None}
    if not live <= dots:
        raise NotAllowed("undo.overtaken")


def _values_before(work: UnitOfWork, known: Known, own: list[Line]) -> dict[str, Value]:
    keys: dict[str, Line] = {}
    for line in own:
        for key in line.change.values:
            keys.setdefault(key, line)
    mine = {line.dot for line in own}
    before: dict[str, Value] = {}
    seen = work.reader.find([dot for key, line in keys.items() for dot in line.change.saw.get(key, ())])
    for key, line in keys.items():
        removed = "/" in key and line.change.values[key] is None
        live = set(known.state.dots(key))
        if (live and not live <= mine) or (not live and not removed and line.change.values[key] is not None):
            raise NotAllowed("undo.overtaken")
        dots = [dot for dot in line.change.saw.get(key, ()) if dot in seen and key in seen[dot].change.values]
        before[key] = _previous(known, key, [seen[dot].change.values[key] for dot in dots])
    return before


def _previous(known: Known, key: str, values: list[Value]) -> Value:
    if values:
        return values[-1]
    number, element = split_key(key)
    kind = KINDS_BY_NUMBER[known.state.kind]
    if number in kind.by_number and element is None:
        seeded: Value = known.seed.get(kind.by_number[number].name)
        return seeded
    return None
