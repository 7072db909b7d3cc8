"""A damaged file of contents set aside, and what can be read of it put into a new one.

Without this one damaged page would keep every backup from being made for ever.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store.blobs import Blobs
from ethnomed_desktop.store.safe_files import storage_error


@dataclass(frozen=True)
class Mended:
    """How many contents are whole now, and how many could not be read and are gone from here."""

    kept: int
    lost: int


def mend(blobs: Blobs, aside: Path, progress: Progress = no_progress) -> Mended:
    """Keep what can be read, in a new file; the damaged one stays at ``aside``. A power cut leaves the old one.

    What has not come whole by exchange is dropped: it is sent again. Raises `StorageError`.
    """
    if blobs.is_empty:
        return Mended(0, 0)
    if blobs.on_server:
        gone = blobs.damaged()
        blobs.remove(gone)
        return Mended(len(blobs.kept()), len(gone))
    coming = blobs.path.with_name(f"{blobs.path.name}.mending")
    _remove(coming)
    fresh = blobs.beside(coming)
    try:
        mended = _copy(blobs, fresh, progress)
    finally:
        fresh.close()
    try:
        _keep_aside(blobs.path, aside)
        blobs.replace_file(coming)
    finally:
        _remove(coming)
    return mended


def _copy(blobs: Blobs, fresh: Blobs, progress: Progress) -> Mended:
    fresh.remove([])  # so that there is a file, even where nothing can be read
    kept = lost = 0
    try:
        every = blobs.kept()
    except UserError:  # not even the list of contents can be read
        every = {}
    for sha256, (size, added_ms) in every.items():
        if size is None:
            continue
        try:
            fresh.put(lambda sha256=sha256: blobs.read(sha256), added_ms)  # type: ignore[misc]
            kept += 1
        except UserError:
            lost += 1
        progress(kept + lost, len(every))
    return Mended(kept, lost)


def _keep_aside(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except OSError:  # a stick cannot give one file two names
        try:
            shutil.copyfile(path, aside)
            aside.chmod(0o600)
        except OSError as error:
            raise storage_error(error, aside) from error


def _remove(path: Path) -> None:
    for rest in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(f"{path.name}{rest}").unlink(missing_ok=True)
