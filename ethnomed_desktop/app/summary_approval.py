"""Texts that go up once a person has approved them, changed afterwards: they stay here until approved again.

A copy above that rested on the earlier text loses it with the next file, so nothing stale stands there; whoever
sends is told, and approves with one press what stands there now.
"""

from __future__ import annotations

from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.exchange_sources import is_approved
from ethnomed_desktop.app.titles import title_of, titles
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store import outgoing
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.states import load_states
from ethnomed_desktop.store.store import Written


@dataclass(frozen=True)
class Stale:
    """A record whose text was changed after its approval: the text as it stands, who had approved it."""

    uid: bytes
    title: str
    text: str
    approved_by: str


def stale_uids(connection: Reading) -> list[bytes]:
    """Return the records with a text that was changed after its approval."""
    found: dict[bytes, None] = {}
    for kind in KINDS.values():
        for text, approval in kind.approvals.items():
            uids = outgoing.with_approved_text(connection, kind.name, text, approval)
            states = load_states(connection, uids, LogReader(connection))
            keys = kind.field(text).key, kind.field(approval).key
            found |= dict.fromkeys(uid for uid in uids if uid in states and not is_approved(states[uid], *keys))
    return list(found)


def stale(ctx: AppContext, catalog: Catalog, only: bytes | None = None) -> list[Stale]:
    """Return them with their texts; with ``only`` that record alone, if it is one of them."""
    with ctx.reading() as connection:
        uids = [uid for uid in stale_uids(connection) if only in {None, uid}]
        found = records_by(connection, "uid", uids)
        people = {one for record in found for one in _approvers(record)}
        named = titles(connection, people, catalog)
        return [
            Stale(
                one.uid,
                title_of(one, catalog, named),
                "\n\n".join(str(one.values.get(text) or "") for text in one.kind.approvals),
                ", ".join(named[who] for who in sorted(_approvers(one)) if who in named),
            )
            for one in found
        ]


def _approvers(record: StoredRecord) -> set[str]:
    return {str(record.values[by]) for by in record.kind.approvals.values() if record.values.get(by)}


def approve_again(ctx: AppContext, uid: bytes) -> Done[None]:
    """Let the same person's approval stand for the text as it is now; the caller has shown it.

    Raises `UserError` (``summary.not_stale``), `NotAllowed` (``rights.act``).
    """
    with ctx.reading() as connection:
        if uid not in stale_uids(connection):
            raise UserError("summary.not_stale")
        (record,) = records_by(connection, "uid", [uid])
    written = Written()
    with ctx.unit_of_work(Action.REVISE, written) as work:
        known = work.state(uid)
        keys = {record.kind.field(by).key for by in record.kind.approvals.values()}
        work.write_keys(known, {key: known.state.shown(key) for key in keys if key in known.state.live})
    return Done(None, committed(written))
