"""Failed unlockings: counted by slot, bounded, never what was typed."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.store.failed_unlocks import (
    FailedUnlocks,
    Noted,
    clear_failures,
    note_failure,
    read_failures,
)


def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 21, 9, 0, tzinfo=KAZAKHSTAN))


def test_counted_by_label_with_first_and_last(tmp_path: Path) -> None:
    path, now = tmp_path / "failed-unlocks.json", clock()
    start = now.now_ms()
    for label in ("Айгүл", None, "Айгүл"):
        assert note_failure(path, label, now)
        now.advance(1000)
    assert set(read_failures(path).failures) == {
        FailedUnlocks("Айгүл", 2, start, start + 2000),
        FailedUnlocks(None, 1, start + 1000, start + 1000),
    }
    clear_failures(path)
    assert read_failures(path) == Noted(())
    clear_failures(path)


def test_the_size_is_bounded_and_the_newest_stay(tmp_path: Path) -> None:
    path, now = tmp_path / "failed-unlocks.json", clock()
    for number in range(100):
        note_failure(path, f"user {number:02}" + "ұ" * 70, now)
        now.advance(1)
    noted = read_failures(path)
    assert len(noted.failures) == 65
    assert noted.failures[-1].label is not None
    assert noted.failures[-1].label.startswith("user 99")
    assert path.stat().st_size < 64 * 1024


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 60_000,
        b'{"v":2,"failures":[]}',
        b'{"v":1,"failures":[{"label":1,"count":1,"first_ms":1,"last_ms":1}]}',
        b'{"v":1,"failures":[{"label":"\\ud800","count":1,"first_ms":1,"last_ms":1}]}',
        b'{"v":1,"failures":[{"label":"a","count":true,"first_ms":1,"last_ms":1}]}',
        b'{"v":1,"failures":[{"label":"a"}]}',
        b" " * 70_000,
    ],
)
def test_a_file_that_is_not_ours_is_said_to_be_damaged(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "failed-unlocks.json"
    path.write_bytes(content)
    assert read_failures(path) == Noted((), damaged=True)
    assert note_failure(path, "Айгүл", clock())
    assert [entry.count for entry in read_failures(path).failures] == [1]


def test_a_disk_that_refuses_does_not_hide_the_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "replace", refuse)
    assert not note_failure(tmp_path / "failed-unlocks.json", None, clock())
    assert list(tmp_path.iterdir()) == []


def test_the_file_holds_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "failed-unlocks.json"
    note_failure(path, "Айгүл", clock())
    content = json.loads(path.read_bytes())
    assert set(content["failures"][0]) == {"label", "count", "first_ms", "last_ms"}
