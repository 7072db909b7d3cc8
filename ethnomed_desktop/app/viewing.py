"""Who looked at records that say who somebody is: noted once a session for each record.

The audit trail keeps the record's id and kind, never a word of it.
"""

from __future__ import annotations

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.domain.rights import OPEN_KINDS
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid


def note_view(ctx: AppContext, uid: bytes) -> bool:
    """Note that this user was shown the record, if it tells who somebody is; says whether it was noted.

    On the write lane. Fields that the user's role is not shown do not count: what was not seen is not noted.
    """
    if uid in ctx.viewed:
        return False
    with ctx.reading() as connection:
        found = record_by_uid(connection, uid)
    if found is None or not _tells_who(found):
        return False
    ctx.vault.note(ctx.clock, "record.viewed", {"record": uid_text(uid), "kind": found.kind.name})
    ctx.viewed.add(uid)
    return True


def _tells_who(record: StoredRecord) -> bool:
    if record.kind.name in OPEN_KINDS:
        return False
    values = record.values
    return any(
        field.level >= Level.IDENTITY and values.get(field.name) not in (None, [], "")
        for field in record.kind.all_fields
    )
