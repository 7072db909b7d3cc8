"""The files of a vault around its making and opening: where a server is named, what is set aside or copied."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress

from ethnomed_desktop.domain.clock import Clock, local_time
from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.store.engine import Database
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.safe_files import read_limited
from ethnomed_desktop.store.vault_folder import VaultFolder

SERVER_FILE = "server.json"
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
    """Copy file and keys before a migration; the copy opens like the vault itself."""
    if database.is_postgresql:
        return  # the server's administrator keeps the backups there; the help says so
    moment = local_time(clock.now_ms()).strftime("%Y%m%d-%H%M%S")
    target = folder.backups / f"before-upgrade-{moment}-{secrets.token_hex(2)}"
    with translated_faults():
        database.fold()
        target.mkdir(mode=0o700)
        shutil.copy2(folder.store, target / "store.db")
        shutil.copy2(folder.keys, target / "keys.json")
        for name in ("store.db", "keys.json"):
            with open(target / name, "rb+") as copied:
                os.fsync(copied.fileno())
