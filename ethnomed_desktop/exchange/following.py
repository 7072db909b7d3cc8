"""Roots above roots: whose authority stream the computers of an office read, though it never certified them.

A district's root says in a statement which root is above it. Whoever trusts the district thereby reads what
that root says to everybody below – its stream of class A, and nothing else of it: such a root sends nobody
files, certifies nobody, and owns no other stream here.

When the key of a root above was stolen and replaced, nobody at a laptop can call that office and compare words:
it never did. Its own office did, and vouches for the change by the key that the laptop trusts already; whoever
could forge that could as well have said that quite another root is above.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ethnomed_desktop.exchange import shapes
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.exchange.standing import Standing, stand_of
from ethnomed_desktop.exchange.statements import LaterStatement, Statement, body_of, head_of
from ethnomed_desktop.exchange.strict_json import Malformed

MOST_STEPS = 4
"""District, region, republic, and one to spare: chains of hostile roots end here."""

_ABOUT_ITSELF = frozenset({"root", "rotate", "streams", "above", "vouch"})
_MARK = 32


@dataclass(frozen=True)
class Above:
    """A root is below another one; signed by its key in force."""

    root: bytes
    above: bytes
    at: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        return {**head_of("above", self.root), "above": self.above.hex(), "at": self.at}

    @classmethod
    def of(cls, statement: Statement) -> Above:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "above")
        return cls(
            shapes.identifier(body.get("root")), shapes.identifier(body.get("above")), shapes.whole(body.get("at"))
        )


@dataclass(frozen=True)
class Vouch:
    """A root has compared the words of the root above it, whose key was stolen and replaced by ``change``.

    Signed by its key in force; ``change`` is the hash of the `rotate` that is meant.
    """

    root: bytes
    above: bytes
    change: bytes
    at: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        said = {"above": self.above.hex(), "change": self.change.hex(), "at": self.at}
        return {**head_of("vouch", self.root), **said}

    @classmethod
    def of(cls, statement: Statement) -> Vouch:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "vouch")
        return cls(
            shapes.identifier(body.get("root")),
            shapes.identifier(body.get("above")),
            shapes.hexed(body.get("change"), _MARK),
            shapes.whole(body.get("at")),
        )


@dataclass(frozen=True)
class Following:
    """``above`` names, by pinned root, all roots above it; ``stands`` are those that are not pinned themselves.

    ``vouched``: changes of their keys that count here because a root below vouches for them.
    """

    above: Mapping[bytes, frozenset[bytes]]
    stands: Mapping[bytes, Standing]
    vouched: frozenset[bytes] = frozenset()


def follow(
    pinned: Mapping[bytes, Standing], statements: Collection[Statement], confirmed: Collection[bytes] = ()
) -> Following:
    """Follow the pinned roots upward; the order of the statements does not matter."""
    said = [one for one in statements if one.type in {"above", "vouch"}]
    if not said:
        return Following({}, {})
    stands: dict[bytes, Standing] = {}
    above: dict[bytes, frozenset[bytes]] = {}
    vouched: set[bytes] = set()
    for pin in pinned:
        found: dict[bytes, None] = {}
        reached = [pin]
        for _step in range(MOST_STEPS):
            below = _named_by({root: pinned.get(root) or stands.get(root) for root in reached}, said)
            reached = [root for root in below if root != pin and root not in found]
            found.update(dict.fromkeys(reached))
            for root in [one for one in reached if one not in pinned and one not in stands]:
                marks = _vouched_by(below[root], root, said)
                stand = stand_of(root, statements, {*confirmed, *marks})
                if stand is not None:
                    stands[root] = stand
                    vouched |= marks.intersection(stand.chain.steps)
        above[pin] = frozenset(found)
    return Following(above, stands, frozenset(vouched))


def _named_by(roots: Mapping[bytes, Standing | None], said: Iterable[Statement]) -> dict[bytes, list[Standing]]:
    """Return the roots that these name above them, each with those that name it."""
    below: dict[bytes, list[Standing]] = {}
    for one in said:
        stand = _speaker(one, roots)
        if stand is None or one.type != "above":
            continue
        try:
            below.setdefault(Above.of(one).above, []).append(stand)
        except (Malformed, LaterStatement):
            continue
    return below


def _vouched_by(stands: Iterable[Standing], above: bytes, said: Iterable[Statement]) -> set[bytes]:
    """Return the changes of the key of a root that those directly below it vouch for."""
    marks: set[bytes] = set()
    keys = {stand.public for stand in stands}
    for one in said:
        if one.type != "vouch" or not keys & one.signers:
            continue
        try:
            vouch = Vouch.of(one)
        except (Malformed, LaterStatement):
            continue
        if vouch.above == above:
            marks.add(vouch.change)
    return marks


def _speaker(statement: Statement, roots: Mapping[bytes, Standing | None]) -> Standing | None:
    """Return the root whose key in force says this; None for all others."""
    stand = next((one for root, one in roots.items() if statement.body.get("root") == root.hex()), None)
    return stand if stand is not None and stand.public in statement.signers else None


def for_those_below(stand: Standing, said: Iterable[Statement]) -> Iterator[Statement]:
    """Yield, of what a root says, what computers below need: itself, and who writes its authority stream.

    Whom else it certified is nobody's business there.
    """
    streams = {uid for uid, letter in stand.streams.items() if letter is StreamClass.AUTHORITY}
    writers = {
        replica.hex()
        for replica, grants in stand.certificates.items()
        if any("w" in grant.access.get(uid, "") for grant in grants for uid in streams)
    }
    for one in said:
        if one.type in _ABOUT_ITSELF or str(one.body.get("replica")) in writers:
            yield one
