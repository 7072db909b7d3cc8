"""From a stored meeting to what its minutes print: every code, person and place resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import TypeVar

from ethnomed_desktop.app.meetings import ItemParts, MeetingParts, meeting_parts
from ethnomed_desktop.app.sitting_members import Expected, expected_at
from ethnomed_desktop.app.titles import person_short, person_title
from ethnomed_desktop.app.trios import trio
from ethnomed_desktop.documents.attendance_sheet import AttendanceSheet
from ethnomed_desktop.documents.minutes_data import (
    Annex,
    Attendee,
    Body,
    Decision,
    Item,
    MinutesData,
    Speech,
    Task,
    Trio,
    Votes,
)
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.joint_sittings import BODIES, VOTES, is_joint, reached, seats_of, votes_apart, votes_of
from ethnomed_desktop.domain.meeting_sheets import item_labels
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.domain.paper_codes import paper_code
from ethnomed_desktop.domain.text_language import written_in
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.erasing import was_erased
from ethnomed_desktop.store.queries.closings import as_at, closed_at
from ethnomed_desktop.store.queries.meetings import tasks_from
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid

Values = Mapping[str, Value]
_Made = TypeVar("_Made")

_OTHER = {"kk": "ru", "ru": "kk"}
"""The second language of minutes, by the first."""


def minutes_data(connection: Reading, uid: bytes, practice: bool) -> MinutesData:
    """Return everything the minutes of the meeting print; raises `UserError` (``record.unknown``).

    Closed minutes print people, bodies and tasks as they were when they were closed.
    """
    parts = meeting_parts(connection, uid)
    closed = closed_at(connection, uid) if parts.meeting.values.get("state") == meetings.NUMBERED else None
    decisions = [decision.rid for item in parts.items for decision in item.decisions]
    made = tasks_from(connection, decisions, in_trash=closed is not None)
    if closed is not None:
        made = [then for one in made if (then := as_at(connection, one, closed)) is not None]
    data = minutes_of(connection, parts, [one.values for one in made], practice=practice, closed=closed)
    return replace(data, code=paper_code("minutes", parts.meeting.uid, data.version))


def minutes_of(
    connection: Reading, parts: MeetingParts, tasks: Sequence[Values], *, practice: bool, closed: int | None = None
) -> MinutesData:
    """Return what minutes of these parts print, stored or not; the meeting has its beginning.

    ``closed`` is the stamp at which they were closed.
    """
    first = _Gathering(connection, parts, tasks, closed=closed)
    data = first.data(practice)
    if not any(value for values in _worded(parts, tasks) for name, value in values.items() if _is_second(name)):
        return data
    second = _Gathering(connection, parts, tasks, second=True, closed=closed)
    other = second.data(practice)
    language = data.content_language or written_in(" ".join(first.said))
    other = replace(other, content_language=_OTHER.get(language, "kk"), partly=second.missing)
    return replace(data, content_language=language, partly=first.missing, second=other)


def _worded(parts: MeetingParts, tasks: Sequence[Values]) -> list[Values]:
    """Return the values of all records that hold words of the council."""
    below = [(item.item, *item.speeches, *item.decisions) for item in parts.items]
    listed = [one.values for one in parts.attendance]
    return [parts.meeting.values, *listed, *(one.values for several in below for one in several), *tasks]


def _is_second(name: str) -> bool:
    return name.endswith("_second")


def attendance_sheet(connection: Reading, uid: bytes, practice: bool) -> AttendanceSheet:
    """Return the sheet to sign at the door: those listed for the meeting, else the body's members."""
    parts = meeting_parts(connection, uid)
    gathering = _Gathering(connection, parts, ())
    day = meetings.held_on(parts.meeting.values)
    return gathering.sheet(practice, expected_at(connection, parts.meeting.values, day))


class _Gathering:
    """Resolves references of one meeting, each record read once.

    With ``second`` the council's words are taken in their second language, where they were written in
    it; `missing` then says that some were not. `said` are all words taken. ``closed`` is the stamp at
    which the minutes were closed.
    """

    def __init__(
        self,
        connection: Reading,
        parts: MeetingParts,
        tasks: Sequence[Values],
        *,
        second: bool = False,
        closed: int | None = None,
    ) -> None:
        self._second = second
        self._closed = closed
        self.missing = False
        self.said: list[str] = []
        self._connection = connection
        self._parts = parts
        self._made_tasks = tasks
        self._values = parts.meeting.values
        self._read: dict[str, StoredRecord | None] = {}

    def data(self, practice: bool) -> MinutesData:
        values = self._values
        day, begins = _moment(values.get("starts"))
        until, ends = _moment(values.get("ends"))
        counted = self._parts.quorums()
        entitled = values.get("entitled")
        heading, without_heading = self._noting(lambda: self._words(values, "heading"))
        assert day is not None  # the beginning of a meeting is required
        return MinutesData(
            bodies=self._bodies(),
            held=day,
            held_until=until if until and until != day else None,
            begins=begins,
            ends=ends,
            place=self._place(),
            heading=heading,
            heading_partly=without_heading,
            kind=_text(values, "meeting_kind") or "sitting",
            mode=_text(values, "mode") or "in_person",
            chair=self._person(values, "chair", "chair_words"),
            secretary=self._person(values, "secretary", "secretary_words"),
            entitled=entitled if isinstance(entitled, int) else None,
            present=self._attendees("member"),
            invited=self._attendees("invited"),
            absent=self._attendees("absent"),
            quorum=reached(counted),
            counted_each=self._parts.counts_each_body(),
            joint_votes=_text(values, "joint_votes") if is_joint(values) else "",
            list_attached=bool(values["list_attached"]) if "list_attached" in values else None,
            agenda=self._agenda(),
            tasks=self._tasks(),
            outcome=self._words(values, "outcome"),
            annexes=self._annexes(),
            version=int(str(values.get("version") or 1)),
            correction_reason=_text(values, "correction_reason"),
            anonymised=_day(values.get("anonymised_on")),
            draft=values.get("state") != meetings.NUMBERED,
            practice=practice,
            content_language=_text(values, "content_language"),
        )

    def sheet(self, practice: bool, members: Sequence[Expected]) -> AttendanceSheet:
        expected = (*self._attendees("member"), *self._attendees("invited"))
        if not expected:
            expected = tuple(one for one in map(self._expected, members) if one is not None)
        names = tuple(body.name for body in self._bodies())
        return AttendanceSheet(
            names,
            _moment(self._values.get("starts"))[0],
            self._place(),
            expected,
            practice=practice,
            code=paper_code("attendance-list", self._parts.meeting.uid),
        )

    def _expected(self, member: Expected) -> Attendee | None:
        person = self._person({"person": member.person}, "person", "")
        seats = seats_of(self._values, {"bodies": list(member.bodies)}) if member.bodies else ()
        return replace(person, seats=seats) if person is not None else None

    def _bodies(self) -> tuple[Body, ...]:
        bodies = []
        each = {one.body: one for one in self._parts.quorums()}
        sitting = 2 if is_joint(self._values) else 1
        for field, number in list(zip(BODIES, ("number", "other_number"), strict=True))[:sitting]:
            record = self._record(self._values.get(field))
            if record is not None:
                own = each.get(_text(self._values, field))
                entitled, has_quorum = (own.entitled, own.quorum.reached) if own is not None else (None, None)
                name = trio(record.values, "name")
                bodies.append(Body(name, meetings.bare_number(self._values.get(number)), entitled, has_quorum))
        return tuple(bodies)

    def _place(self) -> Trio:
        place = self._record(self._values.get("place"))
        venue = _text(self._values, "venue")
        if place is None:
            return Trio(venue, venue, venue)
        name = trio(place.values, "name")
        return Trio(*(", ".join(part for part in (name.of(one), venue) if part) for one in ("kk", "ru", "en")))

    def _attendees(self, capacity: str) -> tuple[Attendee, ...]:
        found = []
        for one in self._parts.present(capacity):
            remote, reason = bool(one.values.get("remote")), self._either(one.values, "reason")
            values = {**one.values, "words": self._either(one.values, "words")}
            person = self._person(values, "person", "words", remote=remote, reason=reason)
            if person is not None:
                found.append(replace(person, seats=self._seats(one.values) if capacity != "invited" else ()))
        return tuple(found)

    def _seats(self, listed: Values) -> tuple[int, ...]:
        return seats_of(self._values, listed) if self._parts.counts_each_body() else ()

    def _agenda(self) -> tuple[Item, ...]:
        """Return the items; numbers stand in them only where some are part of others."""
        made = [self._noting(partial(self._item, item)) for item in self._parts.items]
        items = [replace(item, partly=partly) for item, partly in made]
        labels = item_labels(one.item.values for one in self._parts.items)
        if not any("." in label for label in labels):
            return tuple(items)
        return tuple(replace(item, label=label) for item, label in zip(items, labels, strict=True))

    def _item(self, parts: ItemParts) -> Item:
        places = {uid_text(one.uid): place for place, one in enumerate(parts.decisions, 1) if one.uid}
        return Item(
            title=self._words(parts.item.values, "title"),
            reporter=self._person(parts.item.values, "reporter", "reporter_words"),
            heard=self._words(parts.item.values, "heard"),
            speeches=tuple(
                Speech(
                    self._words(one.values, "text"),
                    self._person(one.values, "person", "words"),
                    _text(one.values, "speech_kind") or "spoke",
                    self._body(one.values, "addressee_body"),
                    _text(one.values, "proposal_outcome"),
                    places.get(_text(one.values, "decision"), 0),
                )
                for one in parts.speeches
            ),
            decisions=tuple(self._decision(one.values) for one in parts.decisions),
            recused=self._people(parts.item.values.get("recused")),
        )

    def _decision(self, values: Values) -> Decision:
        responsible = self._person(values, "responsible", "responsible_words")
        return Decision(
            self._words(values, "text"),
            _votes(values),
            responsible.signed if responsible is not None else "",
            _day(values.get("due")),
            self._people(values.get("recused")),
            self._body(values, "addressee_body"),
            _votes(votes_of(values, 1)) if votes_apart(self._values) else None,
        )

    def _people(self, uids: Value) -> tuple[Attendee, ...]:
        people = [self._person({"person": one}, "person", "") for one in _list(uids)]
        return tuple(one for one in people if one is not None)

    def _body(self, values: Values, name: str) -> Trio | None:
        body = self._record(values.get(name))
        return trio(body.values, "name") if body is not None else None

    def _annexes(self) -> tuple[Annex, ...]:
        """Return the annexes; a line that stands in one language only is taken in both."""
        first, other = (_lines(_text(self._values, name)) for name in ("annexes", "annexes_second"))
        wanted, spare = (other, first) if self._second else (first, other)
        return tuple(_annex(line) for line in (*wanted, *spare[len(wanted) :]))

    def _tasks(self) -> tuple[Task, ...]:
        tasks = []
        for values in self._made_tasks:
            who = self._person(values, "assignee", "")
            tasks.append(Task(self._words(values, "text"), who.signed if who else "", _day(values.get("due"))))
        return tuple(tasks)

    def _words(self, values: Values, name: str) -> str:
        """Return what the council wrote, in the language that is asked for if it wrote it in that.

        Otherwise in the other one, so that both texts have the same parts.
        """
        first, other = _text(values, name), _text(values, f"{name}_second")
        self.said.append(first)
        wanted, spare = (other, first) if self._second else (first, other)
        self.missing = self.missing or bool(spare and not wanted)
        return wanted or spare

    def _noting(self, make: Callable[[], _Made]) -> tuple[_Made, bool]:
        """Return what is made, and whether words of it were `missing`."""
        before, self.missing = self.missing, False
        made, missing = make(), self.missing
        self.missing = before or missing
        return made, missing

    def _either(self, values: Values, name: str) -> str:
        """Return a name or a reason in the language asked for; as a name needs no translation, none is missed."""
        first, other = _text(values, name), _text(values, f"{name}_second")
        return (other or first) if self._second else (first or other)

    def _person(
        self, values: Values, field: str, words: str, *, remote: bool = False, reason: str = ""
    ) -> Attendee | None:
        person = self._record(values.get(field))
        said = _text(values, words) if words else ""
        if person is None:
            code = self._stand_in(values.get(field))
            return Attendee(code or said, "", said if code else "", remote, reason) if code or said else None
        post = said or _post(person.values)
        return Attendee(person_title(person.values), person_short(person.values), post, remote, reason)

    def _stand_in(self, uid: Value) -> str:
        """Return the code of a person who was erased; empty for nobody, and for one who has not come yet."""
        known = isinstance(uid, str) and was_erased(self._connection, parse_uid(uid))
        return f"[{stand_in(parse_uid(str(uid)))}]" if known else ""

    def _record(self, uid: Value) -> StoredRecord | None:
        if not isinstance(uid, str):
            return None
        if uid not in self._read:
            self._read[uid] = self._as_closed(record_by_uid(self._connection, parse_uid(uid)))
        return self._read[uid]

    def _as_closed(self, record: StoredRecord | None) -> StoredRecord | None:
        """Return a record as the closed minutes knew it; places are the law's, and known by their present names."""
        if record is None or self._closed is None or record.kind.name == "place":
            return record
        return as_at(self._connection, record, self._closed) or record


def _post(person: Values) -> str | Trio:
    """Return the post in the languages it is known in; elsewhere as it was written, or the place of work."""
    plain = _text(person, "post") or _text(person, "workplace")
    known = trio(person, "post")
    if known == Trio():
        return plain
    return Trio(known.kk or plain, known.ru or plain, known.en or plain)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _annex(line: str) -> Annex:
    """Return an annex from «title; number of pages»; without a number the whole line is its title."""
    title, _mark, pages = line.rpartition(";")
    if title.strip() and pages.strip().isascii() and pages.strip().isdigit() and len(pages.strip()) < 6:
        return Annex(title.strip(), int(pages))
    return Annex(line)


def _votes(values: Values) -> Votes | None:
    counts = [values.get(name) for name in VOTES]
    if all(count is None for count in counts) or values.get("ballot_kind") == "none":
        return None
    numbers = [count if isinstance(count, int) else 0 for count in counts]
    return Votes(numbers[0], numbers[1], numbers[2], secret=values.get("ballot_kind") == "secret")


def _moment(value: Value) -> tuple[date | None, time | None]:
    if not isinstance(value, str):
        return None, None
    moment = datetime.fromisoformat(value)
    return moment.date(), moment.time()


def _day(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _list(value: Value) -> Sequence[str]:
    return value if isinstance(value, list) else ()


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return str(value) if value is not None else ""
