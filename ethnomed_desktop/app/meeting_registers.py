"""The register of proposals and dissenting opinions: what minutes record apart, over all meetings."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.discretion import shown_name
from ethnomed_desktop.app.titles import references_in, titles
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import item_labels
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import registered_speeches
from ethnomed_desktop.store.queries.records import StoredRecord, children_of, record_by_uid, records_by

KINDS_APART = ("proposal", "dissent")


@dataclass(frozen=True)
class Registered:
    """One entry: which kind, in which minutes, on which item, whose, what, and what became of it.

    ``decision`` is the number of the decision that a dissenting opinion is about («2.1»); empty: none is named.
    ``item`` is the place in the agenda, ``label`` the number under which it is printed.
    """

    rid: int
    uid: str
    meeting: str
    kind: str
    starts: str
    number: str
    body: str
    item: int
    title: str
    who: str
    text: str
    addressee: str
    outcome: str
    decision: str = ""
    label: str = ""


@dataclass(frozen=True)
class RegisterQuestion:
    """Which entries: of one kind, with one outcome, of one year, holding words; empty asks for all."""

    kind: str = ""
    outcome: str = ""
    year: int | None = None
    text: str = ""


def register_numbers(ctx: AppContext, asked: RegisterQuestion) -> array[int]:
    """Return the row numbers of the entries, the newest meeting first.

    Of minutes that were corrected only the newest numbered version counts: nothing stands there twice.
    """
    wanted = fold(asked.text.strip())
    kinds = (asked.kind,) if asked.kind else KINDS_APART
    with ctx.reading() as connection:
        found = registered_speeches(connection, kinds, asked.outcome, asked.year)
        if wanted:
            said = {one.rid: fold(str(one.values.get("text", ""))) for one in records_by(connection, "rid", found)}
            found = [rid for rid in found if wanted in said.get(rid, "")]
    return array("q", found)


def register_item(one: Registered, catalog: Catalog) -> str:
    """Return on what an entry is: the item of the agenda, of a dissenting opinion also the decision."""
    item = f"{one.label or one.item}. {one.title}"
    if not one.decision:
        return item
    return catalog.gettext(N_("{item} · on decision {number}")).format(item=item, number=one.decision)


def register_rows(ctx: AppContext, rids: Sequence[int], catalog: Catalog) -> list[Registered]:
    """Return the entries with these row numbers, in that order, worded in the catalog's language."""
    with ctx.reading() as connection:
        speeches = {one.rid: one for one in records_by(connection, "rid", list(rids))}
        return _Wording(connection, catalog).all([speeches[rid] for rid in rids if rid in speeches])


class _Wording:
    """Reads each item and meeting once."""

    def __init__(self, connection: Reading, catalog: Catalog) -> None:
        self._connection = connection
        self._catalog = catalog
        self._read: dict[str, StoredRecord | None] = {}
        self._labels: dict[bytes, dict[bytes, str]] = {}

    def all(self, speeches: Sequence[StoredRecord]) -> list[Registered]:
        items = [self._record(str(one.values["agenda_item"])) for one in speeches]
        meetings = [self._record(str(one.values["meeting"])) if one is not None else None for one in items]
        known = [one for one in (*speeches, *meetings) if one is not None]
        names = titles(
            self._connection, references_in(known, ("person", "addressee_body", "organisation")), self._catalog
        )
        return [
            self._entry(speech, item, meeting, names)
            for speech, item, meeting in zip(speeches, items, meetings, strict=True)
            if item is not None and meeting is not None
        ]

    def _entry(
        self, speech: StoredRecord, item: StoredRecord, meeting: StoredRecord, names: dict[str, str]
    ) -> Registered:
        values = speech.values
        position = item.values.get("position")
        return Registered(
            speech.rid,
            uid_text(speech.uid),
            uid_text(meeting.uid),
            str(values.get("speech_kind", "")),
            str(meeting.values.get("starts", "")),
            str(meeting.values.get("number") or ""),
            names.get(str(meeting.values.get("organisation", "")), ""),
            position if isinstance(position, int) else 0,
            str(item.values.get("title", "")),
            names.get(str(values.get("person", "")), "") or shown_name(str(values.get("words", "")), self._catalog),
            str(values.get("text", "")),
            names.get(str(values.get("addressee_body", "")), ""),
            str(values.get("proposal_outcome") or ""),
            self._about(self._label(meeting, item), values.get("decision")),
            self._label(meeting, item),
        )

    def _label(self, meeting: StoredRecord, item: StoredRecord) -> str:
        """Return the number under which the item is printed."""
        if meeting.uid not in self._labels:
            items = children_of(self._connection, KINDS["agenda_item"], meeting.rid)
            labels = item_labels(one.values for one in items)
            self._labels[meeting.uid] = {one.uid: label for one, label in zip(items, labels, strict=True)}
        return self._labels[meeting.uid].get(item.uid, "")

    def _about(self, label: str, decision: Value) -> str:
        found = self._record(str(decision)) if decision else None
        return f"{label}.{found.values.get('position')}" if found is not None and not found.withdrawn else ""

    def _record(self, uid: str) -> StoredRecord | None:
        if uid not in self._read:
            self._read[uid] = record_by_uid(self._connection, parse_uid(uid))
        return self._read[uid]
