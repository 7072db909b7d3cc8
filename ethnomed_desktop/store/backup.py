"""Backups: one file ``.emb`` that holds a whole vault, still encrypted, verified before it counts.

The file is an uncompressed POSIX tar: ``backup.json`` (what and when, in clear, no names),
``keys.json``, ``store.db``, where files are attached ``blobs.db`` (then the version is 2: a program that
does not know them must not restore without them), and last ``sums.json`` with the SHA-256 of each.
Unpacked, it is a vault folder that any copy of the program opens with the passphrase or the recovery
sheet. The database is copied as it lies, after its write-ahead log was folded in, while nobody can write.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store.blobs import Blobs, faults_in
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import Database, open_connection
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.key_file import KeyFile, parse_keys
from ethnomed_desktop.store.piped import PIECE, EarlySync, HashedReading
from ethnomed_desktop.store.safe_files import storage_error, sync_file, sync_folder
from ethnomed_desktop.store.vault_files import LAID_OUT
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import Unlocked, subkeys

VERSION, WITHOUT_FILES = 2, 1
HEAD, KEYS, STORE, BLOBS, SUMS = "backup.json", "keys.json", "store.db", "blobs.db", "sums.json"
SMALL = 64 * 1024


@dataclass(frozen=True)
class Backup:
    """What a backup file says of itself; ``created_ms`` in UTC, ``size`` in bytes."""

    path: Path
    vault: bytes
    created_ms: int
    practice: bool
    size: int


def write_backup(
    folder: VaultFolder,
    database: Database,
    keys: KeyFile,
    unlocked: Unlocked,
    target: Path,
    *,
    clock: Clock,
    practice: bool,
    blobs: Blobs | None = None,
    progress: Progress = no_progress,
) -> Backup:
    """Write the vault to ``target`` and verify the file by opening what it holds.

    ``blobs`` are the contents of attached files. Under its name the file appears only when it has been
    verified, every piece of every content included. Raises `StorageError` (the
    medium), `UserError` (``backup.on_server`` for PostgreSQL), `VaultError` (``backup.unsound``).
    """
    if database.is_postgresql:
        raise UserError("backup.on_server")
    head = {"v": WITHOUT_FILES, "vault": keys.vault.hex(), "created_ms": clock.now_ms(), "practice": practice}
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with _words_of(target):
            with (
                database.still() as source,
                blobs.still() if blobs is not None else nullcontext() as contents,
                open(part, "xb", opener=_owner_only) as file,
            ):
                sources = {STORE: source} | ({BLOBS: contents} if contents is not None else {})
                head["v"] = VERSION if contents is not None else WITHOUT_FILES
                _pack(file, head, keys.to_bytes(), sources, progress)
                file.flush()
                sync_file(file.fileno())
            verify(part, unlocked, folder.backups)
            os.replace(part, target)
            sync_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return read_head(target)


def repack(target: Path, folder: VaultFolder, unlocked: Unlocked, room: Path) -> None:
    """Put a closed vault's files in ``folder`` into the backup ``target``, which says when it was first made.

    The old file goes only when the new one was verified. Raises as `write_backup`.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with _words_of(target):
            with _opened(target) as tar:
                head = _json(tar, HEAD)
            names = (STORE, *((BLOBS,) if folder.blobs.exists() else ()))
            with open(part, "xb", opener=_owner_only) as file:
                sources = {name: folder.root / name for name in names}
                _pack(file, head, folder.keys.read_bytes(), sources, no_progress)
                file.flush()
                sync_file(file.fileno())
            verify(part, unlocked, room)
            os.replace(part, target)
            sync_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _pack(
    file: IO[bytes], head: dict[str, Any], keys: bytes, sources: Mapping[str, Path], progress: Progress
) -> None:
    sums: dict[str, str] = {}
    with (
        EarlySync(file.fileno()) as early,
        tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):

        def told(done: int, size: int) -> None:
            early.written(PIECE)
            progress(done, size)

        tar.copybufsize = PIECE  # type: ignore[attr-defined]  # its own 16 KiB at a time cost more than the sums
        for name, data in ((HEAD, json.dumps(head).encode()), (KEYS, keys)):
            sums[name] = hashlib.sha256(data).hexdigest()
            tar.addfile(_member(name, len(data)), io.BytesIO(data))
        for name, source in sources.items():
            size = source.stat().st_size
            with source.open("rb", buffering=0) as stored, HashedReading(stored, size, told) as hashed:
                tar.addfile(_member(name, size), hashed)  # type: ignore[arg-type]  # views serve as bytes here
                sums[name] = hashed.hexdigest()
        data = json.dumps(sums).encode()
        tar.addfile(_member(SUMS, len(data)), io.BytesIO(data))


def read_head(path: Path) -> Backup:
    """Return what the file says of itself; raises `UserError` (``backup.not_one``, ``backup.newer``)."""
    with _opened(path) as tar:
        head = _json(tar, HEAD)
        try:
            if int(head["v"]) > VERSION:
                raise UserError("backup.newer", path=path.name)
            vault, made = bytes.fromhex(head["vault"]), int(head["created_ms"])
            return Backup(path, vault, made, bool(head["practice"]), path.stat().st_size)
        except (KeyError, TypeError, ValueError):
            raise UserError("backup.not_one", path=path.name) from None


def keys_of(path: Path, minimum: KdfParameters = FLOOR) -> KeyFile:
    """Return the key file inside; raises as `read_head`, and `VaultError` (``vault.keys_damaged`` …)."""
    with _opened(path) as tar:
        return parse_keys(_small(tar, KEYS), minimum)


def unpack(path: Path, into: Path, progress: Progress = no_progress, *, durable: bool = True) -> None:
    """Lay the vault out in the empty folder ``into``, every sum checked, on the medium when it returns.

    Not ``durable``: only to be looked at and thrown away, so the medium is not waited for.
    Raises `UserError` (``backup.not_one``, ``backup.damaged``), `StorageError`.
    """
    read_head(path)
    with _opened(path) as tar, _words_of(into):
        sums = _json(tar, SUMS)
        for name in (KEYS, STORE, *((BLOBS,) if BLOBS in sums else ())):
            member = _regular(tar, name)
            source = tar.extractfile(member)
            assert source is not None
            with HashedReading(source, member.size, progress) as hashed:
                with open(into / name, "xb", opener=_owner_only) as file:
                    while piece := hashed.read():
                        file.write(piece)
                    file.flush()
                    if durable:
                        sync_file(file.fileno())
                if hashed.hexdigest() != sums.get(name):
                    raise UserError("backup.damaged", path=path.name)
        if durable:
            sync_folder(into)


def verify(path: Path, unlocked: Unlocked, room: Path) -> None:
    """Open what the file holds and let the engine look at every page; ``room`` holds it meanwhile.

    Raises `VaultError` (``backup.unsound``) when a page is not sound, and as `unpack`.
    """
    folder = room / f"{LAID_OUT}{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        unpack(path, folder, durable=False)
        connection = open_connection(folder / STORE, subkeys(unlocked.vault_key).db)
        try:
            faults = page_faults(connection)
        finally:
            connection.close()
        if (folder / BLOBS).exists():
            faults += faults_in(folder / BLOBS, subkeys(unlocked.vault_key).blobs)
        if faults:
            raise VaultError("backup.unsound", path=path.name)
    finally:
        for one in folder.iterdir():
            one.unlink()
        folder.rmdir()


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError):
        raise UserError("backup.not_one", path=path.name) from None
    except OSError as error:
        raise storage_error(error, path) from error


def _regular(tar: tarfile.TarFile, name: str) -> tarfile.TarInfo:
    for position, member in enumerate(tar):
        if position > 16:
            break
        if member.name == name and member.isreg():
            return member
    raise UserError("backup.not_one", path=Path(str(tar.name)).name)


def _small(tar: tarfile.TarFile, name: str) -> bytes:
    member = _regular(tar, name)
    source = tar.extractfile(member) if member.size <= SMALL else None
    if source is None:
        raise UserError("backup.not_one", path=Path(str(tar.name)).name)
    data = source.read()
    if len(data) != member.size:
        raise UserError("backup.damaged", path=Path(str(tar.name)).name)
    return data


def _json(tar: tarfile.TarFile, name: str) -> dict[str, Any]:
    try:
        found = json.loads(_small(tar, name))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UserError("backup.not_one", path=Path(str(tar.name)).name)
    return found


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _words_of(path: Path) -> Iterator[None]:
    with translated_faults():
        try:
            yield
        except OSError as error:
            raise storage_error(error, path) from error
