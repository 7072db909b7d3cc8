"""What an unlocked session holds: the vault key, its subkeys, the user's signing seed."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VAULT_KEY_BYTES = 32
SEED_BYTES = 32
PUBLIC_KEY_BYTES = 32

SigningKey = Ed25519PrivateKey
"""Signs with ``sign(message)``; 64 bytes."""


@dataclass(frozen=True)
class Subkeys:
    """Keys derived from the vault key, one for each purpose; 32 bytes each."""

    db: bytes = field(repr=False)
    blobs: bytes = field(repr=False)
    keyfile: bytes = field(repr=False)
    pseudonym: bytes = field(repr=False)


@dataclass(frozen=True)
class Unlocked:
    """Who unlocked, by which slot, and the secrets it gave; ``repr`` shows none of them."""

    vault_key: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)
    vault: bytes
    user: bytes
    role: str
    slot_id: int
    label: str

    @property
    def public_key(self) -> bytes:
        """The user's public signing key."""
        return public_key(self.signing_seed)


def subkeys(vault_key: bytes) -> Subkeys:
    """Derive the keys of database, attachments, keys.json and pseudonyms (HKDF-SHA256)."""
    return Subkeys(
        db=derived_key(vault_key, "em/db/1"),
        blobs=derived_key(vault_key, "em/blobs/1"),
        keyfile=derived_key(vault_key, "em/keyfile/1"),
        pseudonym=derived_key(vault_key, "em/pseudonym/1"),
    )


def derived_key(key: bytes, purpose: str, length: int = 32) -> bytes:
    """Return HKDF-SHA256 of ``key`` with ``purpose`` as info and no salt (``key`` is random)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose.encode("ascii")).derive(key)


def signing_key(seed: bytes) -> SigningKey:
    """Return the key of a seed, for signing more than once."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature; callers put a domain ("em/transaction/1") in front."""
    return signing_key(seed).sign(message)


def public_key(seed: bytes) -> bytes:
    """Return the 32-byte public key of a signing seed."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the key's holder; malformed keys and signatures are not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
