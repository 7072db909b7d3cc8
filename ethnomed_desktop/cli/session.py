"""One call of the command line: what was asked for globally, the vault once it is open, the answer."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypedDict

from ethnomed_desktop.cli.console import Console
from ethnomed_desktop.cli.input_files import STANDARD_INPUT, read_first_line
from ethnomed_desktop.cli.window_call import has_display
from ethnomed_desktop.domain.clock import KAZAKHSTAN, Clock, FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, UsageError, VaultError
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import _

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.store.kdf import KdfParameters

PASSPHRASE_VARIABLE = "ETHNOMED_PASSPHRASE"
NEW_PASSPHRASE_VARIABLE = "ETHNOMED_NEW_PASSPHRASE"


class Costs(TypedDict, total=False):
    """What passwords cost, as the functions of `app.vault` take it."""

    params: KdfParameters
    minimum: KdfParameters


@dataclass(frozen=True)
class Answer:
    """What a command has to say: as data, as text for people, and how it ended."""

    value: Any
    text: str
    exit_code: int = 0


OpenWindow = Callable[[Path | None, str, Clock | None], int]
"""Opens the window over a data folder (None: the person's own) in a language (empty: the one it
remembers) by a clock (None: the computer's); returns its exit code."""

Trial = Callable[[Path, str], None]
"""Opens the window unseen over a folder and closes it again; raises when something is wrong."""


@dataclass
class Surroundings:
    """What the call was made in; tests give their own. ``params``: cost of new passwords, else measured."""

    stdin: BinaryIO
    environment: Mapping[str, str]
    params: KdfParameters | None = None
    window: OpenWindow | None = None
    trial: Trial | None = None


@dataclass
class Session:
    """The options of a call and its open vault. `close` locks it; one unlocking serves the whole call."""

    console: Console
    surroundings: Surroundings
    language: str
    data_dir: Path | None = None
    user: str | None = None
    passphrase_file: str | None = None
    now: datetime | None = None
    in_batch: bool = False
    asked_language: str = ""
    """What ``--lang`` said; empty without it, when the window keeps the language it remembers."""
    _ctx: AppContext | None = field(default=None, repr=False)

    @property
    def catalog(self) -> Catalog:
        """The words of the interface language."""
        return Catalog.load(self.language)

    @property
    def clock(self) -> Clock | None:
        """The clock that stands at ``--now``; None: the computer's."""
        return FixedClock(self.now) if self.now is not None else None

    @property
    def has_display(self) -> bool:
        """Whether a window could be opened here."""
        return has_display(self.surroundings.environment)

    @property
    def in_test(self) -> bool:
        """Whether the caller set the cost of passwords, which only tests do."""
        return self.surroundings.params is not None

    @property
    def costs(self) -> Costs:
        """What passwords cost, where the caller set it; else it is measured on this computer."""
        params = self.surroundings.params
        return {} if params is None else {"params": params, "minimum": params}

    @property
    def folder(self) -> Path:
        """The data folder: the one given, else the person's own."""
        from ethnomed_desktop import paths

        return paths.places(data=self.data_dir).data

    def council(self) -> AppContext:
        """Return the open vault, unlocking it on first use.

        Whatever keeps it shut is exit code 3, also a refusal of the disk; raises `VaultError` and
        others, `UsageError` for a missing passphrase.
        """
        if self._ctx is None:
            self._require_council()
            secret = self.passphrase()
            try:
                self._ctx = self._opened(secret)
            except UsageError:
                raise
            except EthnomedError as error:
                error.exit_code = 3
                raise
            self.fix_clock(self._ctx)
            self._tell_of_opening(self._ctx)
        return self._ctx

    def _tell_of_opening(self, ctx: AppContext) -> None:
        """Say what is unusual about the vault: a newer program's, or one that was cut off before."""
        if ctx.reading_only:
            from ethnomed_desktop.app.messages import sentence

            self.console.note(sentence(NotAllowed("vault.reading_only"), self.catalog))
        if ctx.vault.was_cut_off:
            from ethnomed_desktop.app.checks import finding_sentence
            from ethnomed_desktop.app.vault import look_after_cut_off

            for one in look_after_cut_off(ctx):
                self.console.note(finding_sentence(one, self.catalog))

    def _opened(self, secret: str) -> AppContext:
        from ethnomed_desktop.app import vault

        cheap = self.surroundings.params
        if cheap is None:
            return vault.open_council(self.folder, secret, program="command", label=self.user)
        return vault.open_council(self.folder, secret, program="command", label=self.user, minimum=cheap)

    def _require_council(self) -> None:
        """Refuse before asking for a password when there is nothing to open."""
        from ethnomed_desktop.app import vault

        try:
            there = vault.has_council(self.folder)
        except OSError:
            raise VaultError("vault.unreadable_folder", path=self.folder.name) from None
        if not there:
            raise VaultError("vault.missing", path=self.folder.name)

    def adopt(self, ctx: AppContext) -> None:
        """Take over a vault that a command has just made."""
        self._ctx = ctx

    def fix_clock(self, ctx: AppContext) -> None:
        """Let the clock of the session stand at ``--now``; raises `UsageError` (``usage.practice_only``)."""
        if self.now is not None:
            from ethnomed_desktop.app import vault

            vault.fix_clock(ctx, self.now, in_test=self.in_test)

    def last_use(self, command: Callable[[AppContext], Path]) -> Path:
        """Run a command that closes the vault itself, whether it succeeds or not; return its answer."""
        ctx = self.council()
        try:
            return command(ctx)
        finally:
            if ctx.vault.is_closed:
                self._ctx = None

    def close(self) -> None:
        """Lock the vault if it was opened."""
        if self._ctx is not None:
            from ethnomed_desktop.app import vault

            ctx, self._ctx = self._ctx, None
            vault.close(ctx)

    def passphrase(self) -> str:
        """Return the passphrase: from the file named, the variable, or typed without an echo."""
        given = self._given_passphrase(self.passphrase_file, PASSPHRASE_VARIABLE)
        return given if given is not None else self._typed(_("Password: "))

    def new_passphrase(self, file: str | None, variable: str) -> str:
        """Return a passphrase to be set; typed ones are asked for twice.

        Raises `UsageError` (``usage.no_passphrase``, ``usage.passphrases_differ``).
        """
        given = self._given_passphrase(file, variable)
        if given is not None:
            return given
        first = self._typed(_("New password: "))
        if self._typed(_("The new password again: ")) != first:
            raise UsageError("usage.passphrases_differ")
        return first

    def _given_passphrase(self, file: str | None, variable: str) -> str | None:
        if file is not None:
            if file == STANDARD_INPUT and self.in_batch:
                raise UsageError("usage.wrong_value", value=file, option="--passphrase-file")
            return read_first_line(file, self.surroundings.stdin)
        return self.surroundings.environment.get(variable) or None

    def _typed(self, prompt: str) -> str:
        if not self.surroundings.stdin.isatty():
            raise UsageError("usage.no_passphrase")
        return getpass.getpass(prompt)


def parse_now(text: str | None) -> datetime | None:
    """Read ``--now``; a moment without a zone is one of Kazakhstan. Raises `UsageError`."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)
        FixedClock(aware)
    except (ValueError, OverflowError):
        raise UsageError("usage.wrong_value", value=text[:60], option="--now") from None
    return aware
