"""Backups, the full check and a new key know of attached files."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path

import pytest

from ethnomed_desktop.app import backups, records, vault
from ethnomed_desktop.app.attachment_check import check_contents, mend_contents
from ethnomed_desktop.app.attachments import attached_to
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.store.blobs import piece
from ethnomed_desktop.store.rekey import rekey

from .conftest import CHEAP, PASSPHRASE
from .files import DAY_MS, Put, refused, whole


def test_a_backup_holds_the_files_and_restoring_gives_them_back(
    council: AppContext, incident: bytes, put: Put, tmp_path: Path
) -> None:
    data = os.urandom(3_000_000)
    made = put(data, "a.bin")
    one = backups.back_up(council, tmp_path / "em.emb")
    assert one.size > len(data)
    backups.restore(tmp_path / "em.emb", tmp_path / "new", PASSPHRASE, program="command", minimum=CHEAP)
    there = vault.open_council(tmp_path / "new", PASSPHRASE, program="command", minimum=CHEAP)
    assert whole(there, made.uid) == data
    assert all(finding.sound for finding in vault.check(there))
    vault.close(there)


def test_a_backup_without_files_is_one_that_older_programs_know(council: AppContext, tmp_path: Path) -> None:
    def version(path: Path) -> object:
        with tarfile.open(path) as tar:
            head = tar.extractfile("backup.json")
            assert head is not None
            return json.load(head)["v"]

    backups.back_up(council, tmp_path / "a.emb")
    assert version(tmp_path / "a.emb") == 1
    council.blobs.put(lambda: iter((b"x",)), 1)
    backups.back_up(council, tmp_path / "b.emb")
    assert version(tmp_path / "b.emb") == 2


def test_a_backup_with_a_damaged_content_does_not_count(council: AppContext, put: Put, tmp_path: Path) -> None:
    put(b"once", "a.txt")
    with council.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"other"))
    assert refused(lambda: backups.back_up(council, tmp_path / "em.emb")) == "backup.unsound"
    assert not (tmp_path / "em.emb").exists()


def test_the_automatic_backup_comes_before_contents_are_let_go(
    council: AppContext, clock: FixedClock, put: Put
) -> None:
    made = put(b"once", "a.txt")
    records.withdraw(council, made.uid, "қате")
    clock.advance(181 * DAY_MS)
    one = backups.back_up_by_itself(council)
    assert one is not None
    with tarfile.open(one.path) as tar:
        assert "blobs.db" in tar.getnames()
    assert council.blobs.kept() == {}


def test_the_full_check_reads_the_files_too(council: AppContext, put: Put) -> None:
    put(b"once", "a.txt")
    assert {one.code: one.sound for one in vault.check(council)}["contents"]
    with council.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"other"))
    assert [one.code for one in vault.check(council) if not one.sound] == ["contents_damaged"]


def test_a_new_key_keeps_the_files_and_the_backup_before_it_has_them(council: AppContext, put: Put) -> None:
    data = os.urandom(1_500_000)
    made = put(data, "a.bin")
    root = council.vault.folder.root
    council.blobs.close()
    before = rekey(council.vault, council.clock).backup
    with tarfile.open(before) as tar:
        assert "blobs.db" in tar.getnames()
    again = vault.open_council(root, PASSPHRASE, program="command", minimum=CHEAP)
    assert whole(again, made.uid) == data
    assert [one.code for one in check_contents(again) if not one.sound] == []
    vault.close(again)


@pytest.mark.parametrize("damage", ["noise", "page", "piece", "nothing"])
def test_mending_keeps_what_can_be_read_and_lets_backups_be_made(
    council: AppContext, incident: bytes, put: Put, tmp_path: Path, damage: str
) -> None:
    put(b"first " * 90_000, "a.bin")
    put(b"second " * 90_000, "b.bin")
    if damage == "piece":
        sha = bytes.fromhex(attached_to(council, incident)[0].sha256)
        with council.blobs._writing() as connection:
            connection.execute(piece.update().where(piece.c.sha256 == sha).values(data=b"other"))
    council.blobs.close()
    path = council.blobs.path
    data = bytearray(path.read_bytes())
    if damage in {"noise", "page"}:
        start, count = (0, len(data)) if damage == "noise" else (len(data) // 2, 4096)
        data[start : start + count] = os.urandom(count)
        path.write_bytes(data)
    council.__post_init__()
    sound = damage == "nothing"
    assert all(one.sound for one in check_contents(council)) == sound
    done = mend_contents(council)
    assert (done.kept, done.kept + done.lost) == {
        "noise": (0, 0),
        "page": (1, 2),
        "piece": (1, 2),
        "nothing": (2, 2),
    }[damage]
    assert council.blobs.page_faults() == 0
    assert backups.back_up(council, tmp_path / "em.emb").size
    assert [one.code for one in check_contents(council)] == (["contents"] if sound else ["contents_lost"])
    (aside,) = council.vault.folder.backups.glob("damaged-files-*.db")
    assert aside.read_bytes() == bytes(data) or damage in {"piece", "nothing"}
    put(b"third", "c.bin")
    assert whole(council, attached_to(council, incident)[-1].uid) == b"third"
