"""Exchange by files: joining, sending what a partner lacks, previewing and taking in what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ethnomed_desktop.app import exchange_contents as contents
from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_anchors import own_anchor
from ethnomed_desktop.app.exchange_tiers import name_those_above, place_for
from ethnomed_desktop.app.exchange_upward import pending_above, upward_streams, write_upward
from ethnomed_desktop.app.summary_approval import stale_uids
from ethnomed_desktop.documents.files import put_whole
from ethnomed_desktop.domain import rights
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.projection import Tier
from ethnomed_desktop.exchange import planning
from ethnomed_desktop.exchange.authority import Act, Verdict
from ethnomed_desktop.exchange.bundles import Sending, compose, put_into
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.joining import (
    JoinRequest,
    fingerprint_of,
    fingerprint_of_root,
    make_request,
    read_request,
)
from ethnomed_desktop.exchange.limits import PART_BYTES
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.exchange.segments import Segment
from ethnomed_desktop.exchange.sshsig import BadSignature
from ethnomed_desktop.exchange.statements import LaterStatement, Statement, make_statement
from ethnomed_desktop.exchange.strict_json import Malformed
from ethnomed_desktop.store import audit, sealed
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.queries.conflicts import total_digest

REQUEST_BYTES = 64 * 1024


@dataclass(frozen=True)
class WhoAmI:
    """This installation for its people: name, id, the six words to compare by phone.

    ``office_words`` are those of its own root: an installation that it lets join shows them before it
    takes in the first file.
    """

    name: str
    replica: bytes
    words: tuple[str, ...]
    joined: bool
    office_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sent:
    """What was written: the files, their running numbers, how many lines they carry."""

    files: tuple[Path, ...]
    numbers: tuple[int, ...]
    lines: int


@dataclass(frozen=True)
class PartnerView:
    """A partner as the list shows it; times in ms UTC, ``missing`` runs of file numbers that have not come."""

    replica: bytes
    name: str
    tier: str
    revoked: bool
    sent: int
    sent_ms: int | None
    heard_ms: int | None
    missing: tuple[tuple[int, int], ...]
    owed_lines: int
    asked: tuple[tuple[int, int], ...] = ()
    """Numbers of our files that it says have not come there."""
    wanted: int = 0
    """Attached files that it asks for."""
    stale_summaries: int = 0
    """Summaries for it that were changed after they were approved, so they stay here (`summary_approval`)."""


def who_am_i(ctx: AppContext, language: str) -> WhoAmI:
    """Return who we are for others."""
    with ctx.writing(rights.Act.EXCHANGE) as connection:
        own = identity.standing(ctx, connection)
        joined = len(state.pins(connection)) > 1
    me = own.me.public
    words = fingerprint_of(me, language)
    return WhoAmI(
        own.authority.name_of(me.replica),
        me.replica,
        words,
        joined,
        fingerprint_of_root(own.root, language, own.end),
    )


def write_request(ctx: AppContext, target: Path) -> None:
    """Write the file by which a hub is asked to certify this installation; raises `StorageError`."""
    with ctx.writing(rights.Act.EXCHANGE) as connection:
        own = identity.standing(ctx, connection)
        name = own.authority.name_of(own.me.replica)
        request = make_request(own.me, name, "laptop", ctx.clock.now_ms(), practice=ctx.practice)
        request = identity.with_earlier(connection, own, request, ctx.vault.store.office.stream)
        audit.note(connection, ctx.clock, ctx.user, "exchange.requested", {})
    put_whole(request.raw, target)


def words_of_request(path: Path, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the name in a join request and its six words, to be compared by phone before `enrol`."""
    request = _request(path)
    return request.name, fingerprint_of(request.holder, language)


def _request(path: Path) -> JoinRequest:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= REQUEST_BYTES else b""
        return read_request(data)
    except (Malformed, BadSignature, LaterStatement, OSError):
        raise UserError("exchange.not_a_request") from None


def enrol(ctx: AppContext, request_file: Path, target_folder: Path, *, role: str = "laptop") -> Sent:
    """Certify the installation that asks, and write the file with certificate and starting data for it.

    ``role``: laptop or office (of this office), district or region (an office of the tier below, which
    sends up what may leave it). The caller has compared the six words. Raises `UserError`, `StorageError`.
    """
    request = _request(request_file)
    earlier = list(enumerate(identity.earlier_in(request_file.read_bytes()), start=1))
    if request.practice != ctx.practice:
        raise UserError("exchange.practice_mismatch")
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        own = identity.standing(ctx, connection)
        identity.require_root(own)
        place = place_for(ctx, connection, own, role)
        grant = identity.certificate(ctx, own.root, request.holder, request.name, role, place.access)
        grants = [grant, *(replace(grant, holder=one, name=f"{grant.name} – {at}") for at, one in earlier)]
        granted = [make_statement(one.body(), [own.root_signer]) for one in grants]
        identity.say(connection, [*place.also, *granted], ctx.clock)
        detail = {"replica": request.holder.replica.hex(), "also": [one.replica.hex() for _, one in earlier]}
        audit.note(connection, ctx.clock, ctx.user, "exchange.enrolled", detail)
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        # A copied disk asks under an id that we heard of before: what that one knew, this one may not.
        state.keep_known(connection, request.holder.replica, {})
    return send(ctx, request.holder.replica, target_folder)


def revoke(ctx: AppContext, replica: bytes) -> None:
    """Withdraw an installation (a lost laptop): what it wrote later than what is here counts nowhere."""
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        own = identity.standing(ctx, connection)
        identity.require_root(own)
        if own.authority.holder(replica) is None:
            raise UserError("exchange.recipient_unknown")
        last = {end.stream: end.last for end in sealed.ends(connection) if end.replica == replica}
        said = Revocation(own.root, replica, last, ctx.clock.now_ms())
        identity.say(connection, [make_statement(said.body(), [own.root_signer])], ctx.clock)
        audit.note(connection, ctx.clock, ctx.user, "exchange.revoked", {"replica": replica.hex()})


def send(
    ctx: AppContext, to: bytes, folder: Path, *, most_bytes: int = PART_BYTES, again: Sequence[int] = ()
) -> Sent:
    """Write what the partner has not confirmed, in the streams it may read, as one file or several.

    Files attached by what is sent go along, the small ones first, and those that the partner asks for. The
    last part takes the place of the files that the partner says it lacks, and of those with the numbers
    ``again``, which somebody says by phone: all that was lost with them is not confirmed, so it goes again.

    Each file appears under its name only when it was written, forced to the medium and read back.
    Raises `NotAllowed` (``exchange.recipient_…``), `UserError` (``exchange.part_too_small``,
    ``exchange.enrol_again``, ``exchange.never_sent``), `StorageError`; nothing is noted as sent then.
    """
    with ctx.writing(rights.Act.EXCHANGE) as connection:
        own = identity.standing(ctx, connection)
        logs.require_certificate(own, ctx.vault.store.office.stream)
        own = name_those_above(ctx, connection, own)
        if any(own.authority.may(to, one.stream, 0, Act.READ) is Verdict.YES for one in upward_streams(own)):
            write_upward(ctx, connection, own)
        # Kept even when writing a file fails: a part may be on the stick already, and what was sealed
        # once must never be sealed otherwise.
        logs.seal_own(connection)
    with ctx.writing(rights.Act.EXCHANGE) as connection:
        state.hold(connection)
        known = state.partner_of(connection, to)
        asked = state.asked(connection, to)
        if any(not 0 < number <= known.sent for number in again):
            raise UserError("exchange.never_sent", last=known.sent)
        ends = logs.all_ends(connection)
        whole = _reads_contents(own, to)
        owed = logs.runs_owed(connection, logs.owed_to(connection, own, ends, known))
        segments = [logs.with_lines(connection, run) for run in owed]
        heard = {} if again else state.known_by(connection, to)
        said = own.authority.statements_for(to, heard, own.me.replica)
        loads = _loads(ctx, segments, said, asked.wants if whole else (), most_bytes)
        sending = Sending(
            *(own.me, own.authority, {to: known.sent + 1}, ctx.clock.now_ms(), ctx.practice),
            have=ends,
            audit=own_anchor(connection),
            lacks=planning.missing_numbers(known.got),
            wants=contents.not_come(ctx, connection) if whole else (),
            stands_for=(*asked.lacks, *((number, number) for number in again)),
        )
        files = []
        for number, (part, share) in enumerate(loads, start=1):
            pieces = contents.read_pieces(ctx, share)
            bundle = compose(sending, [segments[at] for at in part], said, pieces, part=(number, len(loads)))
            files.append(put_into(folder, bundle, put_whole))
            detail = {
                "to": to.hex(),
                "file": bundle.name,
                "sha256": bundle.file_hash.hex(),
                "number": known.sent + number,
            }
            audit.note(connection, ctx.clock, ctx.user, "exchange.sent", detail)
        numbers = tuple(range(known.sent + 1, known.sent + 1 + len(loads)))
        state.keep_partner(connection, replace(known, sent=numbers[-1], sent_ms=ctx.clock.now_ms()))
    return Sent(tuple(files), numbers, sum(run.last - run.first + 1 for run in owed))


def _loads(
    ctx: AppContext, segments: list[Segment], said: Sequence[Statement], wanted: Sequence[bytes], most_bytes: int
) -> list[tuple[range, list[contents.Outgoing]]]:
    """Divide segments and pieces of attached files into parts; raises `UserError` (``exchange.part_too_small``)."""
    overhead = sum(len(one.raw) + 1024 for one in said)
    parts = planning.into_parts([(one.size, one.inflated) for one in segments], most_bytes, overhead)
    used = sum(segments[at].size for at in parts[-1])
    rooms = [planning.piece_room(most_bytes, overhead, one) for one in (used, 0)]
    with_last, *alone = contents.shares(contents.contents_of(ctx, segments, wanted), *rooms)
    with_records = [(part, [] if part is not parts[-1] else with_last) for part in parts]
    return [*with_records, *((range(0), share) for share in alone)]


def _reads_contents(own: identity.Standing, to: bytes) -> bool:
    """Say whether attached files may go to the partner: to members of an office we belong to."""
    return any(
        own.authority.class_of(stream) is StreamClass.DISTRICT
        and own.authority.may(to, stream, 0, Act.READ) is Verdict.YES
        for grant in own.authority.certificates(own.me.replica)
        for stream in grant.access
    )


def partners(ctx: AppContext) -> list[PartnerView]:
    """Return everybody we may exchange with, by name."""
    with ctx.writing(rights.Act.EXCHANGE) as connection:
        own = identity.standing(ctx, connection)
        logs.seal_own(connection)
        ends = logs.all_ends(connection)
        up = [one.stream for one in upward_streams(own) if one.tier is Tier.REGION]
        stale = len(stale_uids(connection)) if up else 0
        found = []
        for replica in _certified(own):
            known = state.partner_of(connection, replica)
            revoked = own.authority.may(replica, b"", 0, Act.SEND) is Verdict.REVOKED
            owed = [] if revoked else logs.owed_to(connection, own, ends, known)
            above = 0 if revoked else pending_above(connection, own.authority, own.me.replica, replica)
            grants = own.authority.certificates(replica)
            asked = state.asked(connection, replica)
            found.append(
                PartnerView(
                    replica,
                    own.authority.name_of(replica),
                    grants[-1].tier if grants else "",
                    revoked,
                    known.sent,
                    known.sent_ms,
                    known.heard_ms,
                    planning.missing_numbers(known.got),
                    sum(one.upto - one.after for one in owed) + above,
                    asked.lacks,
                    len(asked.wants),
                    stale if any(own.authority.may(replica, one, 0, Act.READ) is Verdict.YES for one in up) else 0,
                )
            )
    return sorted(found, key=lambda one: one.name)


def _certified(own: identity.Standing) -> list[bytes]:
    named = [one.body.get("replica") for one in own.authority.statements.values() if one.type == "cert"]
    uids = {bytes.fromhex(str(one)) for one in named if one}
    return sorted(uid for uid in uids if uid != own.me.replica and own.authority.holder(uid) is not None)


def state_digest(ctx: AppContext) -> str:
    """Return the digest over the state of the log, in hex: equal where everything is equal."""
    with ctx.reading() as connection:
        return total_digest(connection).hex()
