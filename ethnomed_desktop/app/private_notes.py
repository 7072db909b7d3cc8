"""Notes given in confidence: kept by one user for himself, until he releases them to the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.values import checked_values, require_fields
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import Uid, new_uid, parse_uid, uid_text
from ethnomed_desktop.domain.kinds.notes import NOTE, PRIVATE_NOTE
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.store.private_notes import SEALED, Opened, own_notes, own_writer, seal
from ethnomed_desktop.store.queries.records import rid_of
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork

_FIELDS = ("incident", "noted_on", "note_kind", "text", "said_by")


@dataclass(frozen=True)
class PrivateNote:
    """A note of one's own, values by the names of the fields of ``note``."""

    uid: bytes
    values: Mapping[str, Value]
    changed_ms: int


def list_notes(ctx: AppContext, incident: str | None = None) -> list[PrivateNote]:
    """Return this user's notes, the newest first; with ``incident`` (uid text) only those about it."""
    with ctx.reading() as connection:
        found = own_notes(connection, ctx.user, ctx.vault.unlocked.signing_seed)
    notes = [_note(one) for one in found]
    return [one for one in notes if incident is None or one.values.get("incident") == incident]


def _note(one: Opened) -> PrivateNote:
    return PrivateNote(
        one.uid, {name: one.content[name] for name in _FIELDS if name in one.content}, one.changed_ms
    )


def confide(ctx: AppContext, raw: Mapping[str, object], uid: bytes | None = None) -> Done[Uid]:
    """Keep a note for oneself, or (``uid``) write an own one anew.

    ``raw``: ``text``, ``said_by``, ``note_kind``, ``noted_on`` (today without it), ``incident``. Raises
    `NotAllowed` (``rights.act``, ``notes.not_mine``), `UserError`; then nothing was written.
    """
    ctx.require(Act.CONFIDE)
    values = _checked(ctx, raw)
    if uid is not None:
        _own(ctx, uid)
    kept = Uid(uid) if uid is not None else new_uid(ctx.clock.now_ms())
    sealed = seal(ctx.vault.unlocked.signing_seed, kept, dict(values))
    written = Written()
    with _writing(ctx, Action.CONFIDE, written) as work:
        if (
            values.get("incident")
            and rid_of(work.connection, parse_uid(str(values["incident"])), "incident") is None
        ):
            raise UserError("reference.unknown", field="incident", kind="incident")
        if uid is None:
            work.create(PRIVATE_NOTE, {"sealed": sealed}, kept)
        else:
            work.write_keys(work.state(uid), {SEALED: sealed})
    return Done(kept, committed(written))


def _checked(ctx: AppContext, raw: Mapping[str, object]) -> dict[str, Value]:
    values = checked_values(NOTE, {name: raw[name] for name in raw if name != "released_by"})
    unknown = set(values) - set(_FIELDS)
    if unknown:
        raise UserError("notes.field", name=sorted(unknown)[0])
    kept: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, [])}
    kept.setdefault("noted_on", today(ctx.clock).isoformat())
    require_fields(NOTE, kept, NOTE.fields)
    return kept


def throw_away(ctx: AppContext, uid: bytes) -> Done[None]:
    """Take an own note out of the list for good. Raises `NotAllowed` (``notes.not_mine``)."""
    _own(ctx, uid)
    written = Written()
    with _writing(ctx, Action.CONFIDE, written) as work:
        work.withdraw(work.state(uid), Action.CONFIDE.value)
    return Done(None, committed(written))


def release(ctx: AppContext, uid: bytes) -> Done[Uid]:
    """Make an own note a record of the office, as it stands; cannot be taken back. Returns the record's uid.

    Two transactions, the record first: a power cut between them leaves both. Raises `NotAllowed`
    (``rights.act``, ``notes.not_mine``).
    """
    ctx.require(Act.CONFIDE)
    note = _own(ctx, uid)
    written = Written()
    with ctx.unit_of_work(Action.RELEASE, written) as work:
        made = work.create(NOTE, {**note.values, "released_by": uid_text(ctx.user)})
    throw_away(ctx, uid)
    return Done(made, committed(written))


def _own(ctx: AppContext, uid: bytes) -> PrivateNote:
    """Return an own note; raises `NotAllowed` (``notes.not_mine``) for others', alike for none at all."""
    for one in list_notes(ctx):
        if one.uid == uid:
            return one
    raise NotAllowed("notes.not_mine")


@contextmanager
def _writing(ctx: AppContext, action: Action, written: Written) -> Iterator[UnitOfWork]:
    """Open a unit of work in the user's own stream."""
    with ctx.unit_of_work(action, written) as work:
        work.write_into(own_writer(work.connection, ctx.user))
        yield work
