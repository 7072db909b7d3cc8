"""Going up a tier: the hub writes a copy of what may leave into the stream for the tier above, and only that.

The copy follows its source: it is written again when that changed, and withdrawn when that was. It is
worked out from what changed since the last time, so it costs what changed, not what there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_sources import Sources
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Action, ChangeSet, split_key
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import Uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.projection import WITHDRAWN, Outgoing, Tier, name_above, project, pseudonym
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.roots import CEILINGS, StreamClass
from ethnomed_desktop.store import outgoing
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.erasing import erased_records
from ethnomed_desktop.store.give_back import forget_intake
from ethnomed_desktop.store.log import Writer
from ethnomed_desktop.store.queries.conflicts import kinds_of
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.states import Known
from ethnomed_desktop.store.uow import UnitOfWork

_BATCH = 500


@dataclass(frozen=True)
class Upward:
    """A stream that we write for the tier above, and whose it is."""

    stream: bytes
    tier: Tier


@dataclass(frozen=True)
class Copied:
    """One record and what goes up of it (None: it is withdrawn above, or was never there)."""

    source: StoredRecord
    made: Outgoing | None


def upward_streams(own: identity.Standing) -> list[Upward]:
    """Return the streams of the tiers above that we may write."""
    return _upward_of(own.authority, own.me.replica)


def _upward_of(authority: Authority, me: bytes) -> list[Upward]:
    found = {}
    for grant in authority.certificates(me):
        for stream in grant.access:
            letter = authority.class_of(stream)
            if letter not in {StreamClass.REGION, StreamClass.NATION}:
                continue
            if authority.may(me, stream, 1, Act.WRITE) is Verdict.YES:
                found[stream] = Upward(stream, Tier(letter.value))
    return [found[stream] for stream in sorted(found)]


def pending_above(connection: Reading, authority: Authority, me: bytes, partner: bytes) -> int:
    """Return how many records changed of which a copy goes to the partner and was not written yet."""
    count = 0
    for one in _upward_of(authority, me):
        if authority.may(partner, one.stream, 0, Act.READ) is Verdict.YES:
            uids = changed(connection, one.stream)
            count += sum(KINDS[kind].goes_up is not None for kind, _ in kinds_of(connection, uids) if kind in KINDS)
    return count


def own_names_above(ctx: AppContext, connection: Reading, uids: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return, by uid, what records of ours are called in the tiers above."""
    made = {uid: pseudonym(_key(ctx), uid) for uid in uids}
    given = outgoing.all_of(connection, [kind.number for kind in KINDS.values() if kind.above])
    for one in records_by(connection, "uid", [uid for uid in given if uid in made]):
        made[one.uid] = _above(ctx, one)
    return made


def _above(ctx: AppContext, one: StoredRecord) -> bytes:
    return name_above(_key(ctx), one.kind, one.uid, one.values)


def write_upward(ctx: AppContext, connection: Reading, own: identity.Standing) -> int:
    """Bring all copies up to date, in the caller's write transaction; returns how many records differed."""
    return sum(_write_one(ctx, connection, one) for one in upward_streams(own))


def _write_one(ctx: AppContext, connection: Reading, one: Upward) -> int:
    at = outgoing.writer_of(connection, one.stream, one.tier.value)
    last = outgoing.last_line(connection)
    uids = changed(connection, one.stream)
    if not uids:
        return 0
    work = UnitOfWork(connection, at, ctx.vault.author, ctx.clock, Action.SEND_UP)
    work.named_as = pseudonym(_key(ctx), ctx.user)
    written = 0
    for batch in _copies(ctx, connection, uids, one.tier):
        written += _put(ctx, work, batch)
        work.flush()
    done: ChangeSet = work.finish()
    written += _erase_copies(ctx, connection, at, uids)
    outgoing.note_done(connection, one.stream, last)
    forget_intake(connection)  # giving lines back would give their numbers to others, which would be passed over
    return written if done.touched else 0


def _erase_copies(ctx: AppContext, connection: Reading, at: Writer, uids: Sequence[bytes]) -> int:
    """Erase above what was erased here: the lines that were sent lose their words too, not only their standing."""
    marks = [pseudonym(_key(ctx), uid) for uid in erased_records(connection, list(uids))]
    work = UnitOfWork(connection, at, ctx.vault.author, ctx.clock, Action.ERASE)
    work.named_as = pseudonym(_key(ctx), ctx.user)
    there = [one for one in work.states(marks).values() if one.lids]
    for known in there:
        work.erase(known.state.uid, known.state.kind, pseudonym(_key(ctx), known.state.uid))
    for known in work.states(_taken_back(ctx, work, uids)).values():
        if known.lids and known.state.withdrawal is None:
            work.redact(known, {}, pseudonym(_key(ctx), known.state.uid))
    work.finish()
    return len(there)


def _taken_back(ctx: AppContext, work: UnitOfWork, uids: Sequence[bytes]) -> list[bytes]:
    """Return the copies of records of which lines were taken back: what they said of them before must go too."""
    states = work.states(list(uids))
    return [pseudonym(_key(ctx), uid) for uid, one in states.items() if one.state.takes_back]


def changed(connection: Reading, stream: bytes) -> list[bytes]:
    """Return the records to look at for a stream: those that changed since, and what depends on them."""
    uids = outgoing.changed_since(connection, outgoing.done_upto(connection, stream))
    parties = outgoing.parts_of(connection, "incident_party", "incident", uids)
    return list(dict.fromkeys([*uids, *parties]))


def copies(ctx: AppContext, connection: Reading, uids: Sequence[bytes], tier: Tier) -> list[Copied]:
    """Return what goes up of the records; kinds of which nothing ever does are left out."""
    return [one for batch in _copies(ctx, connection, uids, tier) for one in batch]


def _copies(ctx: AppContext, connection: Reading, uids: Sequence[bytes], tier: Tier) -> Iterator[list[Copied]]:
    seen = Sources(connection, _key(ctx), tier)
    ceiling = CEILINGS[StreamClass(tier.value)]
    for start in range(0, len(uids), _BATCH):
        records = [one for one in records_by(connection, "uid", uids[start : start + _BATCH]) if one.kind.goes_up]
        sources = seen.of(records)
        yield [Copied(one, project(source, ceiling)) for one, source in zip(records, sources, strict=True)]


def _put(ctx: AppContext, work: UnitOfWork, batch: Sequence[Copied]) -> int:
    """Queue what differs from the copies that are there; returns how many records were written."""
    marks = {one.source.uid: _above(ctx, one.source) for one in batch}
    there = work.states(list(marks.values()))
    written = 0
    for one in batch:
        known = there.get(marks[one.source.uid])
        if known is not None and known.is_stub:
            known = None
        written += _put_one(work, one, known)
    return written


def _put_one(work: UnitOfWork, one: Copied, known: Known | None) -> bool:
    if one.made is None:
        if known is None or known.state.withdrawal is not None:
            return False
        work.withdraw(known, WITHDRAWN)
        return True
    if known is None:
        work.create(one.source.kind, one.made.values, Uid(one.made.uid))
        return True
    kind = one.source.kind
    names = {kind.by_number[number].name for number in _numbers(known) if number in kind.by_number}
    wanted: dict[str, Value] = {name: None for name in names if name not in one.made.values}
    wanted.update(one.made.values)
    if known.state.withdrawal is not None or known.state.edited_while_withdrawn:
        work.write_keys(known, {WITHDRAWN_KEY: None})
        work.flush()
        known = work.state(known.state.uid)
    return work.write(known, wanted)


def _numbers(known: Known) -> set[int]:
    return {split_key(key)[0] for key in known.state.live}


def _key(ctx: AppContext) -> bytes:
    return ctx.vault.pseudonym_key
