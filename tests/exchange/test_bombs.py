"""Bombs go out: refused, within seconds and within 256 MiB, each in a program whose memory is limited."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.bombs import MEMORY, bombs, told
from tests.exchange.hands import world

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "declares_a_terabyte": "exchange.altered",
    "eight_gigabytes_unsaid": "exchange.altered",
    "eight_gigabytes_denied": "exchange.altered",
    "many_segments": "exchange.altered",
    "many_members": "exchange.altered",
    "many_recipients": "exchange.damaged",
    "deep_json": "exchange.altered",
    "wide_json": "exchange.altered",
    "dense_lines": "opened",
}
SECONDS = 10
"""Of computing; 5 are promised on an idle machine, here other tests run beside it."""
SLOW_TO_MAKE = {"dense_lines"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.soak] if name in SLOW_TO_MAKE else []) for name in EXPECTED]
)
def test_a_bomb_goes_out(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(bombs(world())[name]())
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.bombs", str(path)],
        input=told(world()),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, code, seconds, gained = json.loads(done.stdout)
    assert code == EXPECTED[name]
    assert seconds < SECONDS
    assert gained < MEMORY / (1 << 20)
