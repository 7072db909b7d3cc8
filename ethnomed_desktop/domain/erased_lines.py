"""What is left of a lawfully erased change line: its hash, so that chains, signatures and roots stay true.

A line is a salted JSON array; what is left of it is ``{"erased":"<32 hex digits>"}``, the first 16 bytes of
its SHA-256. Whoever holds that can check the chain, and cannot guess what stood there.
"""

from __future__ import annotations

import hashlib
import re

_HASH_PART = 16
_LEFT = re.compile(rb'\{"erased":"([0-9a-f]{32})"\}').fullmatch
_BEGINNING = b'{"erased":"'


def line_hash(line: bytes) -> bytes:
    """Return the 16 bytes that stand for a line; an erased one still gives those of what it was."""
    return erased_hash(line) or hashlib.sha256(line).digest()[:_HASH_PART]


def erasure(line: bytes) -> bytes:
    """Return what is left of a line; of an erased one, itself."""
    return _BEGINNING + line_hash(line).hex().encode("ascii") + b'"}'


def erased_hash(line: bytes) -> bytes | None:
    """Return the hash kept in an erased line, None when the line is not an erased one."""
    if not line.startswith(_BEGINNING):
        return None
    found = _LEFT(line)
    return bytes.fromhex(found[1].decode("ascii")) if found else None


def is_erased(line: bytes) -> bool:
    """Say whether only the hash of the line is left."""
    return erased_hash(line) is not None
