"""Drafts: what is typed and not saved yet. A local table, not in the log; every keeping is a commit of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.store.drafts import StoredDraft, drafts_of, drop_draft, put_draft


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
    kept = StoredDraft(one, kind, uid, json.dumps(body, ensure_ascii=True), ctx.clock.now_ms())
    with ctx.writing(None) as connection:
        put_draft(connection, ctx.user, kept)
    return one


def throw_draft_away(ctx: AppContext, draft_id: bytes) -> None:
    """Forget a draft; doing so twice is harmless."""
    with ctx.writing(None) as connection:
        drop_draft(connection, ctx.user, draft_id)


def list_drafts(ctx: AppContext, kind: str | None = None) -> list[Draft]:
    """Return this user's drafts, the newest first."""
    with ctx.reading() as connection:
        found = drafts_of(connection, ctx.user, kind)
    return [Draft(one.draft, one.kind, one.uid, json.loads(one.body), one.changed_ms) for one in found]
