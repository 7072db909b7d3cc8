"""The files of a change of the vault's key: put in place once a marker says that they count, else taken away."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.store.last_seen import forget, seen_file
from ethnomed_desktop.store.safe_files import storage_error, sync_folder

READY = "rekey.ready"
"""Stands in the folder while the new files are put in place; without it they count nothing."""

COMING = ".rekeyed"
"""Ends the names of the new files."""

DATABASES = ("store.db", "blobs.db")
_SIDE_FILES = ("-wal", "-shm", "-journal")


def finish_rekey(root: Path) -> bool:
    """Finish a change of the key that was stopped, or take away what it left; only with the lock held.

    Says whether new files were put in place. Doing so twice is harmless.
    """
    if not (root / READY).exists():
        discard(root)
        return False
    try:
        for name in DATABASES:
            if (root / f"{name}{COMING}").exists():
                for side in _SIDE_FILES:  # of the old file, folded into it before it was copied
                    (root / f"{name}{side}").unlink(missing_ok=True)
                (root / f"{name}{COMING}").replace(root / name)
        if (root / f"keys.json{COMING}").exists():
            (root / f"keys.json{COMING}").replace(root / "keys.json")
        sync_folder(root)
        forget(seen_file(root))
        (root / READY).unlink()
        sync_folder(root)
    except OSError as error:
        raise storage_error(error, root / READY) from error
    return True


def discard(root: Path) -> None:
    """Take away what a stopped change of the key left, where no marker says that it counts."""
    if (root / READY).exists():
        return
    for left in root.glob(f"*{COMING}*"):
        try:
            left.unlink()
        except OSError as error:
            raise storage_error(error, left) from error
