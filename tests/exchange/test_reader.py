"""The reader opens what the writer made, whole or not at all, and says why not in one plain word."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.authority import Authority, Verdict
from ethnomed_desktop.exchange.bundles import Piece, compose
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.reader import recheck
from ethnomed_desktop.exchange.segments import START, Log, Place, seal
from ethnomed_desktop.exchange.statements import make_statement
from tests.exchange.hands import (
    NOW,
    D,
    R,
    file_of,
    lines,
    opened,
    refusal,
    resigned,
    seal_file,
    sealed,
    sending,
    unpacked,
    with_segments,
    world,
)

W = world()


@given(
    counts=st.lists(st.integers(1, 30), max_size=4),
    text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300),
    most=st.integers(2_000, 20_000),
)
def test_what_was_written_is_read(counts: list[int], text: str, most: int) -> None:
    segments, wanted, after = [], [], START
    for count in counts:
        made = lines(W.laptop, count, after.seq + 1, text=text)
        new = seal(W.laptop, D, made, after, most_bytes=most)
        segments += new
        wanted += made
        after = new[-1].place
    have = {Log(D, W.hub.replica): [Place(4, b"h" * 32)], Log(D, W.laptop.replica): [after]}
    have = {log: places for log, places in have.items() if places[0].seq}
    bundle = compose(
        type(sending(W.laptop, W.hub))(
            W.laptop,
            W.authority(),
            {W.hub.replica: 46},
            NOW,
            practice=False,
            have=have,
            digests={D: b"d" * 32},
            audit=Place(9, b"a" * 32),
        ),
        segments,
    )
    found = opened(bundle.data, W.hub)
    assert [line for one in found.segments for _, line in one.lines()] == wanted
    assert found.manifest == bundle.manifest
    assert found.file_hash == bundle.file_hash
    assert found.number == {W.hub.replica: 46}
    assert found.have == {log: tuple(places) for log, places in have.items()}
    assert found.held == ()


def test_a_relay_forwards_what_it_did_not_write() -> None:
    found = opened(file_of(W.laptop, W.hub, sealed(W.laptop)).data, W.hub)
    relayed = opened(file_of(W.hub, W.other, found.segments).data, W.other)
    assert relayed.segments == found.segments
    assert relayed.manifest.sender == W.hub.replica


def test_what_is_sent_names_no_stream_that_the_recipient_may_not_read() -> None:
    have = {Log(D, W.laptop.replica): [Place(7, b"h" * 32)], Log(R, W.hub.replica): [Place(2, b"r" * 32)]}
    plan = sending(W.hub, W.region)
    plan = type(plan)(plan.sender, plan.authority, plan.to, NOW, practice=False, have=have, digests={D: b"d" * 32})
    manifest = compose(plan, []).manifest
    assert [log.stream for log, _ in manifest.have] == [R]
    assert manifest.digests == {}


def test_pieces_of_attachments_come_with_their_hashes() -> None:
    piece = Piece(b"w" * 32, 0, 2, b"JPEG" * 100)
    found = opened(compose(sending(W.laptop, W.hub), [], (), [piece]).data, W.hub)
    assert found.chunks == {(b"w" * 32, 0): piece.data}


GOOD = file_of(W.laptop, W.hub, sealed(W.laptop)).data


def test_somebody_else_cannot_read_it() -> None:
    assert refusal(GOOD, W.other) == "exchange.not_for_us"


def test_a_file_addressed_anew_is_refused() -> None:
    again = seal_file(archive.pack(unpacked(file_of(W.laptop, W.hub, []), W.hub).items()), W.other)
    assert refusal(again, W.other) == "exchange.not_for_us"


def test_an_unknown_sender_is_refused() -> None:
    alone = W.certificates
    authority = Authority([W.pin], [W.root, alone["hub"]])
    assert refusal(GOOD, W.hub, authority) == "exchange.unknown_sender"
    assert refusal(GOOD, W.hub, Authority([], [])) == "exchange.unknown_sender"


def test_a_certificate_that_travels_along_makes_the_sender_known() -> None:
    authority = Authority([W.pin], [W.root, W.certificates["hub"]])
    with_it = file_of(W.laptop, W.hub, sealed(W.laptop), [W.certificates["laptop"]])
    found = opened(with_it.data, W.hub, authority)
    assert found.segments
    assert found.statements == (W.certificates["laptop"],)


def test_a_revoked_sender_is_refused_and_its_earlier_lines_still_count() -> None:
    first = sealed(W.laptop, 3)
    second = sealed(W.laptop, 3, after=first[-1].place)
    revoked = make_statement(Revocation(W.pin, W.laptop.replica, {D: 3}, NOW).body(), [W.root_key])
    authority = W.authority(revoked)
    assert refusal(GOOD, W.hub, authority) == "exchange.revoked_sender"
    relayed = opened(file_of(W.other, W.hub, [*first, *second]).data, W.hub, authority)
    assert relayed.segments == tuple(first)
    assert [held.verdict for held in relayed.held] == [Verdict.REVOKED]


def test_a_relayed_segment_of_an_unknown_author_waits_for_the_certificate() -> None:
    found = opened(
        file_of(W.hub, W.other, sealed(W.laptop)).data,
        W.other,
        Authority([W.pin], [W.root, W.certificates["hub"], W.certificates["other"]]),
    )
    assert found.segments == ()
    assert [one.verdict for one in found.held] == [Verdict.UNKNOWN]
    assert recheck(found.held[0].segment, W.authority()) is Verdict.YES


def test_the_sender_may_write_only_its_streams() -> None:
    members = unpacked(file_of(W.laptop, W.hub, sealed(W.laptop)), W.hub)
    hostile = with_segments(members, sealed(W.laptop, stream=R))
    assert refusal(resigned(hostile, W.laptop, W.hub), W.hub) == "exchange.not_entitled"


def test_a_region_stream_carries_nothing_above_its_ceiling() -> None:
    members = unpacked(file_of(W.laptop, W.hub, sealed(W.laptop)), W.hub)
    from_hub = members[archive.MANIFEST].replace(W.laptop.replica.hex().encode(), W.hub.replica.hex().encode())
    line = json.loads(lines(W.hub, 1, stream=R)[0])
    person = KINDS["person"]
    line[4] = {"_k": person.number, person.field("surname").key: "Әлиев"}
    raw = json.dumps(line, ensure_ascii=False).encode()
    hostile = with_segments({**members, archive.MANIFEST: from_hub}, seal(W.hub, R, [raw]))
    assert refusal(resigned(hostile, W.hub, W.hub), W.hub) == "exchange.above_ceiling"


def test_what_a_newer_program_wrote_is_forwarded_byte_for_byte() -> None:
    line = json.loads(lines(W.laptop, 1)[0])
    line[3], line[10] = "x", 9
    line[4] |= {"_k": 4711, "77": "жаңа өріс", "_new": True}
    raw = json.dumps([*line, {"later": 1}], ensure_ascii=False).encode()
    segments = seal(W.laptop, D, [raw], features=("later.1",))
    at_hub = opened(file_of(W.laptop, W.hub, segments).data, W.hub)
    relayed = opened(file_of(W.hub, W.other, at_hub.segments).data, W.other)
    assert relayed.segments == tuple(segments)
    ((_, again, typed),) = relayed.segments[0].typed_lines(relayed.ceiling(relayed.segments[0]))
    assert typed is not None
    assert typed.change.kind == 4711
    assert again == raw
