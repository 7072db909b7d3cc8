"""Seed records: facts every vault starts with, with identities that vaults made apart agree on.

The rows come from `resources/seeds` and are read elsewhere; nothing here touches a file. Seeds are
not logged; what a user changes in one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import Uid, seed_uid, uid_text
from ethnomed_desktop.domain.kinds import kind_named

Seed = tuple[Uid, dict[str, Value]]
"""Identity and values of one seed record; values are checked and never empty."""

Row = Mapping[str, object]

_PLACE_FIELD_OF_COLUMN = {"kind": "place_kind"}


def place_seeds(rows: Iterable[Row]) -> list[Seed]:
    """Return the places of territory.csv (header names as keys), parents before their parts.

    Raises `UserError` when a value is not one its field accepts.
    """
    return [(place_uid(str(row["kato"])), _place_values(row)) for row in rows]


def place_uid(kato: str) -> Uid:
    """Return the identity of the place with this KATO code; it is the same in every vault."""
    return seed_uid("place", kato)


def body_seeds(rows: Iterable[Row]) -> list[Seed]:
    """Return the bodies of bodies.json that exist as such; patterns are left out.

    Raises `UserError` when a value is not one its field accepts.
    """
    return [
        (seed_uid("organisation", str(row["code"])), _body_values(row)) for row in rows if not row.get("pattern")
    ]


def body_patterns(rows: Iterable[Row]) -> dict[str, dict[str, Value]]:
    """Return what a new council is filled in with, by the stable code of the pattern.

    A pattern is no record: the council that is made from it gets an identity of its own.
    """
    return {str(row["code"]): _body_values(row) for row in rows if row.get("pattern")}


def _place_values(row: Row) -> dict[str, Value]:
    raw = {_PLACE_FIELD_OF_COLUMN.get(column, column): cell for column, cell in row.items()}
    parent = str(raw.pop("parent_kato", "") or "")
    if parent:
        raw["parent"] = uid_text(place_uid(parent))
    return _checked("place", raw)


def _body_values(row: Row) -> dict[str, Value]:
    return _checked("organisation", {name: cell for name, cell in row.items() if name not in {"code", "pattern"}})


def _checked(kind_name: str, raw: Mapping[str, object]) -> dict[str, Value]:
    kind = kind_named(kind_name)
    values: dict[str, Value] = {}
    for name, cell in raw.items():
        if cell is None or cell == "":
            continue
        value = kind.field(name).type.checked(cell)
        if value is not None:
            values[name] = value
    return values
