"""Refusals that a person can understand: a code and facts, worded in the user's language by `app.messages`."""

from __future__ import annotations


class EthnomedError(Exception):
    """What the program says no to, by a stable code and facts to fill into a sentence.

    ``field`` names the input at fault, so that a form can move the focus there.
    """

    exit_code = 1

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class UserError(EthnomedError):
    """The input was refused; nothing was changed (exit code 1)."""


class UsageError(EthnomedError):
    """The call itself was wrong: unknown kind, field or option (exit code 2)."""

    exit_code = 2


class VaultError(EthnomedError):
    """The vault cannot be opened: passphrase, damage, open elsewhere, newer version (exit code 3)."""

    exit_code = 3


class NotAllowed(EthnomedError):
    """Not allowed, or somebody changed the record meanwhile (exit code 4)."""

    exit_code = 4


class StorageError(EthnomedError):
    """The disk refused: full, read-only, gone. What was saved before is kept (exit code 1)."""


class Problems(UserError):
    """Several inputs of one form are refused at once; each is a `UserError` of its own."""

    def __init__(self, problems: tuple[UserError, ...]) -> None:
        super().__init__("form.problems", field=problems[0].field, count=len(problems))
        self.problems = problems
