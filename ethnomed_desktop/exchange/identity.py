"""The keys of one installation: one to sign with, one to be written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ethnomed_desktop.exchange.sshsig import Namespace, make_signature, public_key_text

REPLICA_BYTES = 16


@dataclass(frozen=True)
class Signer:
    """A signing key by itself: an installation's, a root's, or a person's."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Signer:
        """Make a new random key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, namespace: Namespace, message: bytes) -> bytes:
        """Return the armoured SSH signature."""
        return make_signature(self._key, namespace, message)


@dataclass(frozen=True)
class PublicIdentity:
    """What others may know of an installation."""

    replica: bytes
    signing: bytes
    """32 bytes, Ed25519."""
    age: str
    """``age1…``: where files for it are encrypted to."""

    @property
    def openssh(self) -> str:
        """The signing key as a line of an ``allowed_signers`` file needs it."""
        return public_key_text(self.signing, self.replica.hex())


@dataclass(frozen=True)
class Identity:
    """The secrets of an installation, kept inside the vault; ``repr`` shows none of them.

    A new incarnation (another machine, a restored backup) gets a new replica id and new keys.
    """

    replica: bytes
    signer: Signer
    age_secret: str = field(repr=False)
    """``AGE-SECRET-KEY-1…``, as the command ``age`` takes it."""

    @classmethod
    def generate(cls, replica: bytes) -> Identity:
        """Make new random keys for the 16-byte id."""
        if len(replica) != REPLICA_BYTES:
            raise ValueError("a replica id has 16 bytes")
        return cls(replica, Signer.generate(), str(pyrage.x25519.Identity.generate()))

    @cached_property
    def public(self) -> PublicIdentity:
        """The public half."""
        age = str(pyrage.x25519.Identity.from_str(self.age_secret).to_public())
        return PublicIdentity(self.replica, self.signer.public, age)

    def sign(self, namespace: Namespace, message: bytes) -> bytes:
        """Return the armoured SSH signature of this installation."""
        return self.signer.sign(namespace, message)
