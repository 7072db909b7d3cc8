"""Other people's programs: whether they are here, and what a piece of work takes in time and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


class NotHereError(Exception):
    """A program that is not installed; its text says how to get it."""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and the most memory that was held, in MB."""

    seconds: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.memory:.0f} MB"


def require(program: str, package: str) -> str:
    """Return the version of a program; raises `NotHereError`."""
    if shutil.which(program) is None:
        raise NotHereError(f"{program} is not installed here (apt-get install {package})")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return (told.stdout or told.stderr).strip().splitlines()[0]


def cost_of_program(said: Sequence[str | Path], given: str = "") -> Cost:
    """Run a program to its end and tell what it took; raises `subprocess.CalledProcessError`.

    The memory is a bound from above, as with `cost_of_work`: Linux counts what held the process before it too.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        said, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdin
        running.stdin.write(given.encode())
        running.stdin.close()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - start
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, [str(one) for one in said])
    return Cost(taken, used.ru_maxrss / 1024)


def cost_of_work(work: Callable[[], object]) -> Cost:
    """Do our work in a process of its own and tell what it took.

    The memory is a bound from above: the process begins with all that this one holds already.
    """
    sys.stdout.flush()
    start = time.perf_counter()
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    taken = time.perf_counter() - start
    if status:
        raise RuntimeError("the work failed in its own process")
    return Cost(taken, used.ru_maxrss / 1024)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], notes: Sequence[str] = ()) -> None:
    """Print a table with its notes."""
    lines = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    told = [
        title,
        *("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines),
    ]
    sys.stdout.write("\n" + "\n  ".join([*told, *notes]) + "\n")
    sys.stdout.flush()
