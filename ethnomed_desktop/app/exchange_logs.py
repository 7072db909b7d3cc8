"""The logs that are here, between store and format: sealing own lines, ends, what a partner lacks."""

from __future__ import annotations

from collections.abc import Iterable

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import planning
from ethnomed_desktop.exchange.authority import Act, Verdict
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.segments import START, Log, Place, Segment, seal
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store import sealed
from ethnomed_desktop.store.engine import Reading


def seal_own(connection: Reading) -> None:
    """Seal what was written since; before every sending and every taking in, or a fork could hide in it.

    What an earlier incarnation left unsealed is sealed by its own key.
    """
    for one in sealed.unsealed(connection):
        after = Place(one.last, one.place) if one.last else START
        author = Identity(one.replica, Signer(one.seed), "")
        for segment in seal(author, one.stream, one.lines, after):
            sealed.keep(connection, run_of(segment))


def run_of(segment: Segment) -> sealed.SealedRun:
    """Return the segment as the store keeps it."""
    header = segment.header
    return sealed.SealedRun(
        header.log.stream,
        header.log.replica,
        header.first,
        header.last,
        segment.place.head,
        segment.raw_header,
        segment.signature,
        segment.marks.tags,
    )


def all_ends(connection: Reading) -> dict[Log, tuple[Place, ...]]:
    """Return the ends of all logs that are here: one place each, or one per branch."""
    found = {}
    for one in sealed.ends(connection):
        log = Log(one.stream, one.replica)
        found[log] = _branches(connection, log) if one.forked else (Place(one.last, one.place),)
    return found


def _branches(connection: Reading, log: Log) -> tuple[Place, ...]:
    return ends_of_runs(sealed.runs_of(connection, log.stream, log.replica))


def ends_of_runs(runs: Iterable[sealed.SealedRun]) -> tuple[Place, ...]:
    """Return the ends of the branches that the runs of one log make."""
    places: dict[bytes, Place] = {run.place: Place(run.last, run.place) for run in runs}
    followed = {Segment(run.header, run.signature, b"").header.previous for run in runs}
    return tuple(sorted(place for mark, place in places.items() if mark not in followed))


def knows(connection: Reading, log: Log, place: Place) -> bool:
    """Say whether the place is the end of a segment of this log that is here."""
    return sealed.last_at(connection, log.stream, log.replica, place.head) == place.seq


def confirmed_by(partner: state.Partner) -> dict[Log, tuple[Place, ...]]:
    """Return what the partner has confirmed."""
    found: dict[Log, tuple[Place, ...]] = {}
    for stream, replica, seq, place in partner.have:
        log = Log(bytes.fromhex(stream), bytes.fromhex(replica))
        found[log] = (*found.get(log, ()), Place(seq, bytes.fromhex(place)))
    return found


def owed_to(
    connection: Reading, own: identity.Standing, ends: dict[Log, tuple[Place, ...]], known: state.Partner
) -> list[planning.Owed]:
    """Return which part of which log the partner has not confirmed; costs what logs there are."""
    plan = planning.plan(
        ends,
        confirmed_by(known),
        lambda stream: own.authority.may(known.replica, stream, 0, Act.READ) is Verdict.YES,
        lambda log, place: knows(connection, log, place),
    )
    return list(plan.owed)


def runs_owed(connection: Reading, owed: Iterable[planning.Owed]) -> list[sealed.SealedRun]:
    """Return the runs of what is owed, oldest first within each log."""
    return [
        run
        for one in owed
        for run in sealed.runs_of(connection, one.log.stream, one.log.replica, one.after, one.upto)
    ]


def with_lines(connection: Reading, run: sealed.SealedRun) -> Segment:
    """Return the segment as it is sent."""
    return Segment(run.header, run.signature, deflate(sealed.lines_of(connection, run)))


def require_certificate(own: identity.Standing, office: bytes) -> None:
    """Refuse to send under an id that the office has not certified (a new incarnation) as one of its own."""
    if own.authority.may(own.me.replica, office, 0, Act.WRITE) is Verdict.UNKNOWN:
        raise UserError("exchange.enrol_again")
