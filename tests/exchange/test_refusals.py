"""Files that are none, archives that are others', JSON that has two readings: one plain word for each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import archive, limits
from ethnomed_desktop.exchange.intake import FileKind, kind_of
from ethnomed_desktop.exchange.reader import open_file
from tests.exchange.hands import (
    file_of,
    opened,
    refusal,
    resigned,
    sealed,
    unpacked,
    world,
)

W = world()


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
        ({"known": []}, "exchange.altered"),
        ({"revoked": ["02"]}, "exchange.altered"),
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
