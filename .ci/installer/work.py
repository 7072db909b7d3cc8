"""The building site: where source, environment, frozen program and packages lie, and how programs are called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "ethnomed-desktop"
APP_ID = "kz.ethnomed.desktop"
PYTHON = (3, 11)
"""The version that the lock files' wheels are made for."""

VERSION_LINE = re.compile(r'__version__ = "([^"]+)"')


class Refused(Exception):
    """The package cannot be made here; the message is a plain sentence for the person who called."""


@dataclass(frozen=True)
class Work:
    """One building site. ``epoch`` is the commit's time in seconds: every packed file carries it.

    ``python_zip`` is Python's embeddable package for Windows, with the SHA-256 it must have. ``quick``
    compresses weakly. ``renamed`` says that ``version`` is not the commit's own: a package for trials of upgrades.
    """

    root: Path
    out: Path
    commit: str
    epoch: int
    version: str
    python_zip: Path | None = None
    python_sha256: str = ""
    quick: bool = False
    renamed: bool = False

    @property
    def folder(self) -> Path:
        """Where everything but the finished packages lies; may be deleted at any time."""
        return self.out / "work"

    @property
    def source(self) -> Path:
        """The files of the commit, and nothing that only lies in the tree."""
        return self.folder / "source"

    @property
    def environment(self) -> Path:
        """The virtual environment with exactly what the lock file names."""
        return self.folder / "environment"

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.environment / "bin" / "python"

    @property
    def whole(self) -> Path:
        """The program as the freezer leaves it."""
        return self.folder / "whole" / PROGRAM

    @property
    def frozen(self) -> Path:
        """The frozen program as it is packed: executable and ``_internal``."""
        return self.folder / "frozen" / PROGRAM

    @property
    def licences(self) -> Path:
        """The licences of everything that is packed."""
        return self.folder / "licences"

    @property
    def menu(self) -> Path:
        """Menu entry, icons, file types, metadata and manual page, laid out as below ``/usr/share``."""
        return self.folder / "menu"


@dataclass(frozen=True)
class Stage:
    """A step of the plan: its name for ``--stage``, what it says of itself, and what it does."""

    name: str
    says: str
    run: Callable[[Work], None]


def begin(root: Path, out: Path, revision: str = "HEAD", version: str = "") -> Work:
    """Return the building site for a commit. Raises `Refused` outside a repository, and for no such commit.

    ``version`` replaces the commit's own, for trials of upgrades.
    """
    try:
        told = _git(root, "log", "-1", "--format=%H %ct", revision)
        init = _git(root, "show", f"{revision}:ethnomed_desktop/__init__.py")
    except (OSError, subprocess.CalledProcessError):
        raise Refused("Packages are made from a commit: call this in a clone, with git installed.") from None
    commit, epoch = told.split()
    found = VERSION_LINE.search(init)
    if found is None:
        raise Refused("ethnomed_desktop/__init__.py names no version.")
    return Work(root, out.resolve(), commit, int(epoch), version or found[1], renamed=bool(version))


def is_changed(work: Work) -> bool:
    """Say whether the tree holds changes that the package will not have."""
    return bool(_git(work.root, "status", "--porcelain", "--untracked-files=no").strip())


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True).stdout


def call(
    words: Sequence[str | Path], log: Path, variables: Mapping[str, str] | None = None, *, cwd: Path | None = None
) -> None:
    """Run a program quietly; its output goes to ``log``. Raises `Refused` with the last lines when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=cwd,
            env={**os.environ, **(variables or {})},
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise Refused(f"{Path(str(words[0])).name} ended with code {done.returncode}:\n{last}\nAll of it: {log}")


def bare_surroundings(home: Path) -> dict[str, str]:
    """Return the variables of a computer that knows nothing of this one, for trying a frozen program."""
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def needed(program: str, package: str) -> str:
    """Return the path of a program of the system; raises `Refused` naming its Debian package."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise Refused(f"The program {program} is missing. An administrator runs: apt-get install {package}")
    return found


def emptied(folder: Path) -> Path:
    """Return the folder, new and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of ``@NAME@``; raises `Refused` when one is left."""
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    left = re.search(r"@[A-Z_]+@", text)
    if left is not None:
        raise Refused(f"Nothing is known for {left[0]}.")
    return text


def check_python() -> None:
    """Raise `Refused` when the running interpreter is not the one that the lock files are made for."""
    if sys.version_info[:2] != PYTHON:
        wanted = ".".join(map(str, PYTHON))
        raise Refused(f"The lock files are made for Python {wanted}; call this with python{wanted}.")
