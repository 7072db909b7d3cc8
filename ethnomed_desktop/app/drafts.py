"""Drafts: what is typed and not saved yet. A local table, not in the log; every keeping is a commit of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.store.tables import draft


@dataclass(frozen=True)
class Draft:
    """A form as it was typed: raw values by field, whatever their state, and where the cursor was."""

    draft: bytes
    kind: str
    uid: bytes | None
    body: Mapping[str, Any]
    changed_ms: int


def keep_draft(
    ctx: AppContext,
    kind: str,
    body: Mapping[str, Any],
    *,
    draft_id: bytes | None = None,
    uid: bytes | None = None,
) -> bytes:
    """Keep the form's text, replacing what was kept under ``draft_id``; returns the draft's id.

    Lone surrogates and the like are kept as they are: a draft refuses nothing.
    """
    one = draft_id or bytes(new_uid(ctx.clock.now_ms()))
    text = json.dumps(body, ensure_ascii=True)
    with ctx.vault.store.database.writing() as connection:
        connection.execute(draft.delete().where(draft.c.draft == one))
        connection.execute(
            draft.insert().values(
                draft=one, kind=kind, uid=uid, user=ctx.user, body=text, changed_ms=ctx.clock.now_ms()
            )
        )
    return one


def throw_draft_away(ctx: AppContext, draft_id: bytes) -> None:
    """Forget a draft; doing so twice is harmless."""
    with ctx.vault.store.database.writing() as connection:
        connection.execute(draft.delete().where(draft.c.draft == draft_id, draft.c.user == ctx.user))


def list_drafts(ctx: AppContext, kind: str | None = None) -> list[Draft]:
    """Return this user's drafts, the newest first."""
    query = select(draft).where(draft.c.user == ctx.user).order_by(draft.c.changed_ms.desc())
    if kind is not None:
        query = query.where(draft.c.kind == kind)
    with ctx.reading() as connection:
        return [
            Draft(
                bytes(row.draft),
                row.kind,
                bytes(row.uid) if row.uid is not None else None,
                json.loads(row.body),
                row.changed_ms,
            )
            for row in connection.execute(query)
        ]
