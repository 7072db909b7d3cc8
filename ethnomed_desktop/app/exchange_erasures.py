"""Erasures that travel: who may say them, what they let be missing from a segment, what follows from them.

An erased line in a segment counts only when somebody entitled to it names the line, so that no relay can
leave out what it does not like; until then the segment waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.domain.changes import Dot, read_line, tag_of, taken_back
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange.authority import Authority
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.opened import Opened
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.exchange.segments import Segment, erase
from ethnomed_desktop.store import sealed
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.erasing import ERASING, erased_records, is_erasing, lines_held
from ethnomed_desktop.store.erasure_ledger import all_justified

OFFICE = "office"
_UPWARD = frozenset({StreamClass.REGION, StreamClass.NATION})


@dataclass
class Named:
    """What erasures name: lines (with their records), and the records that are gone or written anew."""

    lines: dict[Dot, bytes] = field(default_factory=dict)
    records: set[bytes] = field(default_factory=set)

    def lacks(self, segment: Segment) -> bool:
        """Say whether the segment holds an erased line that nobody entitled has named."""
        stream, replica = segment.header.log
        return segment.marks.has_erased and any(
            is_erased(line) and Dot(stream, replica, seq, tag_of(line)) not in self.lines
            for seq, line in segment.lines()
        )


def named_by(connection: Reading, opened: Opened, segments: Iterable[Segment]) -> Named:
    """Return what the log and these segments say was erased.

    Raises `UserError` (``exchange.not_entitled``) where somebody erases who may not: erasing beats
    whatever others write; and unworded what `reader.refusals` words.
    """
    known = all_justified(connection)
    found = Named(dict(known.lines))
    for segment in segments:
        if not segment.marks.erases:
            continue
        for _seq, _raw, line in segment.typed_lines(opened.ceiling(segment)):
            if line is None or line.change.op not in ERASING:
                continue
            uid, dots = line.change.uid, taken_back(line.change)
            _require_entitled(connection, opened.authority, segment, uid, dots)
            found.lines.update(dict.fromkeys(dots, uid))
            found.records.add(uid)
    return found


def _require_entitled(
    connection: Reading, authority: Authority, segment: Segment, uid: bytes, dots: Iterable[Dot]
) -> None:
    """An office erases what its members wrote; who sends copies up, only those copies."""
    stream, replica = segment.header.log
    own_log = all(dot.stream == stream and dot.replica == replica for dot in dots)
    if authority.class_of(stream) in _UPWARD:
        there = (one.dot.stream == stream and one.dot.replica == replica for one in lines_held(connection, uid))
        entitled = own_log and all(there)
    else:
        entitled = any(one.tier == OFFICE for one in authority.certificates(replica))
    if not entitled:
        raise UserError("exchange.not_entitled", who=authority.name_of(replica))


def hold_back(ready: Iterable[Segment], named: Named) -> tuple[list[Segment], list[Segment]]:
    """Divide segments that could be applied: those that can, and those with erased lines nobody has named yet.

    What follows one of these in its log waits with it.
    """
    taken: list[Segment] = []
    waiting: list[Segment] = []
    blocked = set()
    for segment in ready:
        log = segment.header.log
        if log in blocked or named.lacks(segment):
            blocked.add(log)
            waiting.append(segment)
        else:
            taken.append(segment)
    return taken, waiting


def empty_waiting(connection: Reading, also: Iterable[Dot] = ()) -> int:
    """Take the words of lines that were named as erased out of the segments that wait; returns how many.

    ``also`` are lines named within a transaction that is not finished yet.
    """
    held = sealed.waiting_runs(connection)
    if not held:
        return 0
    named, count, kept = all_justified(connection).lines.keys() | set(also), 0, []
    for one in held:
        segment = Segment(one.run.header, one.run.signature, one.body)
        numbers = _gone(segment, named)
        count += len(numbers)
        body = deflate([line for _, line in erase(segment, numbers).lines()]) if numbers else one.body
        kept.append(sealed.WaitingRun(logs.run_of(segment), body, one.received_ms, one.undone))
    if count:
        sealed.put_waiting(connection, kept)
    return count


def _gone(segment: Segment, named: Collection[Dot]) -> frozenset[int]:
    stream, replica = segment.header.log
    worded = ((seq, raw) for seq, raw in segment.lines() if not is_erased(raw))
    return frozenset(seq for seq, raw in worded if Dot(stream, replica, seq, tag_of(raw)) in named)


def waiting_lines(connection: Reading, uids: Collection[bytes]) -> dict[bytes, list[Dot]]:
    """Return the lines about these records in segments that wait, by record: an erasure names them too."""
    found: dict[bytes, list[Dot]] = {}
    for segment in (
        Segment(one.run.header, one.run.signature, one.body) for one in sealed.waiting_runs(connection)
    ):
        if segment.marks.uids.isdisjoint(uids):
            continue
        stream, replica = segment.header.log
        for seq, raw in segment.lines():
            change = read_line(raw, stream, replica).change if not is_erased(raw) else None
            if change is not None and change.uid in uids and change.op not in ERASING:
                found.setdefault(change.uid, []).append(Dot(stream, replica, seq, tag_of(raw)))
    return found


def unnamed_lines(connection: Reading, uids: Iterable[bytes]) -> list[tuple[bytes, int]]:
    """Return (record, number of its kind) of erased records of which lines came later, which no erasure names.

    The office names them: nobody else may, and until then nobody takes the words out of them.
    """
    wanted = list(uids)
    if not wanted:
        return []
    known = all_justified(connection)
    if not known.records:
        return []
    return [
        (uid, kind)
        for uid, kind in erased_records(connection, wanted).items()
        if any(one.dot not in known.lines and not is_erasing(one) for one in lines_held(connection, uid))
    ]


def is_office(authority: Authority, me: bytes, office: bytes) -> bool:
    """Say whether this installation may erase in the office's stream: as its hub, not as a laptop of it."""
    return any(one.tier == OFFICE and office in one.access for one in authority.certificates(me))
