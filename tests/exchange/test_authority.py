"""Who may do what: a function of the set of statements, whatever their order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.certificates import Certificate, Revocation
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.roots import NewStreams, Person, Root, Rotation, StreamClass, root_id
from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace
from ethnomed_desktop.exchange.statements import Statement, make_statement, read_statement
from ethnomed_desktop.exchange.strict_json import Malformed, compact_json
from tests.exchange.hands import COUNCIL, NOW, A, D, R, world

W = world()
LAPTOP = W.laptop.replica
REVOKED = make_statement(Revocation(W.pin, LAPTOP, {D: 7}, NOW).body(), [W.root_key])
LATER_KEY = Signer.generate()
ROTATION = Rotation(W.pin, 1, LATER_KEY.public, (Person("Person 1", W.persons[1].public),), NOW)
ROTATED = make_statement(ROTATION.body(), [W.root_key, *W.persons[:2]])
CERTIFIED_ANEW = W.certify(W.laptop, "Қордай ноутбугі", {D: "rw"}, LATER_KEY)


def answers(authority: Authority) -> list[object]:
    replicas = [who.replica for who in (W.hub, W.laptop, W.other, W.region, W.stranger)]
    return [
        authority.may(replica, stream, seq, act)
        for replica in replicas
        for stream in (D, R, A, b"?" * 16)
        for seq in (1, 7, 8)
        for act in Act
    ] + [authority.holder(replica) for replica in replicas]


@given(st.permutations([W.root, *W.certificates.values(), REVOKED, ROTATED, CERTIFIED_ANEW]), st.integers(0, 9))
def test_the_order_of_statements_does_not_matter(statements: list[Statement], cut: int) -> None:
    whole = Authority([W.pin], sorted(statements, key=lambda one: one.mark))
    piece_by_piece = Authority([W.pin], statements[:cut]).extended(statements[cut:]).extended(statements)
    assert answers(piece_by_piece) == answers(whole)


def test_rights_are_those_of_the_certificate() -> None:
    authority = W.authority()
    assert authority.may(LAPTOP, D, 5, Act.WRITE) is Verdict.YES
    assert authority.may(LAPTOP, A, 5, Act.READ) is Verdict.YES
    assert authority.may(LAPTOP, A, 5, Act.WRITE) is Verdict.NOT_GRANTED
    assert authority.may(LAPTOP, R, 5, Act.READ) is Verdict.NOT_GRANTED
    assert authority.may(W.region.replica, D, 0, Act.READ) is Verdict.NOT_GRANTED
    assert authority.may(LAPTOP, b"?" * 16, 1, Act.WRITE) is Verdict.UNKNOWN
    assert authority.may(W.stranger.replica, D, 1, Act.WRITE) is Verdict.UNKNOWN
    assert set(authority.members(D)) == {W.hub.replica, W.laptop.replica, W.other.replica}
    assert authority.members(b"?" * 16) == ()
    assert authority.name_of(LAPTOP) == "Қордай ноутбугі"
    assert authority.class_of(R) is StreamClass.REGION


def test_a_revoked_laptop_keeps_what_it_wrote_before() -> None:
    authority = W.authority(REVOKED)
    assert authority.may(LAPTOP, D, 7, Act.WRITE) is Verdict.YES
    assert authority.may(LAPTOP, D, 8, Act.WRITE) is Verdict.REVOKED
    assert authority.may(LAPTOP, D, 0, Act.READ) is Verdict.REVOKED
    assert authority.may(LAPTOP, b"", 0, Act.SEND) is Verdict.REVOKED
    assert LAPTOP not in authority.members(D)


def test_of_two_revocations_the_narrower_counts() -> None:
    narrower = make_statement(Revocation(W.pin, LAPTOP, {D: 3, A: 1}, NOW).body(), [W.root_key])
    authority = W.authority(REVOKED, narrower)
    assert authority.may(LAPTOP, D, 3, Act.WRITE) is Verdict.YES
    assert authority.may(LAPTOP, D, 4, Act.WRITE) is Verdict.REVOKED


def test_only_the_root_certifies_and_revokes() -> None:
    forged = W.certify(W.stranger, "Stranger", {D: "rw"}, W.hub.signer)
    revoked = make_statement(Revocation(W.pin, LAPTOP, {}, NOW).body(), [W.hub.signer, W.laptop.signer])
    authority = W.authority(forged, revoked)
    assert answers(authority) == answers(W.authority())
    assert not authority.counts(forged)
    assert authority.counts(REVOKED)


def test_a_root_decides_about_its_own_streams_only() -> None:
    other_key = Signer.generate()
    other = make_statement(
        Root("Region", other_key.public, (), {D: StreamClass.DISTRICT, b"N" * 16: StreamClass.NATION}, NOW).body(),
        [other_key],
    )
    pin = root_id(other)
    certificate = Certificate(pin, W.stranger.public, "?", "laptop", COUNCIL, {D: "rw", b"N" * 16: "rw"}, NOW)
    more = [other, make_statement(certificate.body(), [other_key])]
    unpinned = W.authority(*more)
    assert unpinned.may(W.stranger.replica, b"N" * 16, 1, Act.WRITE) is Verdict.UNKNOWN
    pinned = unpinned.extended((), [pin])
    assert pinned.may(W.stranger.replica, b"N" * 16, 1, Act.WRITE) is Verdict.YES
    assert pinned.may(W.stranger.replica, D, 1, Act.WRITE) is Verdict.UNKNOWN
    assert {one.type for one in pinned.statements_for(W.stranger.replica)} == {"root", "cert"}
    assert W.root not in pinned.statements_for(W.stranger.replica)


def test_a_later_root_cannot_give_a_known_replica_other_keys() -> None:
    other_key = Signer.generate()
    other = make_statement(
        Root("Region", other_key.public, (), {b"N" * 16: StreamClass.NATION}, NOW).body(), [other_key]
    )
    mask = Identity.generate(LAPTOP)
    certificate = Certificate(root_id(other), mask.public, "?", "laptop", COUNCIL, {b"N" * 16: "rw"}, NOW - 1)
    authority = W.authority(other, make_statement(certificate.body(), [other_key])).extended((), [root_id(other)])
    assert authority.holder(LAPTOP) == W.laptop.public
    assert authority.may(LAPTOP, D, 1, Act.WRITE) is Verdict.YES
    assert authority.may(LAPTOP, b"N" * 16, 1, Act.WRITE) is Verdict.UNKNOWN


def test_streams_can_be_opened_later() -> None:
    opened = make_statement(NewStreams(W.pin, {b"U" * 16: StreamClass.AUDIT}, NOW).body(), [W.root_key])
    granted = W.certify(W.laptop, "Қордай ноутбугі", {b"U" * 16: "w"})
    assert W.authority(granted).may(LAPTOP, b"U" * 16, 1, Act.WRITE) is Verdict.UNKNOWN
    assert W.authority(granted, opened).may(LAPTOP, b"U" * 16, 1, Act.WRITE) is Verdict.YES


def test_statements_of_a_newer_program_are_kept_and_change_nothing() -> None:
    later = [
        make_statement({"t": "cert", "v": 2, "root": W.pin.hex(), "shape": "other"}, [W.root_key]),
        make_statement({"t": "delegate", "v": 1, "root": W.pin.hex()}, [W.root_key]),
    ]
    authority = W.authority(*later)
    assert answers(authority) == answers(W.authority())
    assert all(authority.counts(one) for one in later)


@pytest.mark.parametrize(
    "spoil",
    [
        {"replica": "02"},
        {"sign": "zz"},
        {"age": "age1" + "q" * 58},
        {"age": "AGE-SECRET-KEY-1"},
        {"streams": [["44" * 16, "x"]]},
        {"name": "a\nb"},
        {"name": "\u202eexe"},
        {"tier": "no word"},
        {"from": -1},
    ],
)
def test_a_malformed_certificate_counts_for_nothing(spoil: dict[str, object]) -> None:
    body = {**json.loads(json.loads(W.certificates["laptop"].raw)["body"]), **spoil}
    statement = make_statement(body, [W.root_key])
    with pytest.raises(Malformed):
        Certificate.of(statement)
    assert Authority([W.pin], [W.root, statement]).may(LAPTOP, D, 1, Act.WRITE) is Verdict.UNKNOWN


def test_an_envelope_holds_what_was_signed_and_nothing_else() -> None:
    raw = json.loads(W.certificates["laptop"].raw)
    for other, error in (
        ({**raw, "body": raw["body"].replace("rw", "r")}, BadSignature),
        ({**raw, "sigs": []}, BadSignature),
        ({**raw, "sigs": raw["sigs"] * 2}, Malformed),
        ({**raw, "more": 1}, Malformed),
        ({**raw, "body": 7}, Malformed),
        ({**raw, "sigs": [[W.hub.public.signing.hex(), raw["sigs"][0][1]]]}, BadSignature),
        ({**raw, "body": raw["body"] + " " * 40_000}, Malformed),
    ):
        with pytest.raises(error):
            read_statement(compact_json(other))
    with pytest.raises(BadSignature):
        read_statement(W.certificates["laptop"].raw, Namespace.JOIN)


def test_secrets_are_not_shown() -> None:
    for secret in (W.laptop.age_secret, W.laptop.signer.seed.hex(), repr(W.laptop.signer.seed)):
        assert secret not in repr(W.laptop)
