"""Reading the audit trail, and looking whether it was altered."""

from __future__ import annotations

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.vault_commands import findings_answer
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.i18n.current import _

MOST = 1000


def listing(session: Session, given: Given) -> Answer:
    """List entries, the newest first."""
    from ethnomed_desktop.app import audit

    limit = given.whole("limit", low=1, high=MOST, default=50)
    assert limit is not None
    before = given.whole("before", low=1, high=2**62)
    found = audit.page(session.council(), session.catalog, before=before, limit=limit)
    value = {
        "entries": [
            {
                "number": one.number,
                "at": local_time(one.at_ms).isoformat(timespec="seconds"),
                "who": one.who or None,
                "action": one.code,
                "words": one.what,
                "alarming": one.alarming,
                "details": dict(one.details),
            }
            for one in found
        ],
        "before": found[-1].number if len(found) == limit and found[-1].number > 1 else None,
    }
    rows = [
        [str(one.number), f"{local_time(one.at_ms):%d.%m.%Y %H:%M}", one.what, one.who or _("nobody")]
        for one in found
    ]
    return Answer(value, table(rows))


def verify(session: Session, given: Given) -> Answer:
    """Look whether the audit trail is what was written."""
    from ethnomed_desktop.app import audit

    return findings_answer(session, audit.verify(session.council()))
