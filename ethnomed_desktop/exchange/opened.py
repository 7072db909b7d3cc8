"""What the reader returns: a file of which every byte was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.manifest import Manifest
from ethnomed_desktop.exchange.roots import CEILINGS
from ethnomed_desktop.exchange.segments import Log, Place, Segment
from ethnomed_desktop.exchange.statements import Statement


@dataclass(frozen=True)
class Held:
    """A relayed segment that does not count now: its author is unknown here, revoked or not entitled.

    An unknown author may become known by a later file: keep the segment and ask `reader.recheck` then.
    """

    segment: Segment
    verdict: Verdict


@dataclass(frozen=True)
class Opened:
    """A file whose every byte was checked. ``segments`` are what may be taken in.

    ``authority`` knows what the file's ``statements`` added (only those of pinned roots are here);
    ``new_root`` is set when joining: take nothing in before its six words were compared. ``new_keys`` are
    roots that changed their key because it was stolen, with the hashes of the changes: likewise.
    """

    file_hash: bytes
    file_bytes: int
    manifest: Manifest
    segments: tuple[Segment, ...]
    held: tuple[Held, ...]
    statements: tuple[Statement, ...]
    authority: Authority
    chunks: Mapping[tuple[bytes, int], bytes] = field(repr=False)
    new_root: bytes | None = None
    new_keys: Mapping[bytes, tuple[bytes, ...]] = field(default_factory=dict)

    def ceiling(self, segment: Segment) -> int:
        """Return the highest level of a field in the stream of a segment taken from here."""
        stream_class = self.authority.class_of(segment.header.log.stream)
        return CEILINGS[stream_class] if stream_class else Level.AGGREGATE

    @property
    def number(self) -> Mapping[bytes, int]:
        """Running numbers of the sender's files by recipient."""
        return self.manifest.to

    @property
    def have(self) -> dict[Log, tuple[Place, ...]]:
        """What the sender confirms, of the streams that it may read; several places after a fork."""
        confirmed: dict[Log, tuple[Place, ...]] = {}
        for log, place in self.manifest.have:
            if self.authority.may(self.manifest.sender, log.stream, 0, Act.READ) is Verdict.YES:
                confirmed[log] = (*confirmed.get(log, ()), place)
        return confirmed
