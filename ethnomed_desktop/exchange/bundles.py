"""Writing the file: composed, checked by the reader's own rules, encrypted, put on the disk whole.

The sender is no recipient of its own file: it could not be asked for a key it does not have. So the
archive is read by `reader.examine` before it is encrypted, and the encrypted bytes are read back from
the medium and compared by whoever puts them there (``put``).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage

from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.exchange import archive, limits
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.manifest import Chunk, Manifest, Run, SegmentEntry
from ethnomed_desktop.exchange.reader import examine
from ethnomed_desktop.exchange.segments import START, Log, Place, Segment
from ethnomed_desktop.exchange.sshsig import Namespace
from ethnomed_desktop.exchange.statements import Statement

SUFFIX = ".emx"
_BUNDLE_BYTES = 16

Put = Callable[[bytes, Path], None]
"""Writes beside the target, forces to the disk, reads back, renames; raises `StorageError`.

`documents.files.put_whole` is one; this room imports the domain only, so it is handed in.
"""


@dataclass(frozen=True)
class Sending:
    """What is the same in all parts of one sending. ``to`` maps recipients to their next number."""

    sender: Identity
    authority: Authority
    to: Mapping[bytes, int]
    created_ms: int
    practice: bool
    have: Mapping[Log, Sequence[Place]] = field(default_factory=dict)
    digests: Mapping[bytes, bytes] = field(default_factory=dict)
    audit: Place = START
    lacks: tuple[Run, ...] = ()
    wants: tuple[bytes, ...] = ()
    stands_for: tuple[Run, ...] = ()
    """These three are said to a single recipient (see `Manifest`)."""
    app: str = "ethnomed-desktop"


@dataclass(frozen=True)
class Piece:
    """A piece of an attachment to be sent."""

    whole: bytes
    number: int
    pieces: int
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Bundle:
    """A finished file, not on the disk yet; ``name`` holds a date and chance, no place and no person."""

    name: str
    data: bytes = field(repr=False)
    manifest: Manifest

    @property
    def file_hash(self) -> bytes:
        """SHA-256 of the file, for the journal of sent files."""
        return hashlib.sha256(self.data).digest()


def compose(
    sending: Sending,
    segments: Sequence[Segment],
    statements: Iterable[Statement] = (),
    pieces: Sequence[Piece] = (),
    part: tuple[int, int] = (1, 1),
) -> Bundle:
    """Make one part, which is a file of its own.

    The number of part ``k`` for a recipient is ``to[recipient] + k - 1``. Raises `NotAllowed`
    (``exchange.recipient_unknown``, ``exchange.recipient_revoked``, fact ``who``;
    ``exchange.recipient_may_not_read``, facts ``who``), `UserError` (``exchange.too_large``).
    """
    _check_recipients(sending, segments)
    said = tuple(statement.raw for statement in statements)
    manifest = _manifest(sending, segments, said, pieces, part)
    raw = manifest.to_bytes()
    members = [(archive.MANIFEST, raw), (archive.MANIFEST_SIGNATURE, sending.sender.sign(Namespace.BUNDLE, raw))]
    members += [(f"auth/{number}.json", one) for number, one in enumerate(said, 1)]
    for number, segment in enumerate(segments, 1):
        members += [
            (f"seg/{number}.json", segment.raw_header),
            (f"seg/{number}.sig", segment.signature),
            (f"seg/{number}.nd.zst", segment.body),
        ]
    members += [(f"blob/{piece.whole.hex()}.{piece.number}", piece.data) for piece in pieces]
    plain = archive.pack(members)
    if len(plain) > limits.FILE_BYTES - limits.AGE_HEADER_BYTES * 2:
        raise UserError("exchange.too_large", size=len(plain), limit_bytes=limits.FILE_BYTES)
    me = next(iter(sending.to))  # lines were checked when they were sealed or came
    examine(plain, me, sending.authority, practice=sending.practice, check_lines=False)
    return Bundle(_file_name(sending.created_ms, manifest.bundle), _encrypted(plain, sending), manifest)


def put_into(folder: Path, bundle: Bundle, put: Put) -> Path:
    """Put the file into a folder (a stick, the outbox) under its own name; returns where it is."""
    target = folder / bundle.name
    put(bundle.data, target)
    return target


def _check_recipients(sending: Sending, segments: Sequence[Segment]) -> None:
    """Refuse to encrypt to who is unknown, revoked, or may not read what is inside."""
    if not 0 < len(sending.to) <= limits.RECIPIENTS:
        raise ValueError("from one to 256 recipients")
    streams = {segment.header.log.stream for segment in segments}
    for replica in sending.to:
        who = sending.authority.name_of(replica)
        verdict = sending.authority.may(replica, b"", 0, Act.SEND)
        if verdict is Verdict.REVOKED:
            raise NotAllowed("exchange.recipient_revoked", who=who)
        if verdict is not Verdict.YES:
            raise NotAllowed("exchange.recipient_unknown")
        if any(sending.authority.may(replica, one, 0, Act.READ) is not Verdict.YES for one in streams):
            raise NotAllowed("exchange.recipient_may_not_read", who=who)


def _manifest(
    sending: Sending,
    segments: Sequence[Segment],
    said: Sequence[bytes],
    pieces: Sequence[Piece],
    part: tuple[int, int],
) -> Manifest:
    """Say what is inside; of what the sender has, only streams that every recipient may read."""

    def shared(stream: bytes) -> bool:
        return all(sending.authority.may(one, stream, 0, Act.READ) is Verdict.YES for one in sending.to)

    known, revoked = sending.authority.knowledge(sending.to)
    return Manifest(
        bundle=secrets.token_bytes(_BUNDLE_BYTES),
        sender=sending.sender.replica,
        to={replica: number + part[0] - 1 for replica, number in sending.to.items()},
        part=part,
        created_ms=sending.created_ms,
        practice=sending.practice,
        have=tuple((log, place) for log, places in sending.have.items() if shared(log.stream) for place in places),
        digests={stream: digest for stream, digest in sending.digests.items() if shared(stream)},
        audit=sending.audit,
        known=known,
        revoked=revoked,
        keys=sending.authority.changes_for(sending.to),
        lacks=sending.lacks[: limits.RUNS],
        wants=sending.wants[: limits.WANTED],
        stands_for=sending.stands_for[: limits.RUNS] if part[0] == part[1] else (),
        segments=tuple(
            SegmentEntry(_hash(one.raw_header), _hash(one.signature), _hash(one.body)) for one in segments
        ),
        statements=tuple(_hash(one) for one in said),
        chunks=tuple(Chunk(one.whole, one.number, one.pieces, _hash(one.data)) for one in pieces),
        app=sending.app,
    )


def _encrypted(plain: bytes, sending: Sending) -> bytes:
    holders = [sending.authority.holder(replica) for replica in sending.to]
    recipients = [pyrage.x25519.Recipient.from_str(holder.age) for holder in holders if holder]
    data: bytes = pyrage.encrypt(plain, recipients)
    return data


def _file_name(created_ms: int, bundle: bytes) -> str:
    return f"em-{local_time(created_ms):%Y%m%d}-{bundle[:4].hex()}{SUFFIX}"


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
