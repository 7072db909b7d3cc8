"""What a person must prove about the own secrets: the old passphrase, and that the recovery sheet exists.

Whether the sheet was confirmed is kept in the vault, on this computer, beside the log: a power cut, a
lock or a closed window between making a code and confirming it leaves the notice standing.
"""

from __future__ import annotations

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.vault import change_passphrase, recovery_mark
from ethnomed_desktop.domain.errors import EthnomedError, UserError, VaultError
from ethnomed_desktop.store import schema, slots
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.recovery_code import parse


def change_own_passphrase(
    ctx: AppContext,
    old: str,
    passphrase: str,
    params: KdfParameters | None = None,
    minimum: KdfParameters = FLOOR,
) -> None:
    """Change the passphrase of who can type the present one (or the recovery code: it was forgotten).

    About two seconds, never on the UI thread. Raises `VaultError` (``vault.wrong_passphrase``, field
    ``old``), `UserError` (``passphrase.…``); then nothing was changed.
    """
    try:
        proved = slots.unlock(ctx.vault.keys, old, ctx.vault.unlocked.label)
    except EthnomedError as error:
        raise VaultError("vault.wrong_passphrase", field="old") from error
    if proved.user != ctx.user:
        raise VaultError("vault.wrong_passphrase", field="old")
    change_passphrase(ctx, passphrase, params, minimum)


def same_code(typed: str, code: str) -> bool:
    """Say whether two writings of a recovery code mean the same; quick, touches nothing."""
    try:
        return parse(typed) == parse(code)
    except UserError:
        return False


def confirm_recovery(ctx: AppContext, typed: str) -> None:
    """Note that the user has the sheet: the code typed from it opens this vault.

    About a second. Raises `UserError` (``recovery.…``) for what is no code, `VaultError`
    (``recovery.other_code``) for a code of another sheet.
    """
    parse(typed)
    try:
        slots.unlock(ctx.vault.keys, typed, ctx.vault.unlocked.label)
    except EthnomedError as error:
        raise VaultError("recovery.other_code", field="recovery_code") from error
    note_recovery(ctx, confirmed=True)


def note_recovery(ctx: AppContext, *, confirmed: bool) -> None:
    """Keep whether the user has confirmed the newest sheet."""
    with ctx.writing(None) as connection:
        schema.set_meta(connection, recovery_mark(ctx.user), "" if confirmed else "1")
    ctx.vault.note(ctx.clock, "recovery.confirmed" if confirmed else "recovery.unconfirmed", {})


def recovery_is_open(ctx: AppContext) -> bool:
    """Say whether the user still has to confirm the recovery sheet."""
    with ctx.reading() as connection:
        return bool(schema.get_meta(connection, recovery_mark(ctx.user)))
