"""Reading typed values out of decoded JSON; each raises `Malformed` when the value has another shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import cast

import pyrage

from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.strict_json import Malformed

ID_BYTES = 16
HASH_BYTES = 32
_FEATURE = re.compile(r"[a-z0-9_.-]{1,40}")
_AGE_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def mapping(value: object) -> Mapping[str, object]:
    """Return an object."""
    if not isinstance(value, dict):
        raise Malformed("an object is expected")
    return cast("Mapping[str, object]", value)


def listed(value: object, most: int) -> list[object]:
    """Return a list of at most ``most``."""
    if not isinstance(value, list) or len(value) > most:
        raise Malformed("a list is expected, not too long")
    return value


def row(value: object, length: int) -> list[object]:
    """Return a list of exactly ``length``."""
    if not isinstance(value, list) or len(value) != length:
        raise Malformed(f"a row of {length} is expected")
    return value


def whole(value: object, least: int = 0, most: int = limits.LARGEST_INTEGER) -> int:
    """Return an integer within the bounds (a flag is none)."""
    if type(value) is not int or not least <= value <= most:
        raise Malformed("an integer within bounds is expected")
    return value


def flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise Malformed("true or false is expected")
    return value


def hexed(value: object, length: int) -> bytes:
    """Return ``length`` bytes from lower-case hex."""
    if isinstance(value, str) and len(value) == 2 * length:
        try:
            data = bytes.fromhex(value)
        except ValueError:
            data = b""
        if data.hex() == value:
            return data
    raise Malformed(f"{length} bytes in lower-case hex are expected")


def identifier(value: object) -> bytes:
    """Return the 16 bytes of a replica, stream, vault, root, bundle or record."""
    return hexed(value, ID_BYTES)


def digest(value: object) -> bytes:
    """Return the 32 bytes of a SHA-256."""
    return hexed(value, HASH_BYTES)


def digest_or_nothing(value: object) -> bytes:
    """Return a SHA-256, or nothing for the empty text."""
    return b"" if value == "" else digest(value)


def words(value: object, most: int = limits.NAME_CHARACTERS) -> str:
    """Return one line of text without control and direction characters."""
    if not isinstance(value, str) or len(value) > most or _UNSAFE.search(value):
        raise Malformed("one line of text is expected")
    return value


def age_key(value: object) -> str:
    """Return the text of an X25519 recipient of age, its checksum right."""
    if isinstance(value, str) and _AGE_KEY.fullmatch(value):
        with suppress(pyrage.RecipientError):
            pyrage.x25519.Recipient.from_str(value)
            return value
    raise Malformed("an age recipient is expected")


def features(value: object) -> tuple[str, ...]:
    """Return names of features."""
    names = listed(value, limits.FEATURES)
    if not all(isinstance(name, str) and _FEATURE.fullmatch(name) for name in names):
        raise Malformed("names of features are expected")
    return tuple(str(name) for name in names)
