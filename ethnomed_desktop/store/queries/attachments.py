"""Attached files as records name them: those of one record, those made here, those whose content is needed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, or_, select

from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.statements import CHUNK
from ethnomed_desktop.store.tables import KIND_TABLES, log, record, replica, waiting

ATTACHMENT = KIND_TABLES["attachment"]


def attachments_of(connection: Connection, uid: bytes) -> list[StoredRecord]:
    """Return the files of a record that are not in the trash, in the order they were attached."""
    query = select(ATTACHMENT.c.rid).where(ATTACHMENT.c.of == uid_text(uid), ATTACHMENT.c.withdrawn.is_(False))
    return records_by(connection, "rid", list(connection.execute(query.order_by(ATTACHMENT.c.rid)).scalars()))


def made_here(connection: Connection, uids: Sequence[bytes]) -> set[bytes]:
    """Return those of the records that this installation made: the content of such a file was here once."""
    found: set[bytes] = set()
    for start in range(0, len(uids), CHUNK):
        query = (
            select(record.c.uid)
            .join(log, log.c.lid == record.c.created_lid)
            .join(replica, replica.c.rep == log.c.rep)
            .where(replica.c.sign_seed.is_not(None), record.c.uid.in_(uids[start : start + CHUNK]))
        )
        found |= {bytes(uid) for uid in connection.execute(query).scalars()}
    return found


def expects_more(connection: Connection) -> bool:
    """Say whether lines wait here for earlier ones to come: they may name contents that nobody names yet."""
    return connection.execute(select(waiting.c.place).limit(1)).first() is not None


def named_contents(connection: Connection, trashed_after_ms: int | None = None) -> dict[str, list[bytes]]:
    """Return the records by the SHA-256 (as text) they name.

    With ``trashed_after_ms``, those that went into the trash before that instant are left out.
    """
    query = select(ATTACHMENT.c.sha256, record.c.uid).join(record, record.c.rid == ATTACHMENT.c.rid)
    if trashed_after_ms is not None:
        recent = and_(record.c.withdrawn.is_(True), record.c.changed_ms >= trashed_after_ms)
        query = query.where(or_(record.c.withdrawn.is_(False), recent))
    found: dict[str, list[bytes]] = {}
    for sha, uid in connection.execute(query.where(ATTACHMENT.c.sha256.is_not(None))):
        found.setdefault(str(sha), []).append(bytes(uid))
    return found
