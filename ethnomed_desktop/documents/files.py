"""Putting a finished document on the disk whole, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ethnomed_desktop.domain.errors import StorageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE})
_IN_USE_ON_WINDOWS = frozenset({32, 33})  # open in another program that does not share it
_FULL_ON_WINDOWS = frozenset({39, 112})


def put_whole(data: bytes, target: Path) -> None:
    """Write one piece: see `put_parts_whole`."""
    put_parts_whole((data,), target)


def put_parts_whole(parts: Iterable[bytes], target: Path) -> int:
    """Write beside, force to the disk, read back, then rename over it; returns the bytes written.

    A reader sees the old file or the whole new one, also after a power cut; the file is readable by
    its owner only. Raises `StorageError` (facts: path, the name only, and needed, in bytes):
    ``storage.full``, ``storage.read_only``, ``storage.gone``, ``storage.in_use``, ``storage.failed``;
    an older file at ``target`` is then untouched and nothing else is left; so too when ``parts`` raises.
    """
    part: Path | None = None
    size, digest = 0, hashlib.sha256()
    try:
        handle, name = tempfile.mkstemp(prefix=".em-", suffix=".part", dir=target.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            for piece in parts:
                size += len(piece)
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        with part.open("rb") as written:
            if hashlib.file_digest(written, "sha256").digest() != digest.digest():
                raise StorageError("storage.failed", path=target.name, needed=size)
        os.replace(part, target)
    except OSError as error:
        raise _refusal(error, target, size) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return size


def _refusal(error: OSError, target: Path, needed: int) -> StorageError:
    windows = getattr(error, "winerror", None)
    code = "storage.failed"
    if windows in _IN_USE_ON_WINDOWS:
        code = "storage.in_use"
    elif error.errno in _FULL or windows in _FULL_ON_WINDOWS:
        code = "storage.full"
    elif error.errno in _READ_ONLY:
        code = "storage.read_only"
    elif error.errno in _GONE:
        code = "storage.gone"
    return StorageError(code, path=target.name, needed=needed)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets folders be opened.

    Windows and some network drives refuse; the content itself is on the disk by then.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
