"""Lines that are no change lines, and a hand that seals them all the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from ethnomed_desktop.domain.erased_lines import line_hash
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.segments import START, Header, Log, Place, Segment
from ethnomed_desktop.exchange.sshsig import Namespace


def root_of(lines: Sequence[bytes]) -> bytes:
    """Return the hash over the hashes of the lines, as FORMAT.md says it, whatever the lines are."""
    return hashlib.sha256(b"".join(map(line_hash, lines))).digest()


def sealed_anyhow(author: Identity, stream: bytes, lines: Sequence[bytes], after: Place = START) -> Segment:
    """Seal whatever stands there, as a hostile author can."""
    header = Header(
        Log(stream, author.replica), after.seq + 1, after.seq + len(lines), after.head, root_of(lines)
    ).to_bytes()
    return Segment(header, author.sign(Namespace.SEGMENT, header), deflate(lines))


DOT = f"{'44' * 16}.{'02' * 16}.7.{'ab' * 8}"

REPLACED: tuple[tuple[int, Any], ...] = (
    (0, 2),
    (0, "1"),
    (0, True),
    (0, 1.0),
    (0, -1),
    (0, None),
    (1, "0"),
    (1, "g" * 16),
    (1, "8" + "0" * 15),
    (1, 5),
    (2, "00"),
    (2, "AB" * 16),
    (2, None),
    (3, ""),
    (3, "CREATE"),
    (3, 1),
    (4, []),
    (4, {}),
    (4, {"_k": "7"}),
    (4, {"_k": 0}),
    (4, {"_k": True}),
    (4, {"_k": 7, "": 1}),
    (4, {"_k": 7, "name": 1}),
    (4, {"_k": 7, "01": 1}),
    (4, {"_k": 7, "3/": 1}),
    (4, {"_k": 7, "3/a\nb": 1}),
    (4, {"_k": 7, "3\n4": 1}),
    (5, {"3": [f"{DOT}\n{DOT}"]}),
    (7, f"{'ab' * 16}\n{'ab' * 16}"),
    (4, {"_k": 7, "-3": 1}),
    (4, {"_k": 7, "3": {"a": 1}}),
    (4, {"_k": 7, "3": [["a"]]}),
    (4, {"_k": 7, "3": [1]}),
    (4, {"_k": 7} | {str(number): 1 for number in range(1, 2002)}),
    (5, []),
    (5, {"3": DOT}),
    (5, {"3": [7]}),
    (5, {"3": [DOT.upper()]}),
    (5, {"3": ["a.b.c.d"]}),
    (5, {"3": [DOT + "\n"]}),
    (5, {"x": [DOT]}),
    (5, {"3": [DOT.replace(".7.", ".0.")]}),
    (5, {"3": [DOT.replace(".7.", f".{10**16}.")]}),
    (6, "short"),
    (6, "AAAA AAA"),
    (7, "t"),
    (8, "u"),
    (9, "Record!"),
    (9, "x" * 41),
    (10, 0),
    (10, "1"),
    (10, 10**9),
)


def all_bad(line: bytes) -> Iterator[bytes]:
    """Yield the line with each of its elements spoiled, and what is no line at all."""
    good = json.loads(line)
    for place, value in REPLACED:
        yield json.dumps([*good[:place], value, *good[place + 1 :]]).encode()
    yield json.dumps(good[:10]).encode()
    yield json.dumps([*good, 1, 2, 3, 4, 5, 6]).encode()
    yield json.dumps({"seq": good}).encode()
    yield line + b"]"
    yield b" "
    yield b"null"
    yield line.replace(b'"3":', b'"3":1,"3":')
    yield line.replace(b'"5":1', b'"5":NaN')
    yield line.replace(b'"5":1', b'"5":1e999')
    yield line.replace(b'"5":1', b'"5":9007199254740993')
    yield line.replace(b'"5":1', b'"5":"\\udc00"')
    yield line.replace(b'"5":1', b'"5":' + b"[" * 50 + b"]" * 50)
    yield line.replace(b'"5":1', b'"5":"' + b"x" * 262_144 + b'"')
    yield line.replace(b'"5":1', b'"5":"\xc3"')
