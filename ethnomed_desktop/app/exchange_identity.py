"""Who this installation is for others: its keys, its own root of authority, whom it has certified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from ethnomed_desktop.app.age_keys import age_secret
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.titles import name_in
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.certificates import Certificate, public_identity
from ethnomed_desktop.exchange.following import Vouch
from ethnomed_desktop.exchange.identity import Identity, PublicIdentity, Signer
from ethnomed_desktop.exchange.roots import Root, StreamClass, root_id
from ethnomed_desktop.exchange.sshsig import Namespace
from ethnomed_desktop.exchange.statements import Statement, make_statement, read_statement
from ethnomed_desktop.exchange.strict_json import Malformed
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.engine import Reading

_MOST_EARLIER = 3
"""A statement has room for four signatures."""

OFFICE_ACCESS = {StreamClass.DISTRICT: "rw", StreamClass.AUTHORITY: "r"}
"""What a member of the office may do in the streams of the office's root."""


@dataclass(frozen=True)
class Standing:
    """The installation's identity, the root it owns, and the authority it knows."""

    me: Identity
    root: bytes
    root_signer: Signer
    """Counts only while `holds_root`: a restored backup may hold a key that was replaced since."""
    authority: Authority
    streams: Mapping[StreamClass, bytes]

    @property
    def holds_root(self) -> bool:
        """Whether what our root signs still counts."""
        return self.authority.root_key(self.root) == self.root_signer.public

    @property
    def end(self) -> bytes:
        """The last change of our root's key: part of its six words."""
        chain = self.authority.chain(self.root)
        return chain.end if chain else b""


def standing(ctx: AppContext, connection: Reading) -> Standing:
    """Return who we are; makes keys, root and own certificate the first time, so needs a write transaction."""
    state.hold(connection)
    _number, uid, seed = state.own_replica(connection)
    me = Identity(uid, Signer(seed), _age_secret(connection, uid, seed))
    streams = _streams(connection)
    root_signer = _root_signer(connection)
    known = [_read(raw) for raw in state.statements(connection)]
    pins = state.pins(connection)
    if not pins:
        made = make_statement(_root(ctx, connection, root_signer, streams).body(), [root_signer])
        pins = [root_id(made)]
        state.add_pin(connection, pins[0])
        _keep(connection, [made], ctx.clock)
        known.append(made)
    authority = _judged(pins, known, state.followed(connection))
    own = Standing(me, pins[0], root_signer, authority, streams)
    if authority.holder(uid) is None and own.holds_root:
        access = {streams[letter]: "rw" for letter in (StreamClass.DISTRICT, StreamClass.AUTHORITY)}
        access = {**_access_before(connection, own), **access}
        name = _name(ctx, connection)
        grants = [
            certificate(ctx, own.root, one, name, "office", access)
            for one in (me.public, *_never_certified(connection, own))
        ]
        said = [make_statement(grant.body(), [root_signer]) for grant in grants]
        _keep(connection, said, ctx.clock)
        own = replace(own, authority=authority.extended(said))
    return own


def _never_certified(connection: Reading, own: Standing) -> list[PublicIdentity]:
    """Return ids that we wrote under between two restores, before anybody was told of them."""
    return [
        Identity(uid, Signer(seed), _age_secret(connection, uid, seed)).public
        for uid, seed in state.writers(connection, own.streams[StreamClass.DISTRICT])
        if uid != own.me.replica and own.authority.holder(uid) is None
    ]


def _access_before(connection: Reading, own: Standing) -> dict[bytes, str]:
    """Return what earlier ids of this computer may do under its own root: it goes on reading the offices below."""
    return {
        stream: allowed
        for uid in state.own_uids(connection)
        for grant in own.authority.certificates(uid)
        for stream, allowed in grant.access.items()
        if grant.root == own.root
    }


def require_root(own: Standing) -> None:
    """Refuse to certify or shut out with a key that no longer counts; raises `NotAllowed`."""
    if not own.holds_root:
        raise NotAllowed("exchange.key_replaced")


def known_authority(connection: Reading) -> Authority:
    """Return the authority as it is known now; needs no write transaction, and makes no keys."""
    known = [_read(raw) for raw in state.statements(connection)]
    return _judged(state.pins(connection), known, state.followed(connection))


_JUDGED: dict[object, Authority] = {}
"""What was judged last: a file asks several times about the statements of a thousand computers.

By all that is known and not by the own root: a copy or an older state of an office has the same root.
"""

_JUDGING = Lock()
"""Both lanes ask."""

_MOST_KEPT = 4


def _judged(pins: list[bytes], known: list[Statement], followed: list[bytes]) -> Authority:
    key = (tuple(pins), tuple((one.mark, one.signers) for one in known), tuple(followed))
    with _JUDGING:
        found = _JUDGED.pop(key, None)
    found = found or Authority(pins, known, followed)
    with _JUDGING:
        _JUDGED[key] = found  # last in the row: what was asked for longest ago goes first
        while len(_JUDGED) > _MOST_KEPT:
            del _JUDGED[next(iter(_JUDGED))]
    return found


@lru_cache(maxsize=4096)
def _read(raw: bytes) -> Statement:
    """Read a statement that is kept here; checking its signatures costs more than everything else."""
    return read_statement(raw)


def forget_judged() -> None:
    """Forget what was read and judged in this process, as a program that has just started."""
    with _JUDGING:
        _JUDGED.clear()
    _read.cache_clear()


def with_earlier(connection: Reading, own: Standing, request: Statement, office: bytes) -> Statement:
    """Let a request also ask for ids that we wrote under before and that were never certified.

    That happens when a computer becomes another twice before it meets the office; what it wrote in
    between would be held everywhere for ever. Each id signs the request with its own key.
    """
    earlier = [
        Identity(uid, Signer(seed), _age_secret(connection, uid, seed))
        for uid, seed in state.writers(connection, office)
        if uid != own.me.replica and own.authority.may(uid, office, 1, Act.WRITE) is Verdict.UNKNOWN
    ][:_MOST_EARLIER]
    if not earlier or own.authority.class_of(office) is None or office in own.streams.values():
        return request
    also = [[one.replica.hex(), one.signer.public.hex(), one.public.age] for one in earlier]
    signers = [own.me.signer, *(one.signer for one in earlier)]
    return make_statement({**request.body, "also": also}, signers, Namespace.JOIN)


def earlier_in(raw: bytes) -> list[PublicIdentity]:
    """Return the earlier ids that a join request asks for; each has signed it."""
    said = read_statement(raw, Namespace.JOIN)
    rows = said.body.get("also", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 3 for row in rows):
        raise UserError("exchange.not_a_request")
    try:
        found = [public_identity(dict(zip(("replica", "sign", "age"), row, strict=True))) for row in rows]
    except Malformed:
        raise UserError("exchange.not_a_request") from None
    if any(one.signing not in said.signers for one in found):
        raise UserError("exchange.not_a_request")
    return found


def certificate(
    ctx: AppContext, root: bytes, holder: PublicIdentity, name: str, tier: str, access: Mapping[bytes, str]
) -> Certificate:
    """Return a certificate of our root for an installation, valid from now."""
    return Certificate(root, holder, name, tier, bytes(16), access, ctx.clock.now_ms())


def say(connection: Reading, said: list[Statement], clock: Clock) -> None:
    """Keep statements of our own root or of another."""
    _keep(connection, said, clock)


def vouch(ctx: AppContext, connection: Reading, own: Standing, changes: Mapping[bytes, Sequence[bytes]]) -> None:
    """Tell those below that the words of roots above were compared, after their keys (by root) were replaced.

    Only the office itself can: its laptops hold no key that anybody follows.
    """
    above = own.authority.above(own.root)
    said = [
        make_statement(Vouch(own.root, root, mark, ctx.clock.now_ms()).body(), [own.root_signer])
        for root, marks in changes.items()
        for mark in marks
        if own.holds_root and root in above
    ]
    say(connection, said, ctx.clock)


def _keep(connection: Reading, said: list[Statement], clock: Clock) -> None:
    state.keep_statements(connection, [(one.mark, one.raw) for one in said], clock)


def _age_secret(connection: Reading, replica: bytes, seed: bytes) -> str:
    """Return the secret; one that an earlier program kept goes on being used."""
    return state.secret(connection, f"age:{replica.hex()}") or age_secret(seed)


def _root_signer(connection: Reading) -> Signer:
    kept = state.secret(connection, "root")
    if kept is None:
        signer = Signer.generate()
        state.keep_secret(connection, "root", signer.seed.hex())
        return signer
    return Signer(bytes.fromhex(kept))


def _streams(connection: Reading) -> dict[StreamClass, bytes]:
    own = state.own_streams(connection)
    return {StreamClass.DISTRICT: own["D"], StreamClass.AUTHORITY: own["A"]}


def _root(ctx: AppContext, connection: Reading, signer: Signer, streams: Mapping[StreamClass, bytes]) -> Root:
    owned = {uid: letter for letter, uid in streams.items()}
    return Root(_name(ctx, connection), signer.public, (), owned, ctx.clock.now_ms())


def _name(ctx: AppContext, connection: Reading) -> str:
    """Return what others call us; a later incarnation adds which one it is, so that lists tell them apart."""
    bodies = own_bodies(connection)
    name = name_in(bodies[0].values, "name", "kk")[:60] if bodies else ctx.vault.unlocked.label
    number = len(state.own_uids(connection))
    return f"{name} ({number})" if number > 1 else name
