"""Writing whole or not at all; what the disk says becomes a code."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store import safe_files
from ethnomed_desktop.store.safe_files import read_limited, storage_error, sweep_leftovers, write_atomically


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage.full"),
        (errno.EDQUOT, "storage.full"),
        (errno.EROFS, "storage.read_only"),
        (errno.EACCES, "storage.read_only"),
        (errno.ENOENT, "storage.gone"),
        (errno.ENODEV, "storage.gone"),
        (errno.EIO, "storage.failed"),
    ],
)
def test_codes_of_the_system(number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> int:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "keys.json"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(StorageError) as caught:
        write_atomically(path, b"new content")
    monkeypatch.undo()
    assert caught.value.code == code
    assert caught.value.facts == {"path": "keys.json", "needed": 11}
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("number", "code"), [(32, "storage.in_use"), (112, "storage.full"), (21, "storage.gone")])
def test_codes_of_windows_go_first(number: int, code: str) -> None:
    error = OSError(errno.EACCES, "refused")
    error.winerror = number  # type: ignore[attr-defined]
    assert storage_error(error, Path("folder/file")).code == code


def test_a_file_is_its_owners_alone_also_when_it_replaces_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    before = os.umask(0)
    try:
        write_atomically(path, b"new")
    finally:
        os.umask(before)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o600)


def test_writes_that_take_only_a_part_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:3]))
    write_atomically(tmp_path / "file", b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        write_atomically(tmp_path / "stick" / "file", b"data")
    assert caught.value.code == "storage.gone"


def test_folders_that_cannot_be_synced_do_not_spoil_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, wanted = os.fsync, [errno.EINVAL]

    def picky(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(wanted[0], "folder")
        real(handle)

    monkeypatch.setattr(os, "fsync", picky)
    write_atomically(tmp_path / "file", b"data")
    wanted[0] = errno.EIO
    with pytest.raises(StorageError):
        write_atomically(tmp_path / "file", b"data")


def test_reading_with_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_limited(path, 5) == b"12345"
    with pytest.raises(StorageError) as caught:
        read_limited(path, 4)
    assert (caught.value.code, caught.value.facts) == ("storage.too_large", {"path": "file", "limit_bytes": 4})
    with pytest.raises(StorageError, match=r"storage\.gone"):
        read_limited(tmp_path / "none", 5)


def test_pipes_and_folders_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(StorageError, match=r"storage\.failed"):
            read_limited(tmp_path / name, 5)


def test_leftovers_of_a_power_cut_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".keys.json.0a1b2c3d.part").write_bytes(b"half")
    (tmp_path / "keys.json").write_bytes(b"whole")
    (tmp_path / "notes.part").write_bytes(b"somebody's own")
    assert sweep_leftovers(tmp_path) == 1
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["keys.json", "notes.part"]
    assert sweep_leftovers(tmp_path / "none") == 0


def test_macos_is_asked_to_go_past_the_drives_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    asked = []
    monkeypatch.setattr(safe_files.sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda handle, what: asked.append(what))
    write_atomically(tmp_path / "file", b"data")
    assert asked == [51]
