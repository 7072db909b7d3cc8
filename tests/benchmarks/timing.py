"""Measuring side by side: alternating runs of two ways to do the same thing, and a table of their ratios."""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Run = Callable[[int], float]
"""Does the work of the numbered round and returns the seconds that counted."""

FEWEST_ROUNDS = 7


@dataclass(frozen=True)
class Ratio:
    """One comparison: best times in milliseconds, and how many times more the first one takes."""

    name: str
    ours_ms: float
    other_ms: float
    typical: float
    target: float | None = None
    stretch: float | None = None

    @property
    def ratio(self) -> float:
        """Best time of ours in best times of the other."""
        return self.ours_ms / self.other_ms

    @property
    def verdict(self) -> str:
        """Which target is met; nothing when there is none."""
        if self.target is None:
            return ""
        if self.stretch is not None and self.ratio <= self.stretch:
            return "stretch"
        return "met" if self.ratio <= self.target else "MISSED"


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes, without collecting garbage of others."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(
    name: str, ours: Run, other: Run, rounds: int, target: float | None = None, stretch: float | None = None
) -> Ratio:
    """Run both in turn, the order swapped each round; round 0 warms up and does not count."""
    pairs: list[tuple[float, float]] = []
    for number in range(max(rounds, FEWEST_ROUNDS) + 1):
        if number % 2:
            second = other(number)
            pairs.append((ours(number), second))
        else:
            first = ours(number)
            pairs.append((first, other(number)))
    counted = pairs[1:]
    best = [min(pair[side] for pair in counted) * 1000 for side in (0, 1)]
    typical = statistics.median(pair[0] / pair[1] for pair in counted)
    return Ratio(name, best[0], best[1], typical, target, stretch)


def show(title: str, ratios: Sequence[Ratio], notes: Sequence[str] = ()) -> None:
    """Print the table; ``typical`` is the median of the rounds' ratios, ``ratio`` best against best."""
    width = max(len(one.name) for one in ratios)
    print(f"\n{title}")
    print(
        f"  {'':{width}}  {'ours':>10}  {'other':>10}  {'ratio':>6}  {'typical':>7}  {'target':>6}  {'stretch':>7}"
    )
    for one in ratios:
        target, stretch = (f"{limit:.2f}" if limit is not None else "–" for limit in (one.target, one.stretch))
        print(
            f"  {one.name:{width}}  {one.ours_ms:>7.3f} ms  {one.other_ms:>7.3f} ms  {one.ratio:>6.2f}"
            f"  {one.typical:>7.2f}  {target:>6}  {stretch:>7}  {one.verdict}"
        )
    for note in notes:
        print(f"  {note}")
    sys.stdout.flush()


def arguments(description: str) -> argparse.ArgumentParser:
    """Return the options all benchmarks share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--full", action="store_true", help="the sizes of the promise instead of the quick ones")
    parser.add_argument("--rounds", type=int, default=9, help=f"runs of each side, at least {FEWEST_ROUNDS}")
    parser.add_argument("--cache", type=Path, help="folder where big fixtures are kept between runs")
    parser.add_argument("--profile", action="store_true", help="show where our side spends its time (cProfile)")
    return parser


def profiled(work: Callable[[], object], lines: int = 45) -> None:
    """Run ``work`` under cProfile and print the functions by own time."""
    import cProfile
    import pstats

    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(lines)
