"""Lock files: every wheel of a build by version and SHA-256. Made anew by ``lock.py linux|windows``."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = ("babel>=2.18,<3", "pyinstaller>=6.16,<7")
"""What only the building needs: the catalogs' compiler and the freezer."""

ONLY_WINDOWS = ("tzdata",)
"""What a package demands there alone: the downloader answers such conditions for the system it runs on."""

_PLATFORM = {"linux": [], "windows": ["--platform", "win_amd64", "--python-version", "3.11"]}
_WHEEL = re.compile(r"([^-]+)-([^-]+)-.*\.whl")
_LINE = re.compile(r"([A-Za-z0-9._-]+)==([^ ]+) --hash=sha256:([0-9a-f]{64})")


def lock_file(system: str) -> Path:
    """Return the lock file of ``linux`` or ``windows``."""
    return HERE / f"requirements-{system}.lock"


def canonical(name: str) -> str:
    """Return a distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> list[str]:
    """Return what the program itself depends on, as pyproject.toml says it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return [str(one) for one in tomllib.load(file)["project"]["dependencies"]]


def locked(text: str) -> dict[str, tuple[str, str]]:
    """Return version and hash by canonical name; raises `ValueError` at a line that names no hash."""
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            match = _LINE.fullmatch(line)
            if match is None:
                raise ValueError(f"no version with a hash: {line}")
            found[canonical(match[1])] = (match[2], match[3])
    return found


def uncovered(system: str) -> list[str]:
    """Return what pyproject.toml demands and the lock file lacks or has in another major version."""
    have = locked(lock_file(system).read_text(encoding="utf-8"))
    missing = []
    for demand in declared():
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[(\w+)\])?(.*)", demand)
        assert match is not None
        name = canonical(match[1])
        names = [name, f"{name}-{match[2]}"] if match[2] else [name]
        if any(one not in have for one in names) or not _fits(have[name][0], match[3]):
            missing.append(demand)
    return missing


def _fits(version: str, limits: str) -> bool:
    """Say whether a plain version keeps limits of the two forms we use, ``>=`` and ``<``."""
    for sign, limit in re.findall(r"(>=|<)([0-9.]+)", limits):
        ours, theirs = (tuple(map(int, one.split("."))) for one in (version, limit))
        if (ours < theirs) if sign == ">=" else (ours >= theirs):
            return False
    return True


def make(system: str) -> str:
    """Download what is demanded for a system by pip, and return the lock file's text."""
    demands = declared() + list(TOOLS if system == "linux" else ONLY_WINDOWS)
    with tempfile.TemporaryDirectory() as place:
        words = [sys.executable, "-m", "pip", "download", "-q", "--only-binary", ":all:", "-d", place]
        subprocess.run([*words, *_PLATFORM[system], *demands], check=True)
        lines = [_line(path) for path in Path(place).glob("*.whl")]
    head = f"# Wheels for {system}, Python 3.11, by SHA-256. Made by .ci/installer/lock.py {system}.\n"
    return head + "".join(f"{line}\n" for line in sorted(lines))


def _line(wheel: Path) -> str:
    match = _WHEEL.fullmatch(wheel.name)
    assert match is not None, wheel.name
    return f"{canonical(match[1])}=={match[2]} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        lock_file(wanted).write_text(make(wanted), encoding="utf-8")
        print(f"{lock_file(wanted).name}: {len(locked(lock_file(wanted).read_text(encoding='utf-8')))} wheels")
