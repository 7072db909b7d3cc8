"""What is still to be done after an erasure: noted in its own transaction, so that nothing stops it for good."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_erasures import is_office, unnamed_lines
from ethnomed_desktop.app.exchange_identity import Standing
from ethnomed_desktop.domain.changes import Action, Dot
from ethnomed_desktop.domain.projection import pseudonym
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.erasing import erased_records, has_words, lines_held
from ethnomed_desktop.store.erasure_copies import forget_drafts
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.uow import UnitOfWork

_PENDING = "erasure_pending"


@dataclass(frozen=True)
class Marked:
    """Records that are erased now, and those erased before of which lines were named only now."""

    now: tuple[bytes, ...] = ()
    late: tuple[bytes, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.now or self.late)


def mark_erased(
    connection: Reading, uids: Collection[bytes], texts: Sequence[str] = (), lines: Collection[Dot] = ()
) -> Marked:
    """Note, before the records are erased, what is to be swept afterwards; drafts about them go at once.

    ``texts`` in a draft let it go too; ``lines`` are those that are named. Returns what is here and changes.
    """
    already = erased_records(connection, list(uids))
    late = [
        uid for uid in already if any(one.dot in lines and has_words(one) for one in lines_held(connection, uid))
    ]
    there = records_by(connection, "uid", [uid for uid in uids if uid not in already])
    if not (there or late):
        return Marked()
    contents = {
        str(one.values["sha256"]) for one in there if one.kind.name == "attachment" and "sha256" in one.values
    }
    forget_drafts(connection, [one.uid for one in there], texts)
    contents |= set(pending(connection) or ())
    schema.set_meta(connection, _PENDING, json.dumps(sorted(contents)))
    return Marked(tuple(one.uid for one in there), tuple(late))


def pending(connection: Reading) -> list[str] | None:
    """Return the contents (SHA-256 as text) that may have to go; None where nothing is left to be swept."""
    kept = schema.get_meta(connection, _PENDING)
    return [str(one) for one in json.loads(kept)] if kept else None


def nothing_pending(connection: Reading) -> None:
    """Note that all is swept."""
    schema.set_meta(connection, _PENDING, "")


def name_late_lines(ctx: AppContext, connection: Reading, uids: Iterable[bytes], own: Standing) -> int:
    """Let the office name lines of erased records that came late; returns how many records had any."""
    office = ctx.vault.store.office
    if not is_office(own.authority, own.me.replica, office.stream):
        return 0
    late = unnamed_lines(connection, uids)
    if late:
        work = UnitOfWork(connection, office, ctx.vault.author, ctx.clock, Action.ERASE)
        for uid, kind in late:
            work.erase(uid, kind, pseudonym(ctx.vault.pseudonym_key, uid))
        work.finish()
    return len(late)
