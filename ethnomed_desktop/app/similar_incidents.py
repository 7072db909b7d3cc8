"""Incidents that may be the same event as the one being typed: offered beside the form, nothing is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import lenient
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.similar_incidents import ENOUGH, VILLAGES, WIDE_DAYS, day_of, likeness
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import record_by_uid, records_by
from ethnomed_desktop.store.queries.similar_incidents import candidates

MOST = 3
_TEXT = 240
_ABOUT = ("settlement", "origin_type", "severity", "state")


@dataclass(frozen=True)
class Similar:
    """One incident in words; ``uid`` is UUID text, ``about`` its short facts, ``text`` how it begins."""

    uid: str
    title: str
    about: str
    text: str


def similar_incidents(
    ctx: AppContext, typed: Mapping[str, Value], catalog: Catalog, own: str = ""
) -> list[Similar]:
    """Return up to `MOST` incidents like what is typed, the most alike first; half a form is enough.

    ``own`` is the incident being edited (UUID text): it is not like itself.
    """
    mine = lenient("incident", typed)
    day = day_of(mine.get("happened")) or today(ctx.clock)
    first, last = day - timedelta(days=WIDE_DAYS), day + timedelta(days=WIDE_DAYS + 1)
    mine.setdefault("happened", day.isoformat())
    with ctx.reading() as connection:
        # A month without a day sorts before its days: begin with the month.
        rids = candidates(connection, first.isoformat()[:7], last.isoformat(), str(mine.get("phone") or ""))
        village = _in_village(connection, mine)
        ranked = []
        for place, one in enumerate(records_by(connection, "rid", rids)):
            points = likeness(mine, one.values, in_village=village)
            if points >= ENOUGH and uid_text(one.uid) != own:
                ranked.append((-points, place, one))
        found = [one for _points, _place, one in sorted(ranked, key=lambda each: each[:2])[:MOST]]
        referred = titles(connection, references_in(found, ("place",)), catalog)
        return [
            Similar(
                uid_text(one.uid),
                title_of(one, catalog, referred),
                " · ".join(
                    shown_value(one.kind.field(name), one.values[name], catalog, referred)
                    for name in _ABOUT
                    if one.values.get(name)
                ),
                shown_value(one.kind.field("what_happened"), one.values.get("what_happened"), catalog, referred)[
                    :_TEXT
                ],
            )
            for one in found
        ]


def _in_village(connection: Reading, values: Mapping[str, Value]) -> bool:
    """Whether the place chosen from the list is a village, as exact as one written in words."""
    uid = values.get("place")
    place = record_by_uid(connection, parse_uid(uid)) if isinstance(uid, str) else None
    return place is not None and place.values.get("place_kind") in VILLAGES
