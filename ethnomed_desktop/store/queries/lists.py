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
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ethnomed_desktop.domain.compact_json import compact
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.fieldtypes import Ref
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.store.queries.records import rid_of
from ethnomed_desktop.store.statements import run
from ethnomed_desktop.store.tables import needs_sort_key, sort_column

_ENCODED = compact()


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
    narrowing, values = _narrowed(connection, question)
    found = run(connection, f'SELECT count(*) FROM "{question.kind.name}" WHERE {narrowing}', values)
    return int(found.fetchone()[0])


def page(connection: Connection, question: Question, after: str | None, limit: int) -> tuple[list[int], str | None]:
    """Return at most ``limit`` row numbers after the token, and the token for the next page."""
    start = _decode(after, question) if after else None
    narrowing, values = _narrowed(connection, question)
    order = _order_of(question)
    rids: list[int] = []
    for empty in order.parts:
        bounds: tuple[Any, ...] = ()
        if start is not None and start[0] is not empty:
            if start[0]:
                continue
        elif start is not None:
            bounds = start[2:] if order.column is None or empty else start[1:]
        statement = _statement(order, narrowing, empty=empty, beyond=bool(bounds), limited=True)
        rows = run(connection, statement, (*values, *bounds, limit - len(rids))).fetchall()
        rids += [row[0] for row in rows]
        if rows and len(rids) >= limit:
            rid, value = rows[-1]
            return rids, _encode(question.sort, (empty, value, rid))
    return rids, None


def skeleton(connection: Connection, question: Question) -> array[int]:
    """Return all row numbers in order, 8 bytes each: 8 MB for a million rows."""
    rids = array("q")
    narrowing, values = _narrowed(connection, question)
    order = _order_of(question)
    for empty in order.parts:
        statement = _statement(order, narrowing, empty=empty, beyond=False, limited=False)
        rids.extend(row[0] for row in run(connection, statement, values))
    return rids


class _Order(NamedTuple):
    """How a list runs; without a column, by age."""

    table: str
    column: str | None
    descending: bool

    @property
    def parts(self) -> tuple[bool, ...]:
        """The parts of the list in turn, each by whether the column is empty there."""
        return (False,) if self.column is None else (False, True)


def _order_of(question: Question) -> _Order:
    name = question.sort.removeprefix("-")
    if not name:
        return _Order(question.kind.name, None, descending=True)
    chosen = question.kind.field(name)
    if not chosen.sortable:
        raise UsageError("field.not_sortable", name=name)
    return _Order(question.kind.name, sort_column(chosen), question.sort.startswith("-"))


@lru_cache(maxsize=256)
def _statement(order: _Order, narrowing: str, *, empty: bool, beyond: bool, limited: bool) -> str:
    """Return the query for (row number, value sorted by) of one part of a list.

    Values come in the order: those of ``narrowing``, then where the part begins, then how many rows.
    """
    turn, sign = ("DESC", "<") if order.descending else ("ASC", ">")
    shown, conditions, keys, marks = "rid", narrowing, "rid", "?"
    if order.column is not None:
        shown = f'"{order.column}"'
        conditions += f" AND {shown} IS {'NULL' if empty else 'NOT NULL'}"
        if not empty:
            keys, marks = f"{shown}, rid", "?, ?"
    if beyond:
        conditions += f" AND ({keys}) {sign} ({marks})"
    turns = ", ".join(f"{key} {turn}" for key in keys.split(", "))
    limit = " LIMIT ?" if limited else ""
    return f'SELECT rid, {shown} FROM "{order.table}" WHERE {conditions} ORDER BY {turns}{limit}'


def _narrowed(connection: Connection, question: Question) -> tuple[str, list[Any]]:
    """Return the conditions that all rows of the list meet, and their values."""
    conditions = ["withdrawn = ?"]
    values: list[Any] = [question.withdrawn]
    if question.rids is not None:
        conditions.append(_any_of("rid", question.rids))
        values += question.rids
    for name, wanted in question.where.items():
        condition, some = _holding(connection, question.kind.field(name), wanted)
        conditions.append(condition)
        values += some
    return " AND ".join(conditions), values


def _holding(connection: Connection, one: Field, wanted: object) -> tuple[str, list[Any]]:
    """Return the condition that the field holds one of the wanted values, and what they are in the table."""
    column = f'"{one.name}"'
    wanted_values: Sequence[Any] = wanted if isinstance(wanted, tuple) else (wanted,)
    if one.is_set:
        elements = [None if value is None else str(value) for value in wanted_values]
        holders = f"SELECT rid FROM element WHERE field = ? AND {_any_of('value', elements)}"
        return f"rid IN ({holders})", [one.number, *elements]
    if wanted_values == (None,):
        return f"{column} IS NULL", []
    if isinstance(one.type, Ref):
        values: list[Any] = [rid_of(connection, parse_uid(str(value))) or -1 for value in wanted_values]
    else:
        values = [one.type.checked(value) for value in wanted_values]
    return _any_of(column, values), values


def _any_of(column: str, values: Sequence[Any]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})" if values else "1 = 0"


def _encode(sort: str, start: tuple[bool, Any, int]) -> str:
    return base64.urlsafe_b64encode(_ENCODED([sort, *start]).encode()).decode().rstrip("=")


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
