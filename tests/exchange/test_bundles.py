"""Writing: only to whom it may go, checked before it is encrypted, put on the disk whole."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pyrage
import pytest

from ethnomed_desktop.documents.files import put_whole
from ethnomed_desktop.domain.clock import KAZAKHSTAN
from ethnomed_desktop.domain.errors import NotAllowed, StorageError
from ethnomed_desktop.exchange.bundles import Sending, compose, put_into
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.segments import Segment
from ethnomed_desktop.exchange.statements import make_statement
from ethnomed_desktop.exchange.strict_json import Malformed
from tests.exchange.hands import NOW, D, R, file_of, opened, refusal, sealed, sending, world

W = world()


@pytest.mark.parametrize(
    ("to", "stream", "code"),
    [
        (W.stranger, D, "exchange.recipient_unknown"),
        (W.region, D, "exchange.recipient_may_not_read"),
        (W.laptop, R, "exchange.recipient_may_not_read"),
    ],
)
def test_nothing_is_encrypted_to_who_may_not_read_it(to: object, stream: bytes, code: str) -> None:
    with pytest.raises(NotAllowed, match=code.replace(".", r"\.")):
        compose(sending(W.hub, to), sealed(W.hub, 1, stream=stream))  # type: ignore[arg-type]


def test_nothing_is_encrypted_to_a_revoked_laptop() -> None:
    revoked = W.authority(make_statement(Revocation(W.pin, W.laptop.replica, {}, NOW).body(), [W.root_key]))
    plan = Sending(W.hub, revoked, {W.laptop.replica: 1, W.other.replica: 1}, NOW, practice=False)
    with pytest.raises(NotAllowed) as refused:
        compose(plan, [])
    assert refused.value.code == "exchange.recipient_revoked"
    assert refused.value.facts["who"] == "Қордай ноутбугі"


def test_a_file_is_encrypted_to_its_recipients_and_to_nobody_else() -> None:
    bundle = compose(sending(W.hub, W.laptop, W.other), sealed(W.hub, 2))
    head = bundle.data[: bundle.data.index(b"\n---")]
    assert head.count(b"\n-> X25519 ") == 2
    assert opened(bundle.data, W.laptop).segments == opened(bundle.data, W.other).segments
    for closed in (W.hub, W.region, W.stranger):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(bundle.data, [pyrage.x25519.Identity.from_str(closed.age_secret)])


def test_nothing_leaves_that_the_reader_would_refuse() -> None:
    segment = sealed(W.laptop, 2)[0]
    with pytest.raises(Malformed):
        file_of(W.laptop, W.hub, [Segment(segment.raw_header, segment.signature, segment.body[:-4])])


def test_the_name_tells_a_date_and_nothing_else() -> None:
    at = int(datetime(2026, 11, 21, 0, 30, tzinfo=KAZAKHSTAN).timestamp() * 1000)
    plan = sending(W.laptop, W.hub)
    bundle = compose(Sending(plan.sender, plan.authority, plan.to, at, practice=False), [])
    assert re.fullmatch(r"em-20261121-[0-9a-f]{8}\.emx", bundle.name)
    assert bundle.data.find("Қордай".encode()) == -1


def test_parts_are_files_of_their_own_with_numbers_of_their_own() -> None:
    made = sealed(W.laptop, 2001)
    parts = [compose(sending(W.laptop, W.hub, number=46), [one], part=(k, 3)) for k, one in enumerate(made, 1)]
    found = [opened(part.data, W.hub) for part in reversed(parts)]
    assert [one.number[W.hub.replica] for one in found] == [48, 47, 46]
    assert [one.manifest.part for one in found] == [(3, 3), (2, 3), (1, 3)]
    assert len({one.manifest.bundle for one in found}) == 3


def test_the_file_is_put_on_the_disk_whole(tmp_path: Path) -> None:
    bundle = file_of(W.laptop, W.hub, sealed(W.laptop))
    path = put_into(tmp_path, bundle, put_whole)
    assert path.read_bytes() == bundle.data
    assert [one.name for one in tmp_path.iterdir()] == [bundle.name]
    with pytest.raises(StorageError) as refused:
        put_into(tmp_path / "stick", bundle, put_whole)
    assert refused.value.code == "storage.gone"


def test_opening_twice_gives_the_same() -> None:
    data = file_of(W.laptop, W.hub, sealed(W.laptop)).data
    assert opened(data, W.hub).segments == opened(data, W.hub).segments
    assert refusal(data, W.hub) == ""


def test_a_file_tells_who_has_heard_of_a_lost_laptop() -> None:
    lost = make_statement(Revocation(W.pin, W.other.replica, {}, NOW).body(), [W.root_key])
    ignorant = opened(file_of(W.laptop, W.hub, []).data, W.hub, W.authority(lost))
    assert ignorant.manifest.revoked == ()
    assert ignorant.manifest.known != W.authority(lost).knowledge([W.laptop.replica])[0]
    told = Sending(W.laptop, W.authority(lost), {W.hub.replica: 2}, NOW, practice=False)
    aware = opened(compose(told, []).data, W.hub, W.authority(lost)).manifest
    assert aware.revoked == (W.other.replica,)
    assert aware.known == W.authority(lost).knowledge([W.laptop.replica])[0]


def test_what_a_root_said_is_told_only_to_those_it_certified() -> None:
    assert W.authority().knowledge([W.hub.replica, W.stranger.replica]) == ({}, ())
