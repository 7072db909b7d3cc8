"""The problem report: what helps to find a fault, in a text that a person can read before it is sent.

Put together from codes, sizes and notes that never held a name: no record is opened for it, no path and no
name of a user, a file or a computer stands in it. It is written where the person says and goes nowhere by itself.
"""

from __future__ import annotations

import contextlib
import platform
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ethnomed_desktop import __version__
from ethnomed_desktop.app.data_place import place_of
from ethnomed_desktop.app.program_log import last_lines
from ethnomed_desktop.app.updates import installed
from ethnomed_desktop.domain.clock import KAZAKHSTAN
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.paths import Places
from ethnomed_desktop.store.safe_files import write_atomically

LOG_LINES = 200
NOTES = 5
_HEAD = N_(
    "Problem report of Ethnomed Desktop. Read it before you send it. There are no names, no texts and no records "
    "in it. Add in your own words what you did and what happened, without names."
)
_PROGRAM = N_("Program and computer")
_DATA = N_("Data folder")
_LOG = N_("Log of the program")
_FAULTS = N_("Faults of the program itself")
_NONE = N_("none")


def problem_report(places: Places, catalog: Catalog, window: Mapping[str, str] | None = None) -> str:
    """Return the report in the catalog's language; ``window`` adds what only the window knows (codes and numbers).

    Reads files, so it is not for the window's thread.
    """
    words = catalog.gettext
    parts = [words(_HEAD), datetime.now(KAZAKHSTAN).isoformat(timespec="minutes")]
    parts.append(_section(words(_PROGRAM), [f"{name}: {value}" for name, value in _program(window or {}).items()]))
    parts.append(_section(words(_DATA), [f"{name}: {value}" for name, value in _data(places, catalog).items()]))
    parts.append(_section(words(_LOG), last_lines(places.logs, LOG_LINES) or [words(_NONE)]))
    parts.append(_section(words(_FAULTS), _faults(places.logs / "crashes") or [words(_NONE)]))
    return "\n\n".join(parts) + "\n"


def save_report(text: str, target: Path) -> None:
    """Write a report as a file; raises `StorageError`."""
    write_atomically(target, text.encode("utf-8"))


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([title, "-" * len(title), *lines])


def _program(window: Mapping[str, str]) -> dict[str, str]:
    here = installed()
    library = " ".join(platform.libc_ver()) if sys.platform == "linux" else ""
    return {
        "version": __version__,
        "installed": f"{here.kind}, {here.system}",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {library}".strip(),
        "sqlite": sqlite3.sqlite_version,
        **window,
    }


def _data(places: Places, catalog: Catalog) -> dict[str, str]:
    place = place_of(places.data)
    found = {
        "portable": str(places.portable).lower(),
        "medium": "stick" if place.stick else "network" if place.share else "disk",
    }
    with contextlib.suppress(OSError):
        found["free"] = formatting.file_size(shutil.disk_usage(_there(places.data)).free, catalog.language)
    for name in ("store.db", "store.db-wal", "store.db-journal", "blobs.db", "keys.json", "server.json"):
        with contextlib.suppress(OSError):
            found[name] = formatting.file_size((places.data / name).stat().st_size, catalog.language)
    backups = sorted((places.data / "backups").glob("*"))
    found["backups"] = formatting.number(len(backups), catalog.language)
    return found


def _there(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _faults(folder: Path) -> list[str]:
    """Return the newest notes about our own faults; they hold places in the program and nothing else."""
    lines: list[str] = []
    for path in sorted(folder.glob("*.txt"))[-NOTES:]:
        with contextlib.suppress(OSError):
            lines += [f"[{path.stem}]", *path.read_text(encoding="utf-8", errors="replace").splitlines()]
    return lines
