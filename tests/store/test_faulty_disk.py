"""The disk fails at every call in turn: what was there before is whole, the work is done or not done, never half.

A library put before the C library (`faulty_disk.c`) lets write, fsync, rename, unlink … fail in the real
engine. Without a C compiler these tests are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).with_name("faulty_disk.c")
ROOT = SOURCE.parent.parent.parent
EVERY = 1_000_000


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, compiled."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler on Linux: tests with a failing disk are left out")
    made = tmp_path_factory.mktemp("shim") / "faulty_disk.so"
    flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *flags, "-o", made, SOURCE, "-ldl"], check=True)
    return made


def runs_of(
    work: str, shim: Path, folder: Path, most: int, others: int, size: int = 30_000
) -> list[dict[str, Any]]:
    """Let the work fail again and again; returns what each run said and what was wrong afterwards."""
    call = [sys.executable, "-m", "tests.store.faulty_work", shim, work, folder, str(most), str(others), str(size)]
    environment = {**os.environ, "LD_PRELOAD": str(shim), "XDG_RUNTIME_DIR": str(folder)}
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def require_before_or_after(runs: list[dict[str, Any]]) -> None:
    """No run may leave a half state, lose what was reported, or end in anything but a plain refusal."""
    whole, *failing = runs
    assert whole["done"]
    assert whole["calls"] > 10, "the library was not asked at all"
    assert [one for one in runs if one["wrong"]] == []
    ends = Counter((one["mode"], one["done"]) for one in failing)
    assert ends["once", False], "faults were met"
    assert all(
        one.get("error", "").startswith(("storage.", "vault.", "backup.")) for one in failing if not one["done"]
    )
    assert any(one.get("error") == "storage.full" for one in failing)


@pytest.mark.parametrize("work", ["save", "attach", "passphrase"])
def test_the_disk_fails_at_every_call(work: str, shim: Path, tmp_path: Path) -> None:
    require_before_or_after(runs_of(work, shim, tmp_path, EVERY, 8))


@pytest.mark.parametrize("work", ["backup", "rekey", "migrate"])
def test_the_disk_fails_at_some_calls(work: str, shim: Path, tmp_path: Path) -> None:
    require_before_or_after(runs_of(work, shim, tmp_path, 10, 6))


def test_the_looking_sees_a_half_state(shim: Path, tmp_path: Path) -> None:
    runs = runs_of("careless", shim, tmp_path, 12, 2)
    assert runs[0]["wrong"] == []
    assert any(one["wrong"] for one in runs)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("work", ["save", "attach", "passphrase"])
def test_the_disk_fails_in_every_way_at_every_call(work: str, shim: Path, tmp_path: Path) -> None:
    require_before_or_after(runs_of(work, shim, tmp_path, EVERY, EVERY, size=1_200_000))


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("work", ["backup", "rekey", "migrate"])
def test_the_disk_fails_in_every_way_at_many_calls(work: str, shim: Path, tmp_path: Path) -> None:
    require_before_or_after(runs_of(work, shim, tmp_path, 200, 200))
