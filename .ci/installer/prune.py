"""Making the frozen program small: a list of what nobody calls, then libraries that nothing needs any more.

What remains must find every library it is linked against in the folder or in `SYSTEM_LIBRARIES`; so a
package that would not start on a bare computer is noticed here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from installer.work import PROGRAM, Refused, Work, call, needed

LIST = Path(__file__).resolve().parent / "pruned.txt"
ELF = b"\x7fELF"
SYSTEM_LIBRARIES = {
    **dict.fromkeys(
        ("libc.so.6", "libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libutil.so.1"), "libc6"
    ),
    **dict.fromkeys(("libresolv.so.2", "ld-linux-x86-64.so.2"), "libc6"),
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libEGL.so.1": "libegl1",
    "libxcb.so.1": "libxcb1",
    "libdrm.so.2": "libdrm2",
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Libraries that belong to the computer and its graphics, with the Debian package of each."""

DEBUGGED = (
    *("libpython3*.so*", "python3.*/lib-dynload/*.so", "sqlcipher3/*.so", "cryptography/**/*.so"),
    *("zstandard/*.so", "sqlalchemy/**/*.so", "pypdfium2_raw/*.so", "lxml/*.so"),
)
"""Libraries that come with notes for debuggers, 40 MB of them; those changed by patchelf stay as they are."""


def patterns() -> list[str]:
    """Return the list of what is removed."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def prune(work: Work) -> None:
    """Take away what nobody calls; raises `Refused` for an idle pattern or a library that is lacking."""
    inside = work.frozen / "_internal"
    shutil.rmtree(work.frozen, ignore_errors=True)
    shutil.copytree(work.whole, work.frozen, symlinks=True)
    before = size(work.frozen)
    idle = [pattern for pattern in patterns() if not remove(inside, pattern)]
    if idle:
        raise Refused(f"These patterns of {LIST.name} meet nothing any more: {', '.join(idle)}")
    orphans = remove_orphans(work.frozen)
    strip = needed("strip", "binutils")
    for pattern in DEBUGGED:
        for path in sorted(inside.glob(pattern)):
            call([strip, "--strip-unneeded", path], work.folder / "strip.log")
    lacking = unmet(work.frozen)
    if lacking:
        raise Refused(f"Neither packed nor known as the system's: {', '.join(sorted(lacking))}")
    report = [f"{before / 1e6:.0f} MB before, {size(work.frozen) / 1e6:.0f} MB after", "", *table(work.frozen)]
    report += ["", "Libraries that nothing needed any more: " + ", ".join(orphans)]
    (work.folder / "sizes.txt").write_text("\n".join(report) + "\n", encoding="utf-8")


def remove(folder: Path, pattern: str) -> int:
    """Remove what a pattern meets; returns how many files and folders that were."""
    found = list(folder.glob(pattern))
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(found)


def size(folder: Path) -> int:
    """Return the bytes of all files; a link counts nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def table(program: Path) -> list[str]:
    """Return what takes the room, in MB, the largest first."""
    rooms: Counter[str] = Counter()
    inside = program / "_internal"
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(inside).parts if path.is_relative_to(inside) else (path.name,)
            rooms["/".join(parts[:3] if parts[0] == "PySide6" else parts[:1])] += path.stat().st_size
    return [f"{amount / 1e6:8.2f} MB  {name}" for name, amount in rooms.most_common(25)]


def binaries(folder: Path) -> list[Path]:
    """Return all programs and libraries, links left out."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == ELF:
                    found.append(path)
    return found


def demands(paths: list[Path]) -> dict[Path, set[str]]:
    """Return the names of the libraries that each binary is linked against."""
    tool = needed("objdump", "binutils")
    found: dict[Path, set[str]] = {}
    for path in paths:
        said = subprocess.run([tool, "-p", path], capture_output=True, text=True, check=True).stdout
        found[path] = set(re.findall(r"NEEDED\s+(\S+)", said))
    return found


def remove_orphans(program: Path) -> list[str]:
    """Remove libraries that no remaining binary is linked against, until nothing changes; returns their names.

    Only plain libraries (``lib*.so.N``), never plugins or modules, which are loaded by name.
    """
    linked = demands(binaries(program))
    gone: list[str] = []
    while True:
        wanted = set().union(*linked.values())
        idle = [
            path for path in linked if re.fullmatch(r"lib.+\.so\.[\d.]+", path.name) and path.name not in wanted
        ]
        idle = [path for path in idle if not path.name.startswith("libpython")]  # the starter opens it by name
        if not idle:
            break
        for path in idle:
            gone.append(path.name)
            del linked[path]
            path.unlink()
    for path in program.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()
    return sorted(gone)


def unmet(program: Path) -> set[str]:
    """Return the libraries that something is linked against and that neither we nor the system provide."""
    linked = demands(binaries(program))
    packed = {name for _folder, _folders, names in os.walk(program) for name in names}
    return set().union(*linked.values()) - packed - set(SYSTEM_LIBRARIES)


RECOMMENDED = frozenset({"libcups2"})
"""Needed by a plugin only, which stays out without it: no printers then, but PDF files as ever."""


def system_packages(work: Work) -> list[str]:
    """Return the Debian packages of the system's libraries that the frozen program is linked against."""
    linked = demands(binaries(work.frozen))
    assert work.frozen / PROGRAM in linked
    wanted = set().union(*linked.values())
    return sorted({package for name, package in SYSTEM_LIBRARIES.items() if name in wanted})
