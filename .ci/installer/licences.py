"""The licences of all that is packed: Python and its libraries, Qt, the system's libraries, fonts and facts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from email.parser import HeaderParser
from pathlib import Path

from installer import lock
from installer.prune import binaries
from installer.work import Refused, Work, emptied

UNPACKED = {"babel", "altgraph", "pyinstaller-hooks-contrib", "setuptools", "packaging", "pycparser"}
"""What only the building uses. The freezer itself stays in the list: its starter is packed."""

QT = {"pyside6-essentials", "shiboken6"}
_TEXT = re.compile(r"(?i)(licen[cs]e|copying|notice|authors).*")
_COMMON = Path("/usr/share/common-licenses")
_QT_NOTE = """\
Qt and Qt for Python (PySide6, shiboken6) are used under the GNU Lesser General Public License, version 3, as the
Qt Company publishes them on the Python Package Index, unmodified. The licence and the GNU General Public License
that it refers to lie beside this note.

You may replace these libraries: they are plain files below _internal/PySide6 and _internal/shiboken6 in the
program's folder (on Windows: below Lib\\site-packages). Put libraries of the same interface (Qt 6.11) in their
place; the program loads what it finds there and checks no signature. Taking the program apart to find faults after
such a change is allowed.

Sources: https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/
"""


def collect(work: Work) -> None:
    """Lay out a folder per part with its licence, and README.txt that lists them; raises `Refused` for a gap."""
    folder = emptied(work.licences)
    site = next((work.environment / "lib").glob("python3.*/site-packages"))
    rows = [("Ethnomed Desktop", work.version, "Apache-2.0"), *python_libraries(site, folder, "linux")]
    shutil.copy(work.source / "LICENSE", folder / "Ethnomed-Desktop-LICENSE.txt")
    rows += _python_itself(folder)
    rows += _system_libraries(work, folder)
    finish(folder, work, rows)


def finish(folder: Path, work: Work, rows: list[tuple[str, str, str]]) -> None:
    """Add fonts, facts and the list of everything."""
    fonts = folder / "fonts-and-facts"
    fonts.mkdir()
    shutil.copy(work.source / "resources" / "ATTRIBUTION.md", fonts)
    shutil.copy(work.source / "resources" / "fonts" / "OFL.txt", fonts)
    rows = [*rows, ("Fonts Tinos and Arimo, table of places", "", "OFL-1.1, CC-BY-4.0: fonts-and-facts")]
    lines = ["What is packed with Ethnomed Desktop, and under which licence. Each folder holds the full text.", ""]
    lines += [" ".join(part for part in (name, version) if part) + f": {text}" for name, version, text in rows]
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def python_libraries(site: Path, folder: Path, system: str) -> list[tuple[str, str, str]]:
    """Copy the licence texts of the lock file's packages installed in ``site``; returns name, version, licence."""
    rows = []
    for path in sorted(site.glob("*.dist-info")):
        head = HeaderParser().parsestr((path / "METADATA").read_text(encoding="utf-8"))
        name = lock.canonical(head["Name"])
        if name not in lock.locked(lock.lock_file(system).read_text(encoding="utf-8")) or name in UNPACKED:
            continue
        target = folder / f"{name}-{head['Version']}"
        target.mkdir()
        _copy_texts(path, target)
        if name in QT:
            (target / "NOTE.txt").write_text(_QT_NOTE, encoding="utf-8")
            for text in ("LGPL-3", "GPL-3"):
                shutil.copy(_common(text), target / f"{text}.txt")
        if not any(target.iterdir()):
            raise Refused(f"{name} brings no licence text: find it and add it to .ci/installer/licences.py.")
        rows.append((head["Name"], head["Version"], _named(head["License-Expression"] or head["License"], target)))
    return rows


def _common(name: str) -> Path:
    path = _COMMON / name
    if not path.exists():
        raise Refused(f"{path} is missing: packages are made on Debian, which has the common licences there.")
    return path


def _copy_texts(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if path.is_file() and (parts[0] == "licenses" or _TEXT.fullmatch(path.name)):
            inner = target.joinpath(*(parts[1:] if parts[0] == "licenses" else parts))
            inner.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, inner)


def _named(said: str | None, target: Path) -> str:
    first = (said or "").strip().splitlines()
    return first[0] if first and len(first[0]) < 80 else f"see {target.name}"


def _python_itself(folder: Path) -> list[tuple[str, str, str]]:
    target = folder / "python"
    target.mkdir()
    own = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    debian = [Path("/usr/share/doc") / name / "copyright" for name in ("libpython3.11", "python3.11")]
    text = next((path for path in (own, *debian) if path.exists()), None)
    if text is None:
        raise Refused("The licence of Python itself was not found beside its library.")
    shutil.copy(text, target / "LICENSE.txt")
    return [("Python", sysconfig.get_python_version(), "PSF-2.0")]


def _system_libraries(work: Work, folder: Path) -> list[tuple[str, str, str]]:
    """Copy what Debian says about each of its libraries that the freezer took along."""
    inside = work.frozen / "_internal"
    rows: dict[str, tuple[str, str, str]] = {}
    for path in binaries(inside):
        if path.parent != inside or not path.name.startswith("lib") or path.name.startswith("libpython"):
            continue
        package = _package_of(path.name)
        text = Path("/usr/share/doc") / package / "copyright"
        if package not in rows:
            target = folder / "system" / package
            target.mkdir(parents=True)
            shutil.copy(text, target / "copyright")
            query = ["dpkg-query", "-W", "-f", "${Version}\n", package]
            told = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()[0]
            rows[package] = (package, told, f"see system/{package}")
    return [rows[name] for name in sorted(rows)]


def _package_of(library: str) -> str:
    found = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=False).stdout
    names = [line.partition(":")[0] for line in found.splitlines() if line.endswith(f"-linux-gnu/{library}")]
    if not names:
        raise Refused(f"No Debian package owns {library}: its licence is unknown.")
    return names[0]
