"""A backup by itself before a file or a spreadsheet is taken in."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from ethnomed_desktop.app import backups, records
from ethnomed_desktop.app.backup_before import KEPT, NAMED, back_up_before_import
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import StorageError, VaultError

HOUR = int(timedelta(hours=1).total_seconds() * 1000)


def names(ctx: AppContext) -> list[str]:
    return sorted(path.name for path in ctx.vault.folder.backups.glob("*.emb"))


def test_it_is_made_where_something_was_written_since(council: AppContext, clock: FixedClock) -> None:
    clock.advance(1000)
    made = back_up_before_import(council)
    assert made is not None
    assert made.path.name.startswith(NAMED)
    clock.advance(2 * HOUR)
    assert back_up_before_import(council) is None, "all is in that one"
    records.record(council, "person", {"surname": "Әлиев"})
    clock.advance(1000)
    assert back_up_before_import(council) is not None
    records.record(council, "person", {"surname": "Оспанов"})
    clock.advance(HOUR // 2)
    assert back_up_before_import(council) is None, "parts of one sending need one"
    assert len(names(council)) == 2


def test_the_daily_backup_is_made_all_the_same(council: AppContext, clock: FixedClock) -> None:
    clock.advance(1000)
    assert back_up_before_import(council) is not None
    assert backups.back_up_by_itself(council) is not None
    assert back_up_before_import(council) is None


def test_the_last_ones_stay(council: AppContext, clock: FixedClock) -> None:
    daily = backups.back_up_by_itself(council)
    assert daily is not None
    for number in range(KEPT + 2):
        records.record(council, "person", {"surname": f"Ә{number}"})
        clock.advance(2 * HOUR)
        assert back_up_before_import(council) is not None
    own = [name for name in names(council) if name.startswith(NAMED)]
    assert (len(own), len(names(council))) == (KEPT, KEPT + 1)


def test_a_full_disk_is_told_and_a_damage_keeps_nobody_out(
    council: AppContext, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(1000)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def unsound(*_: object) -> None:
        raise VaultError("backup.unsound", path="x")

    with monkeypatch.context() as broken:
        broken.setattr("ethnomed_desktop.store.backup.sync_file", full)
        with pytest.raises(StorageError):
            back_up_before_import(council)
    with monkeypatch.context() as broken:
        broken.setattr("ethnomed_desktop.store.backup.verify", unsound)
        assert back_up_before_import(council) is None
    assert names(council) == []


def test_a_stick_gets_the_daily_ones_only(council: AppContext, clock: FixedClock, tmp_path: Path) -> None:
    from ethnomed_desktop.app.backup_place import choose_backup_place, copy_to_place

    stick = tmp_path / "stick"
    stick.mkdir()
    choose_backup_place(council, stick)
    clock.advance(1000)
    back_up_before_import(council)
    assert copy_to_place(council) is None
    backups.back_up_by_itself(council)
    assert copy_to_place(council) is not None
    assert [path.name[:3] for path in stick.glob("*.emb")] == ["em-"]
