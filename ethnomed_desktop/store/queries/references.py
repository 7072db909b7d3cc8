"""Which records refer to a record: asked field by field, as the registry declares them."""

from __future__ import annotations

from sqlalchemy import Connection

from ethnomed_desktop.domain.fieldtypes import AnyRef, Ref, Refs
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.store.queries.records import rid_of
from ethnomed_desktop.store.queries.veil import hidden_fields
from ethnomed_desktop.store.statements import run


def referring(connection: Connection, uid: bytes) -> dict[int, list[Field]]:
    """Return, by row number, the fields through which records (withdrawn ones too) name this record."""
    rid = rid_of(connection, uid)
    found: dict[int, list[Field]] = {}
    if rid is None:
        return found
    for kind in KINDS.values():
        hidden = hidden_fields(connection, kind)
        for field in kind.all_fields:
            asked = _asked(field, rid, uid) if field.name not in hidden else None
            if asked is None:
                continue
            condition, value = asked
            statement = f'SELECT rid FROM "{kind.name}" WHERE "{field.name}" {condition} ORDER BY rid'
            for row in run(connection, statement, (value,)):
                found.setdefault(row[0], []).append(field)
    return found


def _asked(field: Field, rid: int, uid: bytes) -> tuple[str, object] | None:
    match field.type:
        case Refs():
            return "LIKE ?", f'%"{uid_text(uid)}"%'
        case AnyRef():
            return "= ?", uid_text(uid)
        case Ref():
            return "= ?", rid
    return None
