"""What a set of lines means, said a second time and plainly: sets instead of order, no code of the program.

A write is live when no line names it among what that line saw. That is the whole rule; the program
gets there line by line and has to remember things for it. Slow, and therefore easy to believe.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Placed = tuple[bytes, bytes, bytes]
"""Stream, replica and bytes of a line."""


class Write(NamedTuple):
    rank: tuple[int, bytes, int, bytes]
    dot: str
    value: Any
    saw: frozenset[str]


@dataclass
class Expected:
    """One record as it has to be."""

    uid: str
    kind: int
    erased: bool = False
    live: dict[str, list[Write]] = field(default_factory=dict)

    def shown(self, key: str) -> Any:
        return max(self.live[key]).value if key in self.live else None

    @property
    def withdrawn(self) -> bool:
        alive = {write.dot for key, writes in self.live.items() if key != "_w" for write in writes}
        return any(write.value is not None and alive <= write.saw for write in self.live.get("_w", []))

    @property
    def conflicts(self) -> list[str]:
        values = {key: {repr(write.value) for write in writes} for key, writes in self.live.items()}
        return sorted(key for key, different in values.items() if key != "_w" and len(different) > 1)

    @property
    def digest(self) -> bytes:
        dots: dict[str, dict[str, Any]] = {}
        for key, writes in self.live.items():
            for write in writes:
                dots.setdefault(write.dot, {})[key] = write.value
        whole = [self.uid, self.kind, self.erased, [[dot, dots[dot]] for dot in sorted(dots)]]
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).digest()


def expected(lines: Iterable[Placed]) -> dict[str, Expected]:
    """Return the records that the lines make, by uid in hex; the order of the lines cannot matter."""
    read = [(stream, replica, raw, json.loads(raw)) for stream, replica, raw in lines]
    gone = {(part[2], key, dot) for *_, part in read for key, dots in part[5].items() for dot in dots}
    records: dict[str, Expected] = {}
    for stream, replica, raw, (seq, stamp, uid, op, values, saw, *_) in read:
        record = records.setdefault(uid, Expected(uid, values["_k"]))
        record.erased = record.erased or op == "e"
        tag = hashlib.sha256(raw).digest()[:8]
        dot = f"{stream.hex()}.{replica.hex()}.{seq}.{tag.hex()}"
        if op == "r":
            continue
        for key, value in values.items():
            removal = "/" in key and value is None
            if key != "_k" and not removal and (uid, key, dot) not in gone:
                seen = frozenset(saw.get(key, ()))
                write = Write((int(stamp, 16), replica, seq, tag), dot, value, seen)
                record.live.setdefault(key, []).append(write)
    for record in records.values():
        if record.erased:
            record.live.clear()
    return records


def total(records: Iterable[Expected]) -> bytes:
    """Return the digest of all of them together."""
    number = sum(int.from_bytes(record.digest, "big") for record in records)
    return (number % (1 << 256)).to_bytes(32, "big")
