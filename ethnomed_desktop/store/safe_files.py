"""Small files written whole or not at all, and read with a limit; refusals of the disk in our codes."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
from pathlib import Path

from ethnomed_desktop.domain.errors import StorageError

_PART_SUFFIX = ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.ESTALE}
_WINDOWS = {
    19: "storage.read_only",  # the medium is write protected
    21: "storage.gone",  # the device is not ready
    32: "storage.in_use",  # another program holds it without sharing
    33: "storage.in_use",
    39: "storage.full",
    112: "storage.full",
    1167: "storage.gone",  # the device is not connected
}


def storage_error(error: OSError, path: Path, needed: int | None = None) -> StorageError:
    """Word a refusal of the operating system as `StorageError`.

    Codes: ``storage.full``, ``storage.read_only``, ``storage.gone``, ``storage.in_use``,
    ``storage.failed``. Facts: ``path`` (the name only: a folder may carry a person's name) and
    ``needed`` (bytes that were to be written; 0 where nothing was).
    """
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    if code is None and error.errno in _FULL:
        code = "storage.full"
    elif code is None and error.errno in _READ_ONLY:
        code = "storage.read_only"
    elif code is None and error.errno in _GONE:
        code = "storage.gone"
    return StorageError(code or "storage.failed", path=path.name, needed=needed or 0)


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` so that after a power cut the old or the new content stands there.

    A temporary file in the same folder (owner-only), fsync, rename, fsync of the folder. Raises
    `StorageError`; the old content is then still there, unless only the last step failed.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_PART_SUFFIX}")
    try:
        _write_new(part, data)
        os.replace(part, path)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path, len(data)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def read_limited(path: Path, max_bytes: int) -> bytes:
    """Return the content of a regular file of at most ``max_bytes``.

    Raises `StorageError`: ``storage.gone`` (no such file), ``storage.too_large`` (facts ``path``,
    ``limit_bytes``), and those of `storage_error`. Never waits on a pipe or a device.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise StorageError("storage.failed", path=path.name, needed=0)
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise storage_error(error, path) from error
    if len(data) > max_bytes:
        raise StorageError("storage.too_large", path=path.name, limit_bytes=max_bytes)
    return data


def sweep_leftovers(folder: Path) -> int:
    """Remove temporary files that a power cut left behind; returns how many.

    Only while the instance lock is held: another program's running write looks the same.
    """
    swept = 0
    with contextlib.suppress(OSError):
        for part in folder.glob(f".*{_PART_SUFFIX}"):
            part.unlink(missing_ok=True)
            swept += 1
    return swept


def sync_file(handle: int) -> None:
    """Bring a file's content to the medium itself (macOS: past the drive's own cache too)."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # network and FAT volumes do not know the call
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable; Windows does so by itself and cannot be asked."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a FAT stick cannot do it; the rename itself stands
            raise
    finally:
        os.close(handle)


def _write_new(part: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(part, flags, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        sync_file(handle)
    finally:
        os.close(handle)
