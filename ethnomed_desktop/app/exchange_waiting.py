"""Segments that wait: for earlier ones, for an erasure to be named, for their author to be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.exchange.authority import Verdict
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.opened import Opened
from ethnomed_desktop.exchange.reader import recheck
from ethnomed_desktop.exchange.segments import Segment
from ethnomed_desktop.store import sealed
from ethnomed_desktop.store.engine import Reading


@dataclass(frozen=True)
class Waited:
    """What waited before a file came, but for what came with it once more.

    ``segments`` may be taken in as soon as nothing is missing before them; ``since`` is, by place, when they
    came (ms UTC). ``aside`` goes on waiting whatever this file brings.
    """

    segments: tuple[Segment, ...]
    since: dict[bytes, int]
    aside: tuple[sealed.WaitingRun, ...]


def waited(connection: Reading, opened: Opened) -> Waited:
    """Ask anew about segments that waited: their authors may have been shut out, or not be known any more.

    What an author wrote whom nobody here knows now is kept, and neither applied nor believed: a copied disk
    may not have heard yet that the office said his name anew by another key. Raises `UserError` as
    `reader.recheck`.
    """
    came = {segment.place.head for segment in opened.segments}
    segments: list[Segment] = []
    since: dict[bytes, int] = {}
    aside: list[sealed.WaitingRun] = []
    for one in sealed.waiting_runs(connection):
        if one.run.place in came:
            continue
        segment = Segment(one.run.header, one.run.signature, one.body)
        verdict = Verdict.UNKNOWN if one.undone else recheck(segment, opened.authority)
        if verdict is Verdict.YES:
            segments.append(segment)
            since[one.run.place] = one.received_ms
        elif verdict is Verdict.UNKNOWN:
            aside.append(one)
    return Waited(tuple(segments), since, tuple(aside))


def let_wait(connection: Reading, segments: Iterable[Segment], before: Waited, clock: Clock) -> None:
    """Let these wait, and what was set aside; what waited already does so since then."""
    runs = [
        sealed.WaitingRun(
            logs.run_of(one),
            deflate([line for _, line in one.lines()]),
            before.since.get(one.place.head, clock.now_ms()),
        )
        for one in segments
    ]
    sealed.put_waiting(connection, [*runs, *before.aside])
