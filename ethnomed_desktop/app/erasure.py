"""Lawful erasure and anonymising: the words go from the log, the tables, files and copies; the ledger stays.

One transaction says what is gone, empties the lines and writes the entry of the ledger: a power cut leaves
all of it or nothing. What follows – free pages, contents, backups – is swept afterwards, and again where it
could not be (`app.erasure_sweep`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.erasure_marks import mark_erased
from ethnomed_desktop.app.erasure_plan import Planner, confirming_word, names
from ethnomed_desktop.app.erasure_sweep import Swept, sweep
from ethnomed_desktop.app.exchange_erasures import empty_waiting, is_office, waiting_lines
from ethnomed_desktop.app.exchange_upward import upward_streams, write_upward
from ethnomed_desktop.app.titles import references_in, shown_value, titles
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Action, split_key
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.erasing import Mode, checked_ground
from ethnomed_desktop.domain.errors import NotAllowed, StorageError, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import Uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.naming import Naming, stand_in
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store import audit
from ethnomed_desktop.store.give_back import forget_intake
from ethnomed_desktop.store.private_notes import own_writer
from ethnomed_desktop.store.queries.records import StoredRecord, records_by, rids_of_kind
from ethnomed_desktop.store.states import Known
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork

_ACTIONS = {Mode.ERASE: Action.ERASE, Mode.ANONYMISE: Action.ANONYMISE}
_HOW = {Mode.ERASE: "erased", Mode.ANONYMISE: "anonymised"}


@dataclass(frozen=True)
class Erased:
    """What was done; ``swept`` is None where copies are still to be cleaned (``waits``: why)."""

    entry: bytes
    stand_in: str
    records: int
    rewritten: int
    notes: int
    swept: Swept | None
    waits: StorageError | None = None


@dataclass(frozen=True)
class Order:
    """What is to be erased, how, on what ground; ``confirm`` is the word typed, ``keep`` what is left alone."""

    uid: bytes
    mode: Mode
    ground: str
    words: str = ""
    confirm: str = ""
    keep: frozenset[bytes] = frozenset()


def erase(ctx: AppContext, order: Order, catalog: Catalog, progress: Progress = no_progress) -> Done[Erased]:
    """Erase or anonymise, for good. On the write lane.

    Raises `NotAllowed` (``rights.act``, ``erasure.sealed``, ``erasure.not_this_kind``,
    ``erasure.office_only``), `UserError` (``erasure.not_confirmed``, ``erasure.no_ground``,
    ``erasure.no_paper``, ``erasure.ground_names``, ``record.unknown``): then nothing was changed. A full
    disk while copies are cleaned is told in the result, not raised: what was erased is erased.
    """
    ctx.require(Act.ERASE)
    ground = checked_ground(order.ground, order.words)
    with ctx.writing(Act.ERASE) as connection:
        own = identity.standing(ctx, connection)
        if not is_office(own.authority, own.me.replica, ctx.vault.store.office.stream):
            raise NotAllowed("erasure.office_only")
    written = Written()
    with ctx.unit_of_work(_ACTIONS[order.mode], written) as work:
        work.guard = None  # the right to erase was asked for: it covers every kind
        eraser = _Eraser(ctx, work, order, ground, catalog)
        done = eraser.run()
    changes = committed(written)
    notes = _erase_own_notes(ctx, eraser.notes, done.entry)
    with ctx.writing(Act.ERASE) as connection:
        own = identity.standing(ctx, connection)
        if upward_streams(own):
            write_upward(ctx, connection, own)
    try:
        swept, waits = sweep(ctx, progress), None
    except StorageError as error:
        swept, waits = None, error
    made = Erased(done.entry, done.stand_in, done.records, done.rewritten, notes, swept, waits)
    return Done(made, changes)


class _Eraser:
    """One erasure within one unit of work."""

    def __init__(
        self, ctx: AppContext, work: UnitOfWork, order: Order, ground: tuple[str, str], catalog: Catalog
    ) -> None:
        self._ctx, self._work, self._order, self._ground = ctx, work, order, ground
        self._planner = Planner(ctx, work.connection, order.uid, order.mode)
        self.notes: list[bytes] = []
        word = confirming_word(self._planner.record, catalog)
        if fold(" ".join(order.confirm.split())) != fold(word):
            raise UserError("erasure.not_confirmed", field="confirm", word=word)
        naming = self._planner.naming
        if naming is not None and names(naming, ground[1]):
            raise UserError("erasure.ground_names", field="ground_words")

    def run(self) -> Erased:
        planner, work = self._planner, self._work
        gone = planner.gone()
        uids = [one.uid for one in gone]
        named = [uid for uid in planner.naming_records(uids) if uid not in self._order.keep]
        self.notes = planner.own_notes(uids)
        closed = {meeting for one in self._staying(uids, named) if (meeting := planner.closed_meeting_of(one))}
        entry = self._enter(gone, len(named))
        naming = planner.naming
        mark_erased(work.connection, uids, self._words_of_drafts(planner.record))
        waiting = waiting_lines(work.connection, set(uids))
        for one in gone:
            work.erase(one.uid, one.kind.number, entry, waiting.get(one.uid, ()))
        for uid, known in work.states(named).items():
            changed = _without(known, naming) if naming is not None else {}
            if uid in closed:
                changed[KINDS["meeting"].field("anonymised_on").key] = today(self._ctx.clock).isoformat()
            _rewrite(work, known, changed, naming, entry)
        for known in work.states([one for one in closed if one not in named]).values():
            work.write(known, {"anonymised_on": today(self._ctx.clock).isoformat()})
        work.flush()
        empty_waiting(work.connection, [dot for dots in waiting.values() for dot in dots])
        forget_intake(work.connection)
        detail = {
            "entry": uid_text(entry),
            "how": _HOW[self._order.mode],
            "ground": self._ground[0],
            "records": len(gone),
            "rewritten": len(named),
        }
        audit.note(work.connection, self._ctx.clock, self._ctx.user, "erasure.done", detail)
        return Erased(entry, stand_in(planner.record.uid), len(gone), len(named), 0, None)

    def _staying(self, gone: Collection[bytes], named: Iterable[bytes]) -> list[StoredRecord]:
        naming = records_by(self._work.connection, "uid", list(named))
        return [*naming, *self._planner.referring_records(gone)]

    def _words_of_drafts(self, record: StoredRecord) -> list[str]:
        """Return what a draft may hold that is to go: the surname as it is written."""
        return [str(record.values["surname"])] if self._planner.is_person and record.values.get("surname") else []

    def _enter(self, gone: list[StoredRecord], rewritten: int) -> Uid:
        counted = Counter(one.kind.name for one in gone)
        values: dict[str, Value] = {
            "erased_on": today(self._ctx.clock).isoformat(),
            "how": _HOW[self._order.mode],
            "ground": self._ground[0],
            "ground_words": self._ground[1] or None,
            "stand_in": stand_in(self._planner.record.uid),
            "kinds": "\n".join(f"{name}={count}" for name, count in sorted(counted.items())),
            "records": len(gone),
            "rewritten": rewritten,
            "files": counted["attachment"],
            "erased_by": uid_text(self._ctx.user),
        }
        entry = self._work.create(KINDS["erasure"], values)
        self._work.flush()
        return entry


def _without(known: Known, naming: Naming) -> dict[str, Value]:
    """Return the values of a record that change when the name goes out of them, by key."""
    changed: dict[str, Value] = {}
    kind = next((one for one in KINDS.values() if one.number == known.state.kind), None)
    for key, value in known.state.all_shown().items():
        number, element = split_key(key)
        field = kind.by_number.get(number) if kind is not None else None
        if element is not None:
            if names(naming, element):
                changed[key] = None
        elif isinstance(value, str) and key != WITHDRAWN_KEY and names(naming, value):
            is_number = field is not None and field.type.name in {"phone", "iin"}
            changed[key] = None if is_number else naming.without(value)
    return changed


def _rewrite(
    work: UnitOfWork, known: Known, changed: Mapping[str, Value], naming: Naming | None, entry: bytes
) -> None:
    """Write the record anew; one in the trash goes back there, its reason without the name."""
    gone = known.state.withdrawal
    work.redact(known, changed, entry)
    if gone is not None:
        reason = str(gone.value or "")
        work.withdraw(work.state(known.state.uid), naming.without(reason) if naming is not None else reason)
        work.flush()


def _erase_own_notes(ctx: AppContext, uids: Collection[bytes], entry: bytes) -> int:
    """Erase the user's own notes in confidence about it; other users' only they can."""
    if not uids:
        return 0
    with ctx.unit_of_work(Action.ERASE, Written()) as work:
        work.guard = None
        work.write_into(own_writer(work.connection, ctx.user))
        for uid, known in work.states(list(uids)).items():
            work.erase(uid, known.state.kind, entry)
    return len(uids)


def ledger(ctx: AppContext) -> list[StoredRecord]:
    """Return the entries of the ledger, the newest first; everybody may look at it."""
    with ctx.reading() as connection:
        found = records_by(connection, "rid", rids_of_kind(connection, KINDS["erasure"]))
    return sorted(found, key=lambda one: (str(one.values.get("erased_on")), one.rid), reverse=True)


@dataclass(frozen=True)
class Entry:
    """One entry of the ledger in words; ``counts`` says how many records of which kinds."""

    uid: str
    day: str
    how: str
    ground: str
    paper: str
    stand_in: str
    counts: str
    who: str


def entries(ctx: AppContext, catalog: Catalog) -> list[Entry]:
    """Return the ledger in words, the newest first."""
    found = ledger(ctx)
    with ctx.reading() as connection:
        named = titles(connection, references_in(found), catalog)
    return [_entry(one, catalog, named) for one in found]


def _entry(one: StoredRecord, catalog: Catalog, named: Mapping[str, str]) -> Entry:
    def shown(name: str) -> str:
        return shown_value(one.kind.field(name), one.values.get(name), catalog, named)

    labels = [_counted(line, catalog) for line in str(one.values.get("kinds") or "").split("\n") if "=" in line]
    if one.values.get("rewritten"):
        labels.append(f"{field_label(one.kind.field('rewritten'), catalog)}: {shown('rewritten')}")
    return Entry(
        uid_text(one.uid),
        shown("erased_on"),
        shown("how"),
        shown("ground"),
        shown("ground_words"),
        shown("stand_in"),
        " · ".join(labels),
        shown("erased_by"),
    )


def _counted(line: str, catalog: Catalog) -> str:
    name, _sign, count = line.partition("=")
    kind = KINDS.get(name)
    return f"{kind_label(kind, catalog) if kind is not None else name}: {count}"
