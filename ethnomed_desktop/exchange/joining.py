"""Joining by two files and one telephone call.

The newcomer's request is a statement signed by its own key; the hub's answer is an ordinary file whose
statements hold the root and the newcomer's certificate. Both sides read the same six words aloud, once
for the newcomer's keys and once for the root.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ethnomed_desktop.domain.passphrase_words import WORDS
from ethnomed_desktop.exchange import shapes
from ethnomed_desktop.exchange.certificates import public_identity
from ethnomed_desktop.exchange.identity import Identity, PublicIdentity
from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace
from ethnomed_desktop.exchange.statements import Statement, body_of, head_of, make_statement, read_statement

FINGERPRINT_WORDS = 6
_LIST_LENGTH = 256
_ROUNDS = 200_000
_LABEL = b"em/fingerprint/1"


@dataclass(frozen=True)
class JoinRequest:
    """An installation asks to be certified; ``name`` is what its people call it."""

    holder: PublicIdentity
    name: str
    tier: str
    practice: bool
    at: int


def make_request(identity: Identity, name: str, tier: str, at_ms: int, *, practice: bool) -> Statement:
    """Write a request, signed by the installation's own key; ``raw`` is the file's content."""
    public = identity.public
    body = {
        **head_of("join"),
        "replica": public.replica.hex(),
        "sign": public.signing.hex(),
        "age": public.age,
        "name": name,
        "tier": tier,
        "practice": practice,
        "at": at_ms,
    }
    return make_statement(body, [identity.signer], Namespace.JOIN)


def read_request(raw: bytes) -> JoinRequest:
    """Read a request; raises `Malformed`, `BadSignature` or, from a newer program, `LaterStatement`."""
    statement = read_statement(raw, Namespace.JOIN)
    body = body_of(statement, "join")
    request = JoinRequest(
        public_identity(body),
        shapes.words(body.get("name")),
        shapes.words(body.get("tier"), 20),
        shapes.flag(body.get("practice")),
        shapes.whole(body.get("at")),
    )
    if request.holder.signing not in statement.signers:
        raise BadSignature("signed by another key")
    return request


def fingerprint_of(holder: PublicIdentity, language: str) -> tuple[str, ...]:
    """Return the six words of an installation: id and both keys, nothing else."""
    return fingerprint(
        b"\0".join((b"replica", holder.replica, holder.signing, holder.age.encode("ascii"))), language
    )


def fingerprint_of_root(pin: bytes, language: str, end: bytes = b"") -> tuple[str, ...]:
    """Return the six words of a root; ``end``: the hash of the last change of its key, empty without one."""
    return fingerprint(b"\0".join((b"root", pin, end) if end else (b"root", pin)), language)


def fingerprint(data: bytes, language: str) -> tuple[str, ...]:
    """Return six words of the language: 48 bits of a hash that is slow on purpose (some 0.1 s).

    The slowness makes up for the shortness: to find keys with the same words takes 2**48 such
    hashes. The words are the first 256 of each list; a test keeps these from changing.
    """
    slow = hashlib.pbkdf2_hmac("sha256", data, _LABEL, _ROUNDS, FINGERPRINT_WORDS)
    words = WORDS[language][:_LIST_LENGTH]
    return tuple(words[number] for number in slow)
