"""The manifest: what a file holds, from whom, to whom, and what its sender has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ethnomed_desktop.exchange import limits, shapes
from ethnomed_desktop.exchange.roots import MOST_CHANGES
from ethnomed_desktop.exchange.segments import START, Log, Place
from ethnomed_desktop.exchange.strict_json import Malformed, compact_json, strict_json

_APP = re.compile(r"[A-Za-z0-9 ._+-]{1,60}")
MOST_STREAMS = 256


Run = tuple[int, int]
"""File numbers from the first to the last."""


class LaterManifest(ValueError):
    """A newer program made the file."""


class OlderManifest(ValueError):
    """A program older than the first version of the format made the file."""


class SegmentEntry(NamedTuple):
    """SHA-256 of the three members of a segment: header, signature, lines."""

    header: bytes
    signature: bytes
    body: bytes


class Chunk(NamedTuple):
    """A piece of an attachment: SHA-256 of the whole, which piece of how many, SHA-256 of the piece."""

    whole: bytes
    number: int
    pieces: int
    digest: bytes


@dataclass(frozen=True)
class Manifest:
    """What the sender signs. ``to`` maps each recipient to the running number of files for it.

    ``known`` and ``revoked`` tell what the sender knows of the roots it shares with the recipients
    (`Authority.knowledge`), so that one sees who has not heard of a lost laptop yet; ``keys`` how often
    these roots have changed their key, as far as the sender knows.

    Said to a single recipient: ``lacks`` are runs of numbers of its files that have not come, ``wants`` the
    SHA-256 of attached files that have not come, ``stands_for`` runs of earlier numbers whose place this
    file takes, because all that was not confirmed goes again.
    """

    bundle: bytes
    sender: bytes
    to: Mapping[bytes, int]
    part: tuple[int, int]
    created_ms: int
    practice: bool
    have: tuple[tuple[Log, Place], ...] = ()
    digests: Mapping[bytes, bytes] = field(default_factory=dict)
    audit: Place = START
    known: Mapping[bytes, bytes] = field(default_factory=dict)
    revoked: tuple[bytes, ...] = ()
    keys: Mapping[bytes, int] = field(default_factory=dict)
    lacks: tuple[Run, ...] = ()
    wants: tuple[bytes, ...] = ()
    stands_for: tuple[Run, ...] = ()
    segments: tuple[SegmentEntry, ...] = ()
    statements: tuple[bytes, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    features: tuple[str, ...] = ()
    app: str = "ethnomed-desktop"

    def to_bytes(self) -> bytes:
        """Return the manifest as it is signed."""
        return compact_json(
            {
                "v": limits.VERSION,
                "bundle": self.bundle.hex(),
                "part": list(self.part),
                "from": self.sender.hex(),
                "to": [[replica.hex(), number] for replica, number in sorted(self.to.items())],
                "created": self.created_ms,
                "practice": self.practice,
                "have": [[log.stream.hex(), log.replica.hex(), at.seq, at.head.hex()] for log, at in self.have],
                "digest": {stream.hex(): digest.hex() for stream, digest in sorted(self.digests.items())},
                "audit": [self.audit.seq, self.audit.head.hex()],
                "known": {root.hex(): digest.hex() for root, digest in sorted(self.known.items())},
                "revoked": [replica.hex() for replica in self.revoked],
                **({"keys": {root.hex(): count for root, count in sorted(self.keys.items())}} if self.keys else {}),
                **({"lacks": [list(run) for run in self.lacks]} if self.lacks else {}),
                **({"wants": [digest.hex() for digest in self.wants]} if self.wants else {}),
                **({"stands_for": [list(run) for run in self.stands_for]} if self.stands_for else {}),
                "segs": [[digest.hex() for digest in entry] for entry in self.segments],
                "auth": [digest.hex() for digest in self.statements],
                "blobs": [[one.whole.hex(), one.number, one.pieces, one.digest.hex()] for one in self.chunks],
                "feat_required": list(self.features),
                "app": self.app,
            }
        )

    @classmethod
    def of(cls, raw: bytes) -> Manifest:
        """Read a manifest; raises `Malformed`, `LaterManifest` or `OlderManifest`.

        The version is looked at first: a newer manifest may have any other shape.
        """
        body = shapes.mapping(strict_json(raw))
        version = shapes.whole(body.get("v"))
        if version != limits.VERSION:
            raise LaterManifest() if version > limits.VERSION else OlderManifest()
        app = shapes.words(body.get("app"))
        if not _APP.fullmatch(app):
            raise Malformed("the name of a program is expected")
        digests = shapes.mapping(body.get("digest"))
        known, keys = shapes.mapping(body.get("known")), shapes.mapping(body.get("keys", {}))
        if len(digests) > MOST_STREAMS or len(known) > MOST_STREAMS or len(keys) > MOST_STREAMS:
            raise Malformed("too many digests")
        return cls(
            bundle=shapes.identifier(body.get("bundle")),
            sender=shapes.identifier(body.get("from")),
            to=_recipients(body.get("to")),
            part=_part(body.get("part")),
            created_ms=shapes.whole(body.get("created")),
            practice=shapes.flag(body.get("practice")),
            have=tuple(_have(one) for one in shapes.listed(body.get("have"), limits.HAVE_ENTRIES)),
            digests={shapes.identifier(stream): shapes.digest(one) for stream, one in digests.items()},
            audit=_place(shapes.row(body.get("audit"), 2)),
            known={shapes.identifier(root): shapes.digest(one) for root, one in known.items()},
            revoked=tuple(shapes.identifier(one) for one in shapes.listed(body.get("revoked"), limits.STATEMENTS)),
            keys={shapes.identifier(root): shapes.whole(count, 1, MOST_CHANGES) for root, count in keys.items()},
            lacks=_runs(body.get("lacks", [])),
            wants=tuple(shapes.digest(one) for one in shapes.listed(body.get("wants", []), limits.WANTED)),
            stands_for=_runs(body.get("stands_for", [])),
            segments=_segments(body.get("segs")),
            statements=tuple(shapes.digest(one) for one in shapes.listed(body.get("auth"), limits.STATEMENTS)),
            chunks=tuple(_chunk(one) for one in shapes.listed(body.get("blobs"), limits.MEMBERS)),
            features=shapes.features(body.get("feat_required")),
            app=app,
        )

    def members(self) -> dict[str, bytes]:
        """Return the SHA-256 of every member by name, in the order of the archive."""
        names = {f"auth/{number}.json": digest for number, digest in enumerate(self.statements, 1)}
        for number, entry in enumerate(self.segments, 1):
            names[f"seg/{number}.json"] = entry.header
            names[f"seg/{number}.sig"] = entry.signature
            names[f"seg/{number}.nd.zst"] = entry.body
        for chunk in self.chunks:
            names[f"blob/{chunk.whole.hex()}.{chunk.number}"] = chunk.digest
        return names


def _runs(value: object) -> tuple[Run, ...]:
    rows = [shapes.row(one, 2) for one in shapes.listed(value, limits.RUNS)]
    runs = tuple((shapes.whole(first, 1), shapes.whole(last, 1)) for first, last in rows)
    if any(first > last for first, last in runs):
        raise Malformed("a run ends before it begins")
    return runs


def _recipients(value: object) -> Mapping[bytes, int]:
    rows = [shapes.row(one, 2) for one in shapes.listed(value, limits.RECIPIENTS)]
    to = {shapes.identifier(replica): shapes.whole(number, 1) for replica, number in rows}
    if not to or len(to) != len(rows):
        raise Malformed("recipients are expected, each once")
    return to


def _part(value: object) -> tuple[int, int]:
    number, count = shapes.row(value, 2)
    parts = shapes.whole(count, 1, 100_000)
    return shapes.whole(number, 1, parts), parts


def _place(row: list[object]) -> Place:
    place = Place(shapes.whole(row[0]), shapes.digest_or_nothing(row[1]))
    if (place.seq == 0) != (place.head == b""):
        raise Malformed("a number without a hash")
    return place


def _have(value: object) -> tuple[Log, Place]:
    stream, replica, seq, head = shapes.row(value, 4)
    return Log(shapes.identifier(stream), shapes.identifier(replica)), _place([seq, head])


def _segments(value: object) -> tuple[SegmentEntry, ...]:
    rows = [shapes.row(one, 3) for one in shapes.listed(value, limits.MEMBERS // 3)]
    return tuple(SegmentEntry(*(shapes.digest(digest) for digest in row)) for row in rows)


def _chunk(value: object) -> Chunk:
    whole, number, pieces, digest = shapes.row(value, 4)
    count = shapes.whole(pieces, 1, 1_000_000)
    return Chunk(shapes.digest(whole), shapes.whole(number, 0, count - 1), count, shapes.digest(digest))
