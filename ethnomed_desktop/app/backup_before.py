"""A backup by itself before much comes in at once: a file of another computer, a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.app.backups import ENDING, Backup, list_backups, write_now
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store.queries.transactions import last_written_ms

NAMED = "before-import-"
KEPT = 3
SPARED_MS = 60 * 60 * 1000
"""Parts of one sending come one after the other: one backup before the first of them is enough."""


def back_up_before_import(ctx: AppContext, progress: Progress = no_progress) -> Backup | None:
    """Write a verified backup beside the daily ones unless all is in one already; the last `KEPT` stay.

    On the write lane, before taking in. None: not needed, a server's data, or the vault is damaged, which
    must not keep others' records out. Raises `StorageError`: then nothing should be taken in.
    """
    if ctx.vault.store.database.is_postgresql or ctx.reading_only:
        return None
    folder, now = ctx.vault.folder.backups, ctx.clock.now_ms()
    with ctx.reading() as connection:
        written = last_written_ms(connection)
    for one in list_backups(folder):
        is_own = one.vault == ctx.vault.keys.vault
        spared = one.path.name.startswith(NAMED) and now - one.created_ms < SPARED_MS
        if is_own and (one.created_ms > written or spared):
            return None
    try:
        made = write_now(ctx, folder / f"{NAMED}{local_time(now):%Y%m%d-%H%M%S}{ENDING}", progress)
    except (UserError, VaultError):
        return None
    _thin_out(folder)
    return made


def _thin_out(folder: Path) -> None:
    own = [one for one in list_backups(folder) if one.path.name.startswith(NAMED)]
    for one in own[KEPT:]:
        one.path.unlink(missing_ok=True)
