"""Run the comparisons: ``python -m tests.compare [merging spellings papers] [--entries 20000]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from . import merging, papers, spellings
from .programs import NotHereError

FULL = 20_000


def main() -> int:
    """Compare as asked; programs that are not installed are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="merging, spellings, papers; all of them without a name")
    parser.add_argument("--entries", type=int, default=FULL, help="so many entries are merged")
    given = parser.parse_args()
    ways: dict[str, Callable[[Path], None]] = {
        "merging": lambda folder: merging.compare(folder, given.entries),
        "spellings": spellings.compare,
        "papers": papers.compare,
    }
    for name in given.names or ways:
        with tempfile.TemporaryDirectory() as folder:
            try:
                ways[name](Path(folder))
            except NotHereError as error:
                sys.stdout.write(f"\n{name}\n  not compared: {error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
