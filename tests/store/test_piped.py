"""Copying in pieces with the sum reckoned beside: the same bytes, the same sum, no fault of the disk swallowed."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest

from ethnomed_desktop.domain.progress import no_progress
from ethnomed_desktop.store import piped
from ethnomed_desktop.store.piped import PIECE, EarlySync, HashedReading


class Dribbling(io.BytesIO):
    """Gives fewer bytes than asked for, as pipes and some volumes do."""

    def readinto(self, room: object) -> int:
        return super().readinto(memoryview(room)[:100_001])  # type: ignore[call-overload]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, 5 * PIECE + 17])
@pytest.mark.parametrize("kind", [io.BytesIO, Dribbling])
def test_bytes_and_sum_are_those_of_the_file(size: int, kind: type[io.BytesIO]) -> None:
    data = os.urandom(size)
    told: list[tuple[int, int]] = []
    copied = io.BytesIO()
    with HashedReading(kind(data), size, lambda *at: told.append(at)) as hashed:
        while piece := hashed.read():
            copied.write(piece)
        assert hashed.hexdigest() == hashlib.sha256(data).hexdigest()
    assert copied.getvalue() == data
    assert told[-1] == (size, size)


def test_early_syncing_asks_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fdatasync", asked.append, raising=False)
    monkeypatch.setattr(piped, "_SYNCED_EVERY", 100)
    with (tmp_path / "file").open("wb") as file:
        with EarlySync(file.fileno()) as early:
            early.written(99)
            assert not asked
            early.written(1)
        assert asked == [file.fileno()]


def test_a_fault_while_syncing_early_is_not_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_handle: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fdatasync", broken, raising=False)
    with (
        (tmp_path / "file").open("wb") as file,
        pytest.raises(OSError, match="broken"),
        EarlySync(file.fileno()) as early,
    ):
        early.written(1 << 30)


def test_without_that_call_all_waits_for_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fdatasync", raising=False)
    with (tmp_path / "file").open("wb") as file, EarlySync(file.fileno()) as early:
        early.written(1 << 30)
    with HashedReading(io.BytesIO(b"x"), 1, no_progress) as hashed:
        assert bytes(hashed.read(1)) == b"x"
