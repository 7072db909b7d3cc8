"""Archives whose bytes depend on the files alone: sorted names, one moment, no owner."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import os
import stat
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from installer.work import Work

_PRESET = 6  # 9 takes three times as long for a twentieth less


def below(folder: Path) -> list[Path]:
    """Return everything below a folder by name, sorted as bytes."""
    return sorted(folder.rglob("*"), key=lambda path: os.fsencode(path.relative_to(folder).as_posix()))


def settle(folder: Path) -> None:
    """Give files one of two modes, so that the maker's habits do not matter: 755 for what runs, else 644."""
    for path in [folder, *below(folder)]:
        if not path.is_symlink():
            runs = path.is_dir() or (bool(path.stat().st_mode & stat.S_IXUSR) and not _is_library(path))
            path.chmod(0o755 if runs else 0o644)


def _is_library(path: Path) -> bool:
    return ".so" in path.suffixes


def pack_tar(folder: Path, target: Path, epoch: int, *, quick: bool = False) -> None:
    """Write ``folder`` as tar.xz under its own name; equal files give equal bytes. ``epoch`` in seconds.

    ``quick`` compresses weakly, for trials.
    """

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.mtime, info.uid, info.gid, info.uname, info.gname = epoch, 0, 0, "root", "root"
        return info

    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        lzma.open(target, "wb", preset=0 if quick else _PRESET) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for path in [folder, *below(folder)]:
            name = path.relative_to(folder.parent).as_posix()
            tar.add(path, name, recursive=False, filter=plain)


def pack_zip(folder: Path, target: Path, epoch: int, *, quick: bool = False) -> None:
    """Write ``folder`` as zip under its own name; equal files give equal bytes. Links are refused."""
    moment = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1 if quick else _PRESET) as packed:
        for path in below(folder):
            if path.is_symlink():
                raise ValueError(f"a link cannot lie on a stick: {path.name}")
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), moment)
                info.external_attr = (stat.S_IFREG | (path.stat().st_mode & 0o777)) << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(info, path.read_bytes())


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, work: Work) -> None:
    """Write MANIFEST.json into a folder: version, commit, and size and SHA-256 of every file in it."""
    files = [path for path in below(folder) if path.is_file() and not path.is_symlink()]
    told = {
        "program": "Ethnomed Desktop",
        "version": work.version,
        "commit": work.commit,
        "files": {
            path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": digest(path)}
            for path in files
        },
    }
    buffer = io.StringIO()
    json.dump(told, buffer, indent=1, sort_keys=True)
    (folder / "MANIFEST.json").write_text(buffer.getvalue() + "\n", encoding="utf-8")


def write_sums(work: Work) -> None:
    """Write SHA256SUMS over the finished packages, in the form that ``sha256sum --check`` reads."""
    packages = sorted(path for path in work.out.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{digest(path)}  {path.name}\n" for path in packages]
    (work.out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
