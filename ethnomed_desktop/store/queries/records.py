"""One record, or some, as they are shown: values by field name, references as uids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ethnomed_desktop.domain.fieldtypes import Ref, Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS, KINDS_BY_NUMBER
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store.queries.veil import hidden_fields, is_veiled
from ethnomed_desktop.store.statements import run, select_in


class _Layout(NamedTuple):
    """What is fixed about reading a kind's rows, worked out once."""

    names: tuple[str, ...]
    query: str
    references: tuple[str, ...]
    sets: tuple[str, ...]
    flags: tuple[str, ...]


@lru_cache(maxsize=512)
def _layout_of(kind: Kind, hidden: frozenset[str]) -> _Layout:
    fields = [one for one in kind.all_fields if one.name not in hidden]
    listed = ", ".join(["rid", *(f'"{one.name}"' for one in fields)])
    return _Layout(
        names=tuple(one.name for one in fields),
        query=f'SELECT {listed} FROM "{kind.name}" WHERE rid',
        references=tuple(one.name for one in fields if isinstance(one.type, Ref)),
        sets=tuple(one.name for one in fields if one.is_set),
        flags=tuple(one.name for one in fields if one.type.column == "boolean"),
    )


@dataclass(frozen=True)
class StoredRecord:
    """A record as the tables hold it. ``revision`` changes whenever anything about it does."""

    rid: int
    uid: bytes
    kind: Kind
    values: Mapping[str, Value]
    revision: str
    created_ms: int | None
    changed_ms: int | None
    withdrawn: bool
    conflicts: tuple[str, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)


def record_by_uid(connection: Connection, uid: bytes) -> StoredRecord | None:
    """Return the record, or None when there is none (a mere stub counts as none)."""
    found = records_by(connection, "uid", [uid])
    return found[0] if found else None


def records_by(connection: Connection, key: str, keys: Sequence[Any]) -> list[StoredRecord]:
    """Return the records whose ``uid`` or ``rid`` is one of ``keys``, in the order of ``keys``."""
    columns = "rid, uid, kind, created_ms, changed_ms, withdrawn, conflicts, unknown, state, seed"
    heads = list(select_in(connection, f"SELECT {columns} FROM record WHERE {key}", list(keys)))
    values: dict[int, dict[str, Value]] = {}
    by_kind: dict[int, list[int]] = {}
    for head in heads:
        by_kind.setdefault(head[2], []).append(head[0])
    for number, rids in by_kind.items():
        if number in KINDS_BY_NUMBER:
            values.update(values_of(connection, KINDS_BY_NUMBER[number], rids))
    made = {}
    veiled = is_veiled(connection)
    for head in heads:
        if head[0] in values:
            stored = _stored(head, values[head[0]], veiled=veiled)
            made[stored.uid if key == "uid" else stored.rid] = stored
    return [made[bytes(one) if key == "uid" else one] for one in keys if one in made]


def _stored(head: tuple[Any, ...], values: dict[str, Value], *, veiled: bool = False) -> StoredRecord:
    rid, uid, kind, created_ms, changed_ms, withdrawn, conflicts, unknown, state, _seed = head
    return StoredRecord(
        rid,
        bytes(uid),
        KINDS_BY_NUMBER[kind],
        values,
        bytes(state)[:8].hex() if state is not None else "0" * 16,
        created_ms,
        changed_ms,
        bool(withdrawn),
        tuple(json.loads(conflicts)) if conflicts else (),
        json.loads(unknown) if unknown and not veiled else {},
    )


def values_of(connection: Connection, kind: Kind, rids: Sequence[int]) -> dict[int, dict[str, Value]]:
    """Return the values that are set, by field name and row number."""
    layout = _layout_of(kind, hidden_fields(connection, kind))
    rows = select_in(connection, layout.query, list(rids))
    made: dict[int, dict[str, Value]] = {
        row[0]: {name: cell for name, cell in zip(layout.names, row[1:], strict=True) if cell is not None}
        for row in rows
    }
    records = list(made.values())
    _name_references(connection, layout, records)
    for values in records:
        for name in layout.sets:
            if name in values:
                values[name] = json.loads(str(values[name]))
        for name in layout.flags:
            if name in values:
                values[name] = bool(values[name])
    return made


def _name_references(connection: Connection, layout: _Layout, records: Sequence[dict[str, Any]]) -> None:
    """Put uids in the place of row numbers."""
    held = [(values, name) for values in records for name in layout.references if name in values]
    wanted = {values[name] for values, name in held}
    found = select_in(connection, "SELECT rid, uid FROM record WHERE rid", list(wanted))
    uids = {rid: uid_text(uid) for rid, uid in found}
    for values, name in held:
        values[name] = uids[values[name]]


def children_of(connection: Connection, kind: Kind, parent_rid: int) -> list[StoredRecord]:
    """Return the parts of a record that are not withdrawn, in their order."""
    assert kind.parent is not None
    order = f'"{kind.order.lstrip("-")}", rid' if kind.order else "rid"
    statement = f'SELECT rid FROM "{kind.name}" WHERE "{kind.parent}" = ? AND withdrawn = ? ORDER BY {order}'
    return records_by(connection, "rid", [row[0] for row in run(connection, statement, (parent_rid, False))])


def rid_of(connection: Connection, uid: bytes, kind: str | None = None) -> int | None:
    """Return the row number of a record; None when it is unknown or of another kind."""
    row = run(connection, "SELECT rid, kind FROM record WHERE uid = ?", (uid,)).fetchone()
    if row is None or (kind is not None and row[1] != KINDS[kind].number):
        return None
    return int(row[0])


def rids_of_kind(connection: Connection, kind: Kind) -> list[int]:
    """Return the row numbers of all records of a kind, withdrawn ones too, in the order they came."""
    return [row[0] for row in run(connection, f'SELECT rid FROM "{kind.name}" ORDER BY rid', ())]
