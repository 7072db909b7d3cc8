"""A new key for the vault: after somebody left who knew the old one.

Everything is made beside the vault's files first – copies under the new key, the new keys.json – and
looked at; then one marker is put in place, and from that moment on the new files count. A power cut
before the marker leaves the old vault, after it the new one: `finish_rekey` at the next opening takes
away what was half made, or finishes the renaming.
"""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ethnomed_desktop.domain.clock import Clock, local_time
from ethnomed_desktop.domain.errors import StorageError, UserError, VaultError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store import audit, schema, slots
from ethnomed_desktop.store.backup import write_backup
from ethnomed_desktop.store.blobs import Blobs
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import open_connection, open_sqlite
from ethnomed_desktop.store.erasure_ledger import BESIDE_BACKUPS, ledger_file, put_aside, recall
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.key_file import KeyFile, parse_keys
from ethnomed_desktop.store.rekey_files import COMING, DATABASES, READY, discard, finish_rekey
from ethnomed_desktop.store.safe_files import storage_error, sync_file, sync_folder, write_atomically
from ethnomed_desktop.store.vault import PSEUDONYM_KEY, Vault, known_as
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import VAULT_KEY_BYTES, Subkeys, Unlocked, subkeys


@dataclass(frozen=True)
class Rekeyed:
    """What was done: the backup made before, under the old key."""

    backup: Path


def rekey(vault: Vault, clock: Clock, progress: Progress = no_progress) -> Rekeyed:
    """Give the vault a new key and close it; everybody comes in with his own passphrase as before.

    The vault is closed afterwards, whatever happens: open it anew. Old backups keep the old key.
    Raises `UserError` (``rekey.on_server``, ``rekey.unknown_user``), `StorageError`, `VaultError`;
    then the old key still holds and nothing is lost.
    """
    folder = vault.folder
    try:
        if vault.store.database.is_postgresql:
            raise UserError("rekey.on_server")
        fresh = secrets.token_bytes(VAULT_KEY_BYTES)
        keys = slots.with_vault_key(vault.keys, vault.unlocked, fresh, _verify_keys(vault))
        moment = local_time(clock.now_ms()).strftime("%Y%m%d-%H%M%S")
        target = folder.backups / f"before-new-key-{moment}-{secrets.token_hex(2)}.emb"
        contents = Blobs(folder.blobs, subkeys(vault.unlocked.vault_key).blobs)
        try:
            write_backup(
                folder,
                vault.store.database,
                vault.keys,
                vault.unlocked,
                target,
                clock=clock,
                practice=vault.practice,
                blobs=contents,
                progress=progress,
            )
        finally:
            contents.close()
        vault.store.close()
        discard(folder.root)
        _prepare(folder, vault.unlocked, keys, fresh, clock)
        with translated_faults():
            write_atomically(folder.root / READY, json.dumps({"v": 1}).encode())
        finish_rekey(folder.root)
        _tell_ledger(folder, vault.unlocked.vault_key, fresh)
        return Rekeyed(target)
    finally:
        vault.close()


def _verify_keys(vault: Vault) -> dict[bytes, bytes]:
    known = {one.user: one.verify_key for one in vault.users.by_uid.values() if one.active}
    return known | {vault.unlocked.user: vault.unlocked.public_key}


def _prepare(folder: VaultFolder, unlocked: Unlocked, keys: KeyFile, fresh: bytes, clock: Clock) -> None:
    """Make the new files beside the old ones, looked at and on the medium."""
    old, new = subkeys(unlocked.vault_key), subkeys(fresh)
    with translated_faults():
        for name in DATABASES:
            if (folder.root / name).exists():
                _copy_under(folder.root / name, _key_of(name, old), _key_of(name, new))
        _tell_store(folder.root / f"store.db{COMING}", unlocked, keys, old, new, clock)
        data = keys.to_bytes()
        if parse_keys(data, _weakest(keys)) != keys:
            raise AssertionError("keys.json would not be read back as it was written")
        write_atomically(folder.root / f"keys.json{COMING}", data)
        for name in DATABASES:
            if (folder.root / f"{name}{COMING}").exists():
                _sync(folder.root / f"{name}{COMING}")
        sync_folder(folder.root)


def _weakest(keys: KeyFile) -> Any:
    return min((slot.kdf for slot in keys.slots), key=lambda kdf: (kdf.m_kib, kdf.t))


def _key_of(name: str, keys: Subkeys) -> bytes:
    return keys.db if name == "store.db" else keys.blobs


def _copy_under(source: Path, old: bytes, new: bytes) -> None:
    """Copy a closed database and give the copy another key: in place, for it is only a copy."""
    connection = open_connection(source, old)
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    connection.close()
    beside = source.with_name(f"{source.name}-wal")
    if busy or (beside.exists() and beside.stat().st_size):
        raise StorageError("storage.failed", path=source.name, needed=0)
    target = source.with_name(f"{source.name}{COMING}")
    try:
        shutil.copyfile(source, target)
        target.chmod(0o600)
    except OSError as error:
        raise storage_error(error, target, source.stat().st_size) from error
    copy = open_connection(target, old)
    try:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
    finally:
        copy.close()
    looked_at = open_connection(target, new)
    try:
        looked_at.execute("PRAGMA journal_mode=DELETE")
        if page_faults(looked_at):
            raise VaultError("rekey.unsound")
    finally:
        looked_at.close()


def _tell_store(path: Path, unlocked: Unlocked, keys: KeyFile, old: Subkeys, new: Subkeys, clock: Clock) -> None:
    """Let the copy know its key file, and keep the key of pseudonyms: the region knows records by them."""
    database = open_sqlite(path, new.db)
    try:
        with database.writing() as connection:
            schema.set_meta(connection, known_as(keys, "now"), keys.fingerprint().hex())
            if schema.get_meta(connection, PSEUDONYM_KEY) is None:
                schema.set_meta(connection, PSEUDONYM_KEY, old.pseudonym.hex())
            audit.note(connection, clock, unlocked.user, "vault.rekeyed", {})
    finally:
        database.close()
    with_log = open_connection(path, new.db)
    with_log.execute("PRAGMA journal_mode=DELETE")
    with_log.close()


def _tell_ledger(folder: VaultFolder, old: bytes, fresh: bytes) -> None:
    """Let the new key open the ledger of erasures too; where it cannot be written, the next sweeping does it."""
    for path in (ledger_file(folder.root), folder.backups / BESIDE_BACKUPS):
        known = recall(path, old)
        if known is not None:
            with suppress(StorageError):
                put_aside(path, fresh, known[1], known[0])


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        sync_file(file.fileno())
