"""Finding a record by what people call it: its number, where only one record has it."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, select

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.records import record_by_uid
from ethnomed_desktop.store.tables import KIND_TABLES, record


def find_record(ctx: AppContext, name: str, kind: str | None = None) -> bytes:
    """Return the uid of a record named by its identifier or by its number.

    ``kind`` narrows to one kind. Raises `UserError`: ``record.unknown``, ``record.other_kind``,
    ``record.number_shared`` (fact ``number``).
    """
    text = " ".join(name.split())
    with ctx.reading() as connection:
        uid = _uid(text)
        if uid is None:
            return _by_number(connection, text, kind)
        found = record_by_uid(connection, uid)
    if found is None:
        raise UserError("record.unknown")
    if kind is not None and found.kind.name != kind:
        raise UserError("record.other_kind", kind=kind, found=found.kind.name)
    return found.uid


def _uid(text: str) -> bytes | None:
    try:
        return uuid.UUID(text).bytes if len(text) >= 32 else None
    except ValueError:
        return None


def _by_number(connection: Connection, number: str, kind: str | None) -> bytes:
    found: list[bytes] = []
    for name in [kind] if kind is not None else KINDS:
        table = KIND_TABLES[name]
        query = select(record.c.uid).join(table, table.c.rid == record.c.rid).where(table.c.number == number)
        found += [bytes(uid) for uid in connection.execute(query.limit(2)).scalars()]
    if not found:
        raise UserError("record.unknown")
    if len(found) > 1:
        raise UserError("record.number_shared", number=number)
    return found[0]
