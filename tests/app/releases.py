"""Releases for tests: packages of a few bytes, whose program is a script that says its version."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ethnomed_desktop.app.updates import Installed, Kind
from ethnomed_desktop.exchange.releases import ENDING, Package, Release, write_release

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEYS = (KEY.public_key().public_bytes_raw(),)
SYSTEM = "linux-x86_64"
NOTES = {"kk": ["Жаңалық"], "ru": ["Новое"], "en": ["New things"]}
NAMES = {"tar": "ethnomed-desktop-{}-linux-x86_64.tar.xz", "portable": "ethnomed-desktop-{}-portable.zip"}


def contents(version: str, says: str = "") -> dict[str, tuple[bytes, int]]:
    """Return the files of an unpacked program: bytes and rights by name."""
    script = f"#!/bin/sh\necho Ethnomed Desktop {says or version}\n".encode()
    return {
        "ethnomed-desktop": (script, 0o755),
        f"program-{version}/ethnomed-desktop": (script, 0o755),
        f"program-{version}/_internal/library.so": (version.encode() * 1000, 0o644),
        "licences/README.txt": (f"licences of {version}".encode(), 0o644),
        "README.txt": (f"read me of {version}".encode(), 0o644),
    }


def lay_out(folder: Path, version: str) -> Path:
    """Lay a program out as if it had been unpacked; return its folder."""
    for name, (data, mode) in contents(version).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        target.chmod(mode)
    return folder


def pack(kind: str, version: str, says: str = "") -> bytes:
    """Return a package of the kind."""
    buffer = io.BytesIO()
    if kind == "portable":
        with zipfile.ZipFile(buffer, "w") as packed:
            for name, (data, mode) in contents(version, says).items():
                info = zipfile.ZipInfo(f"ethnomed-desktop-portable/{name}")
                info.external_attr = (0o100000 | mode) << 16
                packed.writestr(info, data)
        return buffer.getvalue()
    with tarfile.open(fileobj=buffer, mode="w:xz") as tar:
        for name, (data, mode) in contents(version, says).items():
            member = tarfile.TarInfo(f"ethnomed-desktop/{name}")
            member.size, member.mode = len(data), mode
            tar.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def package_of(kind: str, name: str, data: bytes) -> Package:
    """Describe a package."""
    return Package(kind, SYSTEM, name, len(data), hashlib.sha256(data).digest(), 8000)


def stick(
    folder: Path, version: str = "0.9.0", *, kinds: tuple[str, ...] = ("tar", "portable"), says: str = ""
) -> Path:
    """Write packages and the signed file into a folder; return the signed file."""
    folder.mkdir(parents=True, exist_ok=True)
    packages = []
    for kind in kinds:
        data, name = pack(kind, version, says), NAMES.get(kind, "{}." + kind).format(version)
        (folder / name).write_bytes(data)
        packages.append(package_of(kind, name, data))
    target = folder / f"ethnomed-desktop-{version}{ENDING}"
    target.write_bytes(write_release(Release(version, date(2026, 11, 22), NOTES, packages), KEY))
    return target


def here(folder: Path, kind: Kind = "tar", version: str = "0.1.0") -> Installed:
    """Return what is installed, for tests."""
    return Installed(kind, folder, version, SYSTEM)


def of_another_system(file: Path) -> None:
    """Sign the release anew as one for another processor."""
    from ethnomed_desktop.exchange.releases import read_release

    release = read_release(file.read_bytes(), KEYS)
    changed = [replace(one, system="linux-aarch64") for one in release.packages]
    file.write_bytes(write_release(replace(release, packages=changed), KEY))
