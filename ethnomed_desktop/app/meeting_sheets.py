"""The sheet of a meeting: opened, begun from the last one, looked at as minutes before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ethnomed_desktop.app.carry_over import OpenItem, by_themselves, open_items
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import working_body
from ethnomed_desktop.app.meeting_checks import Doubt, warnings
from ethnomed_desktop.app.meetings import ItemParts, MeetingParts, meeting_parts
from ethnomed_desktop.app.meetings import double_numbers as doubles_in
from ethnomed_desktop.app.minutes import minutes_of
from ethnomed_desktop.app.sitting_members import list_members
from ethnomed_desktop.app.titles import titles
from ethnomed_desktop.documents.minutes_data import MinutesData
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs, Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.joint_sittings import BODIES
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.meeting_sheets import LINKS, Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries import meetings as queries
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid, rid_of

FIXED = ("number", "state", "year", "version", "corrects", "correction_reason")
COPIED = (
    *("organisation", "other_organisation", "meeting_kind", "mode", "place", "venue", "chair", "secretary"),
    *("chair_words", "secretary_words", "quorum_rule", "entitled", "form", "content_language"),
    *("other_quorum_rule", "other_entitled", "joint_votes"),
)
"""What a new meeting takes from the last one of its body."""

_USUAL_HOUR = "10:00"


@dataclass(frozen=True)
class OpenTask:
    """A task of an earlier meeting that is not done: for the next agenda."""

    uid: str
    text: str
    who: str
    due: str


@dataclass(frozen=True)
class Opened:
    """A sheet with what the windows need to show it; ``names`` are titles by uid text.

    ``older`` and ``newer`` are the versions beside this one; ``earlier_titles`` (title, uid) are the
    agenda of the last meeting; ``open_items`` are all that earlier meetings left open, on this agenda or not.
    """

    sheet: Sheet
    names: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    older: str = ""
    newer: str = ""
    tasks: Sequence[OpenTask] = ()
    earlier_titles: Sequence[tuple[str, str]] = ()
    open_items: Sequence[OpenItem] = ()

    @property
    def numbered(self) -> bool:
        """Whether nothing may be changed any more."""
        return self.sheet.fixed.get("state") == meetings.NUMBERED


def open_sheet(ctx: AppContext, uid: bytes, catalog: Catalog) -> Opened:
    """Return a meeting as a sheet; raises `UserError` (``record.unknown``)."""
    with ctx.reading() as connection:
        parts = meeting_parts(connection, uid)
        sheet = sheet_of(connection, parts)
        newer = queries.newer_version(connection, parts.meeting.rid)
        body = parts.meeting.values.get("organisation")
        if not sheet.attendance and sheet.fixed.get("state") != meetings.NUMBERED:
            list_members(connection, sheet, meetings.held_on(parts.meeting.values))
        own = uid_text(parts.meeting.uid)
        return Opened(
            sheet,
            _names(connection, sheet, catalog),
            titles(connection, [own], catalog)[own],
            _language_of(connection, body),
            str(parts.meeting.values.get("corrects") or ""),
            uid_text(newer.uid) if newer is not None else "",
            _open_tasks(connection, sheet, catalog),
            _titles_before(connection, body, own),
            _left_open(ctx, connection, sheet),
        )


def new_sheet(ctx: AppContext, catalog: Catalog) -> Opened:
    """Return a sheet for a new meeting of the body the user works for, after its last one.

    Members come from the memberships, or else from the last attendance; today at the last one's hour.
    What is still open of the last one's agenda stands on this one (`carry_over`).
    """
    with ctx.reading() as connection:
        body = working_body(connection, ctx.user)
        day = today(ctx.clock)
        sheet = Sheet(Part("meeting", dict(meetings.completed({}))))
        for name in ("state", "version"):
            sheet.fixed[name] = sheet.meeting.values.pop(name)
        hour, earlier = _USUAL_HOUR, None
        if body:
            sheet.meeting.values["organisation"] = body
            rid = rid_of(connection, parse_uid(body))
            earlier = queries.last_meeting(connection, rid) if rid is not None else None
        last = meeting_parts(connection, earlier.uid) if earlier is not None else None
        if last is not None:
            values = last.meeting.values
            sheet.meeting.values.update({name: values[name] for name in COPIED if name in values})
            hour = str(values["starts"])[11:16]
        sheet.meeting.values["starts"] = f"{day.isoformat()}T{hour}+05:00"
        list_members(connection, sheet, day)
        if last is not None and not sheet.attendance:
            for one in last.attendance:
                if one.values.get("capacity") != "invited":
                    kept = {name: one.values[name] for name in ("person", "words", "bodies") if name in one.values}
                    sheet.meeting.add(Part("attendance", {**kept, "capacity": "absent"}))
        left_open = _left_open(ctx, connection, sheet)
        for left in by_themselves(left_open):
            sheet.meeting.add(left.as_part())
        return Opened(
            sheet,
            _names(connection, sheet, catalog),
            language=_language_of(connection, body),
            tasks=_open_tasks(connection, sheet, catalog),
            earlier_titles=_titles_before(connection, body, ""),
            open_items=left_open,
        )


def reopen_sheet(ctx: AppContext, sheet: Sheet, catalog: Catalog) -> Opened:
    """Return a sheet kept as a draft with what the windows need to show it."""
    with ctx.reading() as connection:
        body = lenient("meeting", sheet.meeting.values).get("organisation")
        return Opened(
            sheet,
            _names(connection, sheet, catalog),
            language=_language_of(connection, body),
            tasks=_open_tasks(connection, sheet, catalog),
            earlier_titles=_titles_before(connection, body, sheet.meeting.uid),
            open_items=_left_open(ctx, connection, sheet),
        )


def items_left_open(ctx: AppContext, sheet: Sheet) -> list[OpenItem]:
    """Return what earlier meetings of the body left open on the day that the sheet names; nothing is written."""
    with ctx.reading() as connection:
        return _left_open(ctx, connection, sheet)


def meeting_of(ctx: AppContext, uid: bytes) -> str | None:
    """Return the meeting (uid text) that a record is or belongs to; None for a task from elsewhere."""
    with ctx.reading() as connection:
        found = record_by_uid(connection, uid)
        while found is not None and found.kind.name != "meeting":
            link = found.values.get(LINKS.get(found.kind.name, ""))
            found = record_by_uid(connection, parse_uid(str(link))) if link else None
        return uid_text(found.uid) if found is not None else None


def preview_minutes(ctx: AppContext, sheet: Sheet) -> MinutesData | None:
    """Return what the minutes of an unsaved sheet print; None while it has no date.

    What cannot be kept as typed (half a date) is left out; nothing is written.
    """
    parts, tasks = parts_of(sheet)
    if not parts.meeting.values.get("starts"):
        return None
    with ctx.reading() as connection:
        return minutes_of(connection, parts, tasks, practice=ctx.practice)


def findings(sheet: Sheet, day: date) -> list[UserError]:
    """Return what the minutes still lack before their number (see `meetings.missing_for_number`)."""
    parts, _tasks = parts_of(sheet)
    present = len(parts.present()) + len(parts.present("invited"))
    items = [item.item.values for item in parts.items]
    if not parts.meeting.values.get("starts"):
        return [UserError("field.required", field="starts", kind="meeting")]
    return meetings.missing_for_number(parts.meeting.values, today=day, present=present, items=items)


def lenient(kind_name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return those of the typed values that could be kept as they are."""
    kind = KINDS[kind_name]
    kept: dict[str, Value] = {}
    for name, value in values.items():
        try:
            kept[name] = kind.field(name).type.checked(value)
        except EthnomedError:
            continue
    return {name: value for name, value in kept.items() if value not in (None, [])}


def warnings_of(sheet: Sheet, day: date) -> list[Doubt]:
    """Return what is worth a second look (see `meeting_checks.warnings`); items are those of the sheet."""
    parts, _tasks = parts_of(sheet)
    if not parts.meeting.values.get("starts"):
        return []
    places = [0, *(place for place, item in enumerate(sheet.items, 1) if not item.is_blank())]
    return [replace(one, item=places[one.item]) for one in warnings(parts, day)]


def double_numbers(ctx: AppContext, sheet: Sheet) -> list[UserError]:
    """Return a warning for each typed number that other minutes carry; reads, so never on the window's thread."""
    parts, _tasks = parts_of(sheet)
    if not parts.meeting.values.get("starts"):
        return []
    with ctx.reading() as connection:
        return doubles_in(connection, parts.meeting.values, sheet.meeting.uid)


def parts_of(sheet: Sheet) -> tuple[MeetingParts, Sequence[Mapping[str, Value]]]:
    """Return a sheet as the parts of a stored meeting, without what could not be kept, and its tasks."""
    items: list[ItemParts] = []
    tasks: list[Mapping[str, Value]] = [*sheet.earlier_tasks]
    for item in sheet.items:
        if item.is_blank():
            continue
        decisions = [one for one in item.of("decision") if one.is_worded()]
        items.append(
            ItemParts(
                _as_stored(item),
                [_speech_on(one, decisions) for one in item.of("speech") if one.is_worded()],
                [replace(_as_stored(one), uid=parse_uid(one.named())) for one in decisions],
            )
        )
        tasks += [lenient("task", task.values) for one in decisions for task in one.of("task") if task.is_worded()]
    attendance = [_as_stored(one) for one in sheet.attendance if one.is_worded()]
    return MeetingParts(_as_stored(sheet.meeting, sheet.fixed), items, attendance), tasks


def _speech_on(speech: Part, decisions: Sequence[Part]) -> StoredRecord:
    """Return a speech as stored, naming the decision it is about as that one is named here."""
    meant = next((one.named() for one in decisions if one.answers_to(speech.text("decision"))), None)
    return _as_stored(Part(speech.kind, {**speech.values, "decision": meant}))


def _as_stored(part: Part, fixed: Mapping[str, Value] | None = None) -> StoredRecord:
    values = {**lenient(part.kind, part.values), **(fixed or {})}
    return StoredRecord(0, b"", KINDS[part.kind], values, "", None, None, False)


def sheet_of(connection: Reading, parts: MeetingParts) -> Sheet:
    """Return a stored meeting as the sheet that one saving writes."""
    meeting = _part_of(parts.meeting)
    fixed = {name: parts.meeting.values[name] for name in FIXED if name in parts.meeting.values}
    for one in parts.attendance:
        meeting.add(_part_of(one))
    earlier: list[dict[str, Value]] = []
    for item in parts.items:
        made = meeting.add(_part_of(item.item))
        for one in (*item.speeches, *item.decisions):
            made.add(_part_of(one))
        rids = {one.rid: part for one, part in zip(item.decisions, made.of("decision"), strict=True)}
        by_uid = {part.uid: part for part in rids.values()}
        for task in queries.tasks_from(connection, list(rids)):
            part = by_uid.get(str(task.values["decision"]))
            if part is not None:
                part.add(_part_of(task))
            else:
                earlier.append(dict(task.values))
    return Sheet(meeting, [], fixed, earlier)


def _part_of(record: StoredRecord) -> Part:
    link = LINKS.get(record.kind.name)
    values = {name: value for name, value in record.values.items() if name != link and record.kind.field(name).page}
    return Part(record.kind.name, values, uid_text(record.uid), record.revision)


def _names(connection: Reading, sheet: Sheet, catalog: Catalog) -> dict[str, str]:
    return titles(connection, _references(sheet.meeting.walk()), catalog)


def _references(parts: Iterable[Part]) -> set[str]:
    found: set[str] = set()
    for part in parts:
        for name, value in part.values.items():
            if isinstance(KINDS[part.kind].field(name).type, (Ref, Refs)) and value:
                given = value if isinstance(value, list) else [str(value)]
                found.update(one for one in given if _is_uid(one))
    return found


def _is_uid(text: str) -> bool:
    """Whether text names a record; a draft may hold the first letters of a name instead."""
    try:
        parse_uid(text)
    except EthnomedError:
        return False
    return True


def _bodies(connection: Reading, sheet: Sheet) -> list[int]:
    """Return the row numbers of the bodies that sit; of a joint sitting both."""
    values = lenient("meeting", sheet.meeting.values)
    named = dict.fromkeys(parse_uid(str(values[name])) for name in BODIES if values.get(name))
    rids = (rid_of(connection, uid) for uid in named)
    return [rid for rid in rids if rid is not None]


def _open_tasks(connection: Reading, sheet: Sheet, catalog: Catalog) -> list[OpenTask]:
    found = queries.open_tasks_of(connection, _bodies(connection, sheet))
    names = titles(connection, {str(one.values["assignee"]) for one in found if "assignee" in one.values}, catalog)
    return [
        OpenTask(
            uid_text(one.uid),
            str(one.values.get("text", "")),
            names.get(str(one.values.get("assignee", "")), ""),
            str(one.values.get("due", "")),
        )
        for one in found
    ]


def _left_open(ctx: AppContext, connection: Reading, sheet: Sheet) -> list[OpenItem]:
    """Return what is open; nothing for closed minutes, and for a correction: what was open then stands in it."""
    if sheet.fixed.get("state") == meetings.NUMBERED or sheet.fixed.get("corrects"):
        return []
    values = lenient("meeting", sheet.meeting.values)
    day = meetings.held_on(values) if values.get("starts") else today(ctx.clock)
    return open_items(connection, _bodies(connection, sheet), day, sheet.meeting.uid)


def _titles_before(connection: Reading, body: Value, own: str) -> list[tuple[str, str]]:
    """Return title and uid of the items of the body's newest meeting other than ``own``, joint ones too."""
    rid = rid_of(connection, parse_uid(str(body))) if body else None
    last = queries.last_meeting(connection, rid, own, joint=True) if rid is not None else None
    if last is None:
        return []
    items = meeting_parts(connection, last.uid).items
    return [(str(one.item.values.get("title", "")), uid_text(one.item.uid)) for one in items]


def _language_of(connection: Reading, body: Value) -> str:
    found = record_by_uid(connection, parse_uid(str(body))) if body else None
    return str(found.values.get("minutes_language") or "") if found is not None else ""
