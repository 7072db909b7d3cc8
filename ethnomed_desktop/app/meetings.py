"""Meetings: what belongs to one, finishing and numbering its minutes, correcting them as a new version."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.meeting_checks import warnings
from ethnomed_desktop.app.numbering import Numbering
from ethnomed_desktop.app.records import stored_record
from ethnomed_desktop.app.values import refuse
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.joint_sittings import BodyQuorum, counts_each, quorums
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.meeting_sheets import item_labels
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import all_parts, minutes_numbers, newer_version
from ethnomed_desktop.store.queries.records import StoredRecord, children_of, record_by_uid
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork


@dataclass(frozen=True)
class ItemParts:
    """One question of the agenda with what was said and decided on it."""

    item: StoredRecord
    speeches: Sequence[StoredRecord]
    decisions: Sequence[StoredRecord]


@dataclass(frozen=True)
class MeetingParts:
    """A meeting with everything its minutes are made of, in order."""

    meeting: StoredRecord
    items: Sequence[ItemParts]
    attendance: Sequence[StoredRecord]

    def present(self, capacity: str = "member") -> list[StoredRecord]:
        """Return those who came in the capacity."""
        return [one for one in self.attendance if one.values.get("capacity") == capacity]

    def quorums(self, without: Collection[str] = frozenset()) -> tuple[BodyQuorum, ...]:
        """Return the quorum of each body; ``without`` people (uids) who take no part in an item."""
        return quorums(self.meeting.values, [one.values for one in self.attendance], without)

    def counts_each_body(self) -> bool:
        """Whether each body of a joint sitting has a quorum of its own."""
        return counts_each(self.meeting.values, [one.values for one in self.attendance])


@dataclass(frozen=True)
class Numbered:
    """The number minutes got, and what is worth a second look without being an obstacle."""

    number: str
    warnings: tuple[UserError, ...]


def meeting_parts(connection: Reading, uid: bytes) -> MeetingParts:
    """Return the meeting with its parts; raises `UserError` (``record.unknown``)."""
    meeting = record_by_uid(connection, uid)
    if meeting is None or meeting.kind.name != "meeting":
        raise UserError("record.unknown")
    items = [
        ItemParts(
            item,
            children_of(connection, KINDS["speech"], item.rid),
            children_of(connection, KINDS["decision"], item.rid),
        )
        for item in children_of(connection, KINDS["agenda_item"], meeting.rid)
    ]
    return MeetingParts(meeting, items, children_of(connection, KINDS["attendance"], meeting.rid))


def meeting_part_uids(ctx: AppContext, uid: bytes, catalog: Catalog) -> list[tuple[str, str, str]]:
    """Return (kind, what it is, uid text) of a meeting (no words) and all its parts, those in the trash too."""
    with ctx.reading() as connection:
        meeting = record_by_uid(connection, uid)
        if meeting is None or meeting.kind.name != "meeting":
            raise UserError("record.unknown")
        found = [("meeting", "", uid_text(uid))]
        for kind, part, place in all_parts(connection, meeting.rid):
            label = kind_label(KINDS[kind], catalog)
            found.append((kind, f"{label} {place}" if place else label, uid_text(part)))
    return found


def place_of_item(ctx: AppContext, uid: bytes, label: str) -> int:
    """Return the place (from 1) of the agenda's item that is printed under a number, such as 2 or 2.1.

    Raises `UserError` (``record.unknown``, ``meeting.no_such_item``).
    """
    with ctx.reading() as connection:
        labels = item_labels(one.item.values for one in meeting_parts(connection, uid).items)
    if label not in labels:
        raise UserError("meeting.no_such_item", item=label[:20], count=len(labels))
    return labels.index(label) + 1


def check_meeting(ctx: AppContext, uid: bytes) -> tuple[list[UserError], list[UserError]]:
    """Return (obstacles, warnings) before finishing: what is missing, and what does not add up."""
    with ctx.reading() as connection:
        parts = meeting_parts(connection, uid)
        doubles = double_numbers(connection, parts.meeting.values, uid_text(uid))
    return _obstacles(ctx, parts), [one.error for one in warnings(parts, today(ctx.clock))] + doubles


def _obstacles(ctx: AppContext, parts: MeetingParts) -> list[UserError]:
    present = len(parts.present()) + len(parts.present("invited"))
    items = [item.item.values for item in parts.items]
    return meetings.missing_for_number(parts.meeting.values, today=today(ctx.clock), present=present, items=items)


def finish_meeting(ctx: AppContext, uid: bytes) -> Done[Numbered]:
    """Give the minutes their number and lock them; a joint sitting gets a number of both bodies.

    A number that stands on paper already is kept, and the series goes on where it was. A correction
    keeps the numbers it corrects; that of a second body that is not ours is kept as it is typed. Raises
    `NotAllowed` (``meeting.numbered``, ``meeting.already_corrected``, ``number.held_elsewhere``), `UserError` (what
    `missing_for_number` finds). Cannot be undone.
    """
    written = Written()
    with ctx.unit_of_work(Action.NUMBER, written) as work:
        parts = meeting_parts(work.connection, uid)
        values = parts.meeting.values
        if values.get("state") == meetings.NUMBERED:
            raise NotAllowed("meeting.numbered", number=values.get("number"))
        if parts.meeting.withdrawn:
            raise UserError("record.withdrawn")
        _require_only_correction(work, parts.meeting)
        refuse(_obstacles(ctx, parts))
        doubts = [one.error for one in warnings(parts, today(ctx.clock))]
        doubts += double_numbers(work.connection, values, uid_text(uid))
        given = _numbers(work, values)
        work.write(work.state(uid), {**given, "state": meetings.NUMBERED})
    return Done(Numbered(str(given["number"]), tuple(doubts)), committed(written))


def _require_only_correction(work: UnitOfWork, meeting: StoredRecord) -> None:
    """Refuse a correction where another one of the same minutes has its number: both would be that version."""
    if not meeting.values.get("corrects"):
        return
    corrected = stored_record(work, parse_uid(str(meeting.values["corrects"])))
    newer = newer_version(work.connection, corrected.rid)
    if newer is not None and newer.uid != meeting.uid and newer.values.get("state") == meetings.NUMBERED:
        raise NotAllowed("meeting.already_corrected")


def _numbers(work: UnitOfWork, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return number and year, and the second body's number where it is ours; of another body it stays as typed."""
    numbering = Numbering(work)
    paper = meetings.bare_number(values.get("paper_number"))
    other = values.get("other_organisation")
    ours = other in {uid_text(body.uid) for body in own_bodies(work.connection)}
    if values.get("corrects"):
        corrected = stored_record(work, parse_uid(str(values["corrects"]))).values
        given = {name: corrected.get(name) for name in ("number", "year")}
        if ours and other == corrected.get("other_organisation") and corrected.get("other_number"):
            given["other_number"] = corrected["other_number"]
    else:
        given = {"year": meetings.held_on(values).year}
        given["number"] = paper or _next(work, numbering, str(values["organisation"]), _year(given))
    if ours and not {**values, **given}.get("other_number") and not paper:
        given["other_number"] = _next(work, numbering, str(other), _year(given))
    numbering.close()
    return given


def _year(given: Mapping[str, Value]) -> int:
    return int(str(given["year"]))


def _next(work: UnitOfWork, numbering: Numbering, body: str, year: int) -> str:
    return str(numbering.take(body, "minutes", year, minutes_numbers(work.connection, body, year)))


def double_numbers(connection: Reading, values: Mapping[str, Value], own: str) -> list[UserError]:
    """Return a warning for each typed number that other minutes of the body carry in that year.

    Doubles are shown, never refused: two papers may really bear one number.
    """
    if values.get("corrects"):
        return []
    year = meetings.held_on(values).year
    found = []
    for body, number in (("organisation", "paper_number"), ("other_organisation", "other_number")):
        typed = meetings.bare_number(values.get(number))
        if typed and values.get(body) and typed in minutes_numbers(connection, str(values[body]), year, own):
            found.append(UserError("meeting.number_double", field=number, number=typed, year=year))
    return found


def correct_meeting(ctx: AppContext, uid: bytes, reason: str) -> Done[bytes]:
    """Open version n + 1 of numbered minutes as a copy with a reason; version n stays as it is.

    Returns the new version's uid. Raises `UserError` (``meeting.not_numbered``,
    ``record.reason_missing``), `NotAllowed` (``meeting.already_corrected``).
    """
    if not reason.strip():
        raise UserError("record.reason_missing", field="correction_reason")
    written = Written()
    with ctx.unit_of_work(Action.CORRECT, written) as work:
        parts = meeting_parts(work.connection, uid)
        if parts.meeting.values.get("state") != meetings.NUMBERED:
            raise UserError("meeting.not_numbered")
        if newer_version(work.connection, parts.meeting.rid) is not None:
            raise NotAllowed("meeting.already_corrected")
        copied = _copy(work, parts, " ".join(reason.split())[:500])
    return Done(copied, committed(written))


def _copy(work: UnitOfWork, parts: MeetingParts, reason: str) -> bytes:
    version = parts.meeting.values.get("version")
    values = dict(parts.meeting.values)
    values.update(
        state="draft",
        version=(version if isinstance(version, int) else 1) + 1,
        corrects=uid_text(parts.meeting.uid),
        correction_reason=reason,
    )
    copied = work.create(KINDS["meeting"], values)
    for one in parts.attendance:
        work.create(KINDS["attendance"], {**one.values, "meeting": uid_text(copied)})
    items: dict[Value, Value] = {}
    for item in parts.items:
        own_values = {**item.item.values, "meeting": uid_text(copied)}
        if own_values.get("parent_item"):
            own_values["parent_item"] = items.get(str(own_values["parent_item"]))
        new_item = work.create(KINDS["agenda_item"], own_values)
        items[uid_text(item.item.uid)] = uid_text(new_item)
        copies: dict[Value, Value] = {}
        for decision in item.decisions:
            # Tasks stay with the decision they were made from; the copy leads back to it.
            own = uid_text(decision.uid)
            kept = {**decision.values, "agenda_item": uid_text(new_item), "corrects": own}
            copies[own] = uid_text(work.create(KINDS["decision"], kept))
        for speech in item.speeches:
            kept = {**speech.values, "agenda_item": uid_text(new_item)}
            if kept.get("decision"):
                kept["decision"] = copies.get(str(kept["decision"]))
            work.create(KINDS["speech"], kept)
    return copied
