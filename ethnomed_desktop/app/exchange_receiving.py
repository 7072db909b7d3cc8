"""Taking in what came: a preview that writes nothing, then the same once more, kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange import ends_of, run_of, seal_own
from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import planning
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.joining import fingerprint_of_root
from ethnomed_desktop.exchange.planning import Gap
from ethnomed_desktop.exchange.reader import Opened, open_file
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.exchange.segments import Log, Segment
from ethnomed_desktop.store import audit, schema
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.intake import Outcome, take_lines
from ethnomed_desktop.store.queries.conflicts import Standing, living, standing_of
from ethnomed_desktop.store.store import Written

TO_REWRITE = "to_rewrite"


@dataclass(frozen=True)
class Report:
    """What a file holds for us. ``root_words`` are there when it is an answer to our joining."""

    sender: str
    number: int
    created_ms: int
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    conflicts: int = 0
    newer: int = 0
    already_known: bool = False
    waiting: tuple[Gap, ...] = ()
    held: int = 0
    forked: int = 0
    missing_files: tuple[tuple[int, int], ...] = ()
    root_words: tuple[str, ...] = ()
    touched: frozenset[tuple[str, bytes]] = field(default=frozenset(), repr=False)

    @property
    def changes(self) -> ChangeSet:
        """What views reload."""
        return ChangeSet(b"", Action.IMPORT.value, self.touched)


class _OnlyLooking(Exception):
    """Ends the transaction of a preview without keeping anything."""


def preview(ctx: AppContext, path: Path, language: str) -> Report:
    """Say what taking the file in would do; writes nothing. Raises `UserError` (``exchange.…``)."""
    found: list[Report] = []
    try:
        with ctx.vault.store.database.writing() as connection:
            found.append(_take_in(ctx, connection, path, language))
            raise _OnlyLooking
    except _OnlyLooking:
        return found[0]


def receive(ctx: AppContext, path: Path, language: str, *, root_confirmed: bool = False) -> Report:
    """Take the file in, whole or not at all; doing so twice changes nothing.

    The first file of a hub that we asked to join needs ``root_confirmed``: two people have compared
    its six words. Raises `UserError` (``exchange.…``, ``exchange.root_not_confirmed``).
    """
    with ctx.vault.store.database.writing() as connection:
        report = _take_in(ctx, connection, path, language)
        if report.root_words and not root_confirmed:
            raise UserError("exchange.root_not_confirmed", words=" ".join(report.root_words))
        detail = {"new": report.new, "changed": report.changed, "number": report.number}
        audit.note(connection, ctx.clock, ctx.user, "exchange.received", detail)
    ctx.vault.store.reload_office()
    finish_joining(ctx)
    return report


def _take_in(ctx: AppContext, connection: Reading, path: Path, language: str) -> Report:
    own = identity.standing(ctx, connection)
    seal_own(connection, own)
    opened = open_file(path, own.me, own.authority, practice=ctx.practice, joining=True)
    identity.say(connection, list(opened.statements), ctx.clock)
    words: tuple[str, ...] = ()
    if opened.new_root is not None:
        state.add_pin(connection, opened.new_root)
        _join_office(connection, own, opened)
        words = fingerprint_of_root(opened.new_root, language)
    before = _uids_of(connection, opened)
    stood = standing_of(connection, before)
    arranged, touched = _apply(ctx, connection, opened)
    _hear(ctx, connection, own, opened)
    known = state.partner_of(connection, opened.manifest.sender)
    now = standing_of(connection, [uid for _, uid in touched])
    return Report(
        opened.authority.name_of(opened.manifest.sender),
        opened.manifest.to[own.me.replica],
        opened.manifest.created_ms,
        new=sum(uid not in stood for uid in now),
        changed=sum(uid in stood for uid in now),
        withdrawn=sum(one.withdrawn and not _stood(stood, uid).withdrawn for uid, one in now.items()),
        conflicts=sum(one.conflicted and not _stood(stood, uid).conflicted for uid, one in now.items()),
        newer=sum(one.newer for one in now.values()),
        already_known=not arranged.ready and not arranged.waiting and not touched,
        waiting=arranged.gaps,
        held=len(opened.held),
        forked=len(arranged.forked),
        missing_files=planning.missing_numbers(known.got),
        root_words=words,
        touched=touched,
    )


def _stood(stood: dict[bytes, Standing], uid: bytes) -> Standing:
    return stood.get(uid, Standing(False, False, False))


def _uids_of(connection: Reading, opened: Opened) -> list[bytes]:
    uids: set[bytes] = set()
    came = [*opened.segments, *(_segment(one) for one in state.waiting_runs(connection))]
    for segment in came:
        for _, line in segment.lines():
            if line.startswith(b"["):
                uids.add(bytes.fromhex(json.loads(line)[2]))
    return list(uids)


def _segment(one: state.WaitingRun) -> Segment:
    return Segment(one.run.header, one.run.signature, one.body)


def _apply(
    ctx: AppContext, connection: Reading, opened: Opened
) -> tuple[planning.Arrangement, frozenset[tuple[str, bytes]]]:
    runs = state.segments(connection)
    ends = ends_of(runs)
    lasts = {(Log(run.stream, run.replica), run.place): run.last for run in runs}
    waited = {one.run.place: one for one in state.waiting_runs(connection)}
    arranged = planning.arrange(
        [*opened.segments, *(_segment(one) for one in waited.values())],
        lambda log: ends.get(log, ()),
        lambda log, place: lasts.get((log, place)),
    )
    touched: set[tuple[str, bytes]] = set()
    for segment in arranged.ready:
        header = segment.header
        lines = [line for _, line in segment.lines()]
        letter = opened.authority.class_of(header.log.stream) or StreamClass.DISTRICT
        taken = take_lines(connection, header.log.stream, header.log.replica, lines, letter=letter.value)
        if taken.outcome is Outcome.TOO_EARLY:
            raise UserError("exchange.altered")
        touched |= taken.touched
        run = run_of(segment, header.log.stream, header.log.replica, header.first, header.last)
        state.keep_segment(connection, run)
    state.put_waiting(connection, [_waiting(ctx, one, waited) for one in arranged.waiting])
    return arranged, frozenset(touched)


def _waiting(ctx: AppContext, segment: Segment, waited: dict[bytes, state.WaitingRun]) -> state.WaitingRun:
    header = segment.header
    run = run_of(segment, header.log.stream, header.log.replica, header.first, header.last)
    since = waited[run.place].received_ms if run.place in waited else ctx.clock.now_ms()
    return state.WaitingRun(run, deflate([line for _, line in segment.lines()]), since)


def _hear(ctx: AppContext, connection: Reading, own: identity.Standing, opened: Opened) -> None:
    """Note what the sender confirms, unless a later file of it has come already."""
    known = state.partner_of(connection, opened.manifest.sender)
    number = opened.manifest.to[own.me.replica]
    if number >= max(known.got, default=0):
        have = tuple(
            (log.stream.hex(), log.replica.hex(), place.seq, place.head.hex())
            for log, places in opened.have.items()
            for place in places
        )
        known = replace(known, have=have)
    got = tuple(sorted({*known.got, number}))
    state.keep_partner(connection, replace(known, got=got, heard_ms=ctx.clock.now_ms()))


def _join_office(connection: Reading, own: identity.Standing, opened: Opened) -> None:
    """Write into the hub's office stream from now on; what was written before is carried over."""
    for grant in opened.authority.certificates(own.me.replica):
        for stream, access in grant.access.items():
            is_office = opened.authority.class_of(stream) is StreamClass.DISTRICT
            if grant.root == opened.new_root and "w" in access and is_office:
                state.choose_office(connection, stream)
                schema.set_meta(connection, TO_REWRITE, "1")


def finish_joining(ctx: AppContext) -> int:
    """Carry what was written before joining into the hub's stream; returns how many records.

    In one transaction with the mark that says so: a power cut lets it begin anew.
    """
    with ctx.reading() as connection:
        if schema.get_meta(connection, TO_REWRITE) != "1":
            return 0
        uids = living(connection)
    with ctx.unit_of_work(Action.SETUP, Written()) as work:
        carried = 0
        for uid in uids:
            known = work.state(uid)
            foreign = {dot.stream for dot in known.state.all_dots()} - {ctx.vault.store.office.stream}
            if known.state.live and foreign and all(dot.replica == work.replica for dot in known.state.all_dots()):
                work.rewrite(known)
                carried += 1
        work.flush()
        schema.set_meta(work.connection, TO_REWRITE, "0")
    return carried
