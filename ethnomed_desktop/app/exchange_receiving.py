"""Taking in what came: a preview that writes nothing, then the same once more, kept; giving it back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ethnomed_desktop.app import clock_check
from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.erasure_marks import mark_erased, name_late_lines
from ethnomed_desktop.app.erasure_sweep import sweep_quietly
from ethnomed_desktop.app.exchange_anchors import hear_anchor
from ethnomed_desktop.app.exchange_contents import keep_contents
from ethnomed_desktop.app.exchange_effects import effects, look_before
from ethnomed_desktop.app.exchange_erasures import Named, empty_waiting, hold_back, named_by
from ethnomed_desktop.app.exchange_joining import finish_joining, join_office
from ethnomed_desktop.app.exchange_waiting import Waited, let_wait, waited
from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.exchange import planning
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.joining import fingerprint_of_root
from ethnomed_desktop.exchange.opened import Opened
from ethnomed_desktop.exchange.planning import Gap
from ethnomed_desktop.exchange.reader import open_file, refusals
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.exchange.segments import Segment
from ethnomed_desktop.store import audit, sealed
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.batches import collecting_later
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.give_back import (
    close_intake,
    forget_intake,
    give_back,
    may_give_back,
    next_intake,
    standing_before,
)
from ethnomed_desktop.store.incarnation import begin_incarnation, take_over_series
from ethnomed_desktop.store.intake import Outcome, take_lines
from ethnomed_desktop.store.queries.conflicts import kinds_of
from ethnomed_desktop.store.search import gathering_words
from ethnomed_desktop.store.shutting_out import Limit, take_back_beyond

_OUR_NAME = re.compile(r"em-\d{8}-[0-9a-f]{8}\.emx")


@dataclass(frozen=True)
class Report:
    """What a file holds for us. ``root_words`` are there when it is an answer to our joining, or when an office
    has replaced a stolen key: its name is then in ``key_of``. They are compared before anything is taken in.

    ``trail_fits`` is False when the sender's audit trail does not go on from what its last file said.
    ``reborn``: the file shows that our log went on elsewhere (a copied disk, an old state put back):
    this computer goes on under a new id, which the office has to certify anew.
    """

    sender: str
    number: int
    created_ms: int
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    conflicts: int = 0
    newer: int = 0
    erased: int = 0
    revived: int = 0
    """Records that somebody put into the trash while somebody else went on writing: they stay."""
    under_trash: int = 0
    """Parts that came for records which lay in the trash here."""
    closed_minutes: tuple[str, ...] = ()
    """Numbers of minutes that were closed here before, and that somebody wrote into who did not know that."""
    emptied: int = 0
    """Records erased before, of which lines lost their words only now."""
    taken_back: int = 0
    """Records that lost what a lost computer wrote after it was shut out."""
    already_known: bool = False
    waiting: tuple[Gap, ...] = ()
    held: int = 0
    forked: int = 0
    reborn: bool = False
    trail_fits: bool = True
    clock_ahead: bool = False
    """Made later than now: the clock there is ahead, or the one here is behind."""
    clock_went_back: bool = False
    """An earlier file of the sender was made later: its clock was set back."""
    missing_files: tuple[tuple[int, int], ...] = ()
    root_words: tuple[str, ...] = ()
    key_of: str = ""
    vouched_for: str = ""
    """Offices above whose stolen key was replaced; our own office has compared their words."""
    touched: frozenset[tuple[str, bytes]] = field(default=frozenset(), repr=False)
    sender_replica: bytes = b""
    file_hash: bytes = b""

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
        with ctx.writing(Act.EXCHANGE) as connection:
            found.append(_take_in(ctx, connection, path, language, keep=False))
            raise _OnlyLooking
    except _OnlyLooking:
        return found[0]


def receive(ctx: AppContext, path: Path, language: str, *, root_confirmed: bool = False) -> Report:
    """Take the file in, whole or not at all; doing so twice changes nothing.

    The first file of a hub that we asked to join needs ``root_confirmed``: two people have compared
    its six words; likewise the first one after its key was stolen and replaced. Raises `UserError`
    (``exchange.…``, ``exchange.root_not_confirmed``).
    """
    with ctx.writing(Act.EXCHANGE) as connection:
        report = _take_in(ctx, connection, path, language, keep=True, confirmed=root_confirmed)
        if report.root_words and not root_confirmed:
            raise UserError("exchange.root_not_confirmed", words=" ".join(report.root_words))
        detail = {
            "from": report.sender_replica.hex(),
            "file": path.name[:80] if ours(path.name) else "",
            "sha256": report.file_hash.hex(),
            "new": report.new,
            "changed": report.changed,
            "number": report.number,
            **({"closed_minutes": list(report.closed_minutes)} if report.closed_minutes else {}),
        }
        audit.note(connection, ctx.clock, ctx.user, "exchange.received", detail)
    ctx.vault.store.reload_office()
    ctx.look_at_codes()
    finish_joining(ctx)
    take_over_series(ctx.vault.store, ctx.vault.author, ctx.clock)
    if report.erased or report.emptied:
        sweep_quietly(ctx)
    return report


def ours(name: str) -> bool:
    """Say whether a file has the name we gave it; others might say more than an audit trail should hold."""
    return _OUR_NAME.fullmatch(name) is not None


def may_undo(ctx: AppContext) -> bool:
    """Say whether the last file taken in can be given back."""
    with ctx.reading() as connection:
        return may_give_back(connection)


def undo_receive(ctx: AppContext) -> ChangeSet:
    """Give the last file back: everything is as it was before it came, until it is taken in again.

    Raises `NotAllowed`: ``exchange.nothing_to_undo``, ``exchange.undo_too_late`` (something was
    written or sent since).
    """
    with ctx.writing(Act.EXCHANGE) as connection:
        state.hold(connection)
        uids = give_back(connection, deflate)
        audit.note(connection, ctx.clock, ctx.user, "exchange.undone", {"records": len(uids)})
        touched = kinds_of(connection, uids)
    ctx.look_at_codes()
    return ChangeSet(b"", Action.UNDO.value, touched)


@collecting_later()
def _take_in(
    ctx: AppContext, connection: Reading, path: Path, language: str, *, keep: bool, confirmed: bool = False
) -> Report:
    own = identity.standing(ctx, connection)
    logs.seal_own(connection)
    opened = open_file(path, own.me, own.authority, practice=ctx.practice, joining=True, check_lines=False)
    stood_before = standing_before(connection, opened.manifest.sender)
    number = next_intake(connection)
    _learn(ctx, connection, own, opened, confirmed=confirmed)
    words = _words_to_compare(opened, language)
    shut_out = take_back_beyond(connection, (Limit(*one) for one in opened.authority.limits()), deflate)
    before = waited(connection, opened)
    everything = (*opened.segments, *before.segments)
    with refusals():
        named = named_by(connection, opened, everything)
    stood = look_before(connection, _uids_of(everything))
    erased = mark_erased(connection, named.records, lines=named.lines.keys())
    arranged, touched = _apply(ctx, connection, opened, number, named, before)
    trail_fits = _hear(ctx, connection, own, opened)
    known = state.partner_of(connection, opened.manifest.sender)
    reborn = _went_on_elsewhere(connection, own.me.replica, opened, arranged)
    if reborn:
        _go_on_as_another(ctx, connection, own.me.replica)
    late = name_late_lines(ctx, connection, [uid for _, uid in touched], own)
    if erased or late:
        empty_waiting(connection)
    if reborn or words or erased or late or shut_out:
        forget_intake(connection)
    else:
        close_intake(connection, number, stood_before)
    brought = _keep_contents(ctx, connection, opened, keep=keep and (confirmed or not words))
    effect = effects(connection, stood, stood_before.lid, touched, ctx.vault.store.office.stream)
    touched |= kinds_of(connection, shut_out)
    return Report(
        opened.authority.name_of(opened.manifest.sender),
        opened.manifest.to[own.me.replica],
        opened.manifest.created_ms,
        **effect,
        erased=len(erased.now),
        emptied=len(erased.late),
        taken_back=len(shut_out),
        already_known=not (arranged.ready or arranged.waiting or touched or brought),
        waiting=arranged.gaps,
        held=len(opened.held),
        forked=len(arranged.forked),
        trail_fits=trail_fits,
        clock_ahead=clock_check.ahead(opened.manifest.created_ms, ctx.clock.now_ms()),
        clock_went_back=_clock_went_back(connection, own.me.replica, opened),
        reborn=reborn,
        missing_files=planning.missing_numbers(known.got),
        root_words=words,
        vouched_for=_vouched_for(own, opened),
        key_of=", ".join(opened.authority.name_of_root(pin) for pin in opened.new_keys),
        touched=touched,
        sender_replica=opened.manifest.sender,
        file_hash=opened.file_hash,
    )


def _clock_went_back(connection: Reading, me: bytes, opened: Opened) -> bool:
    said = opened.manifest
    return clock_check.went_back(connection, said.sender, said.to[me], said.created_ms)


def _words_to_compare(opened: Opened, language: str) -> tuple[str, ...]:
    """Return the words of a root that is trusted, or whose key is followed, from this file on."""
    for pin in (opened.new_root, *opened.new_keys):
        chain = opened.authority.chain(pin) if pin is not None else None
        if pin is not None and chain is not None:
            return fingerprint_of_root(pin, language, chain.end)
    return ()


def _keep_contents(ctx: AppContext, connection: Reading, opened: Opened, *, keep: bool) -> bool:
    """Keep attached files that came along; says whether any of them was not here."""
    named = {one.whole for one in opened.manifest.chunks}
    try:
        new = bool(named - ctx.blobs.present(list(named)))
        if keep and new:
            keep_contents(ctx, connection, opened)
    except UserError:  # the place for contents is damaged: the records come all the same
        return False
    return new


def _went_on_elsewhere(connection: Reading, me: bytes, opened: Opened, arranged: planning.Arrangement) -> bool:
    """Say whether somebody else writes under our id: a copied disk, or an old state of ours put back.

    All we wrote is sealed by now; so a segment of our log that is new here, or an end of it that a
    partner confirms and we do not know, comes from elsewhere.
    """
    if any(one.header.log.replica == me for one in (*arranged.ready, *arranged.waiting)):
        return True
    return any(
        log.replica == me and not logs.knows(connection, log, place)
        for log, places in opened.have.items()
        for place in places
    )


def _go_on_as_another(ctx: AppContext, connection: Reading, old: bytes) -> None:
    begin_incarnation(connection, ctx.clock)
    audit.note(connection, ctx.clock, ctx.user, "exchange.reborn", {"old": old.hex()})


def _learn(
    ctx: AppContext, connection: Reading, own: identity.Standing, opened: Opened, *, confirmed: bool
) -> None:
    """Keep what roots say in the file, and which changes of keys are followed from now on."""
    identity.say(connection, list(opened.statements), ctx.clock)
    if opened.new_root is not None:
        state.add_pin(connection, opened.new_root)
        join_office(connection, own, opened)
    state.follow(connection, opened.authority.steps())
    if confirmed:
        identity.vouch(ctx, connection, own, opened.new_keys)


def _vouched_for(own: identity.Standing, opened: Opened) -> str:
    before = own.authority.vouched()
    names = [name for mark, name in opened.authority.vouched().items() if mark not in before]
    return ", ".join(dict.fromkeys(names))


def _uids_of(segments: Iterable[Segment]) -> list[bytes]:
    return list(set().union(*(segment.marks.uids for segment in segments)))


def _apply(
    ctx: AppContext, connection: Reading, opened: Opened, number: int, named: Named, before: Waited
) -> tuple[planning.Arrangement, frozenset[tuple[str, bytes]]]:
    ends = logs.all_ends(connection)
    arranged = planning.arrange(
        [*opened.segments, *before.segments],
        lambda log: ends.get(log, ()),
        lambda log, place: sealed.last_at(connection, log.stream, log.replica, place),
    )
    if arranged.broken:
        raise UserError("exchange.altered")
    ready, unnamed = hold_back(arranged.ready, named)
    with gathering_words(connection, sum(one.marks.count for one in ready)):
        touched = {one for segment in ready for one in _taken(connection, opened, segment, number, named)}
    for segment in (*arranged.waiting, *unnamed):
        if segment.place.head not in before.since:
            _check_lines(segment, opened)
    let_wait(connection, (*arranged.waiting, *unnamed), before, ctx.clock)
    return arranged, frozenset(touched)


def _taken(
    connection: Reading, opened: Opened, segment: Segment, number: int, named: Named
) -> frozenset[tuple[str, bytes]]:
    log = segment.header.log
    with refusals():  # every line is checked here, as it is taken in, so that it is decoded only once
        lines = list(segment.typed_lines(opened.ceiling(segment)))
    letter = opened.authority.class_of(log.stream) or StreamClass.DISTRICT
    taken = take_lines(connection, log.stream, log.replica, lines, letter=letter.value, named=named.lines)
    if taken.outcome is Outcome.TOO_EARLY:
        raise UserError("exchange.altered")
    sealed.keep(connection, logs.run_of(segment), number)
    return taken.touched


def _check_lines(segment: Segment, opened: Opened) -> None:
    """Check what waits as strictly as what is taken in: nobody shall find it wanting later."""
    with refusals():
        for _ in segment.typed_lines(opened.ceiling(segment)):
            pass


def _hear(ctx: AppContext, connection: Reading, own: identity.Standing, opened: Opened) -> bool:
    """Note what the sender confirms, whichever number its file has; says whether its audit trail goes on.

    An older file that comes late makes us send more than needed. To trust the greatest number instead
    would lose work: two copies of one disk count for themselves, and what one of them confirmed the
    other may never have seen.
    """
    known = state.partner_of(connection, opened.manifest.sender)
    have = tuple(
        (log.stream.hex(), log.replica.hex(), place.seq, place.head.hex())
        for log, places in opened.have.items()
        for place in places
    )
    number = opened.manifest.to[own.me.replica]
    got = tuple(sorted(planning.filled({*known.got, number}, opened.manifest.stands_for)))
    state.keep_partner(connection, replace(known, have=have, got=got, heard_ms=ctx.clock.now_ms()))
    state.keep_told(connection, known.replica, opened.manifest.revoked, opened.manifest.keys)
    state.keep_known(connection, known.replica, opened.manifest.known)
    asked = state.Asked(number, opened.manifest.lacks, opened.manifest.wants)
    state.keep_asked(connection, known.replica, asked)
    return hear_anchor(connection, known.replica, number, opened.manifest.audit, ctx.clock, ctx.user)
