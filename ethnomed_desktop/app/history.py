"""Who changed what, and taking it back: the log read by record and by transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.undoing import take_back
from ethnomed_desktop.domain.changes import (
    ERASED_KEY,
    LEDGER_KEY,
    NEVER_UNDONE,
    WITHDRAWN_KEY,
    Action,
    Dot,
    Line,
    split_key,
)
from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS, KINDS_BY_NUMBER
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.domain.rights import OPEN_KINDS, Rights
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.erasing import ERASING, was_erased
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries import transactions
from ethnomed_desktop.store.queries.transactions import Transaction
from ethnomed_desktop.store.states import load_states
from ethnomed_desktop.store.store import Written

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
    """The last transaction of this user that can still be taken back.

    ``meant`` is the action that a chain of undos and redos is about; for others it is ``action``.
    """

    transaction: bytes
    action: str
    at_ms: int
    records: tuple[tuple[str, bytes], ...]
    meant: str


def history(ctx: AppContext, uid: bytes) -> list[Step]:
    """Return every change of a record, oldest first; raises `UserError` (``record.unknown``)."""
    with ctx.reading() as connection:
        reader = LogReader(connection)
        gone = was_erased(connection, uid)  # what a laptop wrote meanwhile is hidden until the office names it
        lines = [line for _, line in reader.of_record(uid) if not gone or line.change.op in ERASING]
        values = {line.dot: line.change.values for line in lines}
    if not lines:
        raise UserError("record.unknown")
    return [_step(line, values, ctx.rights) for line in lines]


def _step(line: Line, values: Mapping[Dot, Mapping[str, Value]], rights: Rights) -> Step:
    kind = KINDS_BY_NUMBER.get(line.change.kind)
    fields = []
    for key, after in sorted(line.change.values.items()):
        if key in {ERASED_KEY, LEDGER_KEY}:
            continue
        before = next((values[dot].get(key) for dot in line.change.saw.get(key, ()) if dot in values), None)
        number, element = split_key(key)
        field = kind.by_number.get(number) if kind is not None else None
        name = "_withdrawn" if key == WITHDRAWN_KEY else field.name if field is not None else key
        level = field.level if field is not None else Level.CASE if key == WITHDRAWN_KEY else Level.IDENTITY
        if level > rights.ceiling and not (kind is not None and kind.name in OPEN_KINDS):
            continue
        if element is not None:
            fields.append(FieldStep(name, None, element) if after else FieldStep(name, element, None))
        else:
            fields.append(FieldStep(name, before, after))
    return Step(stamp_ms(line.stamp), line.user, line.dot.replica, line.action, line.transaction, tuple(fields))


def last_undoable(ctx: AppContext) -> Undoable | None:
    """Return what Ctrl+Z would take back: this user's last action that stands, or None."""
    if ctx.reading_only:
        return None
    with ctx.reading() as connection:
        return _described(connection, _candidate(connection, ctx.user, odd=False))


def last_redoable(ctx: AppContext) -> Undoable | None:
    """Return what Ctrl+Y would bring back: the last undo, unless something new was done since."""
    if ctx.reading_only:
        return None
    with ctx.reading() as connection:
        return _described(connection, _candidate(connection, ctx.user, odd=True))


def _candidate(connection: Reading, user: bytes, *, odd: bool) -> Transaction | None:
    """Return the newest standing transaction: of even depth (actions, redos) or odd (undos).

    An undo names what it undoes, a redo is an undo of an undo; only the end of such a chain stands.
    """
    rows = transactions.recent_of(connection, user, _RECENT)
    undoes = {row.uid: row.undoes for row in rows if row.undoes is not None}
    taken_back = set(undoes.values())
    for row in rows:
        if row.uid in taken_back:
            continue
        depth, one = 0, row.uid
        while one in undoes:
            depth, one = depth + 1, undoes[one]
        if depth % 2 == odd:
            return None if row.action in NEVER_UNDONE else row
        if odd and depth == 0:
            return None
    return None


def _described(connection: Reading, row: Transaction | None) -> Undoable | None:
    if row is None:
        return None
    uids = transactions.records_of(connection, row.tid)
    states = load_states(connection, uids, LogReader(connection))
    named = [(KINDS_BY_NUMBER[one.state.kind].name, uid) for uid, one in states.items()]
    touched = tuple(one for one in named if one[0] != "number_series")
    return Undoable(row.uid, row.action, stamp_ms(row.stamp), touched, _meant(connection, row))


def _meant(connection: Reading, row: Transaction) -> str:
    while row.undoes is not None:
        earlier = transactions.transaction(connection, row.undoes)
        if earlier is None:
            break
        row = earlier
    return row.action


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
            row = transactions.transaction(work.connection, transaction)
        if row is None:
            raise UserError("undo.nothing")
        if row.action in NEVER_UNDONE:
            raise NotAllowed("undo.never")
        lines = [line for _, line in work.reader.of_transaction(row.tid)]
        series = KINDS["number_series"].number
        touched = take_back(work, [line for line in lines if line.change.kind != series])
        work.undoes = row.uid
        meant = _meant(work.connection, row)
    return Done(Undoable(row.uid, row.action, stamp_ms(row.stamp), touched, meant), committed(written))
