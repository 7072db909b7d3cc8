"""An opened store: its database, its identities, and the units of work and readings over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.store import newer, schema
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.engine import Database
from ethnomed_desktop.store.log import LogReader, Writer
from ethnomed_desktop.store.projector import Projector
from ethnomed_desktop.store.rebuild import Seeds, contents, plant_all, rebuild
from ethnomed_desktop.store.tables import replica, stream
from ethnomed_desktop.store.uow import Author, UnitOfWork
from ethnomed_desktop.store.vault_keys import public_key

STREAMS = ("L", "P", "D", "A", "U")
"""Local, private to the first user, office, authority, audit: from the first version on, ids random."""


@dataclass
class Written:
    """What a unit of work left behind; filled in when it has been committed."""

    changes: ChangeSet | None = None


class Store:
    """The store of one vault. ``writing`` and ``reading`` may be used from any thread but the UI's."""

    def __init__(self, database: Database, seeds: Seeds) -> None:
        self.database = database
        self.seeds = seeds
        with database.reading() as connection:
            self.practice = schema.get_meta(connection, "practice") == "1"
            self.office = _office(connection)

    def reload_office(self) -> None:
        """Read anew which stream is written: after joining a hub it is the hub's."""
        with self.database.reading() as connection:
            self.office = _office(connection)

    @contextmanager
    def unit_of_work(self, author: Author, clock: Clock, action: Action, written: Written) -> Iterator[UnitOfWork]:
        """One write transaction; ``written.changes`` is set once it is safely committed."""
        with collecting_later(), self.database.writing() as connection:
            if self.database.is_postgresql:  # another computer may have joined a hub, or become another replica
                self.office = _office(connection)
            work = UnitOfWork(connection, self.office, author, clock, action)
            yield work
            changes = work.finish()
        written.changes = changes

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with self.database.reading() as connection:
            yield connection

    def rebuild(self) -> dict[str, tuple[str, str]]:
        """Make the tables anew; return, per table that differed, its hash before and after."""
        with self.database.writing() as connection:
            before = contents(connection)
            rebuild(connection, self.seeds)
            after = contents(connection)
        if not self.database.is_postgresql:
            # The reader remembers the old index of words and would call the new one corrupt.
            self.database.look_anew()
        return {name: (before[name], after[name]) for name in before if before[name] != after[name]}

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _office(connection: Connection) -> Writer:
    own = connection.execute(select(replica).where(replica.c.is_own)).one()
    chosen = schema.get_meta(connection, "office")
    offices = connection.execute(select(stream).where(stream.c.letter == "D").order_by(stream.c.sid)).all()
    office = next((one for one in offices if bytes(one.uid).hex() == chosen), offices[0])
    return Writer(office.sid, own.rep, bytes(office.uid), bytes(own.uid))


def is_empty(database: Database) -> bool:
    """Say whether the database holds nothing yet; raises `VaultError` for foreign or newer ones."""
    with database.writing() as connection:
        return schema.version_of(connection) is None


def found(database: Database, seeds: Seeds, clock: Clock, seed: bytes, *, practice: bool) -> None:
    """Make the structure, the streams and the own replica in an empty database, in one transaction.

    ``seed`` is the replica's signing seed (32 random bytes).
    """
    with database.writing() as connection:
        schema.migrate(connection)
        schema.reconcile(connection)
        newer.mark(connection)
        schema.set_meta(connection, "practice", "1" if practice else "0")
        now = clock.now_ms()
        for number, letter in enumerate(STREAMS, start=1):
            connection.execute(stream.insert().values(sid=number, uid=new_uid(now), letter=letter))
        connection.execute(
            replica.insert().values(
                rep=1, uid=new_uid(now), is_own=True, verify_key=public_key(seed), sign_seed=seed
            )
        )
        plant_all(Projector(connection, LogReader(connection)), seeds)
        schema.set_meta(connection, "seeds", know_seeds(seeds))


def bring_up_to_date(database: Database, seeds: Seeds) -> bool:
    """Migrate and reconcile in one transaction; says whether anything had to be done.

    The caller keeps a copy of the file first. Raises `VaultError` (``vault.newer`` and others).
    """
    with database.writing() as connection:
        version = schema.version_of(connection)
        if version == schema.NEWEST and schema.is_current(connection) and _are_planted(connection, seeds):
            return False
        if version != schema.NEWEST:
            schema.migrate(connection)
        schema.reconcile(connection)
        newer.mark(connection)
        rebuild(connection, seeds)  # even with an empty log: seeds may fill new fields
        schema.set_meta(connection, "seeds", know_seeds(seeds))
    database.look_anew()  # what a server's reader has prepared is for the old columns
    return True


def needs_work(database: Database, seeds: Seeds) -> bool:
    """Say whether `bring_up_to_date` would change anything."""
    with database.reading() as connection:
        current = schema.version_of(connection) == schema.NEWEST and schema.is_current(connection)
        return not (current and _are_planted(connection, seeds))


def _are_planted(connection: Connection, seeds: Seeds) -> bool:
    """Say whether the seeds of this program are those in the tables: a newer one brings new districts."""
    return schema.get_meta(connection, "seeds") == know_seeds(seeds)


def know_seeds(seeds: Seeds) -> str:
    """Return the hash of the seeds; of those hashed last it is kept: a program has one set and never changes it."""
    known = _hashed.get("last")
    if known is None or known[0] is not seeds:
        rows = {name: [[uid.hex(), values] for uid, values in some] for name, some in seeds.items()}
        known = seeds, hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
        _hashed["last"] = known
    return known[1]


_hashed: dict[str, tuple[Seeds, str]] = {}
