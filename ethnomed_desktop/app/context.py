"""What every command of the program works with: the open vault, the clock, whose work it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.domain.clock import Clock, SystemClock
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.rights import Act, Rights
from ethnomed_desktop.store.blobs import Blobs
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork
from ethnomed_desktop.store.vault import Vault

from ethnomed_desktop.store.vault_keys import subkeys
T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a command made, and what it touched, for views to reload what they show."""

    value: T
    changes: ChangeSet


@dataclass
class AppContext:
    """The open vault and the clock. Its methods run on the store's lanes, never on the UI thread."""

    vault: Vault
    clock: Clock = field(default_factory=SystemClock)

    @contextmanager
    blobs: Blobs = field(init=False, repr=False)
    """The contents of attached files; their file is opened when first needed."""

    def __post_init__(self) -> None:
        database = self.vault.store.database
        server = database if database.is_postgresql else None
        self.blobs = Blobs(self.vault.folder.blobs, subkeys(self.vault.unlocked.vault_key).blobs, server)
    def unit_of_work(self, action: Action, written: Written) -> Iterator[UnitOfWork]:
        """Open one write transaction; ``written.changes`` is set once it is committed."""
        with self.vault.store.unit_of_work(self.vault.author, self.clock, action, written) as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open one consistent view of the store."""
        with self.vault.store.reading() as connection:
            yield connection

    @property
    def user(self) -> bytes:
        """The uid of the user of this session."""
        return self.vault.unlocked.user

    @property
    def practice(self) -> bool:
        """Whether everything here is invented."""
        return self.vault.practice


def committed(written: Written) -> ChangeSet:
    """Return what a unit of work changed, after its end."""
    assert written.changes is not None, "the unit of work has not been committed"
    return written.changes
