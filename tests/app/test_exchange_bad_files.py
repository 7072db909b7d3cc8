"""Every kind of bad file, at a real store: one plain sentence in three languages, and nothing is changed."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pyrage
import pytest
import zstandard

from ethnomed_desktop.app import exchange, exchange_identity, messages, records
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.bundles import Sending, compose
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from tests.app.offices import Computer, offices, pass_on
from tests.exchange.hands import seal_file

SECONDS, MEBIBYTES = 30, 300
"""Generous: the real bounds are measured by ``tests.exchange.bombs``; this notices a hang."""


class Scene:
    """A hub, a laptop that sends, another one, and a good file from the laptop to the hub."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hub, self.laptop, self.other = offices(folder, 3)
        stick = folder / "stick"
        stick.mkdir()
        records.record(self.laptop.ctx, "person", {"surname": "Жаңа"})
        (self.good,) = exchange.send(self.laptop.ctx, self.hub.replica, stick).files
        self.file = folder / "received"

    def identity(self, computer: Computer) -> Identity:
        with computer.ctx.vault.store.database.writing() as connection:
            return exchange_identity.standing(computer.ctx, connection).me

    def members(self) -> dict[str, bytes]:
        secret = pyrage.x25519.Identity.from_str(self.identity(self.hub).age_secret)
        return archive.walk(pyrage.decrypt(self.good.read_bytes(), [secret]))

    def sealed(self, members: dict[str, bytes], sender: Identity | None = None) -> bytes:
        from ethnomed_desktop.exchange.sshsig import Namespace

        by = sender or self.identity(self.laptop)
        made = {**members, archive.MANIFEST_SIGNATURE: by.sign(Namespace.BUNDLE, members[archive.MANIFEST])}
        return seal_file(archive.pack(made.items()), self.identity(self.hub))

    def manifest(self, **said: object) -> bytes:
        members = self.members()
        body = {**json.loads(members[archive.MANIFEST]), **said}
        return self.sealed({**members, archive.MANIFEST: json.dumps(body).encode()})


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    for one in (made.hub, made.laptop, made.other):
        one.close()


def truncated(scene: Scene) -> bytes:
    return scene.good.read_bytes()[:-900]


def bit_flipped(scene: Scene) -> bytes:
    data = bytearray(scene.good.read_bytes())
    data[len(data) // 2] ^= 4
    return bytes(data)


def repacked(scene: Scene) -> bytes:
    """Opened and packed again by somebody on the way who left the manifest alone and changed a segment."""
    members = scene.members()
    name = next(one for one in members if one.endswith(".nd.zst"))
    members[name] = zstandard.compress(
        zstandard.decompress(members[name]).replace("Жаңа".encode(), "Ескі".encode())
    )
    return seal_file(archive.pack(members.items()), scene.identity(scene.hub))


def repacked_as_gnu_tar(scene: Scene) -> bytes:
    plain = bytearray(archive.pack(scene.members().items()))
    plain[257:265] = b"ustar  \0"
    return seal_file(bytes(plain), scene.identity(scene.hub))


def zip_bomb(scene: Scene) -> bytes:
    members = scene.members()
    name = next(one for one in members if one.endswith(".nd.zst"))
    members[name] = zstandard.ZstdCompressor().compress(bytes(64 << 20))
    return seal_file(archive.pack(members.items()), scene.identity(scene.hub))


def wrong_recipient(scene: Scene) -> bytes:
    return seal_file(archive.pack(scene.members().items()), scene.identity(scene.other))


def revoked_sender(scene: Scene) -> bytes:
    exchange.revoke(scene.hub.ctx, scene.laptop.replica)
    return scene.good.read_bytes()


def unknown_sender(scene: Scene) -> bytes:
    stranger = Identity.generate(b"\x55" * 16)
    with scene.laptop.ctx.vault.store.database.writing() as connection:
        own = exchange_identity.standing(scene.laptop.ctx, connection)
        grant = exchange_identity.certificate(scene.laptop.ctx, own.root, stranger.public, "?", "laptop", {})
        known = own.authority.extended([exchange_identity.make_statement(grant.body(), [own.root_signer])])
    sending = Sending(stranger, known, {scene.hub.replica: 1}, scene.hub.clock.now_ms(), practice=False)
    return compose(sending, []).data


def older(scene: Scene) -> bytes:
    return scene.manifest(v=0)


def newer(scene: Scene) -> bytes:
    return scene.manifest(v=2, segs="another shape")


def newer_feature(scene: Scene) -> bytes:
    return scene.manifest(feat_required=["sealed_minutes.2"])


def practice(scene: Scene) -> bytes:
    return scene.manifest(practice=True)


def another_product(scene: Scene) -> bytes:
    return b"PK\x03\x04" + bytes(4000)


def keepass(scene: Scene) -> bytes:
    return bytes.fromhex("03d9a29a67fb4bb5") + bytes(4000)


def no_bytes(scene: Scene) -> bytes:
    return b""


BAD: dict[Callable[[Scene], bytes], str] = {
    truncated: "damaged",
    bit_flipped: "damaged",
    repacked: "altered",
    repacked_as_gnu_tar: "altered",
    zip_bomb: "altered",
    wrong_recipient: "not_for_us",
    revoked_sender: "revoked_sender",
    unknown_sender: "unknown_sender",
    older: "older",
    newer: "newer",
    newer_feature: "newer",
    practice: "practice_mismatch",
    another_product: "other_product",
    keepass: "other_product",
    no_bytes: "empty",
}


def require_refusal(scene: Scene, code: str) -> None:
    before, lines = scene.hub.total(), scene.hub.lines(scene.hub.ctx.vault.store.office.stream)
    told = exchange.partners(scene.hub.ctx)
    start = time.process_time()
    tracemalloc.start()
    for take in (lambda: preview(scene.hub.ctx, scene.file, "kk"), lambda: scene.hub.receive(scene.file)):
        with pytest.raises(EthnomedError) as refused:
            take()
        assert refused.value.code == f"exchange.{code}"
        said = {messages.sentence(refused.value, Catalog.load(language)) for language in LANGUAGES}
        assert len(said) == len(LANGUAGES)
        assert all(len(one) > 40 and "{" not in one for one in said)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < SECONDS
    assert peak < MEBIBYTES << 20
    assert scene.hub.total() == before
    assert scene.hub.lines(scene.hub.ctx.vault.store.office.stream) == lines
    assert exchange.partners(scene.hub.ctx) == told


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_a_bad_file_is_refused_and_nothing_is_changed(scene: Scene, make: Callable[[Scene], bytes]) -> None:
    scene.file.write_bytes(make(scene))
    require_refusal(scene, BAD[make])


def test_ten_gigabytes_and_a_folder_are_refused_unread(scene: Scene) -> None:
    with scene.file.open("wb") as file:
        file.write(scene.good.read_bytes()[:200])
        file.truncate(10 * 10**9)
    require_refusal(scene, "too_large")
    scene.file.unlink()
    scene.file.mkdir()
    require_refusal(scene, "not_a_file")
    scene.file.rmdir()
    require_refusal(scene, "unreadable")


def test_a_renamed_file_is_taken_in_and_a_replayed_one_changes_nothing(scene: Scene) -> None:
    (scene.folder / "IMG_0046.jpg").write_bytes(scene.good.read_bytes())
    assert scene.hub.receive(scene.folder / "IMG_0046.jpg").new
    before = scene.hub.total()
    records.record(scene.laptop.ctx, "person", {"surname": "Кейінгі"})
    pass_on(scene.laptop, scene.hub, scene.folder / "later")
    after = scene.hub.total()
    assert after != before
    assert scene.hub.receive(scene.good).already_known, "replayed after newer work"
    assert scene.hub.total() == after
