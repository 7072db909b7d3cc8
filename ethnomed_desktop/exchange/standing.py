"""One root by itself: its key in force and what it has said, from the set of statements known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ethnomed_desktop.exchange.certificates import Certificate, Revocation
from ethnomed_desktop.exchange.identity import PublicIdentity
from ethnomed_desktop.exchange.roots import NewStreams, Root, Rotation, StreamClass, root_id
from ethnomed_desktop.exchange.statements import LaterStatement, Statement
from ethnomed_desktop.exchange.strict_json import Malformed

NEEDED_PERSONS = 2

_Said = NewStreams | Certificate | Revocation | Rotation
_READERS: Mapping[str, Callable[[Statement], _Said]] = {
    "streams": NewStreams.of,
    "cert": Certificate.of,
    "revoke": Revocation.of,
    "rotate": Rotation.of,
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
    public: bytes
    streams: Mapping[bytes, StreamClass]
    holders: Mapping[bytes, PublicIdentity]
    certificates: Mapping[bytes, tuple[Certificate, ...]]
    revoked: Mapping[bytes, Mapping[bytes, int]]

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


def stand_of(pin: bytes, statements: Iterable[Statement]) -> Standing | None:
    """Follow a root from its first key through its rotations to what it says now."""
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
    public = _key_in_force(root, pin, known)
    streams, certificates, revoked = dict(root.streams), list[Certificate](), list[Revocation]()
    for one in known:
        said = _said(one, pin) if public in one.signers else None
        if isinstance(said, NewStreams):
            streams = {**said.streams, **streams}
        elif isinstance(said, Certificate):
            certificates.append(said)
        elif isinstance(said, Revocation):
            revoked.append(said)
    return Standing(root.name, public, streams, *_holders(certificates), _revoked(revoked))


def _said(statement: Statement, pin: bytes) -> _Said | None:
    """Read a statement of this root; None for those of others, of newer programs, or malformed."""
    reader = _READERS.get(statement.type)
    if reader is None or statement.body.get("root") != pin.hex():
        return None
    try:
        return reader(statement)
    except (Malformed, LaterStatement):
        return None


def _key_in_force(root: Root, pin: bytes, known: Sequence[Statement]) -> bytes:
    """Apply the rotations in their order; each needs two of the persons in force before it.

    Of two rotations with one number the one with the smaller hash counts, on every computer.
    """
    public, persons, number = root.public, root.persons, 1
    signers: dict[bytes, frozenset[bytes]] = {}
    rotations: dict[bytes, Rotation] = {}
    for one in known:
        said = _said(one, pin)
        if isinstance(said, Rotation):
            rotations[one.mark] = said
            signers[one.mark] = signers.get(one.mark, frozenset()) | one.signers
    while True:
        agreed = {person.public for person in persons}
        step = next(
            (
                said
                for mark, said in rotations.items()
                if said.number == number and len(agreed & signers[mark]) >= NEEDED_PERSONS
            ),
            None,
        )
        if step is None:
            return public
        public, persons, number = step.public, step.persons, number + 1


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
