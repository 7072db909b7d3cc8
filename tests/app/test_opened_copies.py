"""Private copies of attached files: who may read them, and that nothing of them stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ethnomed_desktop.app import held_open, opened_copies, vault
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


# --- wiped by themselves, and by hand --------------------------------------------------------------


def later(copy: Path) -> int:
    return int(copy.stat().st_mtime * 1000) + opened_copies.WIPE_AFTER_MS


def test_copies_that_lie_in_clear_are_listed(council: AppContext, put: Put, memory: Path) -> None:
    assert opened_copies.opened_copies(council) == []
    copies = [opened_copies.open_copy(council, put(b"%PDF-1.7 " + one, "a.pdf").uid) for one in (b"1", b"2")]
    listed = opened_copies.opened_copies(council)
    assert {one.path for one in listed} == set(copies)
    assert [one.held for one in listed] == [False, False]
    assert opened_copies.wipe_copy(copies[0]) == 1
    assert [one.path for one in opened_copies.opened_copies(council)] == [copies[1]]


def test_a_copy_that_nobody_shows_is_wiped_after_a_while(council: AppContext, put: Put, memory: Path) -> None:
    copy = opened_copies.open_copy(council, put(b"%PDF-1.7 a", "a.pdf").uid)
    assert [one.path for one in opened_copies.tend(council)] == [copy], "a viewer needs a while to start"
    assert [one.path for one in opened_copies.tend(council, later(copy) - 1)] == [copy]
    assert opened_copies.tend(council, later(copy)) == []
    assert list(memory.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("how", ["open", "mapped"])
def test_a_copy_that_a_program_has_open_stays(
    how: str, council: AppContext, put: Put, memory: Path, tmp_path: Path
) -> None:
    copy = opened_copies.open_copy(council, put(b"%PDF-1.7 a", "a.pdf").uid)
    show = "import mmap, sys\nfile = open(sys.argv[1], 'rb')\n"
    if how == "mapped":
        show += "held = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)\nfile.close()\n"
    show += "print('shown', flush=True)\nsys.stdin.read()\n"
    viewer = subprocess.Popen(
        [sys.executable, "-c", show, str(copy)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert viewer.stdin is not None
    assert viewer.stdout is not None
    assert viewer.stdout.readline() == "shown\n"
    (left,) = opened_copies.tend(council, later(copy))
    assert (left.path, left.held) == (copy, True)
    viewer.communicate("")
    assert opened_copies.tend(council, later(copy)) == []


def test_where_the_system_does_not_tell_it_stays_until_locking(
    council: AppContext, put: Put, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = opened_copies.open_copy(council, put(b"%PDF-1.7 a", "a.pdf").uid)
    monkeypatch.setattr(held_open, "_PROCESSES", memory / "none")
    (left,) = opened_copies.tend(council, later(copy))
    assert left.held is None
    vault.close(council)
    assert not copy.exists()


def test_windows_tells_by_renaming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"a")
    monkeypatch.setattr(held_open.sys, "platform", "win32")
    assert held_open.is_held_open(file) is False
    assert file.read_bytes() == b"a"

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    assert held_open.is_held_open(file) is True
    assert held_open.is_held_open(tmp_path / "gone") is False


def test_a_copy_that_goes_while_it_is_looked_at_is_no_fault(
    council: AppContext, put: Put, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = opened_copies.open_copy(council, put(b"%PDF-1.7 a", "a.pdf").uid)
    stays = opened_copies.open_copy(council, put(b"%PDF-1.7 b", "b.pdf").uid)
    real = opened_copies.is_held_open

    def gone(path: Path) -> bool | None:
        if path == copy:
            opened_copies.wipe_copy(copy)
            raise FileNotFoundError(path)
        return real(path)

    monkeypatch.setattr(opened_copies, "is_held_open", gone)
    assert [one.path for one in opened_copies.opened_copies(council)] == [stays]
