"""Lists of records as they are shown: pages for people and files, row numbers for the big tables."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.search import search_rids
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.pages import Page
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries import lists
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.queries.veil import hidden_fields

SEARCH_LIMIT = 5000


@dataclass(frozen=True)
class ListQuestion:
    """What a person asks of a list: a kind, equal values, an order (``-`` descending), words."""

    kind: str
    where: tuple[tuple[str, object], ...] = ()
    sort: str = ""
    text: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Summary:
    """One row of a list, in words; ``cells`` follow `list_fields`."""

    uid: bytes
    rid: int
    title: str
    cells: tuple[str, ...]
    withdrawn: bool
    conflicted: bool


def list_fields(kind_name: str) -> tuple[Field, ...]:
    """Return the columns of the plain list."""
    kind = kind_named(kind_name)
    listed = tuple(field for field in kind.fields if field.listed)
    return (kind.by_name["number"], *listed) if kind.series or kind.name == "meeting" else listed


def list_records(
    ctx: AppContext, question: ListQuestion, *, after: str | None = None, limit: int = 50
) -> Page[StoredRecord]:
    """Return a page of records, as stored."""
    with ctx.reading() as connection:
        rids, token = lists.page(connection, _stored_question(connection, question), after, limit)
        return Page(records_by(connection, "rid", rids), token)


def first_page(ctx: AppContext, question: ListQuestion, catalog: Catalog, limit: int) -> Page[Summary]:
    """Return the first rows in words."""
    with ctx.reading() as connection:
        rids, token = lists.page(connection, _stored_question(connection, question), None, limit)
        return Page(_summaries(connection, question.kind, rids, catalog), token)


def count(ctx: AppContext, question: ListQuestion) -> int:
    """Return how many rows the list has."""
    with ctx.reading() as connection:
        return lists.count(connection, _stored_question(connection, question))


def row_numbers(ctx: AppContext, question: ListQuestion) -> array[int]:
    """Return the row numbers of the whole list in order (8 bytes each)."""
    with ctx.reading() as connection:
        return lists.skeleton(connection, _stored_question(connection, question))


def rows_by_numbers(ctx: AppContext, kind: str, rids: Sequence[int], catalog: Catalog) -> list[Summary]:
    """Return rows in words; rows that have gone meanwhile are left out."""
    with ctx.reading() as connection:
        return _summaries(connection, kind, rids, catalog)


def _summaries(connection: Reading, kind_name: str, rids: Sequence[int], catalog: Catalog) -> list[Summary]:
    records = records_by(connection, "rid", list(rids))
    fields = list_fields(kind_name)
    names = [field.name for field in fields]
    in_titles = [name for name in kind_named(kind_name).title if not name.endswith("_*")]
    referred = titles(connection, references_in(records, {*names, *in_titles}), catalog)
    return [_summary(one, fields, catalog, referred) for one in records]


def _summary(
    record: StoredRecord, fields: Sequence[Field], catalog: Catalog, referred: Mapping[str, str]
) -> Summary:
    cells = tuple(
        shown_value(field, record.values.get(field.name), catalog, referred).replace("\n", " ")[:200]
        for field in fields
    )
    title = title_of(record, catalog, referred)
    return Summary(record.uid, record.rid, title, cells, record.withdrawn, bool(record.conflicts))


def _stored_question(connection: Reading, question: ListQuestion) -> lists.Question:
    kind: Kind = kind_named(question.kind)
    _require_shown(connection, kind, question)
    rids = None
    if question.text.strip():
        rids = tuple(search_rids(connection, question.text, kind, SEARCH_LIMIT))
    sort = question.sort or kind.order
    if sort.lstrip("-") in hidden_fields(connection, kind):
        sort = ""
    if sort and not kind.field(sort.lstrip("-")).sortable:
        sort = ""
    return lists.Question(kind, dict(question.where), sort, question.withdrawn, rids)


def _require_shown(connection: Reading, kind: Kind, question: ListQuestion) -> None:
    """Refuse to sort or narrow by what is hidden, for that tells it; raises `NotAllowed` (``rights.field``)."""
    hidden = hidden_fields(connection, kind)
    for name in (question.sort.lstrip("-"), *(name for name, _value in question.where)):
        if name in hidden:
            raise NotAllowed("rights.field", field=name, kind=kind.name)


def parents_of(connection: Reading, kind_name: str, uids: Sequence[str]) -> dict[str, str]:
    """Return, by uid, the record each is a part of: what tells places of one name apart."""
    parent = kind_named(kind_name).parent
    if parent is None:
        return {}
    records = records_by(connection, "uid", [bytes(parse_uid(uid)) for uid in uids])
    return {uid_text(one.uid): str(one.values[parent]) for one in records if one.values.get(parent)}
