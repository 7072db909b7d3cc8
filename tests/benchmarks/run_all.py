"""Runs all benchmarks one after another; their tables go to standard output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPTS = (
    "save_one.py",
    "bulk.py",
    "first_page.py",
    "search_words.py",
    "encrypted.py",
    "backup_big.py",
    "exchange.py",
    "merging.py",
    "first_window.py",
    "paper.py",
    "switching.py",
    "first_row.py",
)


def main() -> int:
    """Pass all options on to each script; the first failure ends the run."""
    folder = Path(__file__).parent
    for name in SCRIPTS:
        done = subprocess.run([sys.executable, str(folder / name), *sys.argv[1:]], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
