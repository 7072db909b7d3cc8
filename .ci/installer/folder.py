"""The folder of those who install nothing: a starter, and beside it the program under its version's name.

An update needs only one step that counts, the replacing of the starter (see `ethnomed_desktop.app.update_install`);
two versions can lie side by side, and a newer package may be unpacked over an older one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from installer.reproducible import write_manifest
from installer.work import PROGRAM, Work, emptied, filled

FILES = Path(__file__).resolve().parent / "linux"


def program_folder(work: Work) -> str:
    """Return the name of the folder that holds the frozen program of this version."""
    return f"program-{work.version}"


def lay_out(work: Work, folder: Path, values: dict[str, str], *, links: bool) -> None:
    """Fill a new folder: starter, program, licences, README. ``links`` False leaves links out, for sticks."""
    emptied(folder)
    inside = folder / program_folder(work)
    shutil.copytree(work.frozen, inside, symlinks=True)
    for path in [] if links else list(inside.rglob("*")):
        if path.is_symlink():  # the modules find their libraries by themselves; the links are a second way
            path.unlink()
    write_manifest(inside, work)
    _fill("start", folder / PROGRAM, values)
    (folder / PROGRAM).chmod(0o755)
    shutil.copytree(work.licences, folder / "licences")
    _fill("README.txt", folder / "README.txt", values)


def _fill(name: str, target: Path, values: dict[str, str]) -> None:
    target.write_text(filled((FILES / name).read_text(encoding="utf-8"), values), encoding="utf-8")
