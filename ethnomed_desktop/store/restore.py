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

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import Clock, local_time
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store import audit, backup, schema, slots
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.instance_lock import InstanceLock, Program
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.rebuild import Seeds
from ethnomed_desktop.store.safe_files import sync_folder
from ethnomed_desktop.store.store import Store, Written, bring_up_to_date, needs_work
from ethnomed_desktop.store.tables import KIND_TABLES, replica
from ethnomed_desktop.store.uow import Author
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import Unlocked, public_key, sign, subkeys

CERTIFIED_AS = b"em/incarnation/1"
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
            _revive(VaultFolder(coming), unlocked, seeds, clock)
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


def _revive(folder: VaultFolder, unlocked: Unlocked, seeds: Seeds, clock: Clock) -> None:
    """Open the unpacked store, bring it up to date and make it a new incarnation of this installation."""
    folder.prepare()
    database = open_sqlite(folder.store, subkeys(unlocked.vault_key).db)
    try:
        if needs_work(database, seeds):
            bring_up_to_date(database, seeds)
        with database.writing() as connection:
            held = _new_incarnation(connection, clock)
            audit.note(connection, clock, unlocked.user, "vault.restored", {})
        _take_over_series(Store(database, seeds), unlocked, held, clock)
    finally:
        database.close()
    (folder.root / READY).touch()
    sync_folder(folder.root)


def _new_incarnation(connection: Connection, clock: Clock) -> bytes:
    """Make a new own replica, certified by the old one's key; return the old one's id.

    The computer that the backup came from may still be at work: the two must not write one log.
    """
    old = connection.execute(select(replica).where(replica.c.is_own)).one()
    seed, uid = secrets.token_bytes(32), bytes(new_uid(clock.now_ms()))
    connection.execute(replica.update().values(is_own=False))
    number = connection.execute(select(replica.c.rep).order_by(replica.c.rep.desc()).limit(1)).scalar_one() + 1
    connection.execute(
        replica.insert().values(rep=number, uid=uid, is_own=True, verify_key=public_key(seed), sign_seed=seed)
    )
    certificate = sign(bytes(old.sign_seed), CERTIFIED_AS + uid + public_key(seed))
    schema.set_meta(connection, f"incarnation:{uid.hex()}", f"{bytes(old.uid).hex()}:{certificate.hex()}")
    return bytes(old.uid)


def _take_over_series(store: Store, unlocked: Unlocked, old: bytes, clock: Clock) -> None:
    """Go on giving the numbers that the old incarnation gave; doubles are shown, never refused."""
    table = KIND_TABLES["number_series"]
    with store.reading() as connection:
        query = select(table.c.rid).where(table.c.holder == old.hex(), table.c.withdrawn.is_(False))
        held = records_by(connection, "rid", list(connection.execute(query).scalars()))
    author = Author(unlocked.user, unlocked.signing_seed)
    with store.unit_of_work(author, clock, Action.SETUP, Written()) as work:
        for one in held:
            assert one.kind is KINDS["number_series"]
            work.write(work.state(one.uid), {"holder": store.office.replica.hex()})
