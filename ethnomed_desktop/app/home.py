"""The first page: what is hot, overdue, today, and what this user did last. One read, no writing."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ethnomed_desktop.app import clock_check
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import working_body
from ethnomed_desktop.app.exchange_status import Late, late_in
from ethnomed_desktop.app.recent import opened_by
from ethnomed_desktop.app.tiers import Asked, asked_in
from ethnomed_desktop.app.titles import references_in, severity_words, shown_value, title_of, titles
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries import home
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid, records_by, rid_of

PRESSING = ("overdue", "severe", "unrated", "conflicts", "withdrawn_consents", "kept_too_long")
"""What presses, in the order it is told."""

RECENT = 15
MOST_MEETINGS = 6
NOT_SHOWN = frozenset({"number_series", "user"})
_DEPTH = 4
"""A speech belongs to an item, that to a meeting: parts are followed up so far."""


@dataclass(frozen=True)
class Line:
    """One record in words: ``uid`` is UUID text, ``kind`` its name, ``about`` the kind's label."""

    kind: str
    uid: str
    about: str
    title: str


@dataclass(frozen=True)
class LastMinutes:
    """The minutes that "Print last minutes" prints; ``number`` is empty for a draft."""

    uid: str
    number: str


@dataclass(frozen=True)
class Home:
    """Everything the first page shows; ``pressing`` counts by the names of `PRESSING`.

    ``late`` are partners that have not confirmed for weeks what was written for them, ``asked`` what an office
    above asks of this one and nobody has answered.
    """

    pressing: Mapping[str, int]
    week: tuple[Line, ...]
    unfinished: tuple[Line, ...]
    recent: tuple[Line, ...]
    minutes: LastMinutes | None
    late: tuple[Late, ...] = ()
    asked: tuple[Asked, ...] = ()
    worked_ms: int | None = None
    """When work was last done here, where the clock has been set back since by more than a day."""
    now_ms: int = 0


@dataclass(frozen=True)
class PressingRow:
    """A row of the list behind a number: what it is, title, its day, its state."""

    rid: int
    uid: str
    cells: tuple[str, str, str, str]


def first_page(ctx: AppContext, catalog: Catalog) -> Home:
    """Return what needs attention by the civil date of Kazakhstan, in one consistent view."""
    day = today(ctx.clock)
    now, after = day.isoformat(), (day + timedelta(days=7)).isoformat()
    with ctx.reading() as connection:
        week = home.meetings_between(connection, now, after, MOST_MEETINGS)
        unfinished = home.unfinished_minutes(connection, now, MOST_MEETINGS)
        return Home(
            {what: home.count(connection, what, now) for what in PRESSING},
            _lines(connection, records_by(connection, "rid", week), catalog),
            _lines(connection, records_by(connection, "rid", unfinished), catalog),
            _lines(connection, _recent(connection, ctx.user), catalog),
            _last_minutes(connection, ctx.user, (day + timedelta(days=1)).isoformat()),
            tuple(late_in(connection, ctx.clock.now_ms())),
            asked_in(ctx, connection),
            clock_check.set_back(connection, ctx.clock.now_ms()),
            ctx.clock.now_ms(),
        )


def pressing_count(ctx: AppContext, what: str) -> int:
    """Return how many records press."""
    with ctx.reading() as connection:
        return home.count(connection, what, today(ctx.clock).isoformat())


def pressing_numbers(ctx: AppContext, what: str) -> array[int]:
    """Return the row numbers behind a count, the most pressing first."""
    with ctx.reading() as connection:
        return array("q", home.pressing(connection, what, today(ctx.clock).isoformat()))


def pressing_rows(ctx: AppContext, rids: Sequence[int], catalog: Catalog) -> list[PressingRow]:
    """Return rows in words, in the order of ``rids``."""
    with ctx.reading() as connection:
        records = records_by(connection, "rid", list(rids))
        shown = {name for one in records for name in (*one.kind.title, *_DAY_AND_STATE.get(one.kind.name, ()))}
        referred = titles(connection, _referred(records, shown), catalog)
        return [PressingRow(one.rid, uid_text(one.uid), _cells(one, catalog, referred)) for one in records]


def place_of(ctx: AppContext, uid: str) -> tuple[str, str]:
    """Return kind and uid of the record on whose page a record is seen: a task of an incident there."""
    with ctx.reading() as connection:
        found = record_by_uid(connection, parse_uid(uid))
    if found is None:
        return "", uid
    if found.kind.name == "task" and not found.values.get("decision") and found.values.get("incident"):
        return "incident", str(found.values["incident"])
    return found.kind.name, uid


_DAY_AND_STATE = {
    "task": ("due", "state"),
    "incident": ("happened", "state"),
    "meeting": ("starts", "state"),
    "consent": ("withdrawn_on", "form"),
}


def _cells(one: StoredRecord, catalog: Catalog, referred: Mapping[str, str]) -> tuple[str, str, str, str]:
    names = _DAY_AND_STATE.get(one.kind.name, ())
    day, state = (
        [shown_value(one.kind.field(name), one.values.get(name), catalog, referred) for name in names]
        if names
        else ["", ""]
    )
    severity = str(one.values.get("severity") or "")
    if one.kind.name == "incident" and severity:
        state = " · ".join(filter(None, (severity_words(severity, catalog), state)))
    return kind_label(one.kind, catalog), title_of(one, catalog, referred), day, state


def _referred(records: Sequence[StoredRecord], names: set[str]) -> set[str]:
    found: set[str] = set()
    for one in records:
        found |= references_in([one], [name for name in names if name in one.kind.by_name])
    return found


def _lines(connection: Reading, records: Sequence[StoredRecord], catalog: Catalog) -> tuple[Line, ...]:
    names = titles(connection, [uid_text(one.uid) for one in records], catalog)
    return tuple(
        Line(one.kind.name, uid_text(one.uid), kind_label(one.kind, catalog), names[uid_text(one.uid)])
        for one in records
    )


def recent_lines(ctx: AppContext, catalog: Catalog) -> tuple[Line, ...]:
    """Return what the user opened or changed last, the newest first."""
    with ctx.reading() as connection:
        return _lines(connection, _recent(connection, ctx.user), catalog)


def _recent(connection: Reading, user: bytes) -> list[StoredRecord]:
    """Return the whole records (not their parts) opened or changed last that are not in the trash."""
    opened = {bytes(parse_uid(uid)): at_ms for uid, at_ms in opened_by(connection, user).items()}
    changed = home.last_touched(connection, user)
    found: dict[bytes, StoredRecord] = {}
    times: dict[bytes, int] = {}
    for start in (-1, *range(0, len(changed), 50)):
        parts = records_by(connection, "uid", changed[start : start + 50] if start >= 0 else list(opened))
        records = parts
        for _step in range(_DEPTH):
            records = _wholes(connection, records)
        for part, one in zip(parts, records, strict=True):
            if not one.withdrawn and one.kind.name not in NOT_SHOWN:
                found.setdefault(one.uid, one)
                at_ms = opened.get(part.uid, 0) if start < 0 else part.changed_ms or 0
                times[one.uid] = max(times.get(one.uid, 0), at_ms)
        if start >= 0 and len(found) >= RECENT:
            break
    return sorted(found.values(), key=lambda one: -times[one.uid])[:RECENT]


def _wholes(connection: Reading, records: Sequence[StoredRecord]) -> list[StoredRecord]:
    """Put in the place of each part what it is a part of; places and bodies stand for themselves."""
    above = {one.uid: _parent(one) for one in records}
    wanted = list({uid for uid in above.values() if uid is not None})
    known = {one.uid: one for one in records_by(connection, "uid", wanted)}
    return [known.get(above[one.uid] or b"", one) for one in records]


def _parent(one: StoredRecord) -> bytes | None:
    if one.kind.seeded or one.kind.parent is None or one.kind.name in NOT_SHOWN:
        return None
    value = one.values.get(one.kind.parent)
    return bytes(parse_uid(str(value))) if value else None


def _last_minutes(connection: Reading, user: bytes, after: str) -> LastMinutes | None:
    body = working_body(connection, user)
    rid = rid_of(connection, parse_uid(body)) if body else None
    found = home.last_minutes(connection, rid, after) if rid is not None else None
    if found is None:
        return None
    one = records_by(connection, "rid", [found])[0]
    numbered = one.values.get("state") == "numbered"
    number = one.values.get("number" if one.values.get("organisation") == body else "other_number")
    return LastMinutes(uid_text(one.uid), str(number or "") if numbered else "")
