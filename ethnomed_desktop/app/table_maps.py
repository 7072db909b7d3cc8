"""Which column of a spreadsheet is which field: said by a person, or guessed from the headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.documents.table_reading import MOST_BYTES, Table, read_table
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.labels import field_label

LARGEST = MOST_BYTES
"""Bytes of a file that are looked at; a larger one is refused."""

_MAP_KEYS = {"columns", "always", "same", "sheet"}


@dataclass(frozen=True)
class TableMap:
    """How a table is read: which column is which field, what holds for every row, what tells rows apart.

    ``columns`` is None when headings are matched with the names of fields; ``same`` empty when all
    fields of the table together tell records apart.
    """

    columns: Mapping[str, str] | None = None
    always: Mapping[str, object] | None = None
    same: Sequence[str] = ()
    sheet: str | None = None

    @classmethod
    def from_json(cls, value: object) -> TableMap:
        """Read ``{"columns": {heading: field}, "always": {field: value}, "same": [field], "sheet": name}``.

        Raises `UserError` (``table.map_wrong``, fact ``name``: the part at fault).
        """
        if not isinstance(value, dict):
            raise UserError("table.map_wrong", name="{…}")
        for name in value.keys() - _MAP_KEYS:
            raise UserError("table.map_wrong", name=str(name)[:60])
        columns, always = value.get("columns"), value.get("always", {})
        same, sheet = value.get("same", []), value.get("sheet")
        if columns is not None and not _is_text_map(columns):
            raise UserError("table.map_wrong", name="columns")
        if not isinstance(always, dict):
            raise UserError("table.map_wrong", name="always")
        if not isinstance(same, list) or not all(isinstance(one, str) for one in same):
            raise UserError("table.map_wrong", name="same")
        if sheet is not None and not isinstance(sheet, str):
            raise UserError("table.map_wrong", name="sheet")
        return cls(columns, always, tuple(same), sheet)


@dataclass(frozen=True)
class TableLook:
    """The columns of a table: headings in order, the first value of each as text, the fields guessed."""

    headings: tuple[str, ...]
    examples: Mapping[str, str]
    guessed: Mapping[str, str]


TABLE_KINDS = ("person", "membership", "organisation", "place", "incident", "task")
"""Kinds that offices keep in spreadsheets; others are taken in too when they are named."""


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises `UserError`: ``input.not_found``, ``input.unreadable``, ``table.too_large``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UserError("input.not_found", path=str(path)[-200:]) from None
    except OSError:
        raise UserError("input.unreadable", path=str(path)[-200:]) from None
    if len(data) > LARGEST:
        raise UserError("table.too_large")
    return data


def look_at_table(data: bytes, kind_name: str, sheet: str | None = None) -> TableLook:
    """Return what columns a table has; raises `UserError` as `read_table`."""
    table = read_table(data, sheet)
    examples = {
        name: next((str(row.cells[place]) for row in table.rows if row.cells[place] is not None), "")
        for place, name in enumerate(table.headings)
        if name
    }
    guessed = {table.headings[place]: field.name for place, field in _guessed(kind_named(kind_name), table)}
    return TableLook(tuple(examples), examples, guessed)


def columns_of(kind: Kind, table: Table, plan: TableMap) -> list[tuple[int, Field]]:
    """Return which column is which field, by its place.

    Raises `UserError`: ``table.column_missing``, ``table.map_wrong`` (a field twice), ``table.nothing_fits``.
    """
    if plan.columns is None:
        found = _guessed(kind, table)
    else:
        places = {name: place for place, name in enumerate(table.headings)}
        for heading in plan.columns:
            if " ".join(heading.split()) not in places:
                raise UserError("table.column_missing", name=heading[:60], known=", ".join(table.headings)[:300])
        found = [(places[" ".join(one.split())], kind.field(name)) for one, name in plan.columns.items()]
    named = [field.name for _place, field in found]
    for name in named:
        if named.count(name) > 1:
            raise UserError("table.map_wrong", name=name)
    found = [(place, field) for place, field in found if field.page != 0]
    if not found:
        raise UserError("table.nothing_fits", known=", ".join(table.headings)[:300])
    return found


def _guessed(kind: Kind, table: Table) -> list[tuple[int, Field]]:
    """Match headings with names of fields in any language; a heading that two fields bear is left unused."""
    names: dict[str, set[str]] = {}
    for field in kind.all_fields:
        for words in (field.name, *(field_label(field, Catalog.load(one)) for one in LANGUAGES)):
            names.setdefault(fold(words), set()).add(field.name)
    found: dict[str, tuple[int, Field]] = {}
    for place, heading in enumerate(table.headings):
        meant = names.get(fold(heading), set())
        if len(meant) == 1:
            (name,) = meant
            found.setdefault(name, (place, kind.field(name)))
    return list(found.values())


def _is_text_map(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for pair in value.items() for one in pair)
