"""Killed at any moment of saving, attaching, backing up, an upgrade, a new password, a new key: nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ethnomed_desktop.app import vault

from .killed_work import WORKS, Life, live, opened


def test_a_hundred_kills(tmp_path: Path) -> None:
    done = [live(tmp_path / str(seed) / "vault", seed, 17, 0.25) for seed in range(6)]
    assert {work: sum(life.kills[work] for life in done) for work in WORKS} == dict.fromkeys(WORKS, 17)
    assert sum(len(life.saved) for life in done) > 17, "children had the time to do something"
    assert sum(len(life.files) for life in done) > 17


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(20))
def test_a_thousand_kills(seed: int, tmp_path: Path) -> None:
    life = live(tmp_path / "vault", 100 + seed, 51, 0.6)
    shutil.rmtree(tmp_path / "vault")
    assert sum(life.kills.values()) == 51


def test_the_looking_bites(tmp_path: Path) -> None:
    life = Life(tmp_path / "vault", 1)
    life._look(whole=True)
    life.saved["00" * 16] = "ешкім"
    with pytest.raises(Exception, match=r"record\.unknown"):
        life._look(whole=False)
    life.saved.clear()
    ctx = opened(life.root, life.secrets[-1])
    with ctx.vault.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM txn")
    vault.close(ctx)
    with pytest.raises(AssertionError):
        life._look(whole=True)
