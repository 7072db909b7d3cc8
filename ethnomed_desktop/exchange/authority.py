"""Who may do what, as a pure function of the statements known; their order does not matter.

A root decides about its own streams only. Roots are trusted by being *pinned*: the own one at the
creation of the vault, another one when two people compared six words (see `joining`). Where two
pinned roots claim one stream or one replica, the one pinned earlier decides.
"""

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
class _Standing:
    """One pinned root after its rotations: what it owns and what it has said."""

    name: str
    public: bytes
    streams: Mapping[bytes, StreamClass]
    holders: Mapping[bytes, PublicIdentity]
    certificates: Mapping[bytes, tuple[Certificate, ...]]
    revoked: Mapping[bytes, Mapping[bytes, int]]

    def may(self, replica: bytes, stream: bytes, seq: int, act: Act) -> Verdict:
        own = self.certificates.get(replica, ())
        if not own:
            return Verdict.UNKNOWN
        last = self.revoked.get(replica)
        if last is not None and (act is not Act.WRITE or seq > last.get(stream, 0)):
            return Verdict.REVOKED
        letter = {Act.READ: "r", Act.WRITE: "w"}.get(act, "")
        granted = act is Act.SEND or any(letter in one.access.get(stream, "") for one in own)
        return Verdict.YES if granted else Verdict.NOT_GRANTED


class Authority:
    """The statements known and the roots pinned; immutable, cheap to ask, made anew to learn more."""

    def __init__(self, pins: Sequence[bytes], statements: Iterable[Statement]) -> None:
        self.pins = tuple(pins)
        self.statements = {(one.mark, one.signers): one for one in statements}
        stands = (_stand(pin, self.statements.values()) for pin in self.pins)
        self._roots = {pin: stand for pin, stand in zip(self.pins, stands, strict=True) if stand}

    def extended(self, statements: Iterable[Statement], pins: Sequence[bytes] = ()) -> Authority:
        """Return an authority that knows more; self when there is nothing new."""
        new = [one for one in statements if (one.mark, one.signers) not in self.statements]
        more = [pin for pin in pins if pin not in self.pins]
        return Authority((*self.pins, *more), [*self.statements.values(), *new]) if new or more else self

    def may(self, replica: bytes, stream: bytes, seq: int, act: Act) -> Verdict:
        """Decide; ``seq`` counts for `Act.WRITE` only, ``stream`` not for `Act.SEND`.

        To be a sender or recipient one unrevoked certificate of any pinned root is enough; reading
        and writing are decided by the root that owns the stream.
        """
        if act is Act.SEND:
            verdicts = {stand.may(replica, stream, seq, act) for stand in self._roots.values()}
            order = (Verdict.YES, Verdict.REVOKED)
            return next((one for one in order if one in verdicts), Verdict.UNKNOWN)
        owner = self._owner(stream)
        if owner is None or self._holder(replica, owner) is None:
            return Verdict.UNKNOWN
        return owner.may(replica, stream, seq, act)

    def class_of(self, stream: bytes) -> StreamClass | None:
        """Return what the stream is for, None when no pinned root owns it."""
        owner = self._owner(stream)
        return owner.streams[stream] if owner else None

    def holder(self, replica: bytes) -> PublicIdentity | None:
        """Return the keys of an installation as the first pinned root that knows it says."""
        found = (stand.holders[replica] for stand in self._roots.values() if replica in stand.holders)
        return next(found, None)

    def name_of(self, replica: bytes) -> str:
        """Return the name in the newest certificate, for people; empty when unknown."""
        own = [one for stand in self._roots.values() for one in stand.certificates.get(replica, ())]
        return max(own, key=lambda one: (one.valid_from, one.name)).name if own else ""

    def certificates(self, replica: bytes) -> tuple[Certificate, ...]:
        """Return all certificates of an installation under pinned roots, revoked or not."""
        return tuple(one for stand in self._roots.values() for one in stand.certificates.get(replica, ()))

    def members(self, stream: bytes) -> tuple[bytes, ...]:
        """Return the installations that may read the stream now."""
        owner = self._owner(stream)
        known = sorted(owner.certificates) if owner else ()
        return tuple(one for one in known if self.may(one, stream, 0, Act.READ) is Verdict.YES)

    def counts(self, statement: Statement) -> bool:
        """Whether a pinned root speaks here, so that the statement is worth keeping and passing on."""
        if statement.type == "root":
            return root_id(statement) in self._roots
        about = next((pin for pin in self._roots if statement.body.get("root") == pin.hex()), None)
        if about is None:
            return False
        return self._roots[about].public in statement.signers or statement.type == "rotate"

    def statements_for(self, replica: bytes) -> tuple[Statement, ...]:
        """Return what an installation needs to know: all that the roots say which certified it.

        Names of laptops of a district thereby do not reach its region.
        """
        roots = {pin.hex() for pin, stand in self._roots.items() if replica in stand.certificates}
        return tuple(
            one
            for one in self.statements.values()
            if self.counts(one) and (one.body.get("root") in roots or root_id(one).hex() in roots)
        )

    def root_key(self, pin: bytes) -> bytes | None:
        """Return the key in force of a pinned root."""
        stand = self._roots.get(pin)
        return stand.public if stand else None

    def _owner(self, stream: bytes) -> _Standing | None:
        return next((stand for stand in self._roots.values() if stream in stand.streams), None)

    def _holder(self, replica: bytes, owner: _Standing) -> PublicIdentity | None:
        """Return the keys only where the owner of the stream means the same ones."""
        known = self.holder(replica)
        return known if known is not None and owner.holders.get(replica) == known else None


def _stand(pin: bytes, statements: Iterable[Statement]) -> _Standing | None:
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
    return _Standing(root.name, public, streams, *_holders(certificates), _revoked(revoked))


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
