"""Saving the sheet of a meeting: all its parts in one transaction, which is one step of undo."""

from __future__ import annotations

from dataclasses import dataclass

from ethnomed_desktop.app.behaviours import behaviour_of
from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.records import stored_record
from ethnomed_desktop.app.values import checked_values, refuse, require_fields, require_references
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, Problems, UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs, Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.meeting_sheets import LINKS, Part, Sheet
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork

_NAMES = {"speech": "decision", "agenda_item": "parent_item"}
"""Fields by which a part names another one of the same sheet."""


@dataclass(frozen=True)
class Saved:
    """What became of a sheet: uid and revision of each part in the order of `Part.walk`.

    Parts not stored have empty ones: blank ones and, counted in ``held_back``, those begun that
    lack their text (they stay in the draft).
    """

    meeting: str
    stamps: tuple[tuple[str, str], ...]
    held_back: int


def save_sheet(ctx: AppContext, sheet: Sheet, reason: str) -> Done[Saved]:
    """Write what differs, create what is new, withdraw (with ``reason``) what was taken out.

    Raises `Problems` – each error names its ``field`` and, as the fact ``part``, the number of the
    part in the order of `Part.walk` –, `NotAllowed` (``meeting.numbered``,
    ``record.changed_meanwhile``); then nothing was written.
    """
    sheet.put_in_order()
    parts = list(sheet.meeting.walk())
    written = Written()
    action = Action.REVISE if sheet.meeting.uid else Action.RECORD
    with ctx.unit_of_work(action, written) as work:
        saving = _Saving(ctx, work, parts)
        saving.check()
        saving.write(sheet.meeting, None)
        saving.take_out(sheet.removed, reason)
        work.flush()
        revisions = {one.uid: one.revision for one in records_by(work.connection, "uid", saving.stored_uids())}
    stamps = tuple(
        (uid_text(uid), revisions.get(uid, "")) if (uid := saving.uids.get(part)) is not None else ("", "")
        for part in parts
    )
    return Done(Saved(stamps[0][0], stamps, saving.held_back), committed(written))


class _Saving:
    """One saving: checked values first, then writes from the meeting downwards."""

    def __init__(self, ctx: AppContext, work: UnitOfWork, parts: list[Part]) -> None:
        self._work = work
        self._today = today(ctx.clock)
        self._parts = parts
        self._values: dict[Part, dict[str, Value]] = {}
        known = [bytes(parse_uid(part.uid)) for part in parts if part.uid]
        self._stored = {one.uid: one for one in records_by(work.connection, "uid", known)}
        self._sound: set[str] = set()
        self._meant = {part: meant for part in parts if (meant := _meant_by(part, parts)) is not None}
        self.uids: dict[Part, bytes] = {}
        self.held_back = 0

    def stored_uids(self) -> list[bytes]:
        return list(self.uids.values())

    def check(self) -> None:
        """Check every part that will be stored, before anything is written."""
        wrong: list[UserError] = []
        skipped: set[Part] = set()
        for number, part in enumerate(self._parts):
            if part in skipped or self._is_unready(part):
                skipped.update(part.walk())
                continue
            try:
                self._values[part] = self._checked(part)
            except Problems as problems:
                wrong += [_placed(one, number) for one in problems.problems]
            except UserError as error:
                wrong.append(_placed(error, number))
        self.held_back = sum(not part.is_blank() and part.is_worded() is False for part in skipped)
        refuse(wrong)

    def _is_unready(self, part: Part) -> bool:
        return not part.uid and not part.is_worded()

    def _checked(self, part: Part) -> dict[str, Value]:
        kind = KINDS[part.kind]
        values = checked_values(kind, self._with_uids(part))
        kept: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, [])}
        behaviour = behaviour_of(kind)
        if not part.uid:
            kept = behaviour.completed(kept, self._today)
        link = LINKS.get(part.kind)
        require_fields(kind, kept, [one for one in kind.fields if one.name != link])
        refuse(behaviour.problems(kept, self._today))
        self._require_references(kind, kept)
        return kept

    def _with_uids(self, part: Part) -> dict[str, Value]:
        """Return the values with the part that is meant by its uid; one without a uid is named in `write`."""
        meant = self._meant.get(part)
        return part.values if meant is None else {**part.values, _NAMES[part.kind]: meant.uid or None}

    def _require_references(self, kind: Kind, values: dict[str, Value]) -> None:
        """Look each reference up once: sixty items name the same few people."""
        fresh = {
            name: value
            for name, value in values.items()
            if isinstance(kind.field(name).type, (Ref, Refs)) and f"{kind.name}.{name}={value}" not in self._sound
        }
        if fresh:
            require_references(self._work, kind, fresh)
            self._sound.update(f"{kind.name}.{name}={value}" for name, value in fresh.items())

    def write(self, part: Part, parent: bytes | None) -> None:
        """Store a part and those below it; ``parent`` is the uid of what it belongs to."""
        if part not in self._values:
            return
        values = self._values[part]
        meant = self._meant.get(part)
        if meant in self.uids:
            values = {**values, _NAMES[part.kind]: uid_text(self.uids[meant])}
        link = LINKS.get(part.kind)
        if part.uid:
            uid = bytes(parse_uid(part.uid))
            self._write_again(part, uid, values, link)
        else:
            linked = {**values, link: uid_text(parent)} if link is not None and parent is not None else values
            uid = bytes(self._work.create(KINDS[part.kind], linked))
        self.uids[part] = uid
        for one in sorted(part.parts, key=lambda one: one.kind == "speech"):  # a speech may name a decision
            self.write(one, uid)

    def _write_again(self, part: Part, uid: bytes, values: dict[str, Value], link: str | None) -> None:
        stored = self._stored.get(uid)
        if stored is None:
            raise UserError("record.unknown")
        if part.kind == "meeting" and stored.values.get("state") == meetings.NUMBERED:
            raise NotAllowed("meeting.numbered", number=stored.values.get("number"))
        differing = _differing(stored, values, link)
        if not differing:
            return
        if stored.revision != part.revision:
            raise NotAllowed("record.changed_meanwhile")
        if stored.withdrawn:
            raise UserError("record.withdrawn")
        self._work.write(self._work.state(uid), differing)

    def take_out(self, removed: list[str], reason: str) -> None:
        """Withdraw what was taken out; what somebody withdrew meanwhile is left alone."""
        for text in removed:
            uid = bytes(parse_uid(text))
            if not stored_record(self._work, uid).withdrawn:
                self._work.withdraw(self._work.state(uid), " ".join(reason.split())[:500])


def _meant_by(part: Part, parts: list[Part]) -> Part | None:
    """Return the part of the sheet that a part refers to, stored already or not."""
    name = part.text(_NAMES[part.kind]) if part.kind in _NAMES else ""
    return next((one for one in parts if one.answers_to(name)), None) if name else None


def _differing(stored: StoredRecord, values: dict[str, Value], link: str | None) -> dict[str, Value]:
    """Return the fields whose value is another one now; those gone become empty."""
    editable = {one.name for one in stored.kind.all_fields if one.page and one.name not in {link, "number"}}
    names = (set(values) | set(stored.values)) & editable
    return {name: values.get(name) for name in sorted(names) if values.get(name) != stored.values.get(name)}


def _placed(error: EthnomedError, part: int) -> UserError:
    return UserError(error.code, field=error.field, **{**error.facts, "part": part})
