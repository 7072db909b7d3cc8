"""Memberships on the cards of people and bodies: who serves now, who served."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.memberships import is_former
from ethnomed_desktop.store.queries.records import records_by


def ended(ctx: AppContext, uids: Sequence[bytes]) -> set[bytes]:
    """Return those of the memberships that ended before today."""
    day = today(ctx.clock)
    with ctx.reading() as connection:
        return {one.uid for one in records_by(connection, "uid", list(uids)) if is_former(one.values, day)}
