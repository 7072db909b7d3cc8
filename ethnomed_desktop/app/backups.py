"""Backups as people meet them: made by hand, made by itself and thinned out, restored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ethnomed_desktop.app.attachment_check import let_go
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.app.vault import Program
from ethnomed_desktop.domain.clock import Clock, SystemClock, local_time
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.retention import kept_backups
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.store.backup import Backup, read_head, write_backup
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.restore import restore_backup

ENDING = ".emb"
DAILY = "em-"
"""How the names of those begin that the program makes once a day."""

__all__ = [
    "ENDING",
    "Backup",
    "automatic_backups",
    "back_up",
    "back_up_by_itself",
    "list_backups",
    "made_on",
    "restore",
    "write_now",
]


def back_up(ctx: AppContext, target: Path, progress: Progress = no_progress) -> Backup:
    """Write a verified backup; note it in the audit trail.

    Raises `NotAllowed` (``rights.act``), `StorageError`, `UserError`.
    """
    ctx.require(Act.BACK_UP)
    return write_now(ctx, target, progress)


def write_now(ctx: AppContext, target: Path, progress: Progress) -> Backup:
    """Write a verified backup and note it, whoever is at work: what the program does by itself."""
    vault = ctx.vault
    made = write_backup(
        vault.folder,
        vault.store.database,
        vault.keys,
        vault.unlocked,
        target,
        clock=ctx.clock,
        practice=ctx.practice,
        blobs=ctx.blobs,
        progress=progress,
    )
    vault.note(ctx.clock, "backup.made", {"bytes": made.size})
    return made


def back_up_by_itself(ctx: AppContext, progress: Progress = no_progress) -> Backup | None:
    """Make today's automatic backup if there is none yet, and thin out the old ones; None: not needed.

    The program does it, whoever closes it.

    Kept are the last 7 days, 4 weeks and 12 months (`domain.retention`).
    """
    if ctx.vault.store.database.is_postgresql:
        return None
    from ethnomed_desktop.app.erasure_sweep import sweep_quietly

    folder = ctx.vault.folder.backups
    moment = local_time(ctx.clock.now_ms())
    daily = [one for one in list_backups(folder) if one.path.name.startswith(DAILY)]
    if any(made_on(one) == moment.date() for one in daily):
        return None
    made = write_now(ctx, folder / f"{DAILY}{moment:%Y%m%d-%H%M%S}{ENDING}", progress)
    _thin_out(folder)
    if not ctx.reading_only:
        sweep_quietly(ctx)  # a stick that was away may be back
    let_go(ctx)  # after the copy: what goes now can still be had from it
    return made


def automatic_backups(ctx: AppContext) -> list[Backup]:
    """Return the automatic backups of the open vault, the newest first; reads only the heads of files."""
    return list_backups(ctx.vault.folder.backups)


def list_backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first; files that are none are left out."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        try:
            found.append(read_head(path))
        except EthnomedError:
            continue
    return sorted(found, key=lambda one: one.created_ms, reverse=True)


def made_on(one: Backup) -> date:
    """Return the day of a backup in Kazakhstan."""
    return local_time(one.created_ms).date()


def _thin_out(folder: Path) -> Sequence[Path]:
    """Remove automatic backups that are no longer kept; those of a person's own naming stay."""
    own = [one for one in list_backups(folder) if one.path.name.startswith(DAILY)]
    kept = kept_backups([made_on(one) for one in own])
    gone = [one.path for one, keep in zip(own, kept, strict=True) if not keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def restore(
    file: Path,
    root: Path,
    secret: str,
    *,
    program: Program,
    label: str | None = None,
    clock: Clock | None = None,
    minimum: KdfParameters = FLOOR,
    progress: Progress = no_progress,
) -> Path | None:
    """Put a backup in the place of the vault (which must be closed); return where the old one is kept.

    Raises `VaultError`, `UserError` (``backup.…``), `StorageError`; then nothing changed.
    """
    return restore_backup(
        file,
        root,
        secret,
        seeds(),
        clock=clock or SystemClock(),
        program=program,
        label=label,
        minimum=minimum,
        progress=progress,
    )
