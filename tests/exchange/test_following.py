"""Roots that are followed and not pinned: only what they say to those below counts."""

from __future__ import annotations

import itertools

import pytest

from ethnomed_desktop.app.age_keys import age_secret
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.certificates import Certificate
from ethnomed_desktop.exchange.following import MOST_STEPS, Above
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.roots import Root, StreamClass, root_id
from ethnomed_desktop.exchange.statements import Statement, make_statement


def identity(number: int) -> Identity:
    """Return an installation that differs from others."""
    return Identity(bytes([number]) * 16, Signer(bytes([number, 7]) * 16), AGE)


AGE = age_secret(b"s" * 32)


class Office:
    """A root with a hub, and what it said."""

    def __init__(self, number: int) -> None:
        self.signer = Signer(bytes([number]) * 32)
        self.below, self.office = bytes([number, 1]) * 8, bytes([number, 2]) * 8
        streams = {self.below: StreamClass.AUTHORITY, self.office: StreamClass.DISTRICT}
        self.said: list[Statement] = []
        made = self.say(Root(f"Root {number}", self.signer.public, (), streams, number).body())
        self.root = root_id(made)
        self.hub = identity(number)
        self.certify(self.hub, {self.below: "rw", self.office: "rw"})

    def say(self, body: dict[str, object], signer: Signer | None = None) -> Statement:
        self.said.append(make_statement(body, [signer or self.signer]))
        return self.said[-1]

    def certify(self, holder: Identity, access: dict[bytes, str]) -> None:
        self.say(Certificate(self.root, holder.public, "hub", "office", bytes(16), access, 1).body())

    def is_below(self, other: Office, signer: Signer | None = None) -> None:
        self.say(Above(self.root, other.root, 1).body(), signer)


@pytest.fixture
def chain() -> list[Office]:
    """Offices of which each is below the next."""
    made = [Office(number) for number in range(1, MOST_STEPS + 3)]
    for one, other in itertools.pairwise(made):
        one.is_below(other)
    return made


def told(chain: list[Office]) -> Authority:
    """What a laptop of the first office knows, which compared the words of that office only."""
    return Authority([chain[0].root], [said for one in chain for said in one.said])


def test_what_a_root_above_says_to_those_below_counts(chain: list[Office]) -> None:
    known = told(chain)
    district, region, republic = chain[:3]
    for above in (region, republic):
        assert known.class_of(above.below) is StreamClass.AUTHORITY
        assert known.may(above.hub.replica, above.below, 1, Act.WRITE) is Verdict.YES
        assert known.may(district.hub.replica, above.below, 0, Act.READ) is Verdict.YES
    assert known.may(region.hub.replica, district.below, 0, Act.READ) is Verdict.UNKNOWN
    assert known.may(identity(99).replica, region.below, 0, Act.READ) is Verdict.UNKNOWN


def test_nothing_else_of_it_counts(chain: list[Office]) -> None:
    known = told(chain)
    region = chain[1]
    assert known.class_of(region.office) is None
    assert known.may(region.hub.replica, region.office, 1, Act.WRITE) is Verdict.UNKNOWN
    assert known.may(region.hub.replica, b"", 0, Act.SEND) is Verdict.UNKNOWN
    assert known.may(region.hub.replica, chain[0].office, 1, Act.WRITE) is Verdict.UNKNOWN


def test_long_chains_and_circles_end(chain: list[Office]) -> None:
    chain[2].is_below(chain[0])
    known = told(chain)
    assert known.above(chain[0].root) == {one.root for one in chain[1 : MOST_STEPS + 1]}


def test_only_the_key_in_force_says_what_is_above() -> None:
    district, region = Office(1), Office(2)
    district.is_below(region, region.signer)
    assert told([district, region]).class_of(region.below) is None


def test_whom_a_root_above_certified_is_not_told(chain: list[Office]) -> None:
    district, region = chain[:2]
    neighbour = identity(50)
    region.certify(neighbour, {region.below: "r"})
    hub = Authority([district.root, region.root], [said for one in chain for said in one.said])
    laptop = identity(51)
    district.certify(laptop, {district.office: "rw", district.below: "r"})
    hub = hub.extended(district.said)
    sent = hub.statements_for(laptop.replica)
    assert any(one.body.get("replica") == region.hub.replica.hex() for one in sent)
    assert not any(one.body.get("replica") == neighbour.replica.hex() for one in sent)
    assert any(root_id(one) == region.root for one in sent if one.type == "root")
