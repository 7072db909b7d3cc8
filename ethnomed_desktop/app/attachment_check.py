"""Whether the contents of attached files are all here and whole, and letting go of those nobody needs."""

from __future__ import annotations

from secrets import token_hex

from ethnomed_desktop.app.attachments import sha_of
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.vault import Finding
from ethnomed_desktop.domain import attachments as files
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.store.blob_mending import Mended, mend
from ethnomed_desktop.store.queries.attachments import expects_more, made_here, named_contents
from ethnomed_desktop.store.queries.records import records_by

_DAY_MS = 24 * 60 * 60 * 1000
MOST_NAMED = 20
"""Names told of a finding; the count says the rest."""


def check_contents(ctx: AppContext, progress: Progress = no_progress) -> list[Finding]:
    """Read every piece of every content. Changes nothing, and never raises for what is damaged.

    Findings: ``contents`` (facts ``count``, ``waiting``: not come by exchange yet), ``contents_damaged``
    and ``contents_lost`` (facts ``count``, ``names``), ``contents_unreadable``.
    """
    long_ago = ctx.clock.now_ms() - files.TRASH_DAYS * _DAY_MS
    with ctx.vault.store.reading() as connection:  # all of them, whatever this user may see
        named = named_contents(connection, long_ago)
    wanted = {sha: uids for text, uids in named.items() if (sha := sha_of(text)) is not None}
    try:
        kept = ctx.blobs.kept()
        damaged = ctx.blobs.damaged(progress)
    except UserError:
        return [Finding("contents_unreadable", False, {"count": len(wanted)})]
    whole = {sha for sha, (size, _) in kept.items() if size is not None}
    absent = {sha: uids for sha, uids in wanted.items() if sha not in whole}
    with ctx.vault.store.reading() as connection:
        own = made_here(connection, [uid for uids in absent.values() for uid in uids])
    lost = {sha: uids for sha, uids in absent.items() if own.intersection(uids)}
    waiting = len(absent) - len(lost)
    findings = []
    for code, found in (
        ("contents_damaged", {sha: wanted.get(sha, []) for sha in damaged}),
        ("contents_lost", lost),
    ):
        if found:
            findings.append(Finding(code, False, {"count": len(found), "names": _names(ctx, found)}))
    if not findings:
        return [Finding("contents", True, {"count": len(wanted) - waiting, "waiting": waiting})]
    return findings


def _names(ctx: AppContext, found: dict[bytes, list[bytes]]) -> list[str]:
    uids = [uid for some in found.values() for uid in some[:1]]
    with ctx.reading() as connection:
        return [str(one.values.get("name")) for one in records_by(connection, "uid", uids[:MOST_NAMED])]


def mend_contents(ctx: AppContext) -> Mended:
    """Set a damaged file of contents aside and keep what can be read, so that backups can be made again.

    On the write lane. Raises `NotAllowed` (``rights.act``), `StorageError`; then nothing was changed.
    """
    ctx.require(Act.CHECK)
    ctx.require_writing()
    moment = local_time(ctx.clock.now_ms()).strftime("%Y%m%d-%H%M%S")
    done = mend(ctx.blobs, ctx.vault.folder.backups / f"damaged-files-{moment}-{token_hex(2)}.db")
    ctx.vault.note(ctx.clock, "attachment.mended", {"kept": done.kept, "lost": done.lost})
    return done


def let_go(ctx: AppContext) -> int:
    """Drop contents that nobody can ask for any more; returns how many.

    A content goes when every record that names it has been in the trash for 180 days, or when no record
    names it a week after it was kept. On the write lane, best after a backup.
    """
    if ctx.blobs.is_empty:
        return 0
    now = ctx.clock.now_ms()
    with ctx.vault.store.reading() as connection:  # all of them, whatever this user may see
        needed = set(named_contents(connection, now - files.TRASH_DAYS * _DAY_MS))
        ever = set(named_contents(connection))
        # A record may still be on its way: the file before it has not come.
        expected = expects_more(connection)
    gone = []
    for sha, (_size, added_ms) in ctx.blobs.kept().items():
        if expected and sha.hex() not in ever:
            continue
        patience = files.ORPHAN_DAYS if sha.hex() not in ever else 0
        if sha.hex() not in needed and added_ms <= now - patience * _DAY_MS:
            gone.append(sha)
    if gone:
        ctx.blobs.remove(gone)
        ctx.vault.note(ctx.clock, "attachment.let_go", {"count": len(gone)})
    return len(gone)
