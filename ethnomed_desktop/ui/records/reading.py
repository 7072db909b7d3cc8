"""What cards, forms and history show, in words. Everything here runs on the read lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ethnomed_desktop.app import history, lists, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies, working_body
from ethnomed_desktop.app.discretion import shown_name
from ethnomed_desktop.app.memberships import ended
from ethnomed_desktop.app.tiers import called, closed_here
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.app.vault import user_name
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.fieldtypes import LongText, Ref, Refs, Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label

MOST_PARTS = 200
WITHDRAWN = "_withdrawn"
NEWER = "_newer"
"""Stands in the place of a field's name for what a newer program wrote."""
ACTION_WORDS = {
    "record": N_("Recorded"),
    "revise": N_("Changed"),
    "withdraw": N_("Moved to trash"),
    "restore": N_("Taken out of the trash"),
    "number": N_("Numbered"),
    "anonymise": N_("Anonymised"),
    "correct": N_("Corrected"),
    "erase": N_("Erased"),
    "undo": N_("Taken back"),
    "setup": N_("First records"),
    "import": N_("Taken in"),
    "users": N_("Users changed"),
    "confide": N_("Noted in confidence"),
    "release": N_("Released from confidence"),
}


@dataclass(frozen=True)
class Opened:
    """A record as a form takes it: ``revision`` is what it is saved against."""

    kind: str
    uid: str
    title: str
    values: Mapping[str, Value]
    revision: str
    withdrawn: bool


@dataclass(frozen=True)
class CardRow:
    """One field that is set: ``links`` are (kind, uid, title) of the records it refers to."""

    field: str
    page: int
    label: str
    text: str
    long: bool
    links: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class PartRow:
    """One part of a record on its card; a former one stands below those in force."""

    kind: str
    uid: str
    text: str
    former: bool = False


@dataclass(frozen=True)
class CardData:
    """Everything a card shows; ``closed`` are kinds that are read here and written by another office."""

    record: Opened
    kind_title: str
    rows: tuple[CardRow, ...]
    parts: Mapping[str, tuple[PartRow, ...]]
    conflicts: tuple[str, ...]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HistoryRow:
    """One field's step: when, who, what was done, field, before, after."""

    cells: tuple[str, str, str, str, str, str]
    at_ms: int = 0
    uid: str = ""
    field: str = ""
    transaction: bytes = b""

    @property
    def can_be_put_back(self) -> bool:
        """Whether what stood before can be put back."""
        return bool(self.field)


def opened(ctx: AppContext, uid: str, catalog: Catalog) -> Opened:
    """Return a record; raises `UserError` (``record.unknown``)."""
    one = records.show(ctx, parse_uid(uid))
    with ctx.reading() as connection:
        title = titles(connection, [uid], catalog).get(uid, "")
    return Opened(one.kind.name, uid, title, one.values, one.revision, one.withdrawn)


def card(ctx: AppContext, uid: str, parts: tuple[str, ...], catalog: Catalog) -> CardData:
    """Return the card of a record; raises `UserError` (``record.unknown``)."""
    one = records.show(ctx, parse_uid(uid))
    with ctx.reading() as connection:
        referred = titles(connection, references_in([one]), catalog)
        title = title_of(one, catalog, referred)
        closed = closed_here(ctx, connection, one)
    known = Opened(one.kind.name, uid, title, one.values, one.revision, one.withdrawn)
    rows = tuple(
        _card_row(field, one.values[field.name], catalog, referred)
        for field in sorted(one.kind.all_fields, key=_page_of)
        if one.values.get(field.name) not in (None, [], "") and field.name != one.kind.above
    )
    rows += _newer(len(one.unknown), catalog)
    children = {name: _parts(ctx, name, one.kind.name, called(one), catalog) for name in parts}
    conflicts = tuple(
        field_label(one.kind.field(name), catalog) for name in one.conflicts if name in one.kind.by_name
    )
    return CardData(known, kind_label(one.kind, catalog), rows, children, conflicts, closed)


def _newer(count: int, catalog: Catalog) -> tuple[CardRow, ...]:
    """Say that the record holds what only a newer program can show; nothing where it does not."""
    if not count:
        return ()
    text = catalog.gettext(N_("Fields: {count}. They are kept and passed on as they came."))
    shown = text.format(count=formatting.number(count, catalog.language))
    return (CardRow(NEWER, 1, catalog.gettext(N_("Data of a newer program")), shown, long=False),)


def _page_of(field: Field) -> int:
    """Return the page a card shows the field on: what the program fills in stands with the main fields."""
    return max(1, field.page)


def _card_row(field: Field, value: Value, catalog: Catalog, referred: Mapping[str, str]) -> CardRow:
    links: tuple[tuple[str, str, str], ...] = ()
    if isinstance(field.type, (Ref, Refs)):
        uids = value if isinstance(value, list) else [str(value)]
        links = tuple((field.type.kind, uid, referred[uid]) for uid in uids if uid in referred)
    text = shown_value(field, value, catalog, referred)
    return CardRow(
        field.name, _page_of(field), field_label(field, catalog), text, isinstance(field.type, LongText), links
    )


def _parts(ctx: AppContext, name: str, on: str, uids: tuple[str, ...], catalog: Catalog) -> tuple[PartRow, ...]:
    link = kind_named(name).link_to(on)
    page = lists.first_page(ctx, lists.ListQuestion(name, ((link, uids),)), catalog, MOST_PARTS)
    names = [field.name for field in lists.list_fields(name)]
    former = ended(ctx, [one.uid for one in page.rows]) if name == "membership" else set()
    rows = [
        PartRow(
            name,
            uid_text(one.uid),
            " · ".join(cell for field, cell in zip(names, one.cells, strict=True) if cell and field != link),
            one.uid in former,
        )
        for one in sorted(page.rows, key=lambda one: one.rid)
    ]
    return tuple(sorted(rows, key=lambda row: row.former))


def differences(
    ctx: AppContext, uid: str, before: Mapping[str, Value], catalog: Catalog
) -> tuple[Opened, list[CardRow]]:
    """Return the record as it is now, and the fields that somebody changed since ``before``."""
    now = records.show(ctx, parse_uid(uid))
    with ctx.reading() as connection:
        referred = titles(connection, references_in([now]), catalog)
        title = title_of(now, catalog, referred)
    changed = [
        _card_row(field, now.values.get(field.name), catalog, referred)
        for field in now.kind.all_fields
        if field.page and now.values.get(field.name) != before.get(field.name)
    ]
    return Opened(now.kind.name, uid, title, now.values, now.revision, now.withdrawn), changed


def place_of_work(ctx: AppContext) -> str | None:
    """Return the place of the body the person works for."""
    with ctx.reading() as connection:
        working = working_body(connection, ctx.user)
        for body in own_bodies(connection):
            if uid_text(body.uid) == working and body.values.get("place"):
                return str(body.values["place"])
    return None


def history_rows(ctx: AppContext, uid: str, catalog: Catalog) -> list[HistoryRow]:
    """Return who changed what, the newest first; raises `UserError` (``record.unknown``)."""
    kind = records.show(ctx, parse_uid(uid)).kind
    steps = history.history(ctx, parse_uid(uid))
    users = {step.user: shown_name(user_name(ctx, step.user), catalog) for step in steps}
    referred = _referred(ctx, kind, steps, catalog)
    found = []
    for step in reversed(steps):
        when = f"{local_time(step.at_ms):%d.%m.%Y %H:%M}"
        done = catalog.gettext(ACTION_WORDS.get(step.action, "")) or step.action
        for one in step.fields:
            name, before, after = _step_words(kind, one, catalog, referred)
            field = one.field if one.field in kind.by_name else ""
            cells = (when, users[step.user], done, name, before, after)
            found.append(HistoryRow(cells, step.at_ms, uid, field, step.transaction))
    return found


def _referred(ctx: AppContext, kind: Kind, steps: list[history.Step], catalog: Catalog) -> Mapping[str, str]:
    wanted: set[str] = set()
    for step in steps:
        for one in step.fields:
            if one.field in kind.by_name and isinstance(kind.field(one.field).type, (Ref, Refs)):
                wanted.update(str(value) for value in (one.before, one.after) if isinstance(value, str))
    with ctx.reading() as connection:
        return titles(connection, wanted, catalog)


def _step_words(
    kind: Kind, one: history.FieldStep, catalog: Catalog, referred: Mapping[str, str]
) -> tuple[str, str, str]:
    if one.field == WITHDRAWN:
        return catalog.gettext(N_("Reason")), str(one.before or ""), str(one.after or "")
    if one.field not in kind.by_name:
        return catalog.gettext(N_("A field of a newer program")), "", ""
    field = kind.field(one.field)
    return (
        field_label(field, catalog),
        _element(field, one.before, catalog, referred),
        _element(field, one.after, catalog, referred),
    )


def _element(field: Field, value: Value, catalog: Catalog, referred: Mapping[str, str]) -> str:
    """Word a value of history; of a set it is one element."""
    if field.is_set and isinstance(value, str):
        return shown_value(field, [value], catalog, referred)
    return shown_value(field, value, catalog, referred)
