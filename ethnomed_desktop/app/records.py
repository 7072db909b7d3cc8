"""Recording, changing, withdrawing and restoring records of any kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ethnomed_desktop.app.behaviours import behaviour_of, require_open, require_own_decision
from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.councils import working_body
from ethnomed_desktop.app.numbering import Numbering
from ethnomed_desktop.app.titles import name_in
from ethnomed_desktop.app.values import checked_values, refuse, require_fields, require_references
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Action
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs, Value
from ethnomed_desktop.domain.ids import Uid, parse_uid, uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.seeds import place_uid
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork

LABEL = "@"
_FLUSH_EVERY = 2000
_OF_A_BODY = frozenset({"incident", "meeting", "recommendation", "request_answer"})
"""Kinds that belong to the body a person works for when nothing else is said."""


@dataclass(frozen=True)
class Recorded:
    """A record just made: its identity, its number where registers need one, the label it was given."""

    kind: str
    uid: bytes
    number: str | None
    label: str | None = None


def record(ctx: AppContext, kind_name: str, raw: Mapping[str, object]) -> Done[Recorded]:
    """Record one; raises `UserError`, `UsageError`, `NotAllowed`, and then nothing was written."""
    done = record_many(ctx, [(kind_name, raw)])
    return Done(done.value[0], done.changes)


def record_many(
    ctx: AppContext, items: Iterable[tuple[str, Mapping[str, object]]], progress: Progress = no_progress
) -> Done[list[Recorded]]:
    """Record many in one transaction: all of them or none.

    A record may carry a label (``"@": "chair"``) that later ones of the same call refer to as
    ``"@chair"``; places may be named as ``"kato:314800000"``.
    """
    written = Written()
    with ctx.unit_of_work(Action.RECORD, written) as work:
        maker = _Maker(ctx, work)
        made = []
        for position, (kind_name, raw) in enumerate(items, start=1):
            made.append(maker.make(kind_named(kind_name), raw))
            if position % _FLUSH_EVERY == 0:
                progress(position, 0)
                work.flush()
        maker.numbering.close()
    return Done(made, committed(written))


class _Maker:
    """Makes the records of one unit; knows labels and what was made but not projected yet."""

    def __init__(self, ctx: AppContext, work: UnitOfWork) -> None:
        self.numbering = Numbering(work)
        self._work = work
        self._today = today(ctx.clock)
        self._body = working_body(work.connection, ctx.user)
        self._labels: dict[str, str] = {}
        self._made: dict[bytes, int] = {}

    def make(self, kind: Kind, raw: Mapping[str, object]) -> Recorded:
        given = dict(raw)
        label = given.pop(LABEL, None)
        behaviour = behaviour_of(kind)
        values = checked_values(kind, {name: self._resolved(kind, name, one) for name, one in given.items()})
        if kind.name in _OF_A_BODY and not values.get("organisation") and self._body:
            values["organisation"] = self._body
        kept: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, [])}
        kept = behaviour.completed(kept, self._today)
        if "from_body" in kind.by_name:
            kept["from_body"] = self._name_of_body
        require_fields(kind, kept, kind.all_fields)
        refuse(behaviour.problems(kept, self._today))
        require_references(self._work, kind, kept, self._made)
        require_own_decision(self._work, kind, kept)
        if not self._is_part_of_new(kind, kept):
            require_open(self._work, kind, None, kept)
        kept.update(behaviour.number(self.numbering, kept))
        uid = self._work.create(kind, kept)
        self._made[uid] = kind.number
        if label is not None:
            self._labels[str(label)] = uid_text(uid)
        number = kept.get("number")
        return Recorded(kind.name, uid, str(number) if number else None, str(label) if label else None)

    @cached_property
    def _name_of_body(self) -> Value:
        """Return how the body that the person works for is called, for those who do not have its record."""
        found = record_by_uid(self._work.connection, parse_uid(self._body)) if self._body else None
        return name_in(found.values, "name", "kk") or None if found is not None else None

    def _is_part_of_new(self, kind: Kind, values: Mapping[str, Value]) -> bool:
        parent = values.get(kind.parent) if kind.parent else None
        return isinstance(parent, str) and bytes(parse_uid(parent)) in self._made

    def _resolved(self, kind: Kind, name: str, value: object) -> object:
        if not isinstance(kind.field(name).type, (Ref, Refs)):
            return value
        if isinstance(value, list):
            return [self._reference(name, one) for one in value]
        return self._reference(name, value)

    def _reference(self, name: str, value: object) -> object:
        if isinstance(value, str) and value.startswith(LABEL):
            if value[1:] not in self._labels:
                raise UserError("reference.unknown_label", field=name, label=value[:60])
            return self._labels[value[1:]]
        if isinstance(value, str) and value.startswith("kato:"):
            return uid_text(place_uid(value[5:]))
        return value


def revise(ctx: AppContext, uid: bytes, raw: Mapping[str, object], *, revision: str | None = None) -> Done[bool]:
    """Change the fields given; the value says whether anything differed from what was there.

    ``revision`` is the one the person saw: raises `NotAllowed` (``record.changed_meanwhile``,
    facts: the fields changed since are those the store shows now) when it is no longer current.
    """
    written = Written()
    with ctx.unit_of_work(Action.REVISE, written) as work:
        stored = stored_record(work, uid)
        if stored.withdrawn:
            raise UserError("record.withdrawn")
        if revision is not None and revision != stored.revision:
            raise NotAllowed("record.changed_meanwhile")
        values = checked_values(stored.kind, raw)
        together = {**stored.values, **values}
        require_fields(stored.kind, together, [stored.kind.field(name) for name in values])
        refuse(behaviour_of(stored.kind).problems(together, today(ctx.clock)))
        require_references(work, stored.kind, values)
        require_own_decision(work, stored.kind, together)
        require_open(work, stored.kind, uid, stored.values)
        require_open(work, stored.kind, uid, together)
        differs = work.write(work.state(uid), values)
    return Done(differs, committed(written))


def withdraw(ctx: AppContext, uid: bytes, reason: str) -> Done[None]:
    """Put a record into the trash, with a reason; links to it stay. Numbered minutes cannot go there."""
    written = Written()
    with ctx.unit_of_work(Action.WITHDRAW, written) as work:
        stored = stored_record(work, uid)
        if stored.withdrawn:
            raise UserError("record.withdrawn")
        if not reason.strip():
            raise UserError("record.reason_missing", field="reason")
        require_open(work, stored.kind, uid, stored.values)
        work.withdraw(work.state(uid), " ".join(reason.split())[:500])
    return Done(None, committed(written))


def restore(ctx: AppContext, uid: bytes) -> Done[None]:
    """Take a record out of the trash."""
    written = Written()
    with ctx.unit_of_work(Action.RESTORE, written) as work:
        if not stored_record(work, uid).withdrawn:
            raise UserError("record.not_withdrawn")
        work.write_keys(work.state(uid), {WITHDRAWN_KEY: None})
    return Done(None, committed(written))


def stored_record(work: UnitOfWork, uid: bytes) -> StoredRecord:
    """Return the record as this unit sees it; raises `UserError` (``record.unknown``)."""
    work.flush()
    found = record_by_uid(work.connection, uid)
    if found is None:
        raise UserError("record.unknown")
    return found


def show(ctx: AppContext, uid: Uid | bytes) -> StoredRecord:
    """Return one record; raises `UserError` (``record.unknown``)."""
    with ctx.reading() as connection:
        found = record_by_uid(connection, uid)
    if found is None:
        raise UserError("record.unknown")
    return found
