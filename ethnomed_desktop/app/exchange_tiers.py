"""Which streams an installation gets when it joins: members of the office, or an office of the tier below."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.exchange.authority import Act, Verdict
from ethnomed_desktop.exchange.following import Above
from ethnomed_desktop.exchange.identity import PublicIdentity
from ethnomed_desktop.exchange.roots import CEILINGS, NewStreams, StreamClass
from ethnomed_desktop.exchange.statements import Statement, make_statement
from ethnomed_desktop.store.engine import Reading

MEMBERS = ("laptop", "office")
BELOW = {"district": StreamClass.REGION, "region": StreamClass.NATION}
"""Offices of the tier below, and the class of the stream that each of them gets for itself."""
ROLES = (*MEMBERS, *BELOW)


@dataclass(frozen=True)
class Place:
    """What a newcomer may do, and what has to be said besides its certificate."""

    access: Mapping[bytes, str]
    also: tuple[Statement, ...] = ()


def place_for(ctx: AppContext, connection: Reading, own: identity.Standing, role: str) -> Place:
    """Return the streams for a newcomer; an office below gets one of its own, which this office reads.

    One stream for each office below: so no district sees what another one sends up.
    """
    if role not in BELOW:
        access = {own.streams[letter]: allowed for letter, allowed in identity.OFFICE_ACCESS.items()}
        return Place({**access, **dict.fromkeys(_from_below(own), "r")})
    stream = bytes(new_uid(ctx.clock.now_ms()))[:6] + secrets.token_bytes(10)
    opened = NewStreams(own.root, {stream: BELOW[role]}, ctx.clock.now_ms())
    readers = [
        identity.certificate(ctx, own.root, holder, name, tier, {stream: "r"}).body()
        for holder, name, tier in _members(own)
    ]
    said = [make_statement(body, [own.root_signer]) for body in (opened.body(), *readers)]
    return Place({stream: "rw", own.streams[StreamClass.AUTHORITY]: "r"}, tuple(said))


def name_those_above(ctx: AppContext, connection: Reading, own: identity.Standing) -> identity.Standing:
    """Say which roots are above ours, so that our laptops read what those offices say to everybody below.

    Said once for each; after a change of our key anew. Returns the standing with what was said.
    """
    said = [
        make_statement(Above(own.root, pin, ctx.clock.now_ms()).body(), [own.root_signer])
        for pin in own.authority.pins
        if pin != own.root and pin not in own.authority.above(own.root) and _is_above(own, pin)
    ]
    identity.say(connection, said, ctx.clock)
    return replace(own, authority=own.authority.extended(said))


def _is_above(own: identity.Standing, pin: bytes) -> bool:
    """Say whether the root certified us as an office below it, and not as a computer of its own office."""
    grants = [one for one in own.authority.certificates(own.me.replica) if one.root == pin]
    return bool(grants) and all(one.tier in BELOW for one in grants)


def _from_below(own: identity.Standing) -> list[bytes]:
    """Return the streams that offices below write for this one."""
    found = {
        stream
        for grant in own.authority.certificates(own.me.replica)
        for stream, allowed in grant.access.items()
        if grant.root == own.root and allowed == "r" and _is_upward(own.authority.class_of(stream))
    }
    return sorted(found)


def _is_upward(letter: StreamClass | None) -> bool:
    return letter in BELOW.values() and letter is not None and CEILINGS[letter] < CEILINGS[StreamClass.DISTRICT]


def _members(own: identity.Standing) -> list[tuple[PublicIdentity, str, str]]:
    """Return (keys, name, tier) of everybody of this office, this installation included."""
    found = {}
    for said in own.authority.statements.values():
        replica = bytes.fromhex(str(said.body.get("replica") or "")) if said.type == "cert" else b""
        grants = [one for one in own.authority.certificates(replica) if one.root == own.root]
        holder = own.authority.holder(replica)
        if not grants or holder is None or grants[0].tier not in MEMBERS:
            continue
        if own.authority.may(replica, b"", 0, Act.SEND) is Verdict.YES:
            found[replica] = (holder, grants[0].name, grants[0].tier)
    return [found[replica] for replica in sorted(found)]
