"""Private copies of attached files: who may read them, and that nothing of them stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app import opened_copies, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store.blobs import piece

from .files import Put, photograph, refused


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def test_a_copy_is_private_and_wiped(council: AppContext, put: Put, memory: Path) -> None:
    made = put(b"%PDF-1.7 canary", "a.pdf")
    copy = opened_copies.open_copy(council, made.uid)
    assert copy.read_bytes() == b"%PDF-1.7 canary"
    assert copy.is_relative_to(memory)
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert copy.stat().st_mode & 0o777 == 0o400
    seen = copy.open("rb")
    assert opened_copies.wipe_copies(council) == 1
    assert list(memory.iterdir()) == []
    assert seen.read() == bytes(len(b"%PDF-1.7 canary")), "what lay on the disk was overwritten"
    seen.close()


def test_closing_and_the_next_start_wipe_copies(council: AppContext, put: Put, memory: Path) -> None:
    made = put(b"%PDF-1.7 canary", "a.pdf")
    opened_copies.open_copy(council, made.uid)
    (memory / "ethnomed-000000000000-other").mkdir()
    vault.close(council)
    assert [one.name for one in memory.iterdir()] == ["ethnomed-000000000000-other"], "another council's stays"


def test_links_are_not_followed(council: AppContext, put: Put, memory: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter").write_text("kept")
    copy = opened_copies.open_copy(council, put(b"%PDF-1.7 a", "a.pdf").uid)
    (memory / f"{copy.parent.name[:22]}-link").symlink_to(precious)
    (copy.parent / "inside").symlink_to(precious / "letter")
    opened_copies.wipe_copies(council)
    assert (precious / "letter").read_text() == "kept"


def test_what_may_be_a_program_is_not_opened(council: AppContext, put: Put, memory: Path) -> None:
    made = put(b"MZ\x90\x00 program", "хат.pdf.exe")
    assert refused(lambda: opened_copies.open_copy(council, made.uid)) == "attachment.not_openable"
    assert list(memory.iterdir()) == []
    picture = put(photograph(), "сурет.exe")
    assert opened_copies.open_copy(council, picture.uid).name == "сурет.exe.jpg"


def test_a_failed_copy_leaves_nothing(council: AppContext, put: Put, memory: Path) -> None:
    made = put(b"%PDF-1.7 canary", "a.pdf")
    with council.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"canary that changed"))
    assert refused(lambda: opened_copies.open_copy(council, made.uid)) == "attachment.damaged"
    assert list(memory.iterdir()) == []
