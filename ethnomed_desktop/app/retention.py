"""Records kept longer than was decided: what is due, and keeping one longer with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.records import revise
from ethnomed_desktop.app.titles import references_in, title_of, titles
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.erasing import Mode, not_erasable
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import numeric_date
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.store.queries import home
from ethnomed_desktop.store.queries.records import records_by

MOST = 200


@dataclass(frozen=True)
class Ended:
    """One record whose time has ended; ``until`` is the day decided, in words, ``day`` in ISO 8601."""

    uid: str
    kind: str
    about: str
    title: str
    until: str
    erasable: bool
    day: str


def ended(ctx: AppContext, catalog: Catalog, limit: int = MOST) -> list[Ended]:
    """Return what is due, the longest overdue first."""
    with ctx.reading() as connection:
        rids = home.pressing(connection, "kept_too_long", today(ctx.clock).isoformat())[:limit]
        found = records_by(connection, "rid", rids)
        named = titles(connection, references_in(found), catalog)
    never = not_erasable(Mode.ERASE)
    return [
        Ended(
            uid_text(one.uid),
            one.kind.name,
            kind_label(one.kind, catalog),
            title_of(one, catalog, named),
            numeric_date(date.fromisoformat(str(one.values["retention_until"]))),
            one.kind.name not in never,
            str(one.values["retention_until"]),
        )
        for one in found
        if one.values.get("retention_until")
    ]


def prolong(ctx: AppContext, uid: bytes, until: str, reason: str) -> Done[bool]:
    """Keep a record longer; reason and new day stand in its history.

    Raises `UserError` (``retention.no_reason``, ``retention.not_later``, ``date.…``).
    """
    words = " ".join(reason.split())
    if not words:
        raise UserError("retention.no_reason", field="retention_reason")
    if not until or until <= today(ctx.clock).isoformat():
        raise UserError("retention.not_later", field="retention_until")
    return revise(ctx, uid, {"retention_until": until, "retention_reason": words[:300]})
