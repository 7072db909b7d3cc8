"""The vault: one folder with keys and store, made, opened, locked and copied as a whole."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.domain.rights import Rights
from ethnomed_desktop.store import audit, schema, slots
from ethnomed_desktop.store.engine import Database, StoreClosed, open_postgresql, open_sqlite
from ethnomed_desktop.store.erasure_copies import apply_ledger, take_out_of_pages
from ethnomed_desktop.store.erasure_ledger import ledger_file, recall_all
from ethnomed_desktop.store.failed_unlocks import clear_failures, note_failure, read_failures
from ethnomed_desktop.store.incarnation import (
    begin_incarnation,
    came_to_another_machine,
    note_machine,
    take_over_series,
)
from ethnomed_desktop.store.instance_lock import InstanceLock, Program
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.key_file import KeyFile, read_keys, write_keys
from ethnomed_desktop.store.last_seen import is_rolled_back, marks_of, reached, remember
from ethnomed_desktop.store.medium import require_lockable
from ethnomed_desktop.store.newer import is_newer
from ethnomed_desktop.store.noted_aside import forget_aside, note_aside, take_in
from ethnomed_desktop.store.rebuild import Seeds
from ethnomed_desktop.store.rekey_files import finish_rekey
from ethnomed_desktop.store.safe_files import sweep_leftovers, write_atomically
from ethnomed_desktop.store.store import Store, bring_up_to_date, found, is_empty, needs_work
from ethnomed_desktop.store.uow import Author
from ethnomed_desktop.store.users import Users, require_admitted, users_of
from ethnomed_desktop.store.vault_files import (
    SERVER_FILE,
    discard_store,
    keep_copy,
    server_url,
    set_aside,
    sweep_backups,
)
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import Unlocked, subkeys

PSEUDONYM_KEY = "pseudonym_key"
"""Where the store keeps the key of pseudonyms once the vault's key was changed: the region knows them."""


@dataclass(frozen=True)
class Founding:
    """What a new vault starts with: the first user's door, and where its records lie."""

    passphrase: str
    label: str
    user: bytes
    role: str
    practice: bool = False
    database_url: str | None = None


class Vault:
    """An open vault. Holds the instance lock until `close`, or until the process ends in any way."""

    def __init__(
        self, folder: VaultFolder, keys: KeyFile, unlocked: Unlocked, store: Store, *, reading_only: bool = False
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.unlocked = unlocked
        self.store = store
        self.keys_were_replaced = False
        self.was_rolled_back = False
        self.reading_only = reading_only
        """A newer program wrote it: everything can be read as far as it is understood, nothing written."""
        self.was_cut_off = False
        """The session before was not closed: the program was killed, or the power was cut."""
        self.marks = marks_of(folder.root, folder.away)
        self.users = Users()
        self._lock: InstanceLock | None = None

    @cached_property
    def author(self) -> Author:
        """The user of this session, as transactions are signed."""
        return Author(self.unlocked.user, self.unlocked.signing_seed)

    @property
    def practice(self) -> bool:
        """Whether everything in it is invented."""
        return self.store.practice

    @property
    def rights(self) -> Rights:
        """What the user of this session may do, by what was signed about the users."""
        rights = self.users.rights(self.unlocked.user, self.unlocked.role)
        return replace(rights, reading_only=True) if self.reading_only else rights

    @cached_property
    def pseudonym_key(self) -> bytes:
        """The key of the pseudonyms that go to the tier above; a changed vault key leaves it as it was."""
        with self.store.reading() as connection:
            kept = schema.get_meta(connection, PSEUDONYM_KEY)
        return bytes.fromhex(kept) if kept else subkeys(self.unlocked.vault_key).pseudonym

    def know_users(self) -> None:
        """Read anew who the users are; after every change of their records."""
        with self.store.reading() as connection:
            self.users = users_of(connection)

    def hold(self, lock: InstanceLock) -> None:
        """Keep the lock for as long as the vault is open."""
        self._lock = lock

    def note(self, clock: Clock, action: str, detail: Mapping[str, object]) -> None:
        """Write one entry into the audit trail, in a transaction of its own; beside a newer program's store."""
        if self.reading_only:
            key, aside = self.unlocked.vault_key, self.folder.noted_aside
            note_aside(aside, key, clock.now_ms(), self.unlocked.user, action, detail)
            return
        with self.store.database.writing() as connection:
            audit.note(connection, clock, self.unlocked.user, action, detail)

    def change_passphrase(
        self, clock: Clock, passphrase: str, params: KdfParameters, minimum: KdfParameters = FLOOR
    ) -> None:
        """Give this session's user a new passphrase; the old one opens nothing afterwards."""
        keys = slots.change_passphrase(self.keys, self.unlocked, passphrase, params, minimum)
        self.put_keys(keys, clock, "passphrase.changed")

    def renew_recovery(self, clock: Clock, params: KdfParameters, minimum: KdfParameters = FLOOR) -> str:
        """Make a new recovery code; the old sheet opens nothing afterwards. Returns the code."""
        keys, code = slots.renew_recovery(self.keys, self.unlocked, params, minimum)
        self.put_keys(keys, clock, "recovery.renewed")
        return code

    def put_keys(self, keys: KeyFile, clock: Clock, action: str, slot: int | None = None) -> None:
        """Put a changed key file in place; ``slot`` is the one it is about, this session's without it."""
        # The store learns of the new file first: a power cut between the two is then no alarm.
        with self.store.database.writing() as connection:
            schema.set_meta(connection, known_as(keys, "next"), keys.fingerprint().hex())
        write_keys(self.folder.keys, keys)
        self.keys = keys
        with self.store.database.writing() as connection:
            schema.set_meta(connection, known_as(keys, "now"), keys.fingerprint().hex())
            audit.note(connection, clock, self.unlocked.user, action, {"slot": slot or self.unlocked.slot_id})

    def remember(self) -> None:
        """Write down, outside the folder, how far the store is, so that an older file is noticed."""
        if not (self.store.database.is_postgresql or self.reading_only):
            with self.store.reading() as connection:
                place = reached(connection)
            for mark in self.marks:
                remember(mark, self.unlocked.vault_key, place)

    @property
    def is_closed(self) -> bool:
        """Whether the store was let go of."""
        return self.store.database.is_closed

    def close(self) -> None:
        """Fold everything into the file, drop the keys, let the next one in. Closing twice is harmless."""
        try:
            with suppress(EthnomedError, StoreClosed):
                self.remember()
            self.store.close()
        finally:
            if self._lock is not None:
                self._lock.release()


def create_vault(
    root: Path,
    founding: Founding,
    params: KdfParameters,
    seeds: Seeds,
    *,
    clock: Clock,
    program: Program,
    minimum: KdfParameters = FLOOR,
    first: Callable[[Vault], None] | None = None,
) -> tuple[Vault, str]:
    """Make a vault in ``root`` and return it open, with the recovery code that is kept nowhere.

    ``first`` writes its first records. ``keys.json`` is written last: until it is there, nothing was
    made, and a power cut leaves nothing half made. Raises what ``first`` raises, `VaultError`
    (``vault.exists``), `UserError` (``passphrase.…``), `StorageError`.
    """
    folder = VaultFolder(root)
    if folder.keys.exists():
        raise VaultError("vault.exists", path=root.name)
    if founding.database_url is None:
        require_lockable(root)
    made = slots.create_keys(
        founding.passphrase, founding.label, founding.user, founding.role, params, minimum=minimum, clock=clock
    )
    folder.prepare()
    lock = InstanceLock.acquire(folder.lock, who=founding.label, program=program, clock=clock)
    database: Database | None = None
    try:
        set_aside(folder, clock)
        database = _database(folder, made.unlocked, founding.database_url)
        if not is_empty(database):
            raise VaultError("vault.exists", path=root.name)
        found(database, seeds, clock, secrets.token_bytes(32), practice=founding.practice)
        if founding.database_url:
            text = json.dumps({"v": 1, "url": founding.database_url})
            write_atomically(root / SERVER_FILE, text.encode())
        with database.writing() as connection:
            schema.set_meta(connection, known_as(made.keys, "now"), made.keys.fingerprint().hex())
            audit.note(connection, clock, founding.user, "vault.created", {"practice": founding.practice})
            note_machine(connection)
        vault = Vault(folder, made.keys, made.unlocked, Store(database, seeds))
        if first is not None:
            first(vault)
        write_keys(folder.keys, made.keys)
    except BaseException:
        if database is not None:
            database.abandon()
            discard_store(folder)
        lock.release()
        raise
    vault.hold(lock)
    return vault, made.recovery_code


def open_vault(
    root: Path,
    secret: str,
    seeds: Seeds,
    *,
    clock: Clock,
    program: Program,
    label: str | None = None,
    minimum: KdfParameters = FLOOR,
    marks: Path | None = None,
) -> Vault:
    """Open the vault by passphrase or recovery code. Costs one key derivation (about a second).

    A store of an older version is copied and brought up to date first, one of a newer version is opened
    for reading only. ``marks``: a folder away from the vault for a second mark of how far it was
    (`store.last_seen`). Raises `VaultError`
    (``vault.missing``, ``vault.wrong_passphrase``, ``vault.damaged``, ``vault.foreign``,
    ``vault.newer``, ``vault.open_elsewhere`` …).
    """
    folder = VaultFolder(root, marks)
    if not folder.keys.exists():
        raise VaultError("vault.missing", path=root.name)
    lock = InstanceLock.acquire(folder.lock, who=label or "", program=program, clock=clock)
    try:
        sweep_leftovers(root)
        sweep_backups(folder)
        finish_rekey(root)
        keys = read_keys(folder.keys, minimum)
        unlocked = _unlocked(folder, keys, secret, label, clock)
        lock.identify(unlocked.label)
        return open_unlocked(folder, keys, unlocked, seeds, clock=clock, lock=lock)
    except BaseException:
        lock.release()
        raise


def open_unlocked(
    folder: VaultFolder, keys: KeyFile, unlocked: Unlocked, seeds: Seeds, *, clock: Clock, lock: InstanceLock
) -> Vault:
    """Open with keys in hand: the part of opening that comes after the key derivation."""
    url = server_url(folder)
    if url is None and not folder.store.exists():
        raise VaultError("vault.store_missing", path=folder.root.name)
    database = _database(folder, unlocked, url)
    try:
        opened = _open_for_reading if is_newer(database) else _open_for_work
        vault = opened(folder, keys, unlocked, database, seeds, clock)
    except BaseException:
        database.abandon()
        raise
    vault.was_cut_off = lock.was_left and not database.is_postgresql
    lock.opened()
    vault.hold(lock)
    return vault


def _open_for_reading(
    folder: VaultFolder, keys: KeyFile, unlocked: Unlocked, database: Database, seeds: Seeds, clock: Clock
) -> Vault:
    """Open what a newer program wrote. Even failed unlockings stay noted beside it, for that program to take in."""
    database.forbid_writing()
    vault = Vault(folder, keys, unlocked, Store(database, seeds), reading_only=True)
    with database.reading() as connection:
        vault.was_rolled_back = is_rolled_back(connection, vault.marks, unlocked.vault_key)
        vault.keys_were_replaced = not _are_known(connection, keys)
    vault.know_users()
    require_admitted(vault.users, unlocked)
    vault.note(clock, "vault.opened", {"slot": unlocked.slot_id})
    return vault


def _open_for_work(
    folder: VaultFolder, keys: KeyFile, unlocked: Unlocked, database: Database, seeds: Seeds, clock: Clock
) -> Vault:
    if is_empty(database):
        raise VaultError("vault.store_missing", path=folder.root.name)
    folder.prepare()  # a copy kept before an upgrade has no folders of its own
    if needs_work(database, seeds):
        keep_copy(folder, database, clock)
        bring_up_to_date(database, seeds)
    vault = Vault(folder, keys, unlocked, Store(database, seeds))
    with database.writing() as connection:
        vault.was_rolled_back = is_rolled_back(connection, vault.marks, unlocked.vault_key)
        _note_opening(connection, folder, unlocked, clock)
        if vault.was_rolled_back:  # what others have of our log went on: like a restored backup
            begin_incarnation(connection, clock)
            audit.note(connection, clock, unlocked.user, "vault.rolled_back", {})
        elif came_to_another_machine(connection):
            begin_incarnation(connection, clock)
            audit.note(connection, clock, unlocked.user, "vault.on_another_machine", {})
        else:
            note_machine(connection)
        schema.index_elements(connection)
        vault.keys_were_replaced = not _are_known(connection, keys)
        if vault.keys_were_replaced:
            audit.note(connection, clock, unlocked.user, "keys.replaced", {})
        else:  # a change that was cut off came to its end: the file before it is an older one from now on
            schema.set_meta(connection, known_as(keys, "now"), keys.fingerprint().hex())
    vault.store.reload_office()
    vault.know_users()
    require_admitted(vault.users, unlocked)
    take_over_series(vault.store, vault.author, clock)
    if vault.was_rolled_back:
        _erase_again(vault, clock)
    clear_failures(folder.failed_unlocks)
    forget_aside(folder.noted_aside)
    vault.remember()
    return vault


def _erase_again(vault: Vault, clock: Clock) -> None:
    """Erase in an older store that was put back by hand what was erased after it."""
    known = recall_all((ledger_file(vault.folder.root),), vault.unlocked.vault_key)
    if apply_ledger(vault.store, vault.author, clock, *known):
        take_out_of_pages(vault.folder, vault.store.database, subkeys(vault.unlocked.vault_key).blobs)


def known_as(keys: KeyFile, state: str) -> str:
    """Return under which name the store keeps the fingerprint of its key file."""
    return f"keys_{state}:{keys.vault.hex()}"


def _are_known(connection: Connection, keys: KeyFile) -> bool:
    """Whether keys.json is the one last written: an older one put back would revive a removed way in."""
    known = {schema.get_meta(connection, known_as(keys, state)) for state in ("now", "next")}
    return keys.fingerprint().hex() in known


def _unlocked(folder: VaultFolder, keys: KeyFile, secret: str, label: str | None, clock: Clock) -> Unlocked:
    try:
        return slots.unlock(keys, secret, label)
    except VaultError as error:
        if error.code in {"vault.wrong_passphrase", "vault.recovery_mistyped"}:
            note_failure(folder.failed_unlocks, slots.known_label(keys, label), clock)
        raise


def _note_opening(connection: Connection, folder: VaultFolder, unlocked: Unlocked, clock: Clock) -> None:
    noted = read_failures(folder.failed_unlocks)
    if noted.damaged:
        audit.note(connection, clock, bytes(16), "unlock.notes_damaged", {})
    for failure in noted.failures:
        detail = {"count": failure.count, "first_ms": failure.first_ms, "last_ms": failure.last_ms}
        audit.note(connection, clock, bytes(16), "unlock.failed", detail)
    take_in(connection, folder.noted_aside, unlocked.vault_key)
    audit.note(connection, clock, unlocked.user, "vault.opened", {"slot": unlocked.slot_id})


def _database(folder: VaultFolder, unlocked: Unlocked, url: str | None) -> Database:
    if url is not None:
        return open_postgresql(url)
    return open_sqlite(folder.store, subkeys(unlocked.vault_key).db)
