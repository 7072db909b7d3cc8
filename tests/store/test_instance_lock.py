"""One program at a time: the second is told who, where, since when; a crash leaves nothing stale."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.errors import StorageError, VaultError
from ethnomed_desktop.store.instance_lock import InstanceLock

NOON = FixedClock(datetime(2026, 11, 21, 12, 0, tzinfo=KAZAKHSTAN))
HOLDER = """
import sys
from pathlib import Path
from ethnomed_desktop.store.instance_lock import InstanceLock
lock = InstanceLock.acquire(Path(sys.argv[1]), who="Айгүл", program="window")
print("held", flush=True)
sys.stdin.read()
"""


def take(path: Path) -> InstanceLock:
    return InstanceLock.acquire(path, who="Ержан", program="command", clock=NOON)


def refusal(path: Path) -> VaultError:
    with pytest.raises(VaultError) as caught:
        take(path)
    assert caught.value.code == "vault.open_elsewhere"
    return caught.value


def test_the_second_is_told_about_the_first(tmp_path: Path) -> None:
    path = tmp_path / "store.lock"
    with take(path) as lock:
        assert lock.held
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        facts = refusal(path).facts
        assert facts["who"] == "Ержан"
        assert facts["host"] == os.uname().nodename
        assert (facts["since"], facts["program"]) == ("2026-11-21T12:00+05:00", "command")
        assert json.loads(path.read_bytes())["pid"] == os.getpid()
        refusal(path)  # being refused takes nothing away from the holder
    assert not lock.held
    lock.release()
    take(path).release()


def test_the_name_is_added_when_unlocking_has_told_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.lock"
    with InstanceLock.acquire(path, who="", program="window", clock=NOON) as lock:
        assert refusal(path).facts["who"] == ""
        lock.identify("Ержан")
        assert refusal(path).facts["who"] == "Ержан"

        def refuse(*_: Any) -> None:
            raise OSError(errno.EIO, "no")

        monkeypatch.setattr(os, "ftruncate", refuse)
        lock.identify("Болат")
        monkeypatch.undo()
        refusal(path)
    lock.identify("Болат")
    assert path.read_bytes() == b""


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"x" * 9000, b"[" * 4000])
def test_a_holder_that_is_just_writing_is_still_a_holder(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "store.lock"
    with take(path):
        path.write_bytes(content)
        assert refusal(path).facts == {"who": "", "host": "", "since": "", "program": ""}


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "store.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        facts = refusal(path).facts
        assert (facts["who"], facts["program"]) == ("Айгүл", "window")
        assert json.loads(path.read_bytes())["pid"] == other.pid
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert b"window" in path.read_bytes()  # its words are left, its lock is not
    with take(path):
        assert json.loads(path.read_bytes())["program"] == "command"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EROFS, "storage.read_only"), (errno.EACCES, "storage.read_only"), (errno.EIO, None)]
)
def test_a_read_only_folder_is_a_plain_refusal(
    number: int, code: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageError) as caught:
        take(tmp_path / "store.lock")
    assert caught.value.code == (code or "storage.failed")
    assert caught.value.facts["path"] == "store.lock"


def test_a_medium_that_cannot_lock_is_refused_and_nothing_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    path = tmp_path / "store.lock"
    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StorageError, match=r"storage\.failed"):
        take(path)
    monkeypatch.undo()
    take(path).release()


def test_a_link_to_another_file_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "letter.txt"
    victim.write_text("precious")
    (tmp_path / "store.lock").symlink_to(victim)
    with pytest.raises(StorageError):
        take(tmp_path / "store.lock")
    assert victim.read_text() == "precious"
