"""Signatures that ``ssh-keygen -Y verify`` checks (OpenSSH's PROTOCOL.sshsig), Ed25519 and SHA-512 only.

Written out here because no library on the package index makes them; only the framing is ours, the
curve is that of `cryptography`. Ed25519 is deterministic, so the bytes equal those of ssh-keygen.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.strict_json import Malformed

_MAGIC = b"SSHSIG"
_HASH = b"sha512"
_KEY_TYPE = b"ssh-ed25519"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70
_KEY_BYTES = 32
BEGIN = _BEGIN
"""What every armoured signature begins with."""


class Namespace(StrEnum):
    """What a signature is for: one made for one purpose is worth nothing for another."""

    SEGMENT = "em-seg@v1"
    BUNDLE = "em-bundle@v1"
    STATEMENT = "em-cert@v1"
    JOIN = "em-join@v1"
    RELEASE = "em-release@v1"


class BadSignature(ValueError):
    """The signature does not belong to these bytes, this key or this purpose."""


def make_signature(key: Ed25519PrivateKey, namespace: Namespace, message: bytes) -> bytes:
    """Return the armoured signature, ASCII with a newline at the end."""
    purpose = namespace.value.encode("ascii")
    signature = key.sign(_signed_bytes(purpose, message))
    blob = b"".join(
        (
            _MAGIC,
            (1).to_bytes(4, "big"),
            _string(_public_blob(key.public_key().public_bytes_raw())),
            _string(purpose),
            _string(b""),
            _string(_HASH),
            _string(_string(_KEY_TYPE) + _string(signature)),
        )
    )
    coded = base64.b64encode(blob)
    lines = [coded[at : at + _WIDTH] + b"\n" for at in range(0, len(coded), _WIDTH)]
    return b"".join((_BEGIN, *lines, _END))


def check_signature(armoured: bytes, public: bytes, namespace: Namespace, message: bytes) -> None:
    """Raise `BadSignature` unless ``public`` (32 bytes) signed ``message`` for this purpose."""
    try:
        signature = _signature_of(armoured, public, namespace.value.encode("ascii"))
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(signature, _signed_bytes(namespace.value.encode("ascii"), message))
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(str(error)) from None


def public_key_of(text: str) -> bytes:
    """Return the 32 bytes of a key as OpenSSH writes it (``ssh-ed25519 AAAA… comment``); raises `Malformed`."""
    parts = text.split()
    try:
        blob = base64.b64decode(parts[1], validate=True) if len(parts) > 1 else b""
    except binascii.Error:
        blob = b""
    if _public_blob(blob[-_KEY_BYTES:]) != blob or parts[0] != _KEY_TYPE.decode("ascii"):
        raise Malformed("not an ssh-ed25519 key")
    return blob[-_KEY_BYTES:]


def public_key_text(public: bytes, comment: str = "") -> str:
    """Return the key as OpenSSH writes it, for an ``allowed_signers`` file."""
    coded = base64.b64encode(_public_blob(public)).decode("ascii")
    return f"ssh-ed25519 {coded} {comment}".rstrip()


def signer_of(armoured: bytes) -> bytes:
    """Return the key that a signature names as its own, before anything is checked; raises `Malformed`."""
    try:
        blob = base64.b64decode(armoured[len(_BEGIN) : -len(_END)].replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise Malformed("not base64") from None
    begin = len(_MAGIC) + 4 + 4 + 4 + len(_KEY_TYPE) + 4  # magic, version, length of the key, its type, its length
    named = blob[begin : begin + _KEY_BYTES]
    if len(named) != _KEY_BYTES or _string(_public_blob(named)) not in blob:
        raise Malformed("names no ssh-ed25519 key")
    return named


def _signature_of(armoured: bytes, public: bytes, purpose: bytes) -> bytes:
    """Take the 64 bytes out of the armour; everything around them has one allowed form."""
    if len(armoured) > limits.SIGNATURE_BYTES or not (armoured.startswith(_BEGIN) and armoured.endswith(_END)):
        raise Malformed("not an armoured signature")
    body = armoured[len(_BEGIN) : -len(_END)]
    try:
        blob = base64.b64decode(body.replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise Malformed("not base64") from None
    inner = _string(_KEY_TYPE) + (64).to_bytes(4, "big")
    head = b"".join(
        (
            _MAGIC,
            (1).to_bytes(4, "big"),
            _string(_public_blob(public)),
            _string(purpose),
            _string(b""),
            _string(_HASH),
            (len(inner) + 64).to_bytes(4, "big"),
            inner,
        )
    )
    if len(blob) != len(head) + 64 or not blob.startswith(head):
        raise Malformed("another key, another purpose or another algorithm")
    return blob[len(head) :]


def _signed_bytes(purpose: bytes, message: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    return b"".join((_MAGIC, _string(purpose), _string(b""), _string(_HASH), _string(digest)))


def _public_blob(public: bytes) -> bytes:
    return _string(_KEY_TYPE) + _string(public)


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data
