"""From the state of a record to its row: shown values, sort keys, set elements, words to find it by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ethnomed_desktop.domain.changes import split_key
from ethnomed_desktop.domain.fieldtypes import Ref, Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.merging import RecordState
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.domain.sorting import sort_key
from ethnomed_desktop.store.tables import needs_sort_key, sort_column


@dataclass(frozen=True)
class Columns:
    """The columns of a kind's table in the order rows are written."""

    names: tuple[str, ...]
    scalars: tuple[tuple[str, Field], ...]
    sets: dict[int, Field]
    sorted: tuple[Field, ...]
    titles: frozenset[str]


@cache
def columns_of(kind: Kind) -> Columns:
    """Return the layout of the kind's table; ``rid`` and ``withdrawn`` come first."""
    fields = kind.all_fields
    titles = {
        name.replace("*", language) for name in kind.title for language in ("kk", "ru", "en")
    } & kind.by_name.keys()
    return Columns(
        names=(
            "rid",
            "withdrawn",
            *(f.name for f in fields),
            *(sort_column(f) for f in fields if needs_sort_key(f)),
        ),
        scalars=tuple((str(f.number), f) for f in fields),
        sets={f.number: f for f in fields if f.is_set},
        sorted=tuple(f for f in fields if needs_sort_key(f)),
        titles=frozenset(titles),
    )


@dataclass
class Row:
    """What the tables hold about one record."""

    rid: int
    kind: Kind
    withdrawn: bool
    values: dict[str, Value]
    elements: dict[int, list[str]] = field(default_factory=dict)
    unknown: dict[str, Value] = field(default_factory=dict)

    def cells(self, rids: Mapping[str, int]) -> tuple[Any, ...]:
        """Return the row for the kind's table; ``rids`` resolves references."""
        layout = columns_of(self.kind)
        cells: list[Any] = [self.rid, self.withdrawn]
        for _, one in layout.scalars:
            value = self.values.get(one.name)
            if one.is_set:
                value = json.dumps(value, ensure_ascii=False) if value else None
            elif value is not None and isinstance(one.type, Ref):
                value = rids[str(value)]
            cells.append(value)
        for one in layout.sorted:
            text = self.values.get(one.name)
            cells.append(sort_key(str(text)) if text is not None else None)
        return tuple(cells)

    def references(self) -> list[tuple[str, str]]:
        """Return (uid text, kind name) of every record it refers to by a column."""
        return [
            (str(self.values[one.name]), one.type.kind)
            for _, one in columns_of(self.kind).scalars
            if isinstance(one.type, Ref) and self.values.get(one.name) is not None
        ]

    def words(self) -> tuple[str, str]:
        """Return the folded text to be found by: the title's, and that of all searchable fields."""
        titles = columns_of(self.kind).titles
        title: list[str] = []
        body: list[str] = []
        for one in self.kind.all_fields:
            value = self.values.get(one.name)
            if value is None or not (one.searchable or one.name == "number"):
                continue
            text = " ".join(value) if isinstance(value, list) else str(value)
            (title if one.name in titles or one.name == "number" else body).append(text)
        return fold(" ".join(title)), fold("\n".join(body))


def row_of(rid: int, state: RecordState, seed: Mapping[str, Any]) -> Row | None:
    """Return the row of a record, or None for a kind that this program does not know."""
    kind = KINDS_BY_NUMBER.get(state.kind)
    if kind is None:
        return None
    layout = columns_of(kind)
    row = Row(rid, kind, state.withdrawal is not None or state.erased, dict(seed))
    for key, writes in state.live.items():
        number, element = split_key(key)
        if number < 0:
            continue
        value = writes[0].value if len(writes) == 1 else state.shown(key)
        one = kind.by_number.get(number)
        if one is None or one.is_set != (element is not None):
            row.unknown[key] = value
        elif element is not None:
            row.elements.setdefault(number, []).append(element)
        else:
            row.values[one.name] = value
    for number, elements in row.elements.items():
        elements.sort()
        row.values[layout.sets[number].name] = elements
    return row
