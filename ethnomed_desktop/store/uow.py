"""The unit of work: what one user action changes, all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sqlalchemy import Connection

from ethnomed_desktop.domain.changes import (
    ERASED_KEY,
    LEDGER_KEY,
    WITHDRAWN_KEY,
    Action,
    Change,
    ChangeSet,
    Dot,
    Keyed,
    Op,
    Placement,
    element_key,
)
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import Uid, new_uid
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.registry import SCHEMA_VERSION, Kind
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.erasing import ERASING, MOST_DOTS, lines_held, said_by
from ethnomed_desktop.store.for_below import is_for_below, writer_for_below
from ethnomed_desktop.store.log import LogReader, Placed, Writer, append, lock_heads
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.statements import insert_many, run
from ethnomed_desktop.store.states import Known, load_states
from ethnomed_desktop.store.vault_keys import SigningKey, signing_key

SIGNED_AS = b"em/transaction/1"
"""Stands before what is signed, so that a signature made for one purpose fits no other."""

TXN_COLUMNS = ("tid", "uid", "user", "action", "stamp", "signature", "undoes")


@dataclass(frozen=True)
class Author:
    """Who acts: the user's uid and the seed that signs each transaction."""

    user: bytes
    seed: bytes

    @cached_property
    def key(self) -> SigningKey:
        """The key made from the seed; making it costs more than signing with it."""
        return signing_key(self.seed)


class UnitOfWork:
    """Collects changes, appends them to the log and projects them. One write transaction, one thread.

    What is written is visible to later reads of the same unit only after `flush`.
    """

    def __init__(self, connection: Connection, at: Writer, author: Author, clock: Clock, action: Action) -> None:
        self.connection = connection
        self.clock = clock
        self.action = action
        self._at = at
        self._author = author
        self._reader = LogReader(connection)
        self._projector = Projector(connection, self._reader)
        self._changes: list[Change] = []
        self._queued: set[bytes] = set()
        self._tags: list[bytes] = []
        self._stamp = 0
        self._touched: set[tuple[str, bytes]] = set()
        self._transaction = bytes(new_uid(clock.now_ms()))
        self.undoes: bytes | None = None
        self.named_as = author.user
        """Who the lines say wrote them; in a stream for the tier above that is nobody's name here."""
        self.guard: Callable[[Change], None] | None = None
        """Looks at every change before it is queued; what it raises ends the unit with nothing written."""
        lock_heads(connection, at)
        self._tid = (run(connection, "SELECT max(tid) FROM txn").fetchone()[0] or 0) + 1

    def write_into(self, at: Writer) -> None:
        """Write into another stream than the office's from now on; before anything is queued."""
        if self._changes or self._tags:
            raise AssertionError("a unit of work writes into one stream")
        self._at = at
        lock_heads(self.connection, at)

    @property
    def replica(self) -> bytes:
        """The global id of this installation."""
        return self._at.replica

    @property
    def reader(self) -> LogReader:
        """The log, as this transaction sees it."""
        return self._reader

    def states(self, uids: list[bytes]) -> dict[bytes, Known]:
        """Return the states of the records that exist, with all that this unit has written."""
        self.flush()
        return load_states(self.connection, uids, self._reader)

    def state(self, uid: bytes) -> Known:
        """Return one record; raises `UserError` (``record.unknown``)."""
        known = self.states([uid]).get(uid)
        if known is None or not (known.lids or known.seed):
            raise UserError("record.unknown")
        return known

    def create(self, kind: Kind, values: Mapping[str, Value], uid: Uid | None = None) -> Uid:
        """Queue a new record; ``values`` by field name, already checked."""
        made = uid or new_uid(self.clock.now_ms())
        fields = kind.by_name
        keyed: dict[str, Value] = {}
        for name, value in values.items():
            field = fields.get(name) or kind.field(name)
            if isinstance(value, list):
                for one in value:
                    keyed[element_key(field.number, one)] = True
            elif value is not None:
                keyed[field.key] = value
        self._queue(Change(made, kind.number, Op.CREATE, keyed))
        return made

    def create_keyed(self, kind: Kind, values: Keyed, uid: bytes) -> None:
        """Queue a record that another copy of the store has made, values by key."""
        self._queue(Change(uid, kind.number, Op.CREATE, dict(values)))

    def write(self, known: Known, values: Mapping[str, Value]) -> bool:
        """Queue what differs from what is shown, by field name; says whether anything does."""
        kind = KINDS_BY_NUMBER[known.state.kind]
        keyed: dict[str, Value] = {}
        for name, value in values.items():
            field = kind.field(name)
            if field.is_set:
                keyed.update(_set_changes(known, field.number, value))
            else:
                key = str(field.number)
                shown = known.state.shown(key) if key in known.state.live else known.seed.get(name)
                if shown != value or key in known.state.conflicts():
                    keyed[key] = value
        if keyed:
            self.write_keys(known, keyed)
        return bool(keyed)

    def write_keys(self, known: Known, keyed: Mapping[str, Value]) -> None:
        """Queue writes by key, as undo does."""
        self._require_home(known)
        saw = {key: known.state.dots(key) for key in keyed}
        self._queue(Change(known.state.uid, known.state.kind, Op.WRITE, dict(keyed), saw))

    def withdraw(self, known: Known, reason: str) -> None:
        """Queue a withdrawal: it saw all that is live, so later or concurrent writing survives it."""
        self._require_home(known)
        saw: tuple[Dot, ...] = (*known.state.dots(WITHDRAWN_KEY), *sorted(known.state.all_dots()))
        change = Change(
            known.state.uid, known.state.kind, Op.WITHDRAW, {WITHDRAWN_KEY: reason}, {WITHDRAWN_KEY: saw}
        )
        self._queue(change)

    def _require_home(self, known: Known) -> None:
        """Refuse to go on with what another office says to those below it; raises `NotAllowed`."""
        if is_for_below(known.state.kind) and any(dot.stream != self._below.stream for dot in known.lids):
            raise NotAllowed("tiers.from_above")

    @cached_property
    def _below(self) -> Writer:
        """Where this office speaks to those below; raises `NotAllowed` (``tiers.not_the_hub``) on its laptops."""
        found = writer_for_below(self.connection, self._at)
        if found is None:
            raise NotAllowed("tiers.not_the_hub")
        return found

    def _writer_of(self, change: Change) -> Writer:
        return self._below if is_for_below(change.kind) else self._at

    def _queue(self, change: Change) -> None:
        if self.guard is not None:
            self.guard(change)
        self._writer_of(change)  # refuses before anything is queued
        # Two writes of one unit must see each other, or one person would conflict with himself.
        assert change.uid not in self._queued, "flush between two writes of a record"
        self._queued.add(change.uid)
        self._changes.append(change)

    def rewrite(self, known: Known) -> None:
        """Queue the record's live values once more, in the stream written now; conflicts stay shown as they are."""
        keys = [key for key in known.state.live if key != WITHDRAWN_KEY and key not in known.state.conflicts()]
        values = {key: known.state.shown(key) for key in keys}
        saw = {key: known.state.dots(key) for key in keys}
        self._queue(Change(known.state.uid, known.state.kind, Op.CREATE, values, saw))

    def erase(self, uid: bytes, kind: int, entry: bytes, waiting: Iterable[Dot] = ()) -> int:
        """Take the words of a whole record out of the log, for good; ``entry`` of the ledger says why.

        Lines that are ``waiting`` for earlier ones are named too. Returns how many lines lose their words.
        Those that come later are hidden, and named by the office then.
        """
        held = self._held(uid, waiting)
        for dots in held:
            values: dict[str, Value] = {LEDGER_KEY: entry.hex(), ERASED_KEY: dots}
            self._queue(Change(uid, kind, Op.ERASE, values))
            self.flush()
        return sum(map(len, held))

    def redact(self, known: Known, changed: Keyed, entry: bytes) -> int:
        """Write a record anew with some values ``changed`` (by key), and take the words out of what it was.

        Returns how many lines lose their words. Of values that contradict each other the shown one stays.
        """
        held = self._held(known.state.uid)
        values = {key: known.state.shown(key) for key in known.state.live if key != WITHDRAWN_KEY}
        saw = {key: known.state.dots(key) for key in values}
        kept = {key: value for key, value in {**values, **changed}.items() if value is not None}
        self._queue(Change(known.state.uid, known.state.kind, Op.CREATE, kept, saw))
        self.flush()
        for dots in held:
            taken: dict[str, Value] = {LEDGER_KEY: entry.hex(), ERASED_KEY: dots}
            self._queue(Change(known.state.uid, known.state.kind, Op.REDACT, taken))
            self.flush()
        return sum(map(len, held))

    def _held(self, uid: bytes, waiting: Iterable[Dot] = ()) -> list[list[str]]:
        """Return the dots of the record's lines that do not erase anything themselves, some at a time.

        With those that they had seen: one that has not come here yet would bring back what it replaced.
        """
        self.flush()
        dots: dict[str, None] = dict.fromkeys(dot.text() for dot in waiting)
        for one in lines_held(self.connection, uid):
            said = said_by(one)
            if said is None or said.op not in ERASING:
                dots[one.dot.text()] = None
            for seen in said.saw.values() if said is not None else ():
                dots.update(dict.fromkeys(dot.text() for dot in seen))
        found = list(dots)
        return [found[at : at + MOST_DOTS] for at in range(0, max(len(found), 1), MOST_DOTS)]

    def flush(self) -> None:
        """Append and project what is queued."""
        if not self._changes:
            return
        changes, self._changes = self._changes, []
        self._queued.clear()
        with collecting_later():
            placed: list[Placed] = []
            for at, some in groupby(changes, key=self._writer_of):
                placed += self._append(list(some), at)
            self._tags += [line.dot.tag for _, line in placed]
            self._stamp = max(self._stamp, *(line.stamp for _, line in placed))
            self._touched |= self._projector.apply(placed)

    def _append(self, changes: list[Change], at: Writer) -> list[Placed]:
        placement = Placement(
            at.stream, at.replica, self._transaction, self.named_as, self.action.value, SCHEMA_VERSION
        )
        return append(self.connection, changes, at, placement, self.clock.now_ms(), self._tid)

    def finish(self) -> ChangeSet:
        """Flush and sign; the caller commits. A unit without changes leaves no trace."""
        self.flush()
        if self._tags:
            signed = hashlib.sha256(self._transaction + b"".join(self._tags))
            row = (
                self._tid,
                self._transaction,
                self._author.user,
                self.action.value,
                self._stamp,
                self._author.key.sign(SIGNED_AS + signed.digest()),
                self.undoes,
            )
            insert_many(self.connection, "txn", TXN_COLUMNS, [row])
        return ChangeSet(self._transaction, self.action.value, frozenset(self._touched))


def _set_changes(known: Known, number: int, value: Value) -> dict[str, Value]:
    wanted = {element_key(number, one) for one in (value if isinstance(value, list) else [])}
    have = {key for key in known.state.live if key.startswith(f"{number}/")}
    return {**dict.fromkeys(wanted - have, True), **dict.fromkeys(have - wanted)}
