"""Segments: a run of lines of one log, sealed once by its author and forwarded unchanged for ever.

A *log* is what one replica wrote in one stream. Each header names the header before it, so a log is a
chain; a copied disk makes it fork, which shows as two headers with one predecessor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ethnomed_desktop.domain.changes import Line
from ethnomed_desktop.domain.erased_lines import erasure, is_erased
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.exchange import limits, shapes
from ethnomed_desktop.exchange.bodies import declared_size, deflate, inflate, split
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.lines import LineProblem, check_line, typed_line
from ethnomed_desktop.exchange.marks import Marks, marks_of
from ethnomed_desktop.exchange.sshsig import Namespace, check_signature
from ethnomed_desktop.exchange.strict_json import Malformed, compact_json, strict_json


class Log(NamedTuple):
    """What one replica wrote in one stream."""

    stream: bytes
    replica: bytes


class Place(NamedTuple):
    """The end of a sealed log: the last number and the hash of the header that holds it.

    Before the first segment it is ``Place(0, b"")``.
    """

    seq: int
    head: bytes


START = Place(0, b"")


class LaterSegment(ValueError):
    """The segment has a newer version than this program knows."""


@dataclass(frozen=True)
class Header:
    """What the author signs: which lines of which log, after which header, and their hash."""

    log: Log
    first: int
    last: int
    previous: bytes
    root: bytes
    features: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Return the header as it is signed."""
        return compact_json(
            {
                "v": limits.VERSION,
                "stream": self.log.stream.hex(),
                "replica": self.log.replica.hex(),
                "from": self.first,
                "to": self.last,
                "prev": self.previous.hex(),
                "root": self.root.hex(),
                "feat": list(self.features),
            }
        )

    @classmethod
    def of(cls, raw: bytes) -> Header:
        """Read a header; raises `Malformed`, or `LaterSegment`."""
        body = shapes.mapping(strict_json(raw))
        if shapes.whole(body.get("v"), 1) > limits.VERSION:
            raise LaterSegment("a newer segment")
        first = shapes.whole(body.get("from"), 1)
        header = cls(
            Log(shapes.identifier(body.get("stream")), shapes.identifier(body.get("replica"))),
            first,
            shapes.whole(body.get("to"), first, first + limits.SEGMENT_LINES - 1),
            shapes.digest_or_nothing(body.get("prev")),
            shapes.digest(body.get("root")),
            shapes.features(body.get("feat")),
        )
        if (first == 1) != (header.previous == b""):
            raise Malformed("only the first segment has nothing before it")
        return header


@dataclass(frozen=True)
class Segment:
    """A sealed run of lines, as it is stored and forwarded: three byte strings."""

    raw_header: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    body: bytes = field(repr=False)
    """The lines, each ended by a newline, compressed by Zstandard."""

    @cached_property
    def header(self) -> Header:
        """The header; raises `Malformed` or `LaterSegment`."""
        return Header.of(self.raw_header)

    @cached_property
    def place(self) -> Place:
        """Where the log ends with this segment."""
        return Place(self.header.last, hashlib.sha256(self.raw_header).digest())

    @property
    def size(self) -> int:
        """Bytes that it takes within a file, the archive's headers and padding included."""
        return sum(512 + -(-len(part) // 512) * 512 for part in (self.raw_header, self.signature, self.body))

    @property
    def inflated(self) -> int:
        """Bytes of its lines; raises `Malformed`."""
        return declared_size(self.body)

    @cached_property
    def marks(self) -> Marks:
        """What can be told of the lines at a glance; raises `Malformed`."""
        return marks_of(split(inflate(self.body)))

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield (number, bytes of the line or of its erasure); inflated anew each time."""
        return enumerate(split(inflate(self.body)), self.header.first)

    def typed_lines(self, ceiling: int = Level.IDENTITY) -> Iterator[tuple[int, bytes, Line | None]]:
        """Yield number, bytes and decoded line (None for an erased one), each checked strictly.

        Raises `LineProblem` or `AboveCeiling` on the way: whoever writes meanwhile rolls back.
        """
        stream, replica = self.header.log
        for seq, raw in self.lines():
            yield seq, raw, None if is_erased(raw) else typed_line(raw, seq, stream, replica, ceiling)

    def verify(self, public: bytes, ceiling: int = Level.IDENTITY, *, check_lines: bool = True) -> None:
        """Check signature, hash, numbers and, unless left to `typed_lines`, every line.

        Raises `BadSignature`, `Malformed`, `LaterSegment`, `LineProblem`, `AboveCeiling`. That the
        author is certified and may write the stream is for the caller to ask.
        """
        check_signature(self.signature, public, Namespace.SEGMENT, self.raw_header)
        header = self.header
        if self.marks.count != header.last - header.first + 1:
            raise Malformed("more or fewer lines than the header says")
        if self.marks.root != header.root:
            raise Malformed("other lines than were signed")
        for seq, line in self.lines() if check_lines else ():
            if not is_erased(line):
                check_line(line, seq, ceiling)


def seal(
    identity: Identity,
    stream: bytes,
    lines: Sequence[bytes],
    after: Place = START,
    *,
    features: tuple[str, ...] = (),
    most_bytes: int = limits.SEGMENT_BYTES,
) -> list[Segment]:
    """Seal lines of the own log into as many segments as they need.

    ``lines`` are the raw change lines numbered ``after.seq + 1`` and on. They are checked, so that
    nothing leaves that others would refuse; raises `LineProblem`.
    """
    sealed: list[Segment] = []
    for run in _runs(lines, most_bytes):
        for seq, line in enumerate(run, after.seq + 1):
            if b"\n" in line:
                raise LineProblem(seq, "a newline within")
            if not is_erased(line):  # erased between writing and sealing: its hash is sealed all the same
                check_line(line, seq)
        header = Header(
            Log(stream, identity.replica),
            after.seq + 1,
            after.seq + len(run),
            after.head,
            marks_of(run).root,
            features,
        )
        raw = header.to_bytes()
        segment = Segment(raw, identity.sign(Namespace.SEGMENT, raw), deflate(run))
        sealed.append(segment)
        after = segment.place
    return sealed


def erase(segment: Segment, numbers: frozenset[int]) -> Segment:
    """Return the segment without the content of some lines; header and signature stay true."""
    lines = [erasure(line) if seq in numbers else line for seq, line in segment.lines()]
    return Segment(segment.raw_header, segment.signature, deflate(lines))


def _runs(lines: Sequence[bytes], most_bytes: int) -> Iterator[Sequence[bytes]]:
    """Cut lines into runs within the limits of a segment."""
    start, size = 0, 0
    for at, line in enumerate(lines):
        full = at - start == limits.SEGMENT_LINES or size + len(line) + 1 > most_bytes
        if full and at > start:
            yield lines[start:at]
            start, size = at, 0
        size += len(line) + 1
    if start < len(lines):
        yield lines[start:]
