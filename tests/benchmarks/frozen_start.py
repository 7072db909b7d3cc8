"""The frozen program beside the one it was made from: until its window is ready, warm and cold, and ``--version``.

    .venv/bin/python tests/benchmarks/frozen_start.py --program dist/work/frozen/ethnomed-desktop/ethnomed-desktop

Needs a package that was built; therefore it is not one of those that run_all.py runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from first_window import make_vault
from timing import FEWEST_ROUNDS, Ratio, arguments, show

from ethnomed_desktop.app.program_log import FILE

ROOT = Path(__file__).resolve().parents[2]
UNFROZEN = (sys.executable, "-m", "ethnomed_desktop")
STEP = 0.001
LONGEST = 120.0
TARGET = 1.5
NOTES = (
    "ours: the frozen program; other: the same source, run by Python, its modules compiled. Window: from the start",
    "of the process until the log says that the window stands and what the first picture did without is there;",
    "both over the same vault to unlock. First start: what either reads was taken out of the memory of the disk.",
    "Processor: user and system time of the process, which other work on the computer does not lengthen much.",
    "typical: the median of the rounds' ratios; of the processor's time, believe it where the clock is disturbed.",
)

Spent = tuple[float, float]
"""Seconds by the clock, and of the processor."""

Words = tuple[str, ...]


def surroundings(folder: Path) -> dict[str, str]:
    """Return the variables of both programs: a home of their own, modules compiled beside it."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DISPLAY": ":none",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }


def until_ready(words: Sequence[str], folder: Path) -> Spent:
    """Start the window over the folder, wait until its log has a line more, end it; return what that took."""
    log = folder / "logs" / FILE
    before = log.stat().st_size if log.exists() else 0
    start = time.perf_counter()
    program = subprocess.Popen(
        [*words, "--data-dir", str(folder)], env=surroundings(folder), stderr=subprocess.DEVNULL
    )
    try:
        while not log.exists() or log.stat().st_size == before:
            if program.poll() is not None or time.perf_counter() - start > LONGEST:
                raise RuntimeError(f"no window: {words[0]}")
            time.sleep(STEP)
        passed = time.perf_counter() - start
    finally:
        program.kill()
        spent = _processor(program)
    return passed, spent


def saying_the_version(words: Sequence[str], folder: Path) -> Spent:
    """Let it say its version; return what that took."""
    start = time.perf_counter()
    program = subprocess.Popen([*words, "--version"], stdout=subprocess.DEVNULL, env=surroundings(folder))
    spent = _processor(program)
    return time.perf_counter() - start, spent


def _processor(program: subprocess.Popen[bytes]) -> float:
    """Wait for the process and return its processor time."""
    if program.returncode is not None:
        return 0.0
    _pid, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


def forget(places: Iterable[Path]) -> None:
    """Take all files below the places out of the memory of the disk, but for what other processes have open."""
    os.sync()
    for place in places:
        for folder, _folders, names in os.walk(place):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.islink(path):
                    continue
                handle = os.open(path, os.O_RDONLY)
                try:
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                finally:
                    os.close(handle)


def compared(name: str, ours: Callable[[], Spent], other: Callable[[], Spent], rounds: int) -> list[Ratio]:
    """Run both in turn, the order swapped each round; the first round warms up. Clock and processor, a row each."""
    pairs: list[tuple[Spent, Spent]] = []
    for number in range(max(rounds, FEWEST_ROUNDS) + 1):
        if number % 2:
            second = other()
            pairs.append((ours(), second))
        else:
            first = ours()
            pairs.append((first, other()))
    rows = []
    for column, by in enumerate(("clock", "processor")):
        mine, theirs = ([pair[side][column] for pair in pairs[1:]] for side in (0, 1))
        typical = statistics.median(one / two for one, two in zip(mine, theirs, strict=True))
        rows.append(Ratio(f"{name}, {by}", min(mine) * 1000, min(theirs) * 1000, typical, TARGET))
    return rows


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--program", type=Path, required=True, help="the frozen program or its starter")
    options = parser.parse_args()
    program = options.program.resolve()
    frozen: Words = (str(program),)
    rounds = max(options.rounds, FEWEST_ROUNDS)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_vault(folder)

        def cold(words: Words, *places: Path) -> Callable[[], Spent]:
            def start() -> Spent:
                forget(places)
                return until_ready(words, folder)

            return start

        python = (Path(sys.prefix), Path(sys.base_prefix), ROOT / "ethnomed_desktop", folder / "compiled")
        shared = (ROOT / "resources", ROOT / "translations")
        rows = compared(
            "window", lambda: until_ready(frozen, folder), lambda: until_ready(UNFROZEN, folder), rounds
        )
        rows += compared(
            "window, first start", cold(frozen, program.parent), cold(UNFROZEN, *python, *shared), rounds
        )
        rows += compared(
            "--version",
            lambda: saying_the_version(frozen, folder),
            lambda: saying_the_version(UNFROZEN, folder),
            rounds,
        )
        show("Frozen start", rows, NOTES)


if __name__ == "__main__":
    main()
