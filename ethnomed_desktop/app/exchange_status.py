"""How exchange stands: who has what, who has not confirmed for weeks, what waits for earlier files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_upward import pending_above
from ethnomed_desktop.exchange import planning
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.segments import Log, Place
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store import sealed
from ethnomed_desktop.store.engine import Reading

DAY_MS = 24 * 60 * 60 * 1000
LATE_DAYS = 21
"""After so many days without a confirmation of what is owed, people are reminded."""


@dataclass(frozen=True)
class Late:
    """A partner that has not confirmed for long; ``days`` since its last file, or since it joined."""

    replica: bytes
    name: str
    days: int


@dataclass(frozen=True)
class Waits:
    """Parts of a computer's work that came before what they follow: numbers of changes, and since when."""

    name: str
    first: int
    last: int
    since_ms: int


@dataclass(frozen=True)
class Unaware:
    """Computers whose last file shows that they have not heard of something that this office decided.

    ``lost`` names the computer that was shut out; empty when it is about the office's new key.
    """

    lost: str
    computers: tuple[str, ...]


def unaware(ctx: AppContext) -> list[Unaware]:
    """Return who does not know yet which computers were shut out, and that the key was changed.

    Somebody who knows but has not written since counts as not knowing: there is no other sign.
    """
    with ctx.reading() as connection:
        authority = identity.known_authority(connection)
        if not authority.pins:
            return []
        root, mine = authority.pins[0], state.own_uids(connection)
        others = [one for one in authority.certified_by(root) if one not in mine]
        told = {one: state.told(connection, one) for one in others}
    found = []
    for lost in sorted(authority.revoked_by(root)):
        names = _names(authority, [one for one in others if lost not in told[one][0]])
        found += [Unaware(authority.name_of(lost), names)] if names else []
    chain = authority.chain(root)
    changes = len(chain.steps) if chain is not None else 0
    names = _names(authority, [one for one in others if told[one][1].get(root, 0) < changes])
    return [*found, Unaware("", names)] if names else found


def _names(authority: Authority, replicas: list[bytes]) -> tuple[str, ...]:
    return tuple(sorted(authority.name_of(one) for one in replicas))


def late_partners(ctx: AppContext) -> list[Late]:
    """Return who owes us a confirmation for three weeks or more, the longest first; writes nothing."""
    with ctx.reading() as connection:
        return late_in(connection, ctx.clock.now_ms())


def late_in(connection: Reading, now_ms: int) -> list[Late]:
    """Return the same within a view that is open already."""
    authority = identity.known_authority(connection)
    _number, me, _seed = state.own_replica(connection)
    found = []
    ends: dict[Log, tuple[Place, ...]] | None = None
    for replica, since in partners_since(connection, authority, me).items():
        days = (now_ms - since) // DAY_MS
        if days < LATE_DAYS:
            continue
        ends = logs.all_ends(connection) if ends is None else ends
        if _owes(connection, authority, me, ends, state.partner_of(connection, replica)):
            found.append(Late(replica, authority.name_of(replica), int(days)))
    return sorted(found, key=lambda one: (-one.days, one.name))


def partners_since(connection: Reading, authority: Authority, me: bytes) -> dict[bytes, int]:
    """Return whom we exchange with, and when each was heard last or let in (ms UTC)."""
    found: dict[bytes, int] = {}
    for said in authority.statements.values():
        if said.type != "cert" or not said.body.get("replica"):
            continue
        replica = bytes.fromhex(str(said.body["replica"]))
        if replica == me or replica in found or authority.may(replica, b"", 0, Act.SEND) is not Verdict.YES:
            continue
        begun = min((one.valid_from for one in authority.certificates(replica)), default=0)
        found[replica] = state.partner_of(connection, replica).heard_ms or begun
    return found


def _owes(
    connection: Reading,
    authority: Authority,
    me: bytes,
    ends: dict[Log, tuple[Place, ...]],
    known: state.Partner,
) -> bool:
    reads: Callable[[bytes], bool] = lambda stream: (  # noqa: E731
        authority.may(known.replica, stream, 0, Act.READ) is Verdict.YES
    )
    plan = planning.plan(
        ends, logs.confirmed_by(known), reads, lambda log, place: logs.knows(connection, log, place)
    )
    if plan.owed or any(reads(one.stream) for one in sealed.unsealed(connection)):
        return True
    return pending_above(connection, authority, me, known.replica) > 0


def waiting(ctx: AppContext) -> list[Waits]:
    """Return what came and waits for earlier files."""
    with ctx.reading() as connection:
        authority = identity.known_authority(connection)
        return [
            Waits(authority.name_of(one.run.replica), one.run.first, one.run.last, one.received_ms)
            for one in sealed.waiting_runs(connection)
            if not one.undone
        ]
