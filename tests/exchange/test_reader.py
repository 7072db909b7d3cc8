"""The reader opens what the writer made, whole or not at all, and says why not in one plain word."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import archive, limits
from ethnomed_desktop.exchange.authority import Authority, Verdict
from ethnomed_desktop.exchange.bundles import Piece, compose
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.intake import FileKind, kind_of
from ethnomed_desktop.exchange.reader import open_file, recheck
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


def at_path(make: Callable[[Path], None]) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        path = folder / "received"
        make(path)
        return path

    return made


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"age-encryption.org/v1\n")
        file.truncate(10 * 10**9)


GOOD = file_of(W.laptop, W.hub, sealed(W.laptop)).data


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.mkdir(), "exchange.not_a_file"),
        (os.mkfifo, "exchange.not_a_file"),
        (lambda path: None, "exchange.unreadable"),
        (lambda path: path.write_bytes(b""), "exchange.empty"),
        (sparse, "exchange.too_large"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(900)), "exchange.other_product"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(900)), "exchange.other_product"),
        (lambda path: path.write_bytes(bytes.fromhex("03d9a29a67fb4bb5") + bytes(900)), "exchange.other_product"),
        (lambda path: path.write_bytes(b"age-encryption.org/v9\n" + bytes(900)), "exchange.newer"),
        (lambda path: path.write_bytes(GOOD[: len(GOOD) // 2]), "exchange.damaged"),
        (lambda path: path.write_bytes(GOOD + b"x"), "exchange.damaged"),
        (lambda path: path.write_bytes(b"age-encryption.org/v1\n" + bytes(900)), "exchange.damaged"),
    ],
)
def test_files_that_are_none(tmp_path: Path, make: Callable[[Path], None], code: str) -> None:
    path = at_path(make)(tmp_path)
    with pytest.raises(UserError) as refused:
        open_file(path, W.hub, W.authority(), practice=False)
    assert refused.value.code == code


def test_a_file_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "IMG_2041.jpg"
    path.write_bytes(GOOD)
    assert kind_of(path) is FileKind.EXCHANGE
    assert open_file(path, W.hub, W.authority(), practice=False).segments
    path.write_bytes(b"\xff\xd8")
    assert kind_of(path) is kind_of(tmp_path) is kind_of(tmp_path / "gone") is FileKind.OTHER


def test_every_truncation_is_refused() -> None:
    codes = {refusal(GOOD[:length], W.hub) for length in range(1, len(GOOD))}
    assert codes == {"exchange.other_product", "exchange.damaged"}


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
    assert refusal(swapped(members, sealed(W.laptop, stream=R)), W.hub) == "exchange.not_entitled"


def test_a_region_stream_carries_nothing_above_its_ceiling() -> None:
    members = unpacked(file_of(W.laptop, W.hub, sealed(W.laptop)), W.hub)
    made = seal(W.hub, R, lines(W.hub, 1, stream=R))
    hostile = resigned_from(members, W.hub)
    assert refusal(swapped(hostile, made, W.hub), W.hub) == "exchange.above_ceiling"


def resigned_from(members: dict[str, bytes], sender: object) -> dict[str, bytes]:
    manifest = json.loads(members[archive.MANIFEST])
    manifest["from"] = W.hub.replica.hex()
    assert sender is W.hub
    return {**members, archive.MANIFEST: json.dumps(manifest).encode()}


def swapped(members: dict[str, bytes], segments: list[object], sender: object = None) -> bytes:
    """Put other segments into a file, with a true manifest."""
    import hashlib

    from tests.exchange import hands

    manifest = json.loads(members[archive.MANIFEST])
    kept = {name: data for name, data in members.items() if name.startswith("manifest")}
    manifest["segs"] = []
    for number, one in enumerate(segments, 1):
        parts = (one.raw_header, one.signature, one.body)  # type: ignore[attr-defined]
        names = (f"seg/{number}.json", f"seg/{number}.sig", f"seg/{number}.nd.zst")
        kept |= dict(zip(names, parts, strict=True))
        manifest["segs"].append([hashlib.sha256(part).hexdigest() for part in parts])
    kept[archive.MANIFEST] = json.dumps(manifest).encode()
    return hands.resigned(kept, sender or W.laptop, W.hub)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"v": 2}, "exchange.newer"),
        ({"v": 2, "from": None, "to": "other shapes altogether"}, "exchange.newer"),
        ({"v": 0}, "exchange.older"),
        ({"v": True}, "exchange.altered"),
        ({"feat_required": ["sealed_minutes.2"]}, "exchange.newer"),
        ({"practice": True}, "exchange.practice_mismatch"),
        ({"to": [["05" * 16, 1]]}, "exchange.not_for_us"),
        ({"to": []}, "exchange.altered"),
        ({"to": [["01" * 16, 1], ["01" * 16, 2]]}, "exchange.altered"),
        ({"to": [["01" * 16, 0]]}, "exchange.altered"),
        ({"part": [2, 1]}, "exchange.altered"),
        ({"created": 1.5}, "exchange.altered"),
        ({"created": 2**60}, "exchange.altered"),
        ({"have": [["44" * 16, "02" * 16, 1, ""]]}, "exchange.altered"),
        ({"audit": [1]}, "exchange.altered"),
        ({"app": "x\u202eexe"}, "exchange.altered"),
        ({"segs": []}, "exchange.altered"),
        ({"digest": {"44" * 16: "00"}}, "exchange.altered"),
        ({"from": "05" * 16}, "exchange.unknown_sender"),
        ({"from": "03" * 16}, "exchange.altered"),
    ],
)
def test_what_a_manifest_may_not_say(change: dict[str, object], code: str) -> None:
    members = unpacked(file_of(W.laptop, W.hub, sealed(W.laptop)), W.hub)
    manifest = {**json.loads(members[archive.MANIFEST]), **change}
    raw = json.dumps(manifest).encode()
    assert refusal(resigned({**members, archive.MANIFEST: raw}, W.laptop, W.hub), W.hub) == code


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b'"v":1', b'"v":1,"v":1'),
        lambda raw: raw.replace(b'"v":1', b'"v":NaN'),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":-Infinity'),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":1e999'),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":' + b"9" * 5000),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":' + b"[" * 17 + b"]" * 17),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":' + b"[" * 100_000 + b"]" * 100_000),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":"\\ud800"'),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":"\\u0000"'),
        lambda raw: raw.replace(b'"v":1', b'"v":1,"x":"\xff"'),
        lambda raw: raw + b" {}",
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: b"[]",
        lambda raw: b"",
    ],
)
def test_json_has_one_reading_or_none(spoil: Callable[[bytes], bytes]) -> None:
    members = unpacked(file_of(W.laptop, W.hub, []), W.hub)
    raw = spoil(members[archive.MANIFEST])
    assert refusal(resigned({**members, archive.MANIFEST: raw}, W.laptop, W.hub), W.hub) == "exchange.altered"


def test_unknown_fields_of_a_newer_program_are_no_obstacle() -> None:
    members = unpacked(file_of(W.laptop, W.hub, sealed(W.laptop)), W.hub)
    raw = members[archive.MANIFEST].replace(b'"v":1', b'"v":1,"mood":{"of":["the","sender"]}')
    assert opened(resigned({**members, archive.MANIFEST: raw}, W.laptop, W.hub), W.hub).segments


def test_too_large_is_said_of_bytes_too() -> None:
    assert refusal(bytes(limits.FILE_BYTES + 1), W.hub) == "exchange.too_large"
