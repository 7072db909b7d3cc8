"""Ways into a vault: making, opening, changing them. Each function returns a new `KeyFile`.

Every unlocking and every new slot costs one key derivation (about a second): off the UI thread.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from ethnomed_desktop.domain.clock import Clock, SystemClock
from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.passphrases import normalised, require_acceptable
from ethnomed_desktop.store import recovery_code
from ethnomed_desktop.store.handing_over import hand_over
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters, require_allowed
from ethnomed_desktop.store.key_file import (
    LABEL_LIMIT,
    MOST_SLOTS,
    KeyFile,
    Slot,
    SlotKind,
)
from ethnomed_desktop.store.slot_wrapping import (
    canonical_code,
    checked_label,
    checked_role,
    made_slot,
    opened,
    same_label,
)
from ethnomed_desktop.store.trustee_parts import join, looks_like_parts
from ethnomed_desktop.store.vault_keys import (
    SEED_BYTES,
    VAULT_KEY_BYTES,
    Unlocked,
    public_key,
    subkeys,
)


class Created(NamedTuple):
    """A new vault's keys; ``recovery_code`` is shown and printed once, and kept nowhere."""

    keys: KeyFile
    unlocked: Unlocked
    recovery_code: str


class Added(NamedTuple):
    """A new user's slot; ``public_key`` belongs into the user's record, to check signatures by."""

    keys: KeyFile
    slot_id: int
    public_key: bytes


def create_keys(
    passphrase: str,
    label: str,
    user: bytes,
    role: str,
    params: KdfParameters,
    *,
    minimum: KdfParameters = FLOOR,
    clock: Clock | None = None,
) -> Created:
    """Make the keys of a new vault: a passphrase slot and a recovery slot of its first user.

    Two key derivations. Raises `UserError` (``passphrase.…``, ``slot.label_missing``,
    ``slot.label_too_long``) and `VaultError` (``vault.kdf_too_weak`` …).
    """
    require_allowed(params, minimum)
    require_acceptable(passphrase)
    now = (clock or SystemClock()).now_ms()
    keys = KeyFile(vault=new_uid(now), created_ms=now, slots=())
    unlocked = Unlocked(
        vault_key=secrets.token_bytes(VAULT_KEY_BYTES),
        signing_seed=secrets.token_bytes(SEED_BYTES),
        vault=keys.vault,
        user=user,
        role=checked_role(role),
        slot_id=1,
        label=checked_label(label),
    )
    code = recovery_code.new_code()
    first = made_slot(1, "passphrase", unlocked, passphrase, params)
    second = made_slot(2, "recovery", unlocked, canonical_code(code), params)
    return Created(_sealed(keys, unlocked, (first, second)), unlocked, code)


def unlock(keys: KeyFile, secret: str, label: str | None = None) -> Unlocked:
    """Open a slot by passphrase or recovery code (in any spacing and case).

    With ``label`` only that user's slots are tried: one derivation for a passphrase. Raises
    `VaultError`: ``vault.no_such_user``, ``vault.wrong_passphrase``, ``vault.recovery_mistyped``
    (it has the shape of a code, but its check does not fit), ``vault.keys_altered`` (a slot or
    the list of slots was changed by somebody without the vault key); `UserError` for text that
    cannot be a passphrase.
    """
    normalised(secret)
    slots = keys.slots if label is None else _slots_of(keys, label)
    for slot, text in _attempts(slots, secret):
        unlocked = opened(keys, slot, text)
        if unlocked is not None:
            _require_unaltered(keys, unlocked)
            return unlocked
    if recovery_code.looks_like_one(secret) and _code_or_none(secret) is None:
        raise VaultError("vault.recovery_mistyped", field="recovery_code")
    raise VaultError("vault.wrong_passphrase", field="passphrase")


def change_passphrase(
    keys: KeyFile, unlocked: Unlocked, passphrase: str, params: KdfParameters, minimum: KdfParameters = FLOOR
) -> KeyFile:
    """Give the user of this session a new passphrase; other slots stay as they are.

    Also after unlocking by recovery code: then the forgotten passphrase's slot is replaced.
    """
    require_allowed(params, minimum)
    require_acceptable(passphrase)
    _require_unaltered(keys, unlocked)
    old = _own_slot(keys, unlocked, "passphrase")
    slot_id = old.id if old else _next_id(keys)
    slot = made_slot(slot_id, "passphrase", _as_in(old, unlocked), passphrase, params)
    return _with_slot(keys, unlocked, slot)


def renew_recovery(
    keys: KeyFile, unlocked: Unlocked, params: KdfParameters, minimum: KdfParameters = FLOOR
) -> tuple[KeyFile, str]:
    """Make the session's user a new recovery code; the sheet printed before stops working."""
    require_allowed(params, minimum)
    _require_unaltered(keys, unlocked)
    code = recovery_code.new_code()
    old = _own_slot(keys, unlocked, "recovery")
    slot_id = old.id if old else _next_id(keys)
    slot = made_slot(slot_id, "recovery", unlocked, canonical_code(code), params)
    return _with_slot(keys, unlocked, slot), code


def add_slot(
    keys: KeyFile,
    unlocked: Unlocked,
    passphrase: str,
    label: str,
    user: bytes,
    role: str,
    params: KdfParameters,
    *,
    minimum: KdfParameters = FLOOR,
) -> Added:
    """Let another user in, with a signing seed of their own; who may do so is the caller's rule.

    Raises `UserError`: ``slot.label_taken``, ``slot.user_has_one``, ``slot.too_many``, and those
    of `create_keys`.
    """
    require_allowed(params, minimum)
    require_acceptable(passphrase)
    _require_unaltered(keys, unlocked)
    name = checked_label(label)
    if any(same_label(slot.label, name) for slot in keys.slots):
        raise UserError("slot.label_taken", field="label", label=name)
    if any(slot.user == user for slot in keys.slots):
        raise UserError("slot.user_has_one", field="label")
    if len(keys.slots) + 2 > MOST_SLOTS:  # room for the recovery slot that follows
        raise UserError("slot.too_many", limit=MOST_SLOTS // 2)
    seed = secrets.token_bytes(SEED_BYTES)
    slot_id = _next_id(keys)
    theirs = replace(unlocked, signing_seed=seed, user=user, role=checked_role(role), slot_id=slot_id, label=name)
    slot = made_slot(slot_id, "passphrase", theirs, passphrase, params)
    return Added(_with_slot(keys, unlocked, slot), slot_id, public_key(seed))


def remove_slot(keys: KeyFile, unlocked: Unlocked, slot_id: int) -> KeyFile:
    """Take a way in away. Removing a user's passphrase removes their recovery code with it.

    The person may have seen the vault key while they had it: offer a new one afterwards. Raises
    `UserError`: ``slot.unknown``, ``slot.last_passphrase``, ``slot.last_recovery`` (one of each
    kind always stays).
    """
    _require_unaltered(keys, unlocked)
    gone = keys.slot(slot_id)
    if gone is None:
        raise UserError("slot.unknown", slot=slot_id)
    rest = tuple(
        slot
        for slot in keys.slots
        if slot.id != slot_id and not (gone.kind == "passphrase" and slot.user == gone.user)
    )
    return _without(keys, unlocked, rest)


def remove_user(keys: KeyFile, unlocked: Unlocked, user: bytes) -> KeyFile:
    """Take all ways in of a user away; one who has none changes nothing. Raises as `remove_slot`."""
    _require_unaltered(keys, unlocked)
    return _without(keys, unlocked, tuple(slot for slot in keys.slots if slot.user != user))


def _without(keys: KeyFile, unlocked: Unlocked, rest: tuple[Slot, ...]) -> KeyFile:
    if not any(slot.kind == "passphrase" for slot in rest):
        raise UserError("slot.last_passphrase")
    if not any(slot.kind == "recovery" for slot in rest):
        raise UserError("slot.last_recovery")
    return _sealed(keys, unlocked, rest)


def with_vault_key(
    keys: KeyFile, unlocked: Unlocked, vault_key: bytes, verify_keys: Mapping[bytes, bytes]
) -> KeyFile:
    """Hand another vault key to every slot, each sealed to its user's key; no passphrase is needed.

    ``verify_keys`` by user, as signed for. Raises `UserError` (``rekey.unknown_user``): a slot's user is
    not among them; that slot must be looked at first.
    """
    _require_unaltered(keys, unlocked)
    handed = []
    for slot in keys.slots:
        verify_key = verify_keys.get(slot.user)
        if verify_key is None:
            raise UserError("rekey.unknown_user", label=slot.label)
        handed.append(replace(slot, handed=hand_over(vault_key, verify_key, slot.bound(keys.vault))))
    return replace(keys, slots=tuple(handed)).sealed(subkeys(vault_key).keyfile)


def known_label(keys: KeyFile, label: str | None) -> str | None:
    """Return the slot's label as written in the file, or ``None`` where there is no such slot."""
    return next((slot.label for slot in keys.slots if label and same_label(slot.label, label)), None)


def _slots_of(keys: KeyFile, label: str) -> tuple[Slot, ...]:
    found = tuple(slot for slot in keys.slots if same_label(slot.label, label))
    if not found:
        shown = label[:LABEL_LIMIT].encode("utf-8", "replace").decode()  # a lone surrogate cannot be printed
        raise VaultError("vault.no_such_user", field="label", label=shown)
    return found


def _attempts(slots: tuple[Slot, ...], secret: str) -> Iterator[tuple[Slot, str]]:
    """Yield slots to try with the text to derive from; a sound code is tried as a code first."""
    code = _code_or_none(secret)
    if code is not None:
        yield from ((slot, code) for slot in slots if slot.kind == "recovery")
    yield from ((slot, secret) for slot in slots if slot.kind == "passphrase")


def _code_or_none(secret: str) -> str | None:
    if looks_like_parts(secret):
        return join(secret).hex()
    with suppress(UserError):
        return canonical_code(secret)
    return None


def _own_slot(keys: KeyFile, unlocked: Unlocked, kind: SlotKind) -> Slot | None:
    return next((slot for slot in keys.slots if slot.user == unlocked.user and slot.kind == kind), None)


def _as_in(old: Slot | None, unlocked: Unlocked) -> Unlocked:
    return replace(unlocked, label=old.label, role=old.role) if old else unlocked


def _next_id(keys: KeyFile) -> int:
    return max(slot.id for slot in keys.slots) + 1


def _with_slot(keys: KeyFile, unlocked: Unlocked, slot: Slot) -> KeyFile:
    others = [other for other in keys.slots if other.id != slot.id]
    return _sealed(keys, unlocked, tuple(sorted([*others, slot], key=lambda one: one.id)))


def _sealed(keys: KeyFile, unlocked: Unlocked, slots: tuple[Slot, ...]) -> KeyFile:
    return replace(keys, slots=slots).sealed(subkeys(unlocked.vault_key).keyfile)


def is_sealed_by(keys: KeyFile, unlocked: Unlocked) -> bool:
    """Say whether the key file is of this vault and sealed with the vault key of today; costs no derivation."""
    expected = keys.expected_mac(subkeys(unlocked.vault_key).keyfile)
    return keys.vault == unlocked.vault and hmac.compare_digest(expected, keys.mac)


def _require_unaltered(keys: KeyFile, unlocked: Unlocked) -> None:
    """Refuse to trust, or to seal anew, a list of slots that somebody without the key changed."""
    if not is_sealed_by(keys, unlocked):
        raise VaultError("vault.keys_altered")
