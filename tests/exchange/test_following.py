"""Roots that are followed and not pinned: only what they say to those below counts."""

from __future__ import annotations

import itertools

import pytest

from ethnomed_desktop.app.age_keys import age_secret
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.certificates import Certificate, Revocation
from ethnomed_desktop.exchange.following import MOST_STEPS, Above, Vouch
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.roots import Person, Root, Rotation, StreamClass, root_id
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
        self.persons = [Signer(bytes([number, at]) * 16) for at in (203, 204)]
        persons = tuple(Person("A", one.public) for one in self.persons)
        made = self.say(Root(f"Root {number}", self.signer.public, persons, streams, number).body())
        self.root = root_id(made)
        self.hub = identity(number)
        self.certify(self.hub, {self.below: "rw", self.office: "rw"})

    def say(self, body: dict[str, object], signer: Signer | None = None) -> Statement:
        self.said.append(make_statement(body, [signer or self.signer]))
        return self.said[-1]

    def certify(self, holder: Identity, access: dict[bytes, str]) -> None:
        self.say(Certificate(self.root, holder.public, "hub", "office", bytes(16), access, 1).body())

    def loses_its_key(self) -> Statement:
        """Replace the key without it, by two persons, and say anew who writes for those below."""
        self.signer = Signer(bytes([self.signer.seed[0], 9]) * 16)
        step = Rotation(self.root, 1, self.signer.public, (), 2)
        self.said.append(make_statement(step.body(), self.persons))
        changed = self.said[-1]
        self.certify(self.hub, {self.below: "rw"})
        return changed

    def vouches(self, other: Office, change: Statement, signer: Signer | None = None) -> None:
        self.say(Vouch(self.root, other.root, change.mark, 3).body(), signer)

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


def writer_of(chain: list[Office], office: Office) -> Verdict:
    return told(chain).may(office.hub.replica, office.below, 1, Act.WRITE)


@pytest.mark.parametrize("at", [1, 2], ids=["region", "republic"])
def test_a_stolen_key_above_is_followed_once_the_office_below_it_vouches(chain: list[Office], at: int) -> None:
    lost, before = chain[at], chain[at].signer.public
    change = lost.loses_its_key()
    assert told(chain).vouched() == {}
    assert told(chain).statements_for(chain[0].hub.replica)
    assert _key_above(chain, lost) == before
    chain[at - 1].vouches(lost, change)
    assert _key_above(chain, lost) == lost.signer.public
    assert told(chain).vouched() == {change.mark: f"Root {at + 1}"}
    assert writer_of(chain, lost) is Verdict.YES


def _key_above(chain: list[Office], office: Office) -> bytes:
    """Return by which key a root that is followed speaks: the one whose statement of a stream counts."""
    known = told(chain)
    return known._by_name[office.root.hex()].public


@pytest.mark.parametrize("who", ["itself", "neighbour", "other", "forged"])
def test_nobody_else_vouches_for_a_key(chain: list[Office], who: str) -> None:
    """Not the root itself, not one beside, not one above it, and not who holds no key of the office."""
    district, region, republic = chain[:3]
    old, neighbour = region.signer, Office(60)
    change = region.loses_its_key()
    neighbour.is_below(region)
    match who:
        case "itself":
            region.vouches(region, change, old)
        case "neighbour":
            neighbour.vouches(region, change)
        case "other":
            republic.vouches(region, change)
        case _:
            district.vouches(region, change, old)
    assert _key_above([*chain, neighbour], region) == old.public


def test_a_pinned_root_is_followed_by_words_only(chain: list[Office]) -> None:
    """The office itself has compared words with the one above; its own word does not stand for that."""
    district, region = chain[:2]
    before = region.signer.public
    district.vouches(region, region.loses_its_key())
    hub = Authority([district.root, region.root], [said for one in chain for said in one.said])
    assert hub.root_key(region.root) == before
    assert region.root in hub.unconfirmed()


def test_what_a_lost_computer_above_wrote_later_counts_nowhere(chain: list[Office]) -> None:
    region = chain[1]
    region.say(Revocation(region.root, region.hub.replica, {region.below: 5}, 2).body())
    known = told(chain)
    assert known.may(region.hub.replica, region.below, 6, Act.WRITE) is Verdict.REVOKED
    assert (region.below, region.hub.replica, 5) in known.limits()
    assert not [one for one in known.limits() if one[0] == region.office]
