"""Copies of the store made before something was erased: backups, states put aside, old versions.

Each is opened with the vault's key, the lines that are gone are emptied in it as in the vault itself, and it
is written anew – beside, looked at, and only then in the old one's place. A power cut leaves the old copy or
the new one; doing it again is harmless. What was told to a copy, it says when it is restored: then lines of
its own log say so (`apply_ledger`).
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store import backup, schema, search
from ethnomed_desktop.store.blobs import Blobs
from ethnomed_desktop.store.engine import Database, open_sqlite
from ethnomed_desktop.store.erasing import empty_lines, is_erasing, justified, lines_held
from ethnomed_desktop.store.erasure_ledger import KEPT_KEY, Ledger, ledger_of, tell
from ethnomed_desktop.store.exchange_state import own_streams
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.key_file import read_keys
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.queries.attachments import named_contents
from ethnomed_desktop.store.rebuild import Seeds
from ethnomed_desktop.store.slots import is_sealed_by
from ethnomed_desktop.store.store import Store, Written, bring_up_to_date, needs_work
from ethnomed_desktop.store.tables import draft, waiting
from ethnomed_desktop.store.uow import Author, UnitOfWork
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import Unlocked, subkeys

_ROOM = ".cleaning-"
_ANY = KdfParameters(t=1, m_kib=8, p=1)
"""Nothing is derived from a password here: any cost of it will do."""


@dataclass(frozen=True)
class Cleaned:
    """What became of the copies: written anew, in order as they were, and not to be opened by this key."""

    anew: tuple[Path, ...] = ()
    in_order: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()


def forget_drafts(connection: Connection, uids: Sequence[bytes], texts: Sequence[str] = ()) -> int:
    """Throw away what anybody has typed about the records (by uid), or that holds one of the texts (folded)."""
    gone = []
    known = {bytes(uid) for uid in uids}
    marks = [*(uid_text(uid) for uid in uids), *map(fold, texts)]
    for row in connection.execute(select(draft.c.draft, draft.c.uid, draft.c.body)):
        about = row.uid is not None and bytes(row.uid) in known
        typed = fold(json.dumps(json.loads(row.body), ensure_ascii=False))
        if about or any(mark in typed for mark in marks):
            gone.append(bytes(row.draft))
    for one in gone:
        connection.execute(draft.delete().where(draft.c.draft == one))
    return len(gone)


def let_contents_go(connection: Connection, blobs: Blobs) -> int:
    """Drop the contents that no record of the store names, whoever named them before; returns how many."""
    if blobs.is_empty:
        return 0
    named = set(named_contents(connection))
    gone = [sha for sha in blobs.kept() if sha.hex() not in named]
    if gone:
        blobs.remove(gone)
    return len(gone)


# --- one copy --------------------------------------------------------------------------------------


def clean_folder(folder: VaultFolder, unlocked: Unlocked, seeds: Seeds, ledger: Ledger) -> bool:
    """Empty what is gone in a folder with a store of this vault; says whether anything was.

    Raises `VaultError` where this vault's key does not open it, `StorageError`.
    """
    keys = subkeys(unlocked.vault_key)
    database = open_sqlite(folder.store, keys.db)
    try:
        if needs_work(database, seeds):
            bring_up_to_date(database, seeds)
        touched = _empty(database, ledger)
        if touched and folder.blobs.exists():
            contents = Blobs(folder.blobs, keys.blobs)
            try:
                with database.reading() as connection:
                    let_contents_go(connection, contents)
                contents.compact()
            finally:
                contents.close()
        if touched:
            database.compact()
    finally:
        database.close()
    return touched


def _empty(database: Database, ledger: Ledger) -> bool:
    with database.writing() as connection:
        touched = empty_lines(connection, ledger.all_gone if _is_offices(connection) else ledger.named)
        if not touched:
            return False
        tell(connection, ledger.and_also(ledger_of(connection)))
        Projector(connection, LogReader(connection)).derive_anew(touched)
        connection.execute(draft.delete())  # whose words they are, nobody can tell any more
        connection.execute(waiting.delete())  # will be sent again
        search.forget_removed(connection)
    return True


def clean_backup(
    path: Path, unlocked: Unlocked, seeds: Seeds, ledger: Ledger, room: Path, progress: Progress = no_progress
) -> bool:
    """Write a backup anew without what is gone, in its own place; says whether anything was in it.

    ``room`` holds it meanwhile. Raises `VaultError`, `UserError` (``backup.…``), `StorageError`; then the
    file is as it was.
    """
    coming = VaultFolder(room / f"{_ROOM}{secrets.token_hex(4)}")
    coming.root.mkdir(mode=0o700, parents=True)
    try:
        with translated_faults():
            backup.unpack(path, coming.root, progress)
        if not clean_folder(coming, unlocked, seeds, ledger):
            return False
        backup.repack(path, coming, unlocked, room)
        return True
    finally:
        shutil.rmtree(coming.root, ignore_errors=True)


def clean_copies(
    paths: Sequence[Path],
    unlocked: Unlocked,
    vault: bytes,
    seeds: Seeds,
    ledger: Ledger,
    room: Path,
    progress: Progress = no_progress,
) -> Cleaned:
    """Clean backup files and folders of this vault; other vaults' are passed over. Raises `StorageError`."""
    for left in room.glob(f"{_ROOM}*"):
        shutil.rmtree(left, ignore_errors=True)
    anew: list[Path] = []
    in_order: list[Path] = []
    unopened: list[Path] = []
    for number, path in enumerate(paths, start=1):
        try:
            if path.is_dir():
                done = clean_folder(VaultFolder(path), unlocked, seeds, ledger)
            elif backup.read_head(path).vault != vault:
                continue
            else:
                done = clean_backup(path, unlocked, seeds, ledger, room)
            (anew if done else in_order).append(path)
        except (UserError, VaultError):
            unopened.append(path)
        progress(number, len(paths))
    return Cleaned(tuple(anew), tuple(in_order), tuple(unopened))


def under_another_key(paths: Sequence[Path], unlocked: Unlocked, vault: bytes) -> list[Path]:
    """Return the copies of this vault that its key of today does not open: nothing can be cleaned in them."""
    found = []
    for path in paths:
        try:
            if path.is_file() and backup.read_head(path).vault != vault:
                continue
            keys = read_keys(path / "keys.json", _ANY) if path.is_dir() else backup.keys_of(path, _ANY)
            if not is_sealed_by(keys, unlocked):
                found.append(path)
        except (UserError, VaultError):
            found.append(path)
    return found


def copies_in(root: Path, places: Sequence[Path]) -> Iterator[Path]:
    """Yield the copies that the program has made of the vault at ``root``: files and folders."""
    asides = [one for one in sorted(root.parent.glob(f"{root.name}.before-*")) if (one / "store.db").exists()]
    for folder in (VaultFolder(root).backups, *(VaultFolder(one).backups for one in asides), *places):
        if folder.is_dir():
            yield from sorted(folder.glob("*.emb"))
            yield from (one for one in sorted(folder.glob("before-upgrade-*")) if (one / "store.db").exists())
    yield from asides


# --- a copy put in the vault's place ---------------------------------------------------------------


def apply_ledger(store: Store, author: Author, clock: Clock, ledger: Ledger, key: bytes | None = None) -> int:
    """Erase in a restored store what the ledger names and it still knows of; returns how many records.

    The office says so in its own stream. Another computer of it, whose word would be refused, empties the
    lines that were named, and hides the records: what the office said comes again with its next file.
    """
    with store.reading() as connection:
        is_office = _is_offices(connection)
    if not is_office:
        return _empty_restored(store, ledger, key)
    count = 0
    with store.unit_of_work(author, clock, Action.ERASE, Written()) as work:
        connection = work.connection
        everything = ledger.and_also(ledger_of(connection))
        said = justified(connection).lines
        for uid, (kind, entry) in everything.erased.items():
            # A copy that was cleaned hides the record already, and no line of its log says why.
            if any(one.dot not in said and not is_erasing(one) for one in lines_held(connection, uid)):
                work.erase(uid, kind, entry)
                count += 1
        for uid, one in everything.rewritten.items():
            held = {line.dot for line in lines_held(connection, uid)}
            if uid not in everything.erased and held & one.dots and not _is_rewritten(work, uid):
                _rewrite(work, uid, one.kind, one.values, one.entry)
                count += 1
        _keep_entries(work, everything)
        tell(connection, Ledger())
        if key is not None:
            schema.set_meta(connection, KEPT_KEY, key.hex())
    return count


def _is_offices(connection: Connection) -> bool:
    """Say whether the store writes into a stream of its own root: as an office, or before joining one."""
    chosen = schema.get_meta(connection, "office")
    return not chosen or own_streams(connection)["D"].hex() == chosen


def _empty_restored(store: Store, ledger: Ledger, key: bytes | None) -> int:
    with store.database.writing() as connection:
        everything = ledger.and_also(ledger_of(connection))
        emptied = empty_lines(connection, everything.named)
        tell(connection, everything)
        hidden = [uid for uid in everything.erased if lines_held(connection, uid)]
        touched = list(dict.fromkeys([*emptied, *hidden]))
        Projector(connection, LogReader(connection)).derive_anew(touched)
        if key is not None:
            schema.set_meta(connection, KEPT_KEY, key.hex())
    return len(touched)


def _is_rewritten(work: UnitOfWork, uid: bytes) -> bool:
    known = work.states([uid]).get(uid)
    return known is not None and known.state.takes_back


def _rewrite(work: UnitOfWork, uid: bytes, kind: int, values: Mapping[str, Value], entry: bytes) -> None:
    if not values:  # what it says since has gone too
        work.erase(uid, kind, entry)
        return
    known = work.states([uid])[uid]
    gone = dict.fromkeys(key for key in known.state.live if key not in values and not key.startswith("_"))
    work.redact(known, {**gone, **values}, entry)


def _keep_entries(work: UnitOfWork, ledger: Ledger) -> None:
    there = work.states(list(ledger.entries))
    for uid, values in ledger.entries.items():
        known = there.get(uid)
        if known is None or known.is_stub:
            work.create_keyed(KINDS["erasure"], values, uid)
    work.flush()


def take_out_of_pages(folder: VaultFolder, database: Database, key: bytes) -> None:
    """Take what was erased out of the pages of both files."""
    with database.writing() as connection:
        connection.execute(draft.delete())
        search.forget_removed(connection)
    contents = Blobs(folder.blobs, key)
    try:
        with database.reading() as connection:
            let_contents_go(connection, contents)
        contents.compact()
    finally:
        contents.close()
    database.compact()
