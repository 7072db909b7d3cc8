"""One record, or some, as they are shown: values by field name, references as uids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from ethnomed_desktop.domain.fieldtypes import Ref, Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS, KINDS_BY_NUMBER
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store.statements import run, select_in


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
    for head in heads:
        if head[0] in values:
            stored = _stored(head, values[head[0]])
            made[stored.uid if key == "uid" else stored.rid] = stored
    return [made[bytes(one) if key == "uid" else one] for one in keys if one in made]


def _stored(head: tuple[Any, ...], values: dict[str, Value]) -> StoredRecord:
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
        json.loads(unknown) if unknown else {},
    )


def values_of(connection: Connection, kind: Kind, rids: Sequence[int]) -> dict[int, dict[str, Value]]:
    """Return the values that are set, by field name and row number."""
    names = [one.name for one in kind.all_fields]
    listed = ", ".join(f'"{name}"' for name in names)
    rows = list(select_in(connection, f'SELECT rid, {listed} FROM "{kind.name}" WHERE rid', list(rids)))
    references = {one.name for one in kind.all_fields if isinstance(one.type, Ref)}
    sets = {one.name for one in kind.all_fields if one.is_set}
    flags = {one.name for one in kind.all_fields if one.type.column == "boolean"}
    uids = _uids(connection, kind, names, references, rows)
    made: dict[int, dict[str, Value]] = {}
    for row in rows:
        values: dict[str, Value] = {}
        for name, cell in zip(names, row[1:], strict=True):
            if cell is None:
                continue
            if name in references:
                values[name] = uids[cell]
            elif name in sets:
                values[name] = json.loads(cell)
            else:
                values[name] = bool(cell) if name in flags else cell
        made[row[0]] = values
    return made


def _uids(
    connection: Connection, kind: Kind, names: list[str], references: set[str], rows: list[tuple[Any, ...]]
) -> dict[int, str]:
    places = [index for index, name in enumerate(names, start=1) if name in references]
    wanted = list({row[index] for row in rows for index in places if row[index] is not None})
    found = select_in(connection, "SELECT rid, uid FROM record WHERE rid", wanted)
    return {rid: uid_text(bytes(uid)) for rid, uid in found}


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
