"""Handing a new vault key to users who are not there: sealed to the key each of them signs with.

A new vault key must reach slots whose passphrases nobody else knows. Each user's slot wraps a signing
seed; its public half stands in the user's signed record. Ed25519 and X25519 use one curve in two
forms, so the public half (birational map, RFC 7748 §4.1) takes a key agreement and the seed (RFC 8032
§5.1.5) opens it. The same step is in age's ssh-ed25519 recipients and in libsodium.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ethnomed_desktop.store.vault_keys import VAULT_KEY_BYTES, derived_key, public_key

EPHEMERAL_BYTES, SEALED_NONCE_BYTES, SEALED_BYTES = 32, 12, VAULT_KEY_BYTES + 16
_P = 2**255 - 19
_PURPOSE = "em/handed-over/1/"


@dataclass(frozen=True)
class HandedOver:
    """A vault key that only the holder of one signing seed can open."""

    ephemeral: bytes
    nonce: bytes
    sealed: bytes


def hand_over(vault_key: bytes, verify_key: bytes, bound: bytes) -> HandedOver:
    """Seal the key to the holder of ``verify_key``; ``bound`` names vault and slot and must fit at opening.

    Raises `ValueError` for bytes that are no public key of the curve.
    """
    recipient = agreement_public(verify_key)
    ephemeral = X25519PrivateKey.generate()
    shown = ephemeral.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    nonce = secrets.token_bytes(SEALED_NONCE_BYTES)
    sealed = AESGCM(_key(shared, shown, recipient)).encrypt(nonce, vault_key, bound)
    return HandedOver(shown, nonce, sealed)


def take_over(handed: HandedOver, seed: bytes, bound: bytes) -> bytes | None:
    """Return the key that was handed to the holder of ``seed``; None where it was not, or was altered."""
    own = X25519PrivateKey.from_private_bytes(hashlib.sha512(seed).digest()[:32])
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(handed.ephemeral))
        recipient = agreement_public(public_key(seed))
        return AESGCM(_key(shared, handed.ephemeral, recipient)).decrypt(handed.nonce, handed.sealed, bound)
    except (InvalidTag, ValueError):
        return None


def agreement_public(verify_key: bytes) -> bytes:
    """Return the X25519 form of an Ed25519 public key: u = (1 + y) / (1 - y). Raises `ValueError`."""
    y = int.from_bytes(verify_key, "little") & ((1 << 255) - 1)
    if len(verify_key) != 32 or y >= _P or y == 1:
        raise ValueError("not a public key of the curve")
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(32, "little")


def _key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return derived_key(shared, _PURPOSE + ephemeral.hex() + recipient.hex())
