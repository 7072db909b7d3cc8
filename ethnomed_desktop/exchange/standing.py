"""One root by itself: its key in force and what it has said, from the set of statements known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ethnomed_desktop.exchange.certificates import Certificate, Revocation
from ethnomed_desktop.exchange.identity import PublicIdentity
from ethnomed_desktop.exchange.keychain import Chain, followed
from ethnomed_desktop.exchange.roots import NewStreams, Root, StreamClass, root_id
from ethnomed_desktop.exchange.statements import LaterStatement, Statement
from ethnomed_desktop.exchange.strict_json import Malformed

_Said = NewStreams | Certificate | Revocation
_READERS: Mapping[str, Callable[[Statement], _Said]] = {
    "streams": NewStreams.of,
    "cert": Certificate.of,
    "revoke": Revocation.of,
}


class Act(StrEnum):
    """What somebody wants to do."""

    SEND = "send"
    """Be the sender, or the recipient, of a file."""
    READ = "read"
    WRITE = "write"


class Verdict(StrEnum):
    """The answer; only `YES` is one."""

    YES = "yes"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    NOT_GRANTED = "not_granted"


@dataclass(frozen=True)
class Standing:
    """One pinned root after its rotations: what it owns and what it has said."""

    name: str
    chain: Chain
    streams: Mapping[bytes, StreamClass]
    holders: Mapping[bytes, PublicIdentity]
    certificates: Mapping[bytes, tuple[Certificate, ...]]
    revoked: Mapping[bytes, Mapping[bytes, int]]

    @property
    def public(self) -> bytes:
        """The key in force."""
        return self.chain.public

    def has_agreed(self, statement: Statement) -> bool:
        """Say whether a change of key is worth keeping: it was followed, or one who counts has signed it."""
        keys = {self.chain.public, *self.chain.earlier, *(one.public for one in self.chain.persons)}
        return statement.mark in self.chain.steps or bool(keys & statement.signers)

    def may(self, replica: bytes, stream: bytes, seq: int, act: Act) -> Verdict:
        """Decide as far as this root is asked; the stream must be its own."""
        own = self.certificates.get(replica, ())
        if not own:
            return Verdict.UNKNOWN
        last = self.revoked.get(replica)
        if last is not None and (act is not Act.WRITE or seq > last.get(stream, 0)):
            return Verdict.REVOKED
        letter = {Act.READ: "r", Act.WRITE: "w"}.get(act, "")
        granted = act is Act.SEND or any(letter in one.access.get(stream, "") for one in own)
        return Verdict.YES if granted else Verdict.NOT_GRANTED


def stand_of(pin: bytes, statements: Iterable[Statement], confirmed: Collection[bytes] = ()) -> Standing | None:
    """Follow a root from its first key through its changes to what it says now (see `keychain`)."""
    known = sorted(statements, key=lambda one: one.mark)
    first = next((one for one in known if one.type == "root" and root_id(one) == pin), None)
    if first is None:
        return None
    try:
        root = Root.of(first)
    except (Malformed, LaterStatement):
        return None
    if root.public not in first.signers:
        return None
    chain = followed(root, pin, known, confirmed)
    streams, certificates, revoked = dict(root.streams), list[Certificate](), list[Revocation]()
    for one in known:
        said = _said(one, pin) if chain.public in one.signers else None
        if isinstance(said, NewStreams):
            streams = {**said.streams, **streams}
        elif isinstance(said, Certificate):
            certificates.append(said)
        elif isinstance(said, Revocation):
            revoked.append(said)
    return Standing(root.name, chain, streams, *_holders(certificates), _revoked(revoked))


def _said(statement: Statement, pin: bytes) -> _Said | None:
    """Read a statement of this root; None for those of others, of newer programs, or malformed."""
    reader = _READERS.get(statement.type)
    if reader is None or statement.body.get("root") != pin.hex():
        return None
    try:
        return reader(statement)
    except (Malformed, LaterStatement):
        return None


def _holders(
    certificates: list[Certificate],
) -> tuple[dict[bytes, PublicIdentity], dict[bytes, tuple[Certificate, ...]]]:
    """Bind each replica to the keys of its first certificate: keys never change, replicas do."""
    holders: dict[bytes, PublicIdentity] = {}
    by_replica: dict[bytes, tuple[Certificate, ...]] = {}
    for one in sorted(certificates, key=lambda one: one.valid_from):
        if holders.setdefault(one.holder.replica, one.holder) == one.holder:
            by_replica[one.holder.replica] = (*by_replica.get(one.holder.replica, ()), one)
    return holders, by_replica


def _revoked(revocations: list[Revocation]) -> dict[bytes, dict[bytes, int]]:
    """Join revocations: of two the narrower one counts, stream by stream."""
    joined: dict[bytes, dict[bytes, int]] = {}
    for one in revocations:
        before = joined.get(one.replica)
        if before is None:
            joined[one.replica] = dict(one.last)
        else:
            joined[one.replica] = {
                stream: min(before[stream], one.last[stream]) for stream in before.keys() & one.last.keys()
            }
    return joined
