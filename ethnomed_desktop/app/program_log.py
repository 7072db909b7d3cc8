"""The program's own log: when it was opened and closed, its faults. Codes and numbers, never names or texts.

Five files of at most a megabyte in the log folder, readable by their owner only. A disk that refuses loses the
line and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
from datetime import datetime
from pathlib import Path

from ethnomed_desktop.domain.clock import KAZAKHSTAN

FILE = "program.log"
MOST_BYTES = 1_000_000
KEPT_FILES = 5
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")


def note_event(folder: Path, event: str, **facts: str | int) -> None:
    """Add a line to the log in ``folder``. Event and facts are codes (``window.opened``, ``ms=310``).

    Raises `ValueError` for anything that could be a name or a text: a mistake of ours, found by tests.
    """
    words = [event, *(f"{name}={value}" for name, value in facts.items())]
    for value in (event, *map(str, facts.values())):
        if not _CODE.fullmatch(value):
            raise ValueError("only codes and numbers stand in the log")
    line = f"{datetime.now(KAZAKHSTAN).isoformat(timespec='seconds')} {' '.join(words)}\n"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _turn_over(folder)
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="ascii") as file:
            file.write(line)


def last_lines(folder: Path, count: int) -> list[str]:
    """Return the newest lines of the log, the newest last; nothing where there is none."""
    lines: list[str] = []
    for name in (f"{FILE}.1", FILE):
        with contextlib.suppress(OSError):
            lines += (folder / name).read_text(encoding="ascii", errors="replace").splitlines()
    return lines[-count:]


def _turn_over(folder: Path) -> None:
    """Begin a new file when the present one is full; the oldest goes."""
    path = folder / FILE
    if not path.exists() or path.stat().st_size < MOST_BYTES:
        return
    for number in range(KEPT_FILES - 1, 0, -1):
        older = folder / (f"{FILE}.{number - 1}" if number > 1 else FILE)
        if older.exists():
            os.replace(older, folder / f"{FILE}.{number}")
