"""The frozen program beside the one it was made from: until its window is ready, and ``--version``.

    .venv/bin/python tests/benchmarks/frozen_start.py --program dist/work/frozen/ethnomed-desktop/ethnomed-desktop

Needs a package that was built; therefore it is not one of those that run_all.py runs.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from first_window import make_vault
from timing import FEWEST_ROUNDS, Ratio, arguments, show, side_by_side

from ethnomed_desktop.app.program_log import FILE

ROOT = Path(__file__).resolve().parents[2]
UNFROZEN = (sys.executable, "-m", "ethnomed_desktop")
STEP = 0.001
LONGEST = 120.0
NOTES = (
    "ours: the frozen program; other: the same source, run by Python, its modules compiled. Window: from the start",
    "of the process until the log says that the window stands and what the first picture did without is there;",
    "both over the same vault to unlock, both warm. The very first start after installing reads cold files.",
)


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


def until_ready(words: Sequence[str], folder: Path) -> float:
    """Start the window over the folder; return the seconds until its log has a line more, then end it."""
    log = folder / "logs" / FILE
    before = log.stat().st_size if log.exists() else 0
    start = time.perf_counter()
    with subprocess.Popen(
        [*words, "--data-dir", str(folder)], env=surroundings(folder), stderr=subprocess.DEVNULL
    ) as program:
        try:
            while not log.exists() or log.stat().st_size == before:
                if program.poll() is not None or time.perf_counter() - start > LONGEST:
                    raise RuntimeError(f"no window: {words[0]}")
                time.sleep(STEP)
            return time.perf_counter() - start
        finally:
            program.kill()


def saying_the_version(words: Sequence[str], folder: Path) -> float:
    """Return the processor time that ``--version`` takes: so short a run mostly waits for its turn."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*words, "--version"], check=True, capture_output=True, env=surroundings(folder))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--program", type=Path, required=True, help="the frozen program or its starter")
    options = parser.parse_args()
    frozen, rounds = (str(options.program.resolve()),), max(options.rounds, FEWEST_ROUNDS)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_vault(folder)
        rows: list[Ratio] = [
            side_by_side(
                "window over a vault",
                lambda _: until_ready(frozen, folder),
                lambda _: until_ready(UNFROZEN, folder),
                rounds,
                1.5,
            ),
            side_by_side(
                "--version, processor time",
                lambda _: saying_the_version(frozen, folder),
                lambda _: saying_the_version(UNFROZEN, folder),
                rounds,
                1.5,
            ),
        ]
        show("Frozen start", rows, NOTES)


if __name__ == "__main__":
    main()
