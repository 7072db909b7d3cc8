"""T4: the power goes at any moment while the real window is written into; nothing reported as saved is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ethnomed_desktop.app import drafts, records
from ethnomed_desktop.app import vault as vaults
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.domain.ids import parse_uid
from tests.ui.conftest import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_LOSS_S = 5.0
SLACK_S = 0.5
"""A draft is written by another thread: so long may that take on a small machine."""
LONGEST_LIFE_S = 7.5


@dataclass
class Life:
    """What one window said before it was killed."""

    typed: dict[str, list[float]] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)

    def hear(self, line: str) -> None:
        kind, token, *rest = line.split()
        if kind == "T":
            self.typed.setdefault(token, []).append(float(rest[1]))
        elif kind == "S":
            self.saved[token] = rest[0]


def lived(folder: Path, number: int, seconds: float) -> Life:
    """Let a window be written into, kill it so many seconds after the first word; return what it said."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("writer_to_kill.py")), str(folder), PASSPHRASE, f"l{number}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )
    life = Life()
    assert process.stdout is not None
    with process:
        end = threading.Timer(seconds, process.kill)  # SIGKILL
        try:
            for line in process.stdout:
                if not life.typed:
                    end.start()
                if line.endswith("\n"):
                    life.hear(line)
        finally:
            process.kill()
            end.cancel()
    assert life.typed, "the window did not open"
    return life


def texts(ctx: AppContext) -> Iterator[str]:
    """Yield what is kept anywhere: in drafts and in records."""
    for draft in drafts.list_drafts(ctx):
        yield str(draft.body)
    for kind, name in (("incident", "what_happened"), ("agenda_item", "heard")):
        for row in list_records(ctx, ListQuestion(kind), limit=2000).rows:
            yield str(row.values.get(name) or records.show(ctx, row.uid).values.get(name))


def require_kept(folder: Path, lives: list[Life]) -> float:
    """Open the vault and look for all that was said in any life; return how old the lost text of the last is."""
    ctx = vaults.open_council(folder, PASSPHRASE, program="window")
    try:
        assert all(one.sound for one in vaults.check(ctx))
        for life in lives:
            for uid in life.saved.values():
                assert records.show(ctx, parse_uid(uid)) is not None
        known = list(texts(ctx))
    finally:
        vaults.close(ctx)
    for life in lives:
        for token in life.saved:
            last = f"w{len(life.typed[token]) - 1} "
            assert any(f"{token} w0" in text and last.strip() in text.split(token)[1] for text in known), token
    return max(lost_seconds(token, times, known) for token, times in lives[-1].typed.items())


def lost_seconds(token: str, times: list[float], known: list[str]) -> float:
    """Return the time between the first word that is nowhere and the last one typed."""
    kept = 0
    for text in known:
        if f"{token} w0" in text:
            words = text.split(f"{token} ", 1)[1].split()
            own = [word for number, word in enumerate(words) if word.startswith(f"w{number}")]
            kept = max(kept, len(own))
    return times[-1] - times[kept] if kept < len(times) else 0.0


def kill(folder: Path, kills: int, chance: random.Random, longest: float) -> None:
    """Kill so many windows over one folder, and look at it after each."""
    lives: list[Life] = []
    lost: list[float] = []
    for number in range(kills):
        lives.append(lived(folder, number, chance.uniform(0.0, longest)))
        lost.append(require_kept(folder, lives))
        assert lost[-1] <= LONGEST_LOSS_S + SLACK_S, f"kill {number}: {lost[-1]:.1f} s of typing are gone"
    saved = sum(len(life.saved) for life in lives)
    words = sum(len(times) for life in lives for times in life.typed.values())
    sys.stdout.write(f"kills {kills}, saved {saved}, words {words}, longest loss {max(lost):.1f} s\n")


def test_five_kills_while_typing(council_folder: Path) -> None:
    kill(council_folder, 5, random.Random(5), 3.0)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_kills_while_typing(council_folder: Path, seed: int) -> None:
    kill(council_folder, 25, random.Random(seed), LONGEST_LIFE_S)


def test_the_measure_of_what_was_lost_bites() -> None:
    times = [0.0, 1.0, 8.0]
    assert lost_seconds("l0x0", times, ["l0x0 w0 w1 w2 "]) == 0
    assert lost_seconds("l0x0", times, ["{'values': {'heard': 'l0x0 w0 '}}"]) == 7
    assert lost_seconds("l0x0", times, []) == 8
