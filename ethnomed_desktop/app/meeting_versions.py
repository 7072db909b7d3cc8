"""Versions of the same minutes: which there are, and what one says otherwise than the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.discretion import shown_name
from ethnomed_desktop.app.meetings import ItemParts, MeetingParts, meeting_parts
from ethnomed_desktop.app.titles import references_in, shown_value, titles
from ethnomed_desktop.domain.comparing import Span, marked, paired
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import LINKS, item_labels
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import newer_version
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid

T = TypeVar("T")
SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True)
class Version:
    """One version of minutes; ``reason`` is why it corrects the one before (empty for the first)."""

    uid: str
    version: int
    number: str
    state: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """One field in both versions; ``where`` names the part (empty: the meeting itself), ``change`` one of four."""

    where: str
    label: str
    before: tuple[Span, ...]
    after: tuple[Span, ...]
    change: str


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side, in the order of the newer one."""

    older: Version
    newer: Version
    rows: tuple[Difference, ...]

    @property
    def differing(self) -> tuple[Difference, ...]:
        """The rows in which the two are not the same."""
        return tuple(row for row in self.rows if row.change != SAME)


def versions_of(ctx: AppContext, uid: bytes) -> list[Version]:
    """Return all versions of the minutes, the first one first; raises `UserError` (``record.unknown``)."""
    with ctx.reading() as connection:
        return [_version(one) for one in _chain(connection, uid)]


def compare_versions(ctx: AppContext, older: bytes, newer: bytes, catalog: Catalog) -> Comparison:
    """Compare two versions in words; they may be given in any order.

    Raises `UserError` (``meeting.versions_differ``) where they are not versions of the same minutes.
    """
    with ctx.reading() as connection:
        chain = [one.uid for one in _chain(connection, older)]
        if newer not in chain or newer == older:
            raise UserError("meeting.versions_differ")
        first, second = sorted((older, newer), key=chain.index)
        old, new = meeting_parts(connection, first), meeting_parts(connection, second)
        wanted = references_in([*_records(old), *_records(new)])
        names = {**titles(connection, wanted, catalog), **_numbers(old), **_numbers(new)}
    rows = tuple(_Comparing(catalog, names).rows(old, new))
    return Comparison(_version(old.meeting), _version(new.meeting), rows)


def _chain(connection: Reading, uid: bytes) -> list[StoredRecord]:
    found = record_by_uid(connection, uid)
    if found is None or found.kind.name != "meeting":
        raise UserError("record.unknown")
    chain = [found]
    while chain[0].values.get("corrects"):
        earlier = record_by_uid(connection, parse_uid(str(chain[0].values["corrects"])))
        if earlier is None or earlier.uid in {one.uid for one in chain}:
            break
        chain.insert(0, earlier)
    while (later := newer_version(connection, chain[-1].rid)) is not None:
        if later.uid in {one.uid for one in chain}:
            break
        chain.append(later)
    return chain


def _version(record: StoredRecord) -> Version:
    values = record.values
    number = values.get("version")
    return Version(
        uid_text(record.uid),
        number if isinstance(number, int) else 1,
        str(values.get("number") or ""),
        str(values.get("state") or "draft"),
        str(values.get("correction_reason") or ""),
    )


def _records(parts: MeetingParts) -> Iterator[StoredRecord]:
    yield parts.meeting
    yield from parts.attendance
    for item in parts.items:
        yield from (item.item, *item.speeches, *item.decisions)


def _numbers(parts: MeetingParts) -> dict[str, str]:
    """Return the printed number of each decision («2.1»): its words may differ, and are compared in its own row."""
    return {
        uid_text(one.uid): f"{label}.{number}"
        for label, item in zip(item_labels(one.item.values for one in parts.items), parts.items, strict=True)
        for number, one in enumerate(item.decisions, 1)
    }


class _Comparing:
    """Words both versions part by part."""

    def __init__(self, catalog: Catalog, names: dict[str, str]) -> None:
        self._catalog = catalog
        self._names = names

    def rows(self, old: MeetingParts, new: MeetingParts) -> Iterator[Difference]:
        yield from self._fields("", old.meeting, new.meeting)
        for one, other in paired(old.attendance, new.attendance, self._person):
            yield from self._attendance(one, other)
        items = paired(old.items, new.items, lambda item: str(item.item.values.get("title", "")))
        yield from self._order("", KINDS["agenda_item"], items, old.items, new.items)
        for a, b in items:
            yield from self._item(a, b)

    def _item(self, old: ItemParts | None, new: ItemParts | None) -> Iterator[Difference]:
        shown = new or old
        assert shown is not None
        where = self._catalog.gettext(N_("Item {position}")).format(position=shown.item.values.get("position", ""))
        yield from self._fields(where, old.item if old else None, new.item if new else None)
        for kind in ("speech", "decision"):
            before, after = (_of(one, kind) for one in (old, new))
            yield from self._parts(where, KINDS[kind], before, after)

    def _parts(
        self, item: str, kind: Kind, old: Sequence[StoredRecord], new: Sequence[StoredRecord]
    ) -> Iterator[Difference]:
        pairs = paired(old, new, lambda one: str(one.values.get("text", "")), _corrects)
        yield from self._order(item, kind, pairs, old, new)
        for one, other in pairs:
            shown = other or one
            assert shown is not None
            label = kind_label(shown.kind, self._catalog)
            where = f"{item} · {label} {shown.values.get('position', '')}".rstrip()
            yield from self._fields(where, one, other)

    def _order(
        self, where: str, kind: Kind, pairs: Sequence[tuple[T | None, T | None]], old: Sequence[T], new: Sequence[T]
    ) -> Iterator[Difference]:
        """Say the order, by the numbers of the older version, where what stands in both is in another one."""
        both = [(old.index(one), new.index(other)) for one, other in pairs if one is not None and other is not None]
        before = sorted(place for place, _other in both)
        after = [place for place, _other in sorted(both, key=itemgetter(1))]
        if before != after:
            place = " · ".join(part for part in (where, self._catalog.gettext(kind.plural)) if part)
            label = field_label(kind.field("position"), self._catalog)
            yield _difference(place, label, _numbered(before), _numbered(after))

    def _attendance(self, old: StoredRecord | None, new: StoredRecord | None) -> Iterator[Difference]:
        shown = new or old
        assert shown is not None
        where = kind_label(shown.kind, self._catalog)
        yield _difference(where, self._person(shown), self._coming(old), self._coming(new))

    def _person(self, one: StoredRecord) -> str:
        known = self._names.get(str(one.values.get("person", "")), "")
        return known or shown_name(str(one.values.get("words", "")), self._catalog)

    def _coming(self, one: StoredRecord | None) -> str:
        if one is None:
            return ""
        words = [self._shown(one, "capacity")]
        if one.values.get("remote"):
            words.append(field_label(one.kind.field("remote"), self._catalog))
        words.append(self._shown(one, "reason"))
        return ", ".join(word for word in words if word)

    def _fields(self, where: str, old: StoredRecord | None, new: StoredRecord | None) -> Iterator[Difference]:
        shown = new or old
        assert shown is not None
        left_out = {"position", LINKS.get(shown.kind.name), "content_language"}
        for field in shown.kind.all_fields:
            if not field.page or field.name in left_out:
                continue
            before = self._shown(old, field.name) if old is not None else ""
            after = self._shown(new, field.name) if new is not None else ""
            if before or after:
                yield _difference(where, field_label(field, self._catalog), before, after)

    def _shown(self, one: StoredRecord, name: str) -> str:
        return shown_value(one.kind.field(name), one.values.get(name), self._catalog, self._names)


def _corrects(one: StoredRecord, other: StoredRecord) -> bool:
    return other.values.get("corrects") == uid_text(one.uid)


def _of(item: ItemParts | None, kind: str) -> Sequence[StoredRecord]:
    if item is None:
        return ()
    return item.speeches if kind == "speech" else item.decisions


def _numbered(places: Sequence[int]) -> str:
    return ", ".join(str(place + 1) for place in places)


def _difference(where: str, label: str, before: str, after: str) -> Difference:
    if before == after:
        return Difference(where, label, (Span(before),), (Span(after),), SAME)
    change = ADDED if not before else REMOVED if not after else CHANGED
    left, right = marked(before, after)
    return Difference(where, label, tuple(left), tuple(right), change)
