"""The bodies whose papers are kept here, and the one a person works for now."""

from __future__ import annotations

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.councils import own_bodies
from ethnomed_desktop.store.queries.records import record_by_uid


def working_body(connection: Reading, user: bytes) -> str | None:
    """Return the uid (text) of the body the user works for now: the chosen one, else the first own one."""
    chosen = schema.get_meta(connection, f"working_body:{user.hex()}")
    bodies = [uid_text(body.uid) for body in own_bodies(connection)]
    if chosen in bodies:
        return chosen
    return bodies[0] if bodies else None


def work_for(ctx: AppContext, body: bytes) -> None:
    """Choose the body that new records belong to; a setting of this computer, so not in the log.

    Raises `UserError` (``reference.unknown``) for a body that is not ours.
    """
    with ctx.writing(None) as connection:
        found = record_by_uid(connection, body)
        if found is None or not found.values.get("is_ours"):
            raise UserError("reference.unknown", field="organisation", kind="organisation")
        schema.set_meta(connection, f"working_body:{ctx.user.hex()}", uid_text(body))


__all__ = ["own_bodies", "work_for", "working_body"]
