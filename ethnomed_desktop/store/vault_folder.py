"""Where the files of one vault lie, readable by their owner only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.store.safe_files import storage_error

_OWNER_ONLY = 0o700


@dataclass(frozen=True)
class VaultFolder:
    """The layout of a vault's folder; making the object touches nothing."""

    root: Path
    away: Path | None = None
    """A folder away from the vault where a second mark of how far it was is kept (`store.last_seen`)."""

    @property
    def keys(self) -> Path:
        """Slots, without secrets in clear."""
        return self.root / "keys.json"

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return self.root / "store.db"

    @property
    def blobs(self) -> Path:
        """Attachments, encrypted with a key of their own."""
        return self.root / "blobs.db"

    @property
    def backups(self) -> Path:
        """Encrypted copies made by the program."""
        return self.root / "backups"

    @property
    def inbox(self) -> Path:
        """Exchange files received, untouched."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Exchange files sent."""
        return self.root / "outbox"

    @property
    def lock(self) -> Path:
        """The instance lock."""
        return self.root / "store.lock"

    @property
    def failed_unlocks(self) -> Path:
        """Failed unlockings until the next good one."""
        return self.root / "failed-unlocks.json"

    @property
    def noted_aside(self) -> Path:
        """What an older program would have put into the audit trail of a newer one's vault."""
        return self.root / "noted-aside"

    def has_vault(self) -> bool:
        """Whether there is a vault (whole or not): such a folder is never made into a new one."""
        return self.keys.exists() or self.store.exists()

    def prepare(self) -> None:
        """Make the folders, owner-only, and close those that exist to others; raises `StorageError`."""
        for folder in (self.root, self.backups, self.inbox, self.outbox):
            try:
                folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
                folder.chmod(_OWNER_ONLY)
            except OSError as error:
                raise storage_error(error, folder) from error


def use_owner_only_umask() -> int:
    """Let every file this process makes be the owner's alone; returns the mask before.

    Once, at the start of the program: the database engine makes its side files by itself. On
    Windows the user's profile folder does this.
    """
    return os.umask(0o077)
