"""What was typed in the window and is not saved yet."""

from __future__ import annotations

from ethnomed_desktop.cli.arguments import Command, Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.shown import moment_json, moment_text
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import labels
from ethnomed_desktop.i18n.current import _


def drafts(session: Session, given: Given) -> Answer:
    """List this user's drafts, the newest first: of what, and when they were typed."""
    from ethnomed_desktop.app.drafts import list_drafts

    kept = list_drafts(session.council())
    value = [
        {
            "draft": one.draft.hex(),
            "kind": one.kind,
            "id": uid_text(one.uid) if one.uid else None,
            "changed": moment_json(one.changed_ms),
            "fields": len(one.body),
        }
        for one in kept
    ]
    rows = [[_kind(session, one.kind), moment_text(one.changed_ms, session.language)] for one in kept]
    return Answer(value, table(rows) or _("There are no drafts"))


def _kind(session: Session, name: str) -> str:
    kind = KINDS.get(name)
    return labels.kind_label(kind, session.catalog) if kind is not None else name


DRAFTS = (Command(("record", "drafts"), N_("List what was typed in the window and is not saved yet"), drafts),)
