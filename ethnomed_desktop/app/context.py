"""What every command of the program works with: the open vault, the clock, whose work it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ethnomed_desktop.domain import own_codes
from ethnomed_desktop.domain.changes import Action, Change, ChangeSet
from ethnomed_desktop.domain.clock import Clock, SystemClock
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.rights import Act, Rights
from ethnomed_desktop.store.blobs import Blobs
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.own_codes import own_entries
from ethnomed_desktop.store.queries.veil import veiled
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.uow import UnitOfWork
from ethnomed_desktop.store.vault import Vault
from ethnomed_desktop.store.vault_keys import subkeys

T = TypeVar("T")
_NUMBERING = {Action.NUMBER, Action.CORRECT}


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
    viewed: set[bytes] = field(default_factory=set, init=False, repr=False)
    """Records whose viewing stands in the audit trail of this session (`app.viewing`)."""
    _codes: own_codes.Entries | None = field(default=None, init=False, repr=False)
    blobs: Blobs = field(init=False, repr=False)
    """The contents of attached files; their file is opened when first needed."""

    def __post_init__(self) -> None:
        database = self.vault.store.database
        server = database if database.is_postgresql else None
        key = subkeys(self.vault.unlocked.vault_key).blobs
        self.blobs = Blobs(self.vault.folder.blobs, key, server, reading_only=self.vault.reading_only)

    @contextmanager
    def unit_of_work(self, action: Action, written: Written) -> Iterator[UnitOfWork]:
        """Open one write transaction; ``written.changes`` is set once it is committed.

        Every change is held against the rights of the user's role: `NotAllowed` (``rights.…``) ends
        the unit, and nothing of it was written.
        """
        if action in _NUMBERING:
            self.require(Act.NUMBER)
        with self.vault.store.unit_of_work(self.vault.author, self.clock, action, written) as work:
            work.guard = lambda change: self._require_change(action, change)
            self._know_codes(work.connection)
            yield work
        if written.changes is not None and written.changes.touches("code_entry"):
            self.look_at_codes()

    @contextmanager
    def writing(self, act: Act | None) -> Iterator[Reading]:
        """Open a write transaction past the log (audit, exchange, settings) for an act of the table.

        ``act`` None is for what every user may do for himself: drafts, the office worked for. Raises
        `NotAllowed` (``rights.act``) before anything is touched.
        """
        if act is not None:
            self.require(act)
        with self.vault.store.database.writing() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open one consistent view of the store; fields above the role's ceiling are not in it."""
        rights = self.rights
        with (
            self.vault.store.reading() as connection,
            veiled(connection, None if rights.sees_all else rights.hidden),
        ):
            self._know_codes(connection)
            yield connection

    def look_at_codes(self) -> None:
        """Read anew, when next asked, which entries offices have added to code lists."""
        self._codes = None

    def _know_codes(self, connection: Reading) -> None:
        """Let types and labels know the entries of this vault; on a server others may add some at any time."""
        if self._codes is None or self.vault.store.database.is_postgresql:
            self._codes = own_entries(connection)
        own_codes.use(self._codes)

    @property
    def rights(self) -> Rights:
        """What the user of this session may do and see."""
        return self.vault.rights

    def may(self, act: Act) -> bool:
        """Whether the user may do it."""
        return self.rights.may(act)

    def require(self, act: Act) -> None:
        """Refuse what the user may not do; raises `NotAllowed` (``rights.act``, ``vault.reading_only``)."""
        self.rights.require(act)

    def _require_change(self, action: Action, change: Change) -> None:
        kind = KINDS_BY_NUMBER.get(change.kind)
        if kind is None or action is Action.SETUP:  # the founding, and carrying one's own records over
            return
        if kind.name == "user" and action is not Action.USERS:
            raise NotAllowed("rights.users_apart")
        self.rights.require_write(kind.name)

    @property
    def user(self) -> bytes:
        """The uid of the user of this session."""
        return self.vault.unlocked.user

    @property
    def practice(self) -> bool:
        """Whether everything here is invented."""
        return self.vault.practice

    @property
    def reading_only(self) -> bool:
        """Whether a newer program wrote the vault, so that nobody can write here."""
        return self.vault.reading_only

    def require_writing(self) -> None:
        """Refuse to begin what would write, whoever asks; raises `NotAllowed` (``vault.reading_only``)."""
        if self.reading_only:
            raise NotAllowed("vault.reading_only")


def committed(written: Written) -> ChangeSet:
    """Return what a unit of work changed, after its end."""
    assert written.changes is not None, "the unit of work has not been committed"
    return written.changes
