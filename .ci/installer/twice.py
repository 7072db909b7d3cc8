#!/usr/bin/env python3
"""Make the packages of one commit twice, in surroundings that differ, and compare them byte by byte.

    python3.11 .ci/installer/twice.py [--final] [FOLDER]

The second time another folder, time zone, language, home, mask of rights and order of words are in force. Ends
with 1 and the list of what differs: files in the frozen program first, for there the reason is found. ``--final``
compresses as for people; without it weakly, which changes how bytes are squeezed and nothing else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from installer.reproducible import below, digest  # noqa: E402

TARGETS = ("linux-tar", "linux-deb", "portable")
OTHER = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "USER": "somebody"}
PACKAGES = (".deb", ".xz", ".zip", "SHA256SUMS")


def main(argv: Sequence[str] | None = None) -> int:
    """Build twice and compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--final", action="store_true", help="compress as for people (slow)")
    parser.add_argument("folder", type=Path, nargs="?", help="where to build; a temporary folder when left out")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="twice-") as place:
        folder = (given.folder or Path(place)).resolve()
        commit = subprocess.run(
            ["git", "-C", ROOT, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
        ).stdout.strip()
        first, second = folder / "one", folder / "a second place with another name"
        home = folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        make(first, commit, {}, 0o022, final=given.final)
        make(second, commit, {**OTHER, "HOME": str(home)}, 0o077, final=given.final)
        return compare(first, second)


def make(out: Path, commit: str, variables: Mapping[str, str], mask: int, *, final: bool) -> None:
    """Build all packages of a commit from a clone of its own."""
    clone = out / "clone"
    subprocess.run(["git", "clone", "-q", "--no-local", ROOT, clone], check=True)
    words = [sys.executable, clone / "build_installer.py", "--commit", commit, "--out", out / "dist"]
    words += [word for target in TARGETS for word in ("--target", target)]
    words += [] if final else ["--quick"]
    subprocess.run(words, check=True, env={**os.environ, **variables}, umask=mask)


def compare(first: Path, second: Path) -> int:
    """Say what differs between two building sites; returns 1 when anything does."""
    frozen = [site / "dist" / "work" / "frozen" for site in (first, second)]
    inside = differing(*frozen)
    for name in inside:
        print(f"differs in the frozen program: {name}")
    dist = [site / "dist" for site in (first, second)]
    names = sorted({path.name for site in dist for path in site.iterdir() if path.name.endswith(PACKAGES)})
    unequal = [name for name in names if not equal(dist[0] / name, dist[1] / name)]
    for name in names:
        verdict = "DIFFERS" if name in unequal else f"equal, {(dist[0] / name).stat().st_size:,} bytes"
        print(f"{name}: {verdict}")
    return 1 if inside or unequal or not names else 0


def differing(first: Path, second: Path) -> list[str]:
    """Return the names of files below two folders that are not the same in both."""
    names = {path.relative_to(folder).as_posix() for folder in (first, second) for path in below(folder)}
    return sorted(name for name in names if not equal(first / name, second / name))


def equal(one: Path, other: Path) -> bool:
    """Say whether two files, links or folders are the same."""
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    if one.is_dir() or other.is_dir():
        return one.is_dir() and other.is_dir()
    return one.is_file() and other.is_file() and digest(one) == digest(other)


if __name__ == "__main__":
    sys.exit(main())
