"""What the pages before the vault may ask for. Imports the program's heavy parts when it is asked, not before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.data_place import DataPlace
    from ethnomed_desktop.app.vault import NewCouncil
    from ethnomed_desktop.domain.clock import Clock
    from ethnomed_desktop.domain.fieldtypes import Value
    from ethnomed_desktop.domain.progress import Progress

PRACTICE_LABEL = "practice"
"""The one name at the door of a practice council."""


class Door:
    """The way into one folder. Every method runs on the free lane, never on the window's thread.

    ``params`` are key derivation parameters for a new vault (tests pass cheap ones; left out, they
    are calibrated); ``clock`` stands still, which only practice councils allow.
    """

    def __init__(self, root: Path, *, clock: Clock | None = None, params: Any = None) -> None:
        self.root = root
        self._clock = clock
        self._params = params

    def has_vault(self) -> bool:
        """Say whether there is a vault; quick, may be asked on the window's thread."""
        return (self.root / "keys.json").exists()

    def warm_up(self, progress: Progress) -> None:
        """Import and read what unlocking will need, while the person types."""
        import ethnomed_desktop.app.history
        import ethnomed_desktop.app.lists
        import ethnomed_desktop.app.vault  # noqa: F401
        from ethnomed_desktop.app.seeds import know_seeds

        know_seeds()

    def labels(self, progress: Progress) -> Sequence[str]:
        """Return the names at the door; raises `VaultError` for a damaged keys.json."""
        from ethnomed_desktop.app.vault import door_labels

        return door_labels(self.root)

    def open_secret(self, labels: Sequence[str]) -> str:
        """Return the password of a practice council, which everybody knows; empty for any other."""
        from ethnomed_desktop.app.practice import PASSPHRASE

        return PASSPHRASE if list(labels) == [PRACTICE_LABEL] else ""

    def open(self, secret: str, label: str | None) -> AppContext:
        """Open with a passphrase or the recovery code; raises as `app.vault.open_council`."""
        from ethnomed_desktop.app.vault import open_council

        return self._at_its_time(open_council(self.root, secret, program="window", label=label))

    def create(self, council: Mapping[str, Any], passphrase: str) -> NewCouncil:
        """Make a council; raises as `app.vault.create_council`."""
        from ethnomed_desktop.app.vault import create_council

        return create_council(
            self.root, council, passphrase, program="window", clock=self._clock, params=self._params
        )

    def practice(self, language: str) -> AppContext:
        """Make the practice council here and return it open; raises as `app.practice.create_practice`."""
        from ethnomed_desktop.app.practice import create_practice

        made, _records = create_practice(
            self.root, language, program="window", clock=self._clock, params=self._params
        )
        return self._at_its_time(made.ctx)

    def _at_its_time(self, ctx: AppContext) -> AppContext:
        """Set the clock when one was given, which the audit trail notes; lock what it may not be set in."""
        if self._clock is None:
            return ctx
        from ethnomed_desktop.app.vault import close, fix_clock
        from ethnomed_desktop.domain.clock import local_time
        from ethnomed_desktop.domain.errors import UsageError

        try:
            fix_clock(ctx, local_time(self._clock.now_ms()))
        except UsageError:
            close(ctx)
            raise
        return ctx

    def place(self, progress: Progress) -> DataPlace:
        """Wait until everything has reached the disk, and say what the folder lies on."""
        from ethnomed_desktop.app.data_place import place_after_writing

        return place_after_writing(self.root)

    def backups(self) -> Path:
        """Return the folder of the automatic backups, or what is nearest to it."""
        own = self.root / "backups"
        return own if own.is_dir() else Path.home()

    def restore(self, file: Path, secret: str, progress: Progress) -> Path | None:
        """Put a backup in the place of the vault; return where the old one lies. As `app.backups.restore`."""
        from ethnomed_desktop.app.backups import restore

        return restore(file, self.root, secret, program="window", clock=self._clock, progress=progress)

    def pattern(self, body_kind: str) -> Mapping[str, Value]:
        """Return what a body of this kind is filled in with; empty when there is no pattern."""
        from ethnomed_desktop.app.seeds import patterns

        return next((one for one in patterns().values() if one.get("body_kind") == body_kind), {})
