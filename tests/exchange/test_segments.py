"""Segments: sealed once, chained, erasable without breaking what the author signed."""

from __future__ import annotations

import json

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.changes import read_line, tag_of
from ethnomed_desktop.domain.erased_lines import erasure
from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.bodies import declared_size, deflate, inflate
from ethnomed_desktop.exchange.lines import AboveCeiling, LineProblem, check_line
from ethnomed_desktop.exchange.marks import marks_of
from ethnomed_desktop.exchange.segments import START, Header, LaterSegment, Log, Place, Segment, erase, seal
from ethnomed_desktop.exchange.sshsig import BadSignature
from ethnomed_desktop.exchange.strict_json import Malformed
from tests.exchange.bad_lines import root_of, sealed_anyhow
from tests.exchange.hands import A, D, lines, sealed, world

W = world()
PUBLIC = W.laptop.public.signing


@given(count=st.integers(0, 60), most=st.integers(300, 6000), first=st.integers(0, 5))
def test_segments_chain_without_gaps(count: int, most: int, first: int) -> None:
    after = Place(first, b"p" * 32) if first else START
    made = lines(W.laptop, count, first + 1)
    segments = seal(W.laptop, D, made, after, most_bytes=most)
    for segment in segments:
        segment.verify(PUBLIC)
        assert segment.header.previous == after.head
        assert segment.header.first == after.seq + 1
        assert segment.inflated == sum(len(line) + 1 for _, line in segment.lines())
        after = segment.place
    assert [line for one in segments for _, line in one.lines()] == made
    assert [seq for one in segments for seq, _ in one.lines()] == list(range(first + 1, first + count + 1))


def test_a_segment_has_at_most_a_thousand_lines() -> None:
    made = sealed(W.laptop, 2 * limits.SEGMENT_LINES + 1)
    assert [one.header.last for one in made] == [1000, 2000, 2001]


def test_nothing_is_sealed_that_others_would_refuse() -> None:
    good = lines(W.laptop, 2)
    for bad in ([good[1]], [b"{}"], [good[0] + b"\n"], [good[0], good[0]]):
        with pytest.raises(LineProblem):
            seal(W.laptop, D, bad)


def test_an_erased_line_leaves_the_signature_true_and_nothing_to_read() -> None:
    segment = sealed(W.laptop, 3)[0]
    left = erase(segment, frozenset({2}))
    left.verify(PUBLIC)
    assert left.place == segment.place
    kept = [line for _, line in left.lines()]
    assert len(kept[1]) == 45
    assert "Су дауы".encode() not in kept[1]
    assert kept[0::2] == [line for _, line in segment.lines()][0::2]
    assert erase(left, frozenset({1, 2, 3})).place == segment.place
    erase(left, frozenset({1, 2, 3})).verify(PUBLIC)


def test_an_erased_line_cannot_be_replaced_by_another() -> None:
    segment = sealed(W.laptop, 2)[0]
    made = [line for _, line in segment.lines()]
    for fake in (b'{"erased":"' + b"0" * 32 + b'"}', b'{"erased":"00"}', b'{"erased":"' + b"A" * 32 + b'"}'):
        with pytest.raises(Malformed):
            Segment(segment.raw_header, segment.signature, deflate([fake, made[1]])).verify(PUBLIC)


def test_somebody_elses_signature_is_no_signature() -> None:
    segment = sealed(W.laptop, 2)[0]
    with pytest.raises(BadSignature):
        segment.verify(W.hub.public.signing)


@pytest.mark.parametrize(
    "change",
    [
        {"from": 0},
        {"from": 3, "to": 2},
        {"to": 1002},
        {"prev": "00" * 32},
        {"from": 2, "to": 2},
        {"root": ""},
        {"stream": "44"},
        {"feat": ["A"]},
        {"feat": "x"},
        {"v": 0},
        {"v": "1"},
    ],
)
def test_headers_of_another_shape_are_refused(change: dict[str, object]) -> None:
    raw = {**json.loads(sealed(W.laptop, 2)[0].raw_header), **change}
    with pytest.raises(Malformed):
        Header.of(json.dumps(raw).encode())


def test_a_header_of_a_newer_program_is_told_apart() -> None:
    with pytest.raises(LaterSegment):
        Header.of(b'{"v":2}')


def test_a_header_is_read_as_it_was_written() -> None:
    header = Header(Log(D, b"r" * 16), 1, 5, b"", b"h" * 32, ("x.1",))
    assert Header.of(header.to_bytes()) == header


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"abc",
        zstandard.ZstdCompressor(write_content_size=False).compress(b"line\n"),
        zstandard.ZstdCompressor().compress(b"line\n") + b"x",
        zstandard.ZstdCompressor().compress(b"line\n") * 2,
        zstandard.ZstdCompressor().compress(b""),
        zstandard.ZstdCompressor().compress(bytes(limits.SEGMENT_BYTES + 1)),
        zstandard.ZstdCompressor().compress(b"line\n" * 9)[:-3],
        b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip" + zstandard.ZstdCompressor().compress(b"line\n"),
    ],
)
def test_bodies_of_another_form_are_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        inflate(body)


def test_the_size_is_known_before_anything_is_inflated() -> None:
    body = deflate([b"x" * 1000])
    assert declared_size(body) == 1001
    assert inflate(body) == b"x" * 1000 + b"\n"


def test_the_root_is_over_the_hashes_so_that_erasing_keeps_it() -> None:
    made = lines(W.laptop, 3)
    assert marks_of([made[0], erasure(made[1]), made[2]]).root == marks_of(made).root == root_of(made)
    assert marks_of(made[:2]).root != root_of(made)


def test_marks_say_what_lines_hold_however_they_are_written() -> None:
    made = lines(W.laptop, 2)
    marks = marks_of([made[0], erasure(made[1])])
    assert marks.uids == {bytes.fromhex(json.loads(made[0])[2])}
    assert (marks.count, marks.has_erased, marks.erases) == (2, True, False)
    assert marks.tags == tag_of(made[0]) + tag_of(made[1])
    parts = json.loads(made[0])
    parts[3] = "e"
    spaced = json.dumps(parts).encode()
    hidden = made[0].replace(b'","c",', b'","\\u0065",', 1)
    for line in (spaced, hidden):
        assert json.loads(line)[3] == "e"
        assert marks_of([line]).erases
    for bad in (b"[]", b"{}", b'[1,"x","y","e"]', b"nonsense"):
        with pytest.raises(Malformed):
            marks_of([bad])


def test_what_a_newer_program_writes_in_a_line_passes() -> None:
    line = json.loads(lines(W.laptop, 1)[0])
    line[3] = "x"
    line[4] |= {"999999": "later", "_z": 1, "9999999/элемент": None}
    line[4]["_k"] = 999
    line[10] = 77
    check_line(json.dumps([*line, {"more": [1]}]).encode(), 1)


def test_a_stream_carries_nothing_above_its_ceiling() -> None:
    line = json.loads(lines(W.laptop, 1, stream=A)[0])
    line[4] = {"_k": 5, "900": "№ 7", "902": "kk"}
    from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER

    line[4]["_k"] = next(iter(KINDS_BY_NUMBER))
    check_line(json.dumps(line).encode(), 1, 1)
    above = [*line[:4], {**line[4], "901/x": "x"}, *line[5:]]
    with pytest.raises(AboveCeiling):
        check_line(json.dumps(above).encode(), 1, 1)
    check_line(json.dumps([*line[:4], {**line[4], "4999": "x"}, *line[5:]]).encode(), 1, 1)
    line[4]["_k"] = 999
    check_line(json.dumps(line).encode(), 1, 1)


def test_lines_can_be_checked_and_decoded_in_one_pass() -> None:
    segment = erase(sealed(W.laptop, 3)[0], frozenset({2}))
    segment.verify(PUBLIC, check_lines=False)
    for (seq, raw, line), (number, stored) in zip(segment.typed_lines(), segment.lines(), strict=True):
        assert (seq, raw) == (number, stored)
        assert line == (None if seq == 2 else read_line(raw, D, W.laptop.replica))
    line = json.loads(lines(W.laptop, 1)[0])
    bad = sealed_anyhow(W.laptop, D, [json.dumps([*line[:4], {}, *line[5:]]).encode()])
    bad.verify(PUBLIC, check_lines=False)
    with pytest.raises(LineProblem):
        list(bad.typed_lines())
    with pytest.raises(LineProblem):
        bad.verify(PUBLIC)
