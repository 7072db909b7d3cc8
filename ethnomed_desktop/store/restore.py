"""Restoring a backup: the present state is kept beside, and the restored store becomes a new incarnation.

The backup is unpacked into ``<vault>.restoring``; only when it has been opened with the secret does it
take the place of the vault, which is kept as ``<vault>.before-<moment>``. A power cut between the two
renames is finished at the next start (`finish_interrupted`).
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from ethnomed_desktop.domain.clock import Clock, local_time
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store import audit, backup, slots
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.erasure_copies import apply_ledger, take_out_of_pages
from ethnomed_desktop.store.erasure_ledger import BESIDE_BACKUPS, Ledger, ledger_file, recall_all
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.incarnation import begin_incarnation, take_over_series
from ethnomed_desktop.store.instance_lock import InstanceLock, Program
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.last_seen import forget, seen_file
from ethnomed_desktop.store.rebuild import Seeds
from ethnomed_desktop.store.safe_files import sync_folder
from ethnomed_desktop.store.store import Store, bring_up_to_date, needs_work
from ethnomed_desktop.store.uow import Author
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import Unlocked, subkeys

READY = "ready"
"""Stands in the unpacked folder once it is whole and has been opened."""


def restore_backup(
    file: Path,
    root: Path,
    secret: str,
    seeds: Seeds,
    *,
    clock: Clock,
    program: Program,
    label: str | None = None,
    minimum: KdfParameters = FLOOR,
    progress: Progress = no_progress,
) -> Path | None:
    """Put the backup in the place of the vault at ``root``; return where the old state is kept, if any.

    Everything is tried before anything is moved. Raises `VaultError` (``vault.wrong_passphrase``,
    ``vault.open_elsewhere`` …), `UserError` (``backup.…``), `StorageError`; then nothing changed.
    """
    unlocked = slots.unlock(backup.keys_of(file, minimum), secret, label)
    coming = root.with_name(f"{root.name}.restoring")
    lock = _locked(root, unlocked.label, program, clock)
    try:
        with translated_faults():
            shutil.rmtree(coming, ignore_errors=True)
            coming.mkdir(mode=0o700, parents=True)
            backup.unpack(file, coming, progress)
            known = recall_all((ledger_file(root), file.with_name(BESIDE_BACKUPS)), unlocked.vault_key)
            _revive(VaultFolder(coming), unlocked, seeds, clock, known)
            return _exchange(root, coming, clock)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
        if lock is not None:
            lock.release()


def _locked(root: Path, who: str, program: Program, clock: Clock) -> InstanceLock | None:
    if not VaultFolder(root).keys.exists():
        return None
    return InstanceLock.acquire(VaultFolder(root).lock, who=who, program=program, clock=clock)


def _exchange(root: Path, coming: Path, clock: Clock) -> Path | None:
    kept = None
    if root.exists() and any(root.iterdir()):
        moment = local_time(clock.now_ms()).strftime("%Y%m%d-%H%M%S")
        kept = root.with_name(f"{root.name}.before-{moment}-{secrets.token_hex(2)}")
        os.rename(root, kept)
    elif root.exists():
        root.rmdir()
    _arrive(coming, root)
    return kept


def _arrive(coming: Path, root: Path) -> None:
    os.rename(coming, root)
    forget(seen_file(root))
    (root / READY).unlink()
    sync_folder(root.parent)


def finish_interrupted(root: Path) -> bool:
    """Finish a restoring that a power cut stopped between its two renames; says whether there was one."""
    coming = root.with_name(f"{root.name}.restoring")
    folder = VaultFolder(coming)
    if root.exists() or not (folder.keys.exists() and (coming / READY).exists()):
        return False
    with translated_faults():
        _arrive(coming, root)
    return True


def _revive(
    folder: VaultFolder, unlocked: Unlocked, seeds: Seeds, clock: Clock, erased: tuple[Ledger, bytes | None]
) -> None:
    """Open the unpacked store, bring it up to date and make it a new incarnation of this installation.

    What was erased after the backup was made is erased in it before anybody sees it.
    """
    folder.prepare()
    database = open_sqlite(folder.store, subkeys(unlocked.vault_key).db)
    try:
        if needs_work(database, seeds):
            bring_up_to_date(database, seeds)
        with database.writing() as connection:
            # The computer that the backup came from may still be at work: never two for one log.
            begin_incarnation(connection, clock)
            audit.note(connection, clock, unlocked.user, "vault.restored", {})
        store, author = Store(database, seeds), Author(unlocked.user, unlocked.signing_seed)
        take_over_series(store, author, clock)
        if apply_ledger(store, author, clock, *erased):
            take_out_of_pages(folder, database, subkeys(unlocked.vault_key).blobs)
    finally:
        database.close()
    (folder.root / READY).touch()
    sync_folder(folder.root)
