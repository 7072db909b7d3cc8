"""Whether another program has a file open, as far as the system tells its user."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def is_held_open(path: Path) -> bool | None:
    """Say whether a program of this user has the file open; None where the system does not tell.

    Linux tells of open and of mapped files. Windows refuses to rename a file that is open, save where the
    program that shows it allows it. A program that read the file whole and let it go does not hold it.
    """
    if not path.exists():
        return False
    if sys.platform == "win32":
        return _refuses_renaming(path)
    if (_PROCESSES / "self" / "fd").is_dir():
        return _is_open_somewhere(path)
    return None


def _is_open_somewhere(path: Path) -> bool:
    wanted = os.path.realpath(path)
    own = str(os.getpid())
    for process in _PROCESSES.iterdir():
        if not process.name.isdigit() or process.name == own:
            continue
        with suppress(OSError):  # it ended meanwhile, or is another user's
            if any(_leads_to(one, wanted) for one in (process / "fd").iterdir()):
                return True
            if wanted in (process / "maps").read_text("utf-8", "replace"):
                return True
    return False


def _leads_to(link: Path, wanted: str) -> bool:
    try:
        return os.readlink(link) == wanted
    except OSError:
        return False


def _refuses_renaming(path: Path) -> bool:
    aside = path.with_name(f"~{path.name}")
    try:
        path.rename(aside)
    except OSError:
        return True
    aside.rename(path)
    return False
