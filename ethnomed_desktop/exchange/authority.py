"""Who may do what, as a pure function of the statements known; their order does not matter.

A root decides about its own streams only. Roots are trusted by being *pinned*: the own one at the
creation of the vault, another one when two people compared six words (see `joining`). Where two
pinned roots claim one stream or one replica, the one pinned earlier decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from ethnomed_desktop.exchange.certificates import Certificate
from ethnomed_desktop.exchange.following import follow, for_those_below
from ethnomed_desktop.exchange.identity import PublicIdentity
from ethnomed_desktop.exchange.keychain import Chain
from ethnomed_desktop.exchange.roots import StreamClass, root_id
from ethnomed_desktop.exchange.standing import Act, Standing, Verdict, stand_of
from ethnomed_desktop.exchange.statements import Statement

__all__ = ["Act", "Authority", "Verdict"]

_LEAST = frozenset({"root", "rotate"})
"""What is always told of a root, besides who the sender is."""


class Authority:
    """The statements known and the roots pinned; immutable, cheap to ask, made anew to learn more."""

    def __init__(
        self, pins: Sequence[bytes], statements: Iterable[Statement], confirmed: Collection[bytes] = ()
    ) -> None:
        """``confirmed``: hashes of the changes of keys that this computer has followed before."""
        self.pins = tuple(pins)
        self.confirmed = frozenset(confirmed)
        self.statements = {(one.mark, one.signers): one for one in statements}
        stands = (stand_of(pin, self.statements.values(), self.confirmed) for pin in self.pins)
        self._roots = {pin: stand for pin, stand in zip(self.pins, stands, strict=True) if stand}
        self._following = follow(self._roots, self.statements.values(), self.confirmed)

    def extended(self, statements: Iterable[Statement], pins: Sequence[bytes] = ()) -> Authority:
        """Return an authority that knows more; self when there is nothing new."""
        new = [one for one in statements if (one.mark, one.signers) not in self.statements]
        more = [pin for pin in pins if pin not in self.pins]
        if not new and not more:
            return self
        return Authority((*self.pins, *more), [*self.statements.values(), *new], self.confirmed)

    def confirming(self, marks: Collection[bytes]) -> Authority:
        """Return an authority that follows these changes of keys too: two people have compared the words."""
        return Authority(self.pins, self.statements.values(), self.confirmed | frozenset(marks))

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
        if owner is None:
            return Verdict.UNKNOWN
        known = self._holder(replica, owner) is not None
        verdict = owner.may(replica, stream, seq, act) if known else Verdict.UNKNOWN
        if act is Act.READ and verdict is Verdict.UNKNOWN and self._is_below(replica, stream):
            return Verdict.YES
        return verdict

    def class_of(self, stream: bytes) -> StreamClass | None:
        """Return what the stream is for, None when no pinned root owns it."""
        owner = self._owner(stream)
        return owner.streams[stream] if owner else None

    def holder(self, replica: bytes) -> PublicIdentity | None:
        """Return the keys of an installation as the first pinned root that knows it says."""
        found = (stand.holders[replica] for stand in self._known_roots() if replica in stand.holders)
        return next(found, None)

    def name_of(self, replica: bytes) -> str:
        """Return the name in the newest certificate, for people; empty when unknown."""
        own = [one for stand in self._known_roots() for one in stand.certificates.get(replica, ())]
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
            return root_id(statement).hex() in self._by_name
        stand = self._by_name.get(str(statement.body.get("root")))
        if stand is None:
            return False
        if statement.type == "rotate":
            return stand.has_agreed(statement)
        return stand.public in statement.signers

    def statements_for(
        self, replica: bytes, known: Mapping[bytes, bytes] | None = None, sender: bytes = b""
    ) -> tuple[Statement, ...]:
        """Return what an installation needs to know: all that the roots say which certified it.

        Names of laptops of a district thereby do not reach its region. What it knows of a root already
        (``known``, as its own `knowledge` says) is left out: an office has a thousand computers, and one
        file needs the statements about one of them. Who the ``sender`` is goes along all the same: an old
        state put back there has forgotten it, and nothing could ever be taken in again.
        """
        certified = {pin for pin, stand in self._roots.items() if replica in stand.certificates}
        here = self.knowledge([replica])[0] if known else {}
        who = sender.hex()
        heard = {pin.hex() for pin in certified if known and known.get(pin) == here.get(pin)}
        said = [
            one
            for root in sorted(pin.hex() for pin in certified)
            for one in self._counting.get(root, ())
            if root not in heard or one.type in _LEAST or one.body.get("replica") == who
        ]
        above = {one.hex() for pin in certified for one in self.above(pin) if one not in certified}
        for root in sorted(above & self._by_name.keys()):
            said += for_those_below(self._by_name[root], self._counting.get(root, ()))
        return tuple(said)

    @cached_property
    def _by_name(self) -> dict[str, Standing]:
        """All roots that count, pinned or followed, by their ids as statements name them."""
        return {pin.hex(): stand for pin, stand in {**self._following.stands, **self._roots}.items()}

    @cached_property
    def _counting(self) -> dict[str, list[Statement]]:
        """What counts, by the root that says it; worked out once, for a thousand computers have as many."""
        found: dict[str, list[Statement]] = {}
        for one in self.statements.values():
            if self.counts(one):
                root = root_id(one).hex() if one.type == "root" else str(one.body.get("root"))
                found.setdefault(root, []).append(one)
        return found

    def above(self, pin: bytes) -> frozenset[bytes]:
        """Return the roots above a pinned one, as far as they are named."""
        return self._following.above.get(pin, frozenset())

    def knowledge(self, replicas: Collection[bytes]) -> tuple[dict[bytes, bytes], tuple[bytes, ...]]:
        """Return what is known of the roots that certified all of the installations.

        First, by root, the SHA-256 over the sorted hashes of its statements: equal means that two
        copies know the same. Second the replicas that these roots revoked.
        """
        shared = {
            pin: stand for pin, stand in self._roots.items() if all(one in stand.certificates for one in replicas)
        }
        revoked = {replica for stand in shared.values() for replica in stand.revoked}
        return {pin: self._digests[pin] for pin in shared}, tuple(sorted(revoked))

    @cached_property
    def _digests(self) -> dict[bytes, bytes]:
        said = {pin: self._counting.get(pin.hex(), ()) for pin in self._roots}
        marks = {pin: {pin, *(one.mark for one in some if one.type != "root")} for pin, some in said.items()}
        return {pin: hashlib.sha256(b"".join(sorted(found))).digest() for pin, found in marks.items()}

    def root_of(self, stream: bytes) -> bytes | None:
        """Return the root that owns the stream; None when nobody known does."""
        owner = self._owner(stream)
        return next((bytes.fromhex(pin) for pin, stand in self._by_name.items() if stand is owner), None)

    def root_key(self, pin: bytes) -> bytes | None:
        """Return the key in force of a pinned root."""
        stand = self._roots.get(pin)
        return stand.public if stand else None

    def chain(self, pin: bytes) -> Chain | None:
        """Return a pinned root's key through its changes."""
        stand = self._roots.get(pin)
        return stand.chain if stand else None

    def limits(self) -> list[tuple[bytes, bytes, int]]:
        """Return (stream, replica, last line that counts) for all logs of revoked installations."""
        return [
            (stream, replica, last.get(stream, 0))
            for stand in self._known_roots()
            for replica, last in stand.revoked.items()
            for stream in stand.streams
            if self._owner(stream) is stand
        ]

    def revoked_by(self, pin: bytes) -> frozenset[bytes]:
        """Return the installations that a pinned root has revoked."""
        stand = self._roots.get(pin)
        return frozenset(stand.revoked) if stand else frozenset()

    def certified_by(self, pin: bytes) -> tuple[bytes, ...]:
        """Return the installations that a pinned root has certified and not revoked."""
        stand = self._roots.get(pin)
        return tuple(sorted(set(stand.certificates) - set(stand.revoked))) if stand else ()

    def name_of_root(self, pin: bytes) -> str:
        """Return what a pinned root is called; empty when it is unknown."""
        stand = self._roots.get(pin)
        return stand.name if stand else ""

    def unconfirmed(self) -> dict[bytes, bytes]:
        """Return, by root, the emergency changes of keys that wait for words to be compared."""
        found = {pin: stand.chain.unconfirmed for pin, stand in self._roots.items()}
        return {pin: mark for pin, mark in found.items() if mark is not None}

    def vouched(self) -> dict[bytes, str]:
        """Return the changes of stolen keys that count because an office below vouches for them, with names."""
        stands = self._following.stands.values()
        return {mark: one.name for one in stands for mark in one.chain.steps if mark in self._following.vouched}

    def steps(self) -> frozenset[bytes]:
        """Return the changes of keys that are followed: what has to be remembered as ``confirmed``."""
        return frozenset(mark for stand in self._roots.values() for mark in stand.chain.steps)

    def changes_for(self, replicas: Collection[bytes]) -> dict[bytes, int]:
        """Return how many changes of key are known of the roots that certified all of the installations."""
        return {
            pin: len(stand.chain.steps)
            for pin, stand in self._roots.items()
            if stand.chain.steps and all(one in stand.certificates for one in replicas)
        }

    def replaced_key_of(self, replica: bytes) -> str:
        """Return the name of the root that certified an installation by a key since replaced; empty for none."""
        for one in self.statements.values():
            if one.type != "cert" or one.body.get("replica") != replica.hex():
                continue
            for pin, stand in self._roots.items():
                if one.body.get("root") == pin.hex() and stand.chain.earlier & one.signers:
                    return stand.name
        return ""

    def _known_roots(self) -> list[Standing]:
        return [*self._roots.values(), *self._following.stands.values()]

    def _owner(self, stream: bytes) -> Standing | None:
        """Return the owner; of a root that is only followed no stream counts but the one for those below."""
        pinned = next((stand for stand in self._roots.values() if stream in stand.streams), None)
        followed = self._following.stands.values()
        said = (one for one in followed if one.streams.get(stream) is StreamClass.AUTHORITY)
        return pinned or next(said, None)

    def _is_below(self, replica: bytes, stream: bytes) -> bool:
        """Say whether the stream is what an office says to all below it, and the replica belongs to one of them."""
        stands = self._by_name.items()
        owners = {bytes.fromhex(pin) for pin, one in stands if one.streams.get(stream) is StreamClass.AUTHORITY}
        return any(
            owners & self.above(pin) and stand.may(replica, b"", 0, Act.SEND) is Verdict.YES
            for pin, stand in self._roots.items()
        )

    def _holder(self, replica: bytes, owner: Standing) -> PublicIdentity | None:
        """Return the keys only where the owner of the stream means the same ones."""
        known = self.holder(replica)
        return known if known is not None and owner.holders.get(replica) == known else None
