"""Names that are not to stand on paper: who of the records is named in minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ethnomed_desktop.app.meetings import MeetingParts, meeting_parts
from ethnomed_desktop.app.titles import references_in
from ethnomed_desktop.documents.minutes_data import MinutesData
from ethnomed_desktop.documents.without_names import texts_of
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meetings import NUMBERED
from ethnomed_desktop.domain.stand_ins import Known, beginnings
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.closings import as_at, closed_at
from ethnomed_desktop.store.queries.meetings import tasks_from
from ethnomed_desktop.store.queries.people import named_people
from ethnomed_desktop.store.queries.records import StoredRecord, records_by


def with_known_names(connection: Reading, data: MinutesData, meeting: bytes) -> MinutesData:
    """Return the minutes with the people of the records whom their words may name; reads every person's name.

    Closed minutes print the names of that time: who bears another one by now is known under both.
    """
    said = beginnings(texts_of(data))
    people = [*(Known(*names) for names in named_people(connection)), *_called_then(connection, meeting)]
    return replace(data, known=tuple(one for one in people if one.sought in said))


def _called_then(connection: Reading, meeting: bytes) -> Iterator[Known]:
    """Yield the people of closed minutes under the names of that time, with the codes of today."""
    parts = meeting_parts(connection, meeting)
    closed = closed_at(connection, meeting) if parts.meeting.values.get("state") == NUMBERED else None
    if closed is None:
        return
    for one in records_by(connection, "uid", [parse_uid(uid) for uid in _referred(connection, parts)]):
        then = as_at(connection, one, closed) if one.kind.name == "person" else None
        names = _names(then) if then is not None else ()
        if names and names[0] and names != _names(one):
            yield Known(*names, code=str(one.values.get("hidden_name") or ""))


def _referred(connection: Reading, parts: MeetingParts) -> list[str]:
    items = [one for item in parts.items for one in (item.item, *item.speeches, *item.decisions)]
    tasks = tasks_from(connection, [one.rid for item in parts.items for one in item.decisions], in_trash=True)
    return sorted(references_in([parts.meeting, *parts.attendance, *items, *tasks]))


def _names(person: StoredRecord) -> tuple[str, str, str]:
    surname, given, patronymic = (
        str(person.values.get(name) or "") for name in ("surname", "given_name", "patronymic")
    )
    return surname, given, patronymic
