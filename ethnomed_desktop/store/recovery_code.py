"""The recovery code: 160 random bits for paper, typed back with tolerance and a check.

Text: 32 characters of Crockford's base32 in 8 groups of 4, then a group of 2 check characters,
``7K3M-…-9XQ2-D4`` (see `domain.typed_codes`).
"""

from __future__ import annotations

import secrets

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.typed_codes import (
    ALPHABET,
    CHECK_CHARACTERS,
    digits_of,
    is_sound,
    number_of,
    written,
)

DATA_CHARACTERS = 32
CHARACTERS = DATA_CHARACTERS + CHECK_CHARACTERS
SECRET_BYTES = 20


def new_code() -> str:
    """Return a fresh code, grouped for print."""
    return format_code(secrets.token_bytes(SECRET_BYTES))


def format_code(secret: bytes) -> str:
    """Return the 20 bytes as text in groups."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a recovery secret has 20 bytes")
    return written(int.from_bytes(secret, "big"), DATA_CHARACTERS)


def parse(text: str) -> bytes:
    """Return the 20 bytes of a typed code, in any case and spacing, O for 0, I and L for 1.

    Raises `UserError`: ``recovery.wrong_shape`` (not 34 such characters), ``recovery.mistyped``
    (the check does not fit).
    """
    digits = digits_of(text, CHARACTERS)
    if digits is None:
        raise UserError("recovery.wrong_shape", field="recovery_code", characters=CHARACTERS)
    if not is_sound(digits):
        raise UserError("recovery.mistyped", field="recovery_code")
    return number_of(digits).to_bytes(SECRET_BYTES, "big")


def groups(code: str) -> tuple[str, ...]:
    """Return the nine groups of a code; a person types two of them back before going on."""
    return tuple(format_code(parse(code)).split("-"))


def looks_like_one(text: str) -> bool:
    """Whether ``text`` has the shape of a code, be its check right or wrong."""
    return digits_of(text, CHARACTERS) is not None


__all__ = [
    "ALPHABET",
    "CHARACTERS",
    "DATA_CHARACTERS",
    "SECRET_BYTES",
    "format_code",
    "groups",
    "looks_like_one",
    "new_code",
    "parse",
]
