"""The files of a vault around its making and opening: where a server is named, what is set aside or copied."""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress

from ethnomed_desktop.domain.clock import Clock, local_time
from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.store.engine import Database
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.safe_files import read_limited, sync_file, sync_folder
from ethnomed_desktop.store.vault_folder import VaultFolder

SERVER_FILE = "server.json"
_PART = ".part"
LAID_OUT = ".verify-"
"""Begins the name of a folder that a backup is laid out in, to be looked at."""

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What the engine keeps beside a file that is open: on a disk the first two, on a stick the last."""

STORE_FILES = tuple(f"{name}{side}" for name in ("store.db", "blobs.db") for side in ("", *SIDE_FILES))


def server_url(folder: VaultFolder) -> str | None:
    """Return the address of the server that holds the records, if one does; raises `VaultError`."""
    path = folder.root / SERVER_FILE
    if not path.exists():
        return None
    try:
        return str(json.loads(read_limited(path, 4096))["url"])
    except (ValueError, KeyError, TypeError) as error:
        raise VaultError("vault.damaged") from error


def set_aside(folder: VaultFolder, clock: Clock) -> None:
    """Keep a store whose keys are gone: without them it is unreadable, but it is not ours to delete."""
    if any((folder.root / name).exists() for name in STORE_FILES):
        moment = local_time(clock.now_ms()).strftime("%Y%m%d-%H%M%S")
        with translated_faults():
            for name in STORE_FILES:
                source = folder.root / name
                if source.exists():
                    source.rename(folder.backups / f"without-keys-{moment}-{name}")


def discard_store(folder: VaultFolder) -> None:
    """Remove the store of a vault that could not be made; without keys nobody could read it."""
    if not folder.keys.exists():
        with suppress(OSError):
            for name in STORE_FILES:
                (folder.root / name).unlink(missing_ok=True)


def keep_copy(folder: VaultFolder, database: Database, clock: Clock) -> None:
    """Copy file and keys before a migration; the copy opens like the vault itself, or there is none.

    Contents of attached files are not copied: no upgrade touches them, and there may be gigabytes. With
    ``blobs.db`` of the vault beside it the copy is whole.
    """
    if database.is_postgresql:
        return  # the server's administrator keeps the backups there; the help says so
    moment = local_time(clock.now_ms()).strftime("%Y%m%d-%H%M%S")
    target = folder.backups / f"before-upgrade-{moment}-{secrets.token_hex(2)}"
    part = target.with_name(f".{target.name}{_PART}")
    try:
        with translated_faults():
            database.fold()
            part.mkdir(mode=0o700)
            for source in (folder.store, folder.keys):
                copied = part / source.name
                shutil.copy2(source, copied)
                with open(copied, "rb+") as file:
                    sync_file(file.fileno())
            sync_folder(part)
            part.rename(target)
            sync_folder(folder.backups)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def sweep_backups(folder: VaultFolder) -> int:
    """Remove what a program that was killed left where backups lie; returns how many. With the lock held.

    Half copies, and the folder in which a backup was laid out to be looked at: as large as the vault.
    """
    swept = 0
    with suppress(OSError):
        for left in folder.backups.glob(".*"):
            if left.name.endswith(_PART) or left.name.startswith(LAID_OUT):
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
                swept += 1
    return swept
