"""What a person had in hand lately: opened or changed, the newest first. Opening is remembered on this computer."""

from __future__ import annotations

import json

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Reading

MOST = 15


def note_opened(ctx: AppContext, uid: str) -> None:
    """Remember that the user opened a record (UUID text) now; no change of it, so not in the log.

    Not where a newer program's records are only read.
    """
    if ctx.reading_only:
        return
    with ctx.writing(None) as connection:
        others = [one for one in opened_by(connection, ctx.user).items() if one[0] != uid]
        kept = [(uid, ctx.clock.now_ms()), *sorted(others, key=lambda one: -one[1])][:MOST]
        schema.set_meta(connection, _name(ctx.user), json.dumps(kept))


def opened_by(connection: Reading, user: bytes) -> dict[str, int]:
    """Return when the user opened records last, in Unix milliseconds by UUID text."""
    kept = schema.get_meta(connection, _name(user))
    return {str(uid): int(at_ms) for uid, at_ms in json.loads(kept)} if kept else {}


def _name(user: bytes) -> str:
    return f"opened:{user.hex()}"
