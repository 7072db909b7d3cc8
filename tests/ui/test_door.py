"""The way into a folder: what the window notes when its clock was set by hand, and where it may not be."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ethnomed_desktop.app import audit, vault
from ethnomed_desktop.app.practice import PASSPHRASE as KNOWN_TO_ALL
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock, SystemClock
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.vault.door import Door

from .conftest import COUNCIL, PASSPHRASE

MOMENT = datetime(2030, 1, 2, 3, 4, tzinfo=KAZAKHSTAN)


def test_a_clock_set_by_hand_is_noted_with_the_real_time(tmp_path: Path) -> None:
    door = Door(tmp_path / "practice", clock=FixedClock(MOMENT), params=FLOOR)
    before = SystemClock().now_ms()
    vault.close(door.practice("kk"))
    ctx = door.open(KNOWN_TO_ALL, None)
    assert ctx.clock.now_ms() == FixedClock(MOMENT).now_ms()
    noted = [one for one in audit.page(ctx, Catalog.load("en")) if one.code == "clock.fixed"]
    assert [one.details for one in noted] == [{"now": "2030-01-02T03:04+05:00"}] * 2  # made, and opened
    assert all(before <= one.at_ms <= SystemClock().now_ms() for one in noted)
    vault.close(ctx)


def test_without_a_clock_nothing_is_noted(tmp_path: Path) -> None:
    ctx = Door(tmp_path / "practice", params=FLOOR).practice("ru")
    assert isinstance(ctx.clock, SystemClock)
    assert all(one.code != "clock.fixed" for one in audit.page(ctx, Catalog.load("en")))
    vault.close(ctx)


def test_the_clock_of_a_real_council_cannot_be_set(tmp_path: Path) -> None:
    vault.close(vault.create_council(tmp_path, COUNCIL, PASSPHRASE, program="window", params=FLOOR).ctx)
    with pytest.raises(UsageError, match=r"usage\.practice_only"):
        Door(tmp_path, clock=FixedClock(MOMENT)).open(PASSPHRASE, None)
    vault.close(Door(tmp_path).open(PASSPHRASE, None))  # it was locked again
