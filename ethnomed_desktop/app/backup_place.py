"""A second place for the automatic backups: a stick or a folder that the person chose."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.app.backups import DAILY, Backup, automatic_backups
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.safe_files import read_limited, write_atomically

_NAME = "backup_place"
_LARGEST = 1 << 33


def backup_place(ctx: AppContext) -> Path | None:
    """Return the folder that automatic backups are copied to, reachable now or not."""
    with ctx.reading() as connection:
        kept = schema.get_meta(connection, _NAME)
    return Path(kept) if kept else None


def choose_backup_place(ctx: AppContext, folder: Path | None) -> None:
    """Copy automatic backups there from now on; None: nowhere. Raises `StorageError` for no folder."""
    if folder is not None and not folder.is_dir():
        raise StorageError("storage.failed", path=folder.name)
    with ctx.writing(None) as connection:
        schema.set_meta(connection, _NAME, str(folder) if folder is not None else "")


def copy_to_place(ctx: AppContext) -> Backup | None:
    """Copy the newest daily backup to the chosen place if it is not there yet.

    None: no place, the stick is not in, or the copy is there. Raises `StorageError`; half a file never
    stands under the final name.
    """
    place = backup_place(ctx)
    made = [one for one in automatic_backups(ctx) if one.path.name.startswith(DAILY)]
    if place is None or not made or not place.is_dir():
        return None
    target = place / made[0].path.name
    if target.exists():
        return None
    content = read_limited(made[0].path, _LARGEST)
    write_atomically(target, content)
    if read_limited(target, _LARGEST) != content:  # a stick that lies: better no copy than a broken one
        target.unlink(missing_ok=True)
        raise StorageError("backup.unsound")
    return made[0]
