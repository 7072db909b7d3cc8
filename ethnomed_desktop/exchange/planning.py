"""What to send, what is still missing, what has come already: pure functions over ends of logs.

Nothing here looks at records. Two logs are compared by the hash of their last header, so the work
grows with the number of logs, never with what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.segments import START, Log, Place, Segment

Places = Mapping[Log, Collection[Place]]
"""The ends of each log: one place, or one per branch after a fork."""

_MOST_FILLED = 1000
_FRAME_BYTES = 64 << 10
"""Kept free in a part for encryption, signature and the archive's end."""


_MEMBER_BYTES = 2048
"""What a piece costs besides its bytes: head and padding in the archive, its line in the manifest."""


class Owed(NamedTuple):
    """Send the segments of ``log`` whose last number is above ``after`` and not above ``upto``."""

    log: Log
    after: int
    upto: int


@dataclass(frozen=True)
class Plan:
    """What a partner lacks. ``strange``: logs of which it has a branch that is unknown here."""

    owed: tuple[Owed, ...]
    strange: tuple[Log, ...]


class Gap(NamedTuple):
    """Numbers of a log that have not come yet, though later ones have."""

    log: Log
    first: int
    last: int


@dataclass(frozen=True)
class Arrangement:
    """Segments that came, sorted by what can be done with them.

    ``ready`` are in an order in which they can be taken in; ``ends`` are the ends of the logs
    afterwards; ``forked`` the logs that now have another branch; ``broken`` contradict the segment
    before them and are refused.
    """

    ready: tuple[Segment, ...]
    known: tuple[Segment, ...]
    waiting: tuple[Segment, ...]
    broken: tuple[Segment, ...]
    ends: Mapping[Log, frozenset[Place]]
    forked: tuple[Log, ...]
    gaps: tuple[Gap, ...]


def plan(
    mine: Places, confirmed: Places, may_read: Callable[[bytes], bool], knows: Callable[[Log, Place], bool]
) -> Plan:
    """Compare what is here with what a partner confirmed (its newest ``have``).

    ``may_read`` says which streams it may read; ``knows`` whether a place is the end of a segment
    that is here. A partner that is ahead in a log is owed nothing of it. Where it has another
    branch, or there are several here, the whole log is owed: repetition does no harm.
    """
    owed: list[Owed] = []
    strange: list[Log] = []
    for log, places in mine.items():
        theirs = confirmed.get(log, ())
        if not places or not may_read(log.stream):
            continue
        top = max(place.seq for place in places)
        unknown = [place for place in theirs if not knows(log, place)]
        other_branch = any(place.seq <= top for place in unknown)
        if other_branch:
            strange.append(log)
        if set(places) <= set(theirs) or (unknown and not other_branch and len(places) == 1):
            continue
        covered = [place.seq for place in theirs if place not in unknown]
        whole = other_branch or len(places) > 1
        owed.append(Owed(log, START.seq if whole else max(covered, default=START.seq), top))
    return Plan(tuple(owed), tuple(strange))


def newest_have(received: Iterable[tuple[int, Places]]) -> Places:
    """Return what a partner confirmed last, by the running numbers of its files to us."""
    return max(received, key=lambda one: one[0], default=(0, dict[Log, Collection[Place]]()))[1]


def missing_numbers(received: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Return the runs of file numbers of one sender that have not come: "file № 46 has not come yet"."""
    runs: list[tuple[int, int]] = []
    expected = 1
    for number in sorted(set(received)):
        if number > expected:
            runs.append((expected, number - 1))
        expected = number + 1
    return tuple(runs)


def filled(received: Collection[int], stood_for: Sequence[tuple[int, int]]) -> set[int]:
    """Return the numbers that need not be waited for: those that came, and those another file took the place of.

    Only numbers before one that came are taken, and not more than `_MOST_FILLED`: a hostile run is long.
    """
    numbers = set(received)
    for first, last in missing_numbers(received):
        for low, high in stood_for:
            numbers.update(range(max(first, low), min(last, high, max(first, low) + _MOST_FILLED) + 1))
    return numbers


def into_parts(
    sizes: Sequence[tuple[int, int]], part_bytes: int = limits.PART_BYTES, overhead: int = 0
) -> list[range]:
    """Cut segments, in their order, into parts no larger than ``part_bytes``.

    ``sizes`` are (`Segment.size`, `Segment.inflated`); ``overhead`` is what every part carries
    besides (manifest, statements). Raises `UserError` (``exchange.part_too_small``, fact
    ``least_bytes``) when one segment alone does not fit. Without segments there is one empty part:
    a receipt.
    """
    room = part_bytes - overhead - _FRAME_BYTES
    most = max((size for size, _ in sizes), default=0)
    if most > room:
        raise UserError("exchange.part_too_small", least_bytes=most + overhead + _FRAME_BYTES)
    parts: list[range] = []
    start, used, inflated = 0, 0, 0
    for at, (size, lines) in enumerate(sizes):
        full = used + size > room or inflated + lines > limits.INFLATED_BYTES
        if full or (at - start) >= limits.MEMBERS // 4:
            parts.append(range(start, at))
            start, used, inflated = at, 0, 0
        used, inflated = used + size, inflated + lines
    parts.append(range(start, len(sizes)))
    return parts


def piece_room(part_bytes: int, overhead: int, used: int = 0) -> int:
    """Return how many bytes are left in a part for pieces of attachments."""
    return part_bytes - overhead - _FRAME_BYTES - used


def piece_parts(sizes: Sequence[int], first_room: int, room: int) -> list[range]:
    """Cut pieces of attachments into parts; the first range fits into ``first_room`` and may be empty.

    Raises `UserError` (``exchange.part_too_small``, fact ``least_bytes``) when a piece fits into no part.
    """
    parts: list[range] = []
    start, left = 0, first_room
    for at, size in enumerate(sizes):
        needed = size + _MEMBER_BYTES
        if needed > room:
            raise UserError("exchange.part_too_small", least_bytes=needed + 2 * _FRAME_BYTES)
        if needed > left or at - start >= limits.MEMBERS // 4:
            parts.append(range(start, at))
            start, left = at, room
        left -= needed
    parts.append(range(start, len(sizes)))
    return parts


def arrange(
    segments: Iterable[Segment],
    ends: Callable[[Log], Collection[Place]],
    last_of: Callable[[Log, bytes], int | None],
) -> Arrangement:
    """Sort segments that came, and those that wait in the inbox, against what is here.

    ``ends`` gives the ends of a log, ``last_of`` the last number of the segment here whose header
    has the hash (None when it is not here). The result does not depend on the order.
    """
    ready: list[Segment] = []
    known: list[Segment] = []
    broken: list[Segment] = []
    standing: dict[Log, set[Place]] = {}
    forked: dict[Log, None] = {}
    came: dict[tuple[Log, bytes], int] = {}
    after: dict[tuple[Log, bytes], list[Segment]] = {}
    for segment in sorted(segments, key=lambda one: (one.header.log, one.header.first, one.place.head)):
        log = segment.header.log
        standing.setdefault(log, set(ends(log)))
        if (log, segment.place.head) in came or last_of(log, segment.place.head) is not None:
            known.append(segment)
            continue
        before = _before(segment, came, last_of)
        if before is None:
            after.setdefault((log, segment.header.previous), []).append(segment)
        elif before != segment.header.first - 1:
            broken.append(segment)
        else:
            ready.append(segment)
            came[log, segment.place.head] = segment.header.last
            if not _grow(standing[log], segment):
                forked[log] = None
    waiting = [segment for held in after.values() for segment in held]
    frozen = {log: frozenset(places) for log, places in standing.items()}
    gaps = tuple(sorted({_gap(segment, frozen) for segment in waiting}))
    return Arrangement(tuple(ready), tuple(known), tuple(waiting), tuple(broken), frozen, tuple(forked), gaps)


def _before(
    segment: Segment, came: Mapping[tuple[Log, bytes], int], last_of: Callable[[Log, bytes], int | None]
) -> int | None:
    """Return the last number of the segment before, None when that has not come."""
    header = segment.header
    if not header.previous:
        return START.seq
    return came.get((header.log, header.previous), last_of(header.log, header.previous))


def _grow(places: set[Place], segment: Segment) -> bool:
    """Move the end of a branch; returns False when this begins another branch."""
    before = Place(segment.header.first - 1, segment.header.previous)
    continues = before in places or (before == START and not places)
    places.discard(before)
    places.add(segment.place)
    return continues


def _gap(segment: Segment, ends: Mapping[Log, frozenset[Place]]) -> Gap:
    log, first = segment.header.log, segment.header.first
    reached = max((place.seq for place in ends[log] if place.seq < first), default=START.seq)
    return Gap(log, reached + 1, first - 1)
