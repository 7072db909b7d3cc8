"""Putting a new version in place of the running one, in the folder of somebody who unpacked it.

Everything is made ready in a folder of its own; then one renaming – of the starter – makes the new version the
one that starts. Until then a power cut leaves the old one as it was, afterwards the new one is whole. The old
one stays beside it and starts under its own name. See `.ci/installer/folder.py` for the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from ethnomed_desktop import paths
from ethnomed_desktop.app.updates import CHUNK, Update
from ethnomed_desktop.domain.errors import StorageError, UserError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store.safe_files import storage_error, sync_folder

PART = ".update-part"
STARTER = paths.PROGRAM
KEPT = frozenset({"data", paths.PORTABLE_MARK, PART})
"""What is never taken from a package: the person's own."""

_SPARE_BYTES = 16 << 20
_TRIAL_SECONDS = 120


def install(update: Update, progress: Progress = no_progress) -> Path:
    """Put the package in place; return the starter of the version that ran until now.

    Raises `UserError` (``update.package_damaged``, ``update.does_not_start``), `StorageError`,
    `domain.progress.Cancelled`; nothing was changed then.
    """
    folder = update.installed.folder
    part = folder / PART
    try:
        require_place(update)
        _emptied(part)
        new = _unpacked(update, part, progress)
        _try(new, update.version)
        _make_ready(new, folder, update)
        kept = _switch(new, folder, update)
    except OSError as error:
        raise storage_error(error, folder, update.package.unpacked) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return kept


def require_place(update: Update) -> None:
    """Refuse before anything is backed up or copied where the folder is closed or has too little room.

    Raises `StorageError` (``storage.read_only``, ``update.no_room``).
    """
    folder = update.installed.folder
    if not os.access(folder, os.W_OK):
        raise StorageError("storage.read_only", path=folder.name, needed=0)
    needed = update.package.size + update.package.unpacked + _SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise StorageError("update.no_room", path=folder.name, size=needed)


def _emptied(part: Path) -> None:
    """Begin anew, also where an update was cut off."""
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(mode=0o700)


def _unpacked(update: Update, part: Path, progress: Progress) -> Path:
    """Copy the package while its bytes are compared once more, unpack the copy; return the folder in it."""
    copy, made, done = part / update.package.name, hashlib.sha256(), 0
    with update.file.open("rb") as source, copy.open("wb") as target:
        while piece := source.read(CHUNK):
            made.update(piece)
            target.write(piece)
            done += len(piece)
            progress(done, update.package.size)
    if made.digest() != update.package.sha256:
        raise UserError("update.package_damaged", name=update.package.name)
    new = part / "new"
    new.mkdir()
    try:
        _unpack(copy, new)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, ValueError):
        raise UserError("update.package_damaged", name=update.package.name) from None
    copy.unlink()
    inside = list(new.iterdir())
    if len(inside) != 1 or not (inside[0] / STARTER).is_file() or not _program(inside[0], update.version).is_dir():
        raise UserError("update.package_damaged", name=update.package.name)
    return inside[0]


def _unpack(copy: Path, new: Path) -> None:
    if copy.suffix != ".zip":
        with tarfile.open(copy) as tar:
            _unpack_tar(tar, new)
        return
    with zipfile.ZipFile(copy) as packed:
        for info in packed.infolist():
            target = new / info.filename
            if not target.resolve().is_relative_to(new.resolve()):
                raise ValueError(info.filename)
            if info.is_dir():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(info) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
            with contextlib.suppress(OSError):  # a FAT stick knows no rights
                target.chmod(0o755 if info.external_attr >> 16 & stat.S_IXUSR else 0o644)


def _unpack_tar(tar: tarfile.TarFile, new: Path) -> None:
    """Unpack files, folders and links that stay inside; raises `ValueError` or `tarfile.TarError` for others.

    The standard library's own filter came with Python 3.11.4; Debian 12 has 3.11.2.
    """
    root = new.resolve()
    members = tar.getmembers()
    for one in members:
        place = root / one.name
        inside = place.resolve().is_relative_to(root) and not Path(one.name).is_absolute()
        if one.issym():
            inside = inside and (place.parent / one.linkname).resolve().is_relative_to(root)
        elif one.islnk():
            inside = inside and (root / one.linkname).resolve().is_relative_to(root)
        if not inside or not (one.isreg() or one.isdir() or one.issym() or one.islnk()):
            raise ValueError(one.name)
        one.mode &= 0o755
    if hasattr(tarfile, "data_filter"):
        tar.extractall(new, members, filter="data")
    else:
        tar.extractall(new, members)  # every member was looked at above


def _try(new: Path, version: str) -> None:
    """Let the new program say its version here; raises `UserError` where it does not start."""
    try:
        done = subprocess.run(
            [new / STARTER, "--version", "--lang", "en"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TRIAL_SECONDS,
            env=_plain_surroundings(),
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UserError("update.does_not_start", version=version) from None
    if done.returncode or version not in done.stdout.split():
        raise UserError("update.does_not_start", version=version)


def _plain_surroundings() -> dict[str, str]:
    """Return the variables without those by which a frozen program finds its own libraries."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("_PYI", "_MEI"))}
    own = known.pop("LD_LIBRARY_PATH_ORIG", None)
    known.pop("LD_LIBRARY_PATH", None)
    return {**known, "LD_LIBRARY_PATH": own} if own else known


def _program(folder: Path, version: str) -> Path:
    return folder / f"{paths.VERSION_FOLDER}{version}"


def _make_ready(new: Path, folder: Path, update: Update) -> None:
    """Put the new program beside the old one, where nothing starts it yet, and bring it to the disk."""
    target = _program(folder, update.version)
    if target.exists():  # of an update that was cut off before its last step
        shutil.rmtree(target)
    _program(new, update.version).rename(target)
    old = _kept_starter(folder, update)
    shutil.copy2(folder / STARTER, old.with_name(f"{old.name}.part"))
    os.replace(old.with_name(f"{old.name}.part"), old)
    if sys.platform != "win32":
        os.sync()
    sync_folder(folder)


def _kept_starter(folder: Path, update: Update) -> Path:
    return folder / f"{STARTER}-{update.installed.version}"


def _switch(new: Path, folder: Path, update: Update) -> Path:
    """Make the new version the one that starts; then put its papers in place and take away what is older."""
    os.replace(new / STARTER, folder / STARTER)
    sync_folder(folder)
    with contextlib.suppress(OSError):  # the new version stands; papers of the old one beside it do no harm
        _put_papers(new, folder)
        _take_away_older(folder, {update.version, update.installed.version})
    return _kept_starter(folder, update)


def _put_papers(new: Path, folder: Path) -> None:
    for one in sorted(new.iterdir()):
        if one.name in KEPT:
            continue
        target = folder / one.name
        if target.is_dir():
            shutil.rmtree(target)
        os.replace(one, target)


def _take_away_older(folder: Path, stay: set[str]) -> None:
    for one in folder.glob(f"{paths.VERSION_FOLDER}*"):
        version = one.name.removeprefix(paths.VERSION_FOLDER)
        if version not in stay and one.is_dir():
            (folder / f"{STARTER}-{version}").unlink(missing_ok=True)
            shutil.rmtree(one, ignore_errors=True)
