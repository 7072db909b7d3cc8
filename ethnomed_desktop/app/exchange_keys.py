"""The key of this office: who may replace it, and replacing it by two people who compare six words.

A change is begun by one person and confirmed by another, each with the signing seed that only his own
password opens. Until then it waits here and nobody else hears of it. Once two have signed, everything the
office ever said is said anew by the new key, and partners change over with the next file.

When the key was stolen, its signature is left out: partners then compare words by phone before they take
in anything. Who has the key has read this computer's store, so it goes on under a new identifier.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain import rights
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.identity import Signer
from ethnomed_desktop.exchange.joining import fingerprint_of_root
from ethnomed_desktop.exchange.keychain import NEEDED_PERSONS, Chain, How, how_agreed
from ethnomed_desktop.exchange.roots import Person, Rotation, StreamClass
from ethnomed_desktop.exchange.statements import Statement, add_signature, make_statement, read_statement
from ethnomed_desktop.store import audit, sealed
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.give_back import forget_intake
from ethnomed_desktop.store.incarnation import begin_incarnation, take_over_series
from ethnomed_desktop.store.queries.records import records_by

_PENDING = "rotation"
_SAID_BY_ROOTS = frozenset({"cert", "revoke", "streams", "above", "vouch"})

_ABOUT_ITSELF = frozenset({"streams", "above"})


@dataclass(frozen=True)
class KeyPerson:
    """Somebody who may replace the key together with another; ``user`` is empty for other offices' people."""

    name: str
    public: bytes
    user: bytes = b""
    is_me: bool = False


@dataclass(frozen=True)
class Pending:
    """A change that waits for a second person; ``may_confirm``: the user of this session can be that one."""

    number: int
    changes_key: bool
    stolen: bool
    words: tuple[str, ...]
    signed: tuple[str, ...]
    awaited: tuple[str, ...]
    may_confirm: bool


@dataclass(frozen=True)
class OfficeKey:
    """How the key of this office stands. ``is_ours``: this computer is the office's, not one that joined it.

    ``holds`` is False where a backup brought back a key that was replaced since.
    """

    words: tuple[str, ...]
    changes: int
    persons: tuple[KeyPerson, ...]
    candidates: tuple[KeyPerson, ...]
    pending: Pending | None
    is_ours: bool
    holds: bool


@dataclass(frozen=True)
class Confirmed:
    """``done`` once enough have signed; ``left_out``: names of computers that have to join anew after a theft."""

    done: bool
    stolen: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A change that waits, with the seed of the new key (None: only persons are named)."""

    said: Statement
    seed: bytes | None
    stolen: bool

    @property
    def step(self) -> Rotation:
        """What is to change."""
        return Rotation.of(self.said)


def office_key(ctx: AppContext, language: str) -> OfficeKey:
    """Return how the key of this office stands, with the six words of now."""
    with ctx.writing(rights.Act.EXCHANGE) as connection:
        own = identity.standing(ctx, connection)
        chain = chain_of(own)
        users = _users(ctx, connection)
        draft = draft_of(connection)
        return OfficeKey(
            fingerprint_of_root(own.root, language, chain.end),
            len(chain.steps),
            tuple(_person(one, users) for one in chain.persons),
            tuple(users.values()),
            _pending(ctx, own, draft, users, language) if draft is not None else None,
            own.streams[StreamClass.DISTRICT] == ctx.vault.store.office.stream,
            own.holds_root,
        )


def name_persons(ctx: AppContext, persons: Sequence[KeyPerson]) -> None:
    """Begin to name who may replace the key; two of them, or of those named before, confirm it.

    Raises `UserError` (``exchange.key_two_persons``), `NotAllowed` (``exchange.key_replaced``).
    """
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        own = identity.standing(ctx, connection)
        identity.require_root(own)
        named = tuple(Person(one.name[:80], one.public) for one in persons)
        if len({one.public for one in named}) < max(NEEDED_PERSONS, len(named)):
            raise UserError("exchange.key_two_persons")
        _begin(ctx, connection, own, named, None, stolen=False)


def change_key(ctx: AppContext, *, stolen: bool = False) -> None:
    """Begin to replace the key of this office; nothing changes until another person confirms it.

    ``stolen``: the old key is not asked any more, and nobody follows before words were compared. Raises
    `UserError` (``exchange.key_no_persons``), `NotAllowed` (``exchange.key_replaced``: only ``stolen`` helps
    then; ``exchange.key_not_person``: who replaces a stolen key is one of the persons).
    """
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        own = identity.standing(ctx, connection)
        if not stolen:
            identity.require_root(own)
        persons = chain_of(own).persons
        if len(persons) < NEEDED_PERSONS:
            raise UserError("exchange.key_no_persons")
        _begin(ctx, connection, own, persons, Signer.generate().seed, stolen=stolen)


def drop_change(ctx: AppContext) -> None:
    """Give up a change that waits; raises `UserError` (``exchange.key_nothing_waits``)."""
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        required_draft(connection)
        state.keep_secret(connection, _PENDING, "")
        audit.note(connection, ctx.clock, ctx.user, "exchange.key_dropped", {})


def confirm_change(ctx: AppContext) -> Confirmed:
    """Sign the change that waits; the caller has compared its six words with who began it.

    Raises `UserError` (``exchange.key_nothing_waits``), `NotAllowed` (``exchange.key_not_person``,
    ``exchange.key_signed_already``).
    """
    me = Signer(ctx.vault.unlocked.signing_seed)
    with ctx.writing(rights.Act.COMPUTERS) as connection:
        draft = required_draft(connection)
        own = identity.standing(ctx, connection)
        if me.public not in _entitled(chain_of(own), draft.step):
            raise NotAllowed("exchange.key_not_person")
        if me.public in draft.said.signers:
            raise NotAllowed("exchange.key_signed_already")
        confirmed = settle(ctx, connection, own, Draft(add_signature(draft.said, me), draft.seed, draft.stolen))
    return finish(ctx, confirmed)


def finish(ctx: AppContext, confirmed: Confirmed) -> Confirmed:
    """Go on under the new identifier, where there is one, after the transaction of `settle`."""
    if confirmed.done and confirmed.stolen:
        ctx.vault.store.reload_office()
        take_over_series(ctx.vault.store, ctx.vault.author, ctx.clock)
    return confirmed


def settle(ctx: AppContext, connection: Reading, own: identity.Standing, draft: Draft) -> Confirmed:
    """Keep a change with one more signature; where that is enough, the new key is in force from here on."""
    how = how_agreed(draft.step, draft.said.signers, chain_of(own))
    if how is None:
        _keep_draft(connection, draft)
        audit.note(connection, ctx.clock, ctx.user, "exchange.key_confirmed", {"number": draft.step.number})
        return Confirmed(False)
    if how is How.EMERGENCY:
        logs.seal_own(connection)
    signer = Signer(draft.seed) if draft.seed is not None else own.root_signer
    identity.say(connection, [draft.said], ctx.clock)
    state.follow(connection, [draft.said.mark])
    state.keep_secret(connection, "root", signer.seed.hex())
    state.keep_secret(connection, _PENDING, "")
    anew, left_out = _said_anew(connection, own, signer, doubtful=how is How.EMERGENCY)
    identity.say(connection, anew, ctx.clock)
    if how is How.EMERGENCY:
        _go_on_as_another(ctx, connection, own, signer)
    detail = {"number": draft.step.number, "how": how.value, "anew": len(anew), "left_out": len(left_out)}
    audit.note(connection, ctx.clock, ctx.user, "exchange.key_changed", detail)
    return Confirmed(True, how is How.EMERGENCY, left_out)


def chain_of(own: identity.Standing) -> Chain:
    """Return the changes of our own root's key."""
    chain = own.authority.chain(own.root)
    assert chain is not None, "the own root is always known"
    return chain


def draft_of(connection: Reading) -> Draft | None:
    """Return the change that waits, None without one."""
    kept = state.secret(connection, _PENDING)
    if not kept:
        return None
    told = json.loads(kept)
    seed = bytes.fromhex(told["seed"]) if told["seed"] else None
    return Draft(read_statement(told["said"].encode("utf-8")), seed, bool(told["stolen"]))


def required_draft(connection: Reading) -> Draft:
    """Return the change that waits; raises `UserError` (``exchange.key_nothing_waits``)."""
    draft = draft_of(connection)
    if draft is None:
        raise UserError("exchange.key_nothing_waits")
    return draft


def _keep_draft(connection: Reading, draft: Draft) -> None:
    seed = draft.seed.hex() if draft.seed is not None else ""
    told = {"said": draft.said.raw.decode("utf-8"), "seed": seed, "stolen": draft.stolen}
    state.keep_secret(connection, _PENDING, json.dumps(told, ensure_ascii=False))


def _begin(
    ctx: AppContext,
    connection: Reading,
    own: identity.Standing,
    persons: tuple[Person, ...],
    seed: bytes | None,
    *,
    stolen: bool,
) -> None:
    chain = chain_of(own)
    key = Signer(seed).public if seed is not None else own.root_signer.public
    step = Rotation(own.root, len(chain.steps) + 1, key, persons, ctx.clock.now_ms())
    me = Signer(ctx.vault.unlocked.signing_seed)
    signers = [] if stolen else [own.root_signer]
    signers += [me] if me.public in _entitled(chain, step) else []
    if not signers:
        raise NotAllowed("exchange.key_not_person")
    _keep_draft(connection, Draft(make_statement(step.body(), signers), seed, stolen))
    detail = {"number": step.number, "key": seed is not None, "stolen": stolen, "persons": len(persons)}
    audit.note(connection, ctx.clock, ctx.user, "exchange.key_begun", detail)


def _entitled(chain: Chain, step: Rotation) -> frozenset[bytes]:
    """Return whose signatures count for a change: the persons in force, or, while there are none, those named."""
    persons = chain.persons if len(chain.persons) >= NEEDED_PERSONS else step.persons
    return frozenset(one.public for one in persons)


def _said_anew(
    connection: Reading, own: identity.Standing, signer: Signer, *, doubtful: bool
) -> tuple[list[Statement], tuple[str, ...]]:
    """Sign anew what the root has said. After a theft only what this computer's own audit trail knows of.

    Returns also the names of computers that somebody else let in, who has to let them in anew.
    """
    said = [
        one
        for one in own.authority.statements.values()
        if one.type in _SAID_BY_ROOTS and one.body.get("root") == own.root.hex() and own.authority.counts(one)
    ]
    if signer.public == own.root_signer.public:
        return [], ()
    ours = {uid.hex() for uid in state.own_uids(connection)}
    compared = {mark.hex() for mark in own.authority.confirmed}
    for told in audit.details_of(connection, ("exchange.enrolled", "exchange.revoked")):
        ours |= {str(told.get("replica")), *map(str, told.get("also", []))}
    known = {"replica": ours, "change": compared}
    kept = [
        one
        for one in said
        if not doubtful
        or one.type in _ABOUT_ITSELF
        or any(one.body.get(key) in marks for key, marks in known.items())
    ]
    out = {str(one.body.get("name")) for one in said if one not in kept and one.type == "cert"}
    return [make_statement(one.body, [signer]) for one in kept], tuple(sorted(out))


def _go_on_as_another(ctx: AppContext, connection: Reading, own: identity.Standing, signer: Signer) -> None:
    """Take a new identifier and shut the old one out: whoever has the root's key has the computer's too."""
    old = begin_incarnation(connection, ctx.clock)
    last = {end.stream: end.last for end in sealed.ends(connection) if end.replica == old}
    said = Revocation(own.root, old, last, ctx.clock.now_ms())
    identity.say(connection, [make_statement(said.body(), [signer])], ctx.clock)
    identity.standing(ctx, connection)
    forget_intake(connection)


def _users(ctx: AppContext, connection: Reading) -> dict[bytes, KeyPerson]:
    """Return, by public key, the users of this vault that may be named."""
    known = ctx.vault.users
    roles = known.roles_here()
    able = [
        one
        for one in known.by_uid.values()
        if one.active and rights.rights_of(one.role, roles).may(rights.Act.COMPUTERS)
    ]
    names = {
        one.uid: str(one.values.get("name", ""))
        for one in records_by(connection, "uid", [one.user for one in able])
    }
    return {
        one.verify_key: KeyPerson(names.get(one.user) or one.label, one.verify_key, one.user, one.user == ctx.user)
        for one in able
    }


def _person(one: Person, users: dict[bytes, KeyPerson]) -> KeyPerson:
    return users.get(one.public, KeyPerson(one.name, one.public))


def _pending(
    ctx: AppContext, own: identity.Standing, draft: Draft, users: dict[bytes, KeyPerson], language: str
) -> Pending:
    step, chain = draft.step, chain_of(own)
    entitled = _entitled(chain, step)
    persons = [_person(one, users) for one in (*chain.persons, *step.persons) if one.public in entitled]
    by_key: dict[bytes, str] = {one.public: one.name for one in persons}
    signed = draft.said.signers
    return Pending(
        step.number,
        draft.seed is not None,
        draft.stolen,
        fingerprint_of_root(own.root, language, draft.said.mark),
        tuple(name for key, name in by_key.items() if key in signed),
        tuple(name for key, name in by_key.items() if key not in signed),
        ctx.vault.unlocked.public_key in entitled - signed,
    )
