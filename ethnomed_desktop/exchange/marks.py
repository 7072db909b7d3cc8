"""What can be told of a segment's lines at a glance, kept because the lines themselves are too many to keep.

Every line is hashed once, when its segment is verified; whoever takes the segment in later needs the hashes
again, the records named, and whether anything in it was erased or erases.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ethnomed_desktop.domain.changes import Op
from ethnomed_desktop.domain.erased_lines import erased_hash
from ethnomed_desktop.exchange.strict_json import Malformed, strict_json

_HASH = 16
_TAG = 8
_ERASING = frozenset({Op.ERASE.value.encode(), Op.REDACT.value.encode()})
_BEGINNING = re.compile(rb'\[[0-9]+,"[0-9a-f]{16}","([0-9a-f]{32})","([a-z+-]{1,8})",').match
"""As programs write a line; whatever begins otherwise is decoded, so that no spelling hides an erasure."""


@dataclass(frozen=True)
class Marks:
    """Hashes of the lines one after another, uids of the records, and what needs a closer look."""

    hashes: bytes = field(repr=False)
    uids: frozenset[bytes] = field(repr=False)
    has_erased: bool
    """Of some line only the hash is left."""

    erases: bool
    """Some line erases others."""

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.hashes) // _HASH

    @property
    def root(self) -> bytes:
        """The hash over the hashes of the lines, which the header names."""
        return hashlib.sha256(self.hashes).digest()

    @property
    def tags(self) -> bytes:
        """The tags of the lines, one after another."""
        return b"".join([self.hashes[at : at + _TAG] for at in range(0, len(self.hashes), _HASH)])


def marks_of(lines: Sequence[bytes]) -> Marks:
    """Look at the lines; raises `Malformed` for one that is none. Their insides are not checked here."""
    hashes: list[bytes] = []
    uids: set[bytes] = set()
    ops: set[bytes] = set()
    erased = 0
    for line in lines:
        kept = erased_hash(line)
        if kept is not None:
            erased += 1
            hashes.append(kept)
            continue
        hashes.append(hashlib.sha256(line).digest()[:_HASH])
        found = _BEGINNING(line)
        uid, op = found.groups() if found is not None else _decoded(line)
        uids.add(uid)
        ops.add(op)
    named = frozenset(bytes.fromhex(uid.decode("ascii")) for uid in uids)
    return Marks(b"".join(hashes), named, erased > 0, not ops.isdisjoint(_ERASING))


def _decoded(line: bytes) -> tuple[bytes, bytes]:
    match strict_json(line):
        case [_, _, str(uid), str(op), *_] if re.fullmatch("[0-9a-f]{32}", uid):
            return uid.encode(), op.encode()
    raise Malformed("not a change line")
