#!/usr/bin/env python3
"""Sign a release: write the file ending in .update that the packages in a folder travel with.

    .venv/bin/python .ci/installer/sign.py dist --key FILE

FILE is a private key as ``ssh-keygen -t ed25519`` makes it, kept outside the repository; its public half must
stand in resources/release-keys.txt of the versions that shall believe it. What is new comes from
release-notes.toml here, in three languages.
"""

from __future__ import annotations

import argparse
import getpass
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

from ethnomed_desktop.exchange.releases import ENDING, Package, Release, write_release  # noqa: E402
from installer.reproducible import digest  # noqa: E402
from installer.work import PROGRAM, Refused  # noqa: E402

NOTES = HERE / "release-notes.toml"
LANGUAGES = ("kk", "ru", "en")
SHAPES = (
    ("portable", "linux-x86_64", re.compile(rf"{PROGRAM}-(.+)-portable-linux-x86_64\.zip")),
    ("tar", "linux-x86_64", re.compile(rf"{PROGRAM}-(.+)-linux-x86_64\.tar\.xz")),
    ("deb", "linux-x86_64", re.compile(rf"{PROGRAM}_(.+)-1_amd64\.deb")),
    ("windows", "win32-amd64", re.compile(rf"{PROGRAM}-(.+)-windows-x64-installer\.exe")),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the signed file beside the packages; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="folder with the finished packages of one version")
    parser.add_argument(
        "--key", type=Path, required=True, help="private key (ssh-ed25519), never in the repository"
    )
    parser.add_argument("--notes", type=Path, default=NOTES, help="what is new, in three languages")
    given = parser.parse_args(argv)
    try:
        target = sign(given.folder, key_of(given.key), notes_of(given.notes))
    except Refused as refusal:
        print(f"Not signed. {refusal}", file=sys.stderr)
        return 1
    print(target)
    return 0


def sign(folder: Path, key: Ed25519PrivateKey, notes: Mapping[str, Sequence[str]]) -> Path:
    """Write the signed file over all packages in ``folder``; raises `Refused`."""
    found = [(kind, system, match[1], path) for path in sorted(folder.iterdir()) if path.is_file()
             for kind, system, shape in SHAPES if (match := shape.fullmatch(path.name))]  # fmt: skip
    versions = {version for _kind, _system, version, _path in found}
    if len(versions) != 1:
        raise Refused(f"There must be packages of one version in {folder}; found: {', '.join(sorted(versions))}")
    version = versions.pop()
    packages = [
        Package(kind, system, path.name, path.stat().st_size, bytes.fromhex(digest(path)), unpacked(path))
        for kind, system, _version, path in found
    ]
    target = folder / f"{PROGRAM}-{version}{ENDING}"
    target.write_bytes(write_release(Release(version, _day(), notes, packages), key))
    return target


def unpacked(path: Path) -> int:
    """Return how many bytes a package takes when it is unpacked."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return sum(info.file_size for info in packed.infolist())
    if path.suffix == ".deb":
        told = subprocess.run(
            ["dpkg-deb", "-f", path, "Installed-Size"], capture_output=True, text=True, check=True
        )
        return int(told.stdout) * 1024
    if path.suffix == ".xz":
        with tarfile.open(path) as tar:
            return sum(member.size for member in tar)
    return path.stat().st_size


def _day() -> date:
    return datetime.now(UTC).date()


def key_of(path: Path) -> Ed25519PrivateKey:
    """Read the private key, asking for its password where it has one; raises `Refused` for another kind."""
    data = path.read_bytes()
    try:
        key = load_ssh_private_key(data, None)
    except ValueError:
        raise Refused(f"{path} is no private key of OpenSSH.") from None
    except TypeError:
        key = load_ssh_private_key(data, getpass.getpass("Password of the key: ").encode())
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("The key must be of the kind ssh-ed25519.")
    return key


def notes_of(path: Path) -> dict[str, list[str]]:
    """Read what is new: a list of lines per language; raises `Refused` when a language has none."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    missing = [language for language in LANGUAGES if not told.get(language)]
    if missing:
        raise Refused(f"{path.name} says nothing in: {json.dumps(missing)}")
    return {language: [str(line) for line in told[language]] for language in LANGUAGES}


if __name__ == "__main__":
    sys.exit(main())
