"""From the state of a record to its row: shown values, sort keys, set elements, words to find it by."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from ethnomed_desktop.domain.changes import split_key
from ethnomed_desktop.domain.fieldtypes import Ref, Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.merging import RecordState
from ethnomed_desktop.domain.registry import Kind, Level
from ethnomed_desktop.domain.sorting import sort_key
from ethnomed_desktop.store.tables import needs_sort_key, sort_column

_JSON = json.JSONEncoder(ensure_ascii=False).encode
_split = lru_cache(maxsize=4096)(split_key)
"""Sets hold codes over and over."""


@dataclass(frozen=True)
class Layout:
    """What is fixed about the rows of a kind, worked out once so that a row costs only the values it has."""

    names: tuple[str, ...]
    """The columns in the order rows are written; ``rid`` and ``withdrawn`` come first."""

    places: dict[str, int]
    """Where each field stands among them."""

    sort_places: dict[str, int]
    """Where the sort key of a field stands, for fields that have one."""

    scalars: dict[str, tuple[str, Callable[[object], bool]]]
    """Names of the fields that are no sets, by key, and whether the column can hold a value."""

    sets: dict[int, str]
    """Names of the sets, by number."""

    references: dict[str, str]
    """Kinds referred to, by field that refers by a column."""

    levels: dict[int, int]
    """Levels of the fields, by number."""

    searched: tuple[tuple[str, bool], ...]
    """Fields to be found by, in order, and whether they weigh as a title."""


@lru_cache(maxsize=4096)
def _set_text(elements: tuple[str, ...]) -> str:
    return _JSON(elements)


@cache
def layout_of(kind: Kind) -> Layout:
    """Return the layout of the kind's table."""
    fields = kind.all_fields
    titles = {name.replace("*", language) for name in kind.title for language in ("kk", "ru", "en")}
    sort_keys = [one for one in fields if needs_sort_key(one)]
    names = ("rid", "withdrawn", *(one.name for one in fields), *(sort_column(one) for one in sort_keys))
    return Layout(
        names=names,
        places={one.name: names.index(one.name) for one in fields},
        sort_places={one.name: names.index(sort_column(one)) for one in sort_keys},
        scalars={str(one.number): (one.name, one.type.fits) for one in fields if not one.is_set},
        sets={one.number: one.name for one in fields if one.is_set},
        references={one.name: one.type.kind for one in fields if isinstance(one.type, Ref)},
        levels={one.number: one.level for one in fields},
        searched=tuple(
            (one.name, one.name in titles or one.name == "number")
            for one in fields
            if one.searchable or one.name == "number"
        ),
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

    def cells(self, rids: Mapping[str, int]) -> list[Any]:
        """Return the row for the kind's table; ``rids`` resolves references."""
        layout = layout_of(self.kind)
        cells: list[Any] = [None] * len(layout.names)
        cells[0], cells[1] = self.rid, self.withdrawn
        for name, value in self.values.items():
            if isinstance(value, list):
                cells[layout.places[name]] = _set_text(tuple(value)) if value else None
            elif value is not None:
                cells[layout.places[name]] = rids[str(value)] if name in layout.references else value
                if name in layout.sort_places:
                    cells[layout.sort_places[name]] = sort_key(str(value))
        return cells

    def references(self) -> list[tuple[str, str]]:
        """Return (uid text, kind name) of every record it refers to by a column."""
        return [
            (str(self.values[name]), kind)
            for name, kind in layout_of(self.kind).references.items()
            if self.values.get(name) is not None
        ]

    def words(self) -> tuple[str, str]:
        """Return the folded text to be found by: the title's, and that of all searchable fields."""
        title: list[str] = []
        body: list[str] = []
        for name, in_title in layout_of(self.kind).searched:
            value = self.values.get(name)
            if value is not None:
                text = " ".join(value) if isinstance(value, list) else str(value)
                (title if in_title else body).append(text)
        return fold(" ".join(title)), fold("\n".join(body))


def row_of(rid: int, state: RecordState, seed: Mapping[str, Any], ceiling: int = Level.IDENTITY) -> Row | None:
    """Return the row of a record, or None for a kind that this program does not know.

    Values above ``ceiling`` stay among what is unknown: they came when nobody here could say their level.
    """
    kind = KINDS_BY_NUMBER.get(state.kind)
    if kind is None:
        return None
    layout = layout_of(kind)
    row = Row(rid, kind, state.withdrawal is not None or state.erased, dict(seed))
    for key, value in state.all_shown().items():
        if ceiling < Level.IDENTITY and layout.levels.get(_split(key)[0], 0) > ceiling:
            row.unknown[key] = value
            continue
        scalar = layout.scalars.get(key)
        if scalar is not None and scalar[1](value):
            row.values[scalar[0]] = value
            continue
        number, element = _split(key)
        if element is not None and number in layout.sets and "\0" not in element:
            row.elements.setdefault(number, []).append(element)
        elif number >= 0:
            row.unknown[key] = value
    for number, elements in row.elements.items():
        elements.sort()
        row.values[layout.sets[number]] = elements
    return row
