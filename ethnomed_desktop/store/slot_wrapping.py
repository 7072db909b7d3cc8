"""One slot: its name, its role, what it wraps and how it is opened."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.domain.fieldtypes import clean_text
from ethnomed_desktop.store import recovery_code
from ethnomed_desktop.store.handing_over import take_over
from ethnomed_desktop.store.kdf import SALT_BYTES, KdfParameters, derive
from ethnomed_desktop.store.key_file import (
    CHECK_BYTES,
    LABEL_LIMIT,
    NONCE_BYTES,
    ROLES,
    KeyFile,
    Slot,
    SlotKind,
)
from ethnomed_desktop.store.vault_keys import VAULT_KEY_BYTES, Unlocked, derived_key


def checked_label(label: str) -> str:
    """Return a slot's label as one tidy line; raises `UserError` (``slot.label_…``)."""
    tidy = clean_text(label, lines=False)
    if not tidy:
        raise UserError("slot.label_missing", field="label")
    if len(tidy) > LABEL_LIMIT:
        raise UserError("slot.label_too_long", field="label", limit=LABEL_LIMIT)
    return tidy


def checked_role(role: str) -> str:
    """Return the role; raises `UserError` (``code.unknown``)."""
    if role not in ROLES:
        raise UserError("code.unknown", field="role", value=role[:40], list="user_role")
    return role


def same_label(first: str, second: str) -> bool:
    """Whether two labels name one slot: case and spaces at the ends do not count."""
    try:
        return checked_label(first).casefold() == checked_label(second).casefold()
    except UserError:
        return False


def canonical_code(code: str) -> str:
    """Return the text that a recovery code is derived from; raises `UserError` (``recovery.…``)."""
    return recovery_code.parse(code).hex()


def made_slot(slot_id: int, kind: SlotKind, holder: Unlocked, secret: str, params: KdfParameters) -> Slot:
    """Wrap the holder's secrets under a fresh salt; label, user and role are the holder's."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    key = derive(secret, salt, params)
    slot = Slot(
        id=slot_id,
        kind=kind,
        label=holder.label,
        user=holder.user,
        role=holder.role,
        kdf=params,
        salt=salt,
        nonce=nonce,
        wrapped=b"",
        check=_check(key),
    )
    content = holder.vault_key + holder.signing_seed
    return replace(slot, wrapped=AESGCM(key).encrypt(nonce, content, slot.bound(holder.vault)))


def opened(keys: KeyFile, slot: Slot, secret: str) -> Unlocked | None:
    """Return what the slot wraps, or ``None`` where ``secret`` is not its secret.

    Raises `VaultError` (``vault.keys_altered``): the secret is right, the slot was changed.
    """
    key = derive(secret, slot.salt, slot.kdf)
    try:
        content = AESGCM(key).decrypt(slot.nonce, slot.wrapped, slot.bound(keys.vault))
    except InvalidTag:
        if hmac.compare_digest(_check(key), slot.check):
            raise VaultError("vault.keys_altered") from None
        return None
    vault_key: bytes | None = content[:VAULT_KEY_BYTES]
    if slot.handed is not None:
        vault_key = take_over(slot.handed, content[VAULT_KEY_BYTES:], slot.bound(keys.vault))
    if vault_key is None:
        raise VaultError("vault.keys_altered")
    return Unlocked(
        vault_key=vault_key,
        signing_seed=content[VAULT_KEY_BYTES:],
        vault=keys.vault,
        user=slot.user,
        role=slot.role,
        slot_id=slot.id,
        label=slot.label,
    )


def _check(key: bytes) -> bytes:
    return derived_key(key, "em/slot-check/1", CHECK_BYTES)
