"""Drafts: what is typed and not saved yet. A local table, not in the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from ethnomed_desktop.store.tables import draft


@dataclass(frozen=True)
class StoredDraft:
    """A draft as kept: ``body`` is JSON text, ``uid`` the record it is about when there is one already."""

    draft: bytes
    kind: str
    uid: bytes | None
    body: str
    changed_ms: int


def put_draft(connection: Connection, user: bytes, one: StoredDraft) -> None:
    """Keep the draft, replacing an earlier text of it."""
    connection.execute(draft.delete().where(draft.c.draft == one.draft))
    connection.execute(
        draft.insert().values(
            draft=one.draft, kind=one.kind, uid=one.uid, user=user, body=one.body, changed_ms=one.changed_ms
        )
    )


def drop_draft(connection: Connection, user: bytes, draft_id: bytes) -> None:
    """Forget a draft of this user."""
    connection.execute(draft.delete().where(draft.c.draft == draft_id, draft.c.user == user))


def drafts_of(connection: Connection, user: bytes, kind: str | None) -> list[StoredDraft]:
    """Return a user's drafts, the newest first."""
    query = select(draft).where(draft.c.user == user).order_by(draft.c.changed_ms.desc(), draft.c.draft.desc())
    if kind is not None:
        query = query.where(draft.c.kind == kind)
    return [
        StoredDraft(
            bytes(row.draft),
            row.kind,
            bytes(row.uid) if row.uid is not None else None,
            row.body,
            row.changed_ms,
        )
        for row in connection.execute(query)
    ]
