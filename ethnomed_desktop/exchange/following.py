"""Roots above roots: whose authority stream the computers of an office read, though it never certified them.

A district's root says in a statement which root is above it. Whoever trusts the district thereby reads what
that root says to everybody below – its stream of class A, and nothing else of it: such a root sends nobody
files, certifies nobody, and owns no other stream here.
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

_ABOUT_ITSELF = frozenset({"root", "rotate", "streams", "above"})


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
class Following:
    """``above`` names, by pinned root, all roots above it; ``stands`` are those that are not pinned themselves."""

    above: Mapping[bytes, frozenset[bytes]]
    stands: Mapping[bytes, Standing]


def follow(
    pinned: Mapping[bytes, Standing], statements: Collection[Statement], confirmed: Collection[bytes] = ()
) -> Following:
    """Follow the pinned roots upward; the order of the statements does not matter."""
    said = [one for one in statements if one.type == "above"]
    if not said:
        return Following({}, {})
    stands: dict[bytes, Standing] = {}
    above: dict[bytes, frozenset[bytes]] = {}
    for pin in pinned:
        found: dict[bytes, None] = {}
        reached = [pin]
        for _step in range(MOST_STEPS):
            reached = [
                one
                for root in reached
                for one in _named_by(root, pinned.get(root) or stands.get(root), said)
                if one != pin and one not in found
            ]
            found.update(dict.fromkeys(reached))
            for root in reached:
                stand = None if root in pinned else stands.get(root) or stand_of(root, statements, confirmed)
                if stand is not None:
                    stands[root] = stand
        above[pin] = frozenset(found)
    return Following(above, stands)


def _named_by(root: bytes, stand: Standing | None, said: Iterable[Statement]) -> Iterator[bytes]:
    for one in said if stand is not None else ():
        if one.body.get("root") != root.hex() or stand is None or stand.public not in one.signers:
            continue
        try:
            yield Above.of(one).above
        except (Malformed, LaterStatement):
            continue


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
