"""Long lists: keyset pages, counts, and the skeleton of row numbers for jumping anywhere.

Rows without a value in the sorted field come last, whichever way the list runs, so that both
engines show the same list and each part of it uses one index.
"""

from __future__ import annotations

import base64
import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select, tuple_

from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.fieldtypes import Ref
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.store.queries.records import rid_of
from ethnomed_desktop.store.tables import KIND_TABLES, element, needs_sort_key, sort_column


@dataclass(frozen=True)
class Question:
    """What a list asks: equal values by field (a tuple: any of them), order, words found by search.

    ``sort`` is a sortable field, with ``-`` for descending; empty means the newest entered first.
    ``rids`` narrows to those rows. ``withdrawn`` lists the trash instead.
    """

    kind: Kind
    where: Mapping[str, object] = field(default_factory=dict)
    sort: str = ""
    withdrawn: bool = False
    rids: tuple[int, ...] | None = None


def count(connection: Connection, question: Question) -> int:
    """Return how many rows the list has."""
    query = _narrowed(connection, question, select(func.count()).select_from(_table(question)))
    return int(connection.execute(query).scalar_one())


def page(connection: Connection, question: Question, after: str | None, limit: int) -> tuple[list[int], str | None]:
    """Return at most ``limit`` row numbers after the token, and the token for the next page."""
    start = _decode(after, question) if after else None
    rows: list[tuple[int, Any]] = []
    for empty in (False, True):
        if start is not None and start[0] and not empty:
            continue
        beyond = start if start is not None and start[0] == empty else None
        query = _ordered(connection, question, empty=empty)
        if query is None:
            continue
        if beyond is not None:
            query = query.where(_after(question, beyond, empty=empty))
        rows += [(row[0], (empty, row[1], row[0])) for row in connection.execute(query.limit(limit - len(rows)))]
        if len(rows) >= limit:
            break
    token = _encode(question.sort, rows[-1][1]) if rows and len(rows) >= limit else None
    return [rid for rid, _ in rows], token


def skeleton(connection: Connection, question: Question) -> array[int]:
    """Return all row numbers in order, 8 bytes each: 8 MB for a million rows."""
    rids = array("q")
    for empty in (False, True):
        query = _ordered(connection, question, empty=empty)
        if query is not None:
            rids.extend(row[0] for row in connection.execute(query))
    return rids


def _table(question: Question) -> Table:
    return KIND_TABLES[question.kind.name]


def _sorting(question: Question) -> tuple[str | None, bool]:
    name = question.sort.removeprefix("-")
    if not name:
        return None, True
    chosen = question.kind.field(name)
    if not chosen.sortable:
        raise UsageError("field.not_sortable", name=name)
    return sort_column(chosen), question.sort.startswith("-")


def _ordered(connection: Connection, question: Question, *, empty: bool) -> Select[Any] | None:
    table = _table(question)
    name, descending = _sorting(question)
    if name is None:
        if empty:
            return None
        return _narrowed(connection, question, select(table.c.rid, table.c.rid)).order_by(table.c.rid.desc())
    column = table.c[name]
    query = _narrowed(connection, question, select(table.c.rid, column))
    query = query.where(column.is_(None) if empty else column.is_not(None))
    order = [table.c.rid] if empty else [column, table.c.rid]
    return query.order_by(*(part.desc() if descending else part for part in order))


def _after(question: Question, start: tuple[bool, Any, int], *, empty: bool) -> ColumnElement[bool]:
    table = _table(question)
    name, descending = _sorting(question)
    if name is None or empty:
        return table.c.rid < start[2] if descending else table.c.rid > start[2]
    here = tuple_(table.c[name], table.c.rid)
    there = tuple_(*(start[1], start[2]))
    return here < there if descending else here > there


def _narrowed(connection: Connection, question: Question, query: Select[Any]) -> Select[Any]:
    table = _table(question)
    query = query.where(table.c.withdrawn.is_(question.withdrawn))
    if question.rids is not None:
        query = query.where(table.c.rid.in_(question.rids))
    for name, wanted in question.where.items():
        one = question.kind.field(name)
        values: Sequence[Any] = wanted if isinstance(wanted, tuple) else (wanted,)
        if one.is_set:
            holders = select(element.c.rid).where(element.c.field == one.number, element.c.value.in_(values))
            query = query.where(table.c.rid.in_(holders))
        elif values == (None,):
            query = query.where(table.c[name].is_(None))
        elif isinstance(one.type, Ref):
            rids = [rid_of(connection, parse_uid(str(value))) or -1 for value in values]
            query = query.where(table.c[name].in_(rids))
        else:
            query = query.where(table.c[name].in_([one.type.checked(value) for value in values]))
    return query


def _encode(sort: str, start: tuple[bool, Any, int]) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, *start]).encode()).decode().rstrip("=")


def _decode(token: str, question: Question) -> tuple[bool, Any, int]:
    """Read a token of this list; those of another order, and what is no token, raise `UsageError`."""
    try:
        padded = token + "=" * (-len(token) % 4)
        sort, empty, value, rid = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError("list.token") from error
    field = question.kind.by_name.get(question.sort.removeprefix("-"))
    if field is None:
        fits = not empty and type(value) is int
    else:
        fits = value is None if empty else value is not None and _column_holds(field, value)
    if sort != question.sort or type(rid) is not int or abs(rid) >= 1 << 63 or not fits:
        raise UsageError("list.token")
    return bool(empty), value, rid


def _column_holds(field: Field, value: object) -> bool:
    return isinstance(value, str) if needs_sort_key(field) else field.type.fits(value)
