"""Taking lines back: writing what was there before, while nobody else has gone on with it.

After an undo the live write is the undo's own; it stands for the write it brought back. So a write
may be taken back while every live write *goes back to* it (`_Origins`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ethnomed_desktop.app.behaviours import require_open
from ethnomed_desktop.app.records import stored_record
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Action, Dot, Line, Op, split_key
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.store.queries import transactions
from ethnomed_desktop.store.states import Known
from ethnomed_desktop.store.uow import UnitOfWork


def take_back(work: UnitOfWork, lines: Iterable[Line]) -> tuple[tuple[str, bytes], ...]:
    """Queue the changes that give the records of the lines back; returns (kind, uid) of each.

    Raises `NotAllowed`: ``undo.overtaken``, ``meeting.numbered``.
    """
    by_uid: dict[bytes, list[Line]] = {}
    for line in lines:
        by_uid.setdefault(line.change.uid, []).append(line)
    states = work.states(list(by_uid))
    origins = _Origins(work)
    touched = []
    for uid, own in by_uid.items():
        known = states[uid]
        kind = KINDS_BY_NUMBER[known.state.kind]
        require_open(work, kind, uid, stored_record(work, uid).values)
        if any(line.change.op is Op.CREATE for line in own):
            _require_only(known, own, origins)
            work.withdraw(known, Action.UNDO.value)
        else:
            _put_back(work, known, _values_before(work, known, own, origins))
        touched.append((kind.name, uid))
    return tuple(touched)


class _Origins:
    """Which writes a live write stands for: itself, or those that an undo brought back."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._undone: dict[bytes, list[Line]] = {}

    def stand_for(self, uid: bytes, key: str, dots: Iterable[Dot], mine: set[Dot]) -> bool:
        """Say whether every dot is one of ``mine`` or was written by undos that brought one back."""
        lines = self._work.reader.find([dot for dot in dots if dot not in mine])
        return all(self._leads_to(uid, key, line, mine) for line in lines.values())

    def _leads_to(self, uid: bytes, key: str, line: Line, mine: set[Dot]) -> bool:
        steps = [
            one for one in self._undone_by(line.transaction) if one.change.uid == uid and key in one.change.values
        ]
        return bool(steps) and all(
            self.stand_for(uid, key, self._writes_of(key, one.change.saw.get(key, ())), mine) for one in steps
        )

    def _writes_of(self, key: str, dots: Iterable[Dot]) -> list[Dot]:
        """A withdrawal saw everything; only earlier withdrawals are what it replaced."""
        found = self._work.reader.find(list(dots))
        return [dot for dot, line in found.items() if key in line.change.values]

    def _undone_by(self, transaction: bytes) -> list[Line]:
        if transaction not in self._undone:
            own = transactions.transaction(self._work.connection, transaction)
            undone = None
            if own is not None and own.undoes is not None:
                undone = transactions.transaction(self._work.connection, own.undoes)
            lines = self._work.reader.of_transaction(undone.tid) if undone is not None else []
            self._undone[transaction] = [line for _, line in lines]
        return self._undone[transaction]


def _put_back(work: UnitOfWork, known: Known, before: dict[str, Value]) -> None:
    reason = before.pop(WITHDRAWN_KEY, None) if before.get(WITHDRAWN_KEY) is not None else None
    if before:
        work.write_keys(known, before)
    if reason is not None:  # taking back a restoring: a withdrawal must see all that is live now
        work.withdraw(work.state(known.state.uid), str(reason))


def _require_only(known: Known, own: list[Line], origins: _Origins) -> None:
    """Refuse when anything but these lines is live: somebody has gone on with the record."""
    mine = {line.dot for line in own}
    for key, writes in known.state.live.items():
        live = {write.dot for write in writes if write.value is not None}
        if not origins.stand_for(known.state.uid, key, live, mine):
            raise NotAllowed("undo.overtaken")


def _values_before(work: UnitOfWork, known: Known, own: list[Line], origins: _Origins) -> dict[str, Value]:
    keys: dict[str, Line] = {}
    for line in own:
        for key in line.change.values:
            keys.setdefault(key, line)
    mine = {line.dot for line in own}
    before: dict[str, Value] = {}
    seen = work.reader.find([dot for key, line in keys.items() for dot in line.change.saw.get(key, ())])
    for key, line in keys.items():
        _require_mine(known, key, line, mine, origins)
        dots = [dot for dot in line.change.saw.get(key, ()) if dot in seen and key in seen[dot].change.values]
        before[key] = _previous(known, key, [seen[dot].change.values[key] for dot in dots])
    return before


def _require_mine(known: Known, key: str, line: Line, mine: set[Dot], origins: _Origins) -> None:
    live = set(known.state.dots(key))
    removed = "/" in key and line.change.values[key] is None
    if live <= mine and (live or removed):
        return
    if live and not removed and origins.stand_for(known.state.uid, key, live, mine):
        return
    raise NotAllowed("undo.overtaken")


def _previous(known: Known, key: str, values: list[Value]) -> Value:
    if values:
        return values[-1]
    number, element = split_key(key)
    kind = KINDS_BY_NUMBER[known.state.kind]
    if number in kind.by_number and element is None:
        seeded: Value = known.seed.get(kind.by_number[number].name)
        return seeded
    return None
