"""Copying large files without waiting three times: while a piece is written, it is hashed, and earlier ones reach
the medium.

Read, hash, write and sync one after another take as long as all of them together; a vault with scans has
gigabytes. Hashing and syncing let go of the interpreter, so each has a thread; the order of bytes is one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import IO, Any

from ethnomed_desktop.domain.progress import Progress

PIECE = 1 << 20
"""Bytes read at a time."""

_BUFFERS = 8
"""Pieces that may wait for being hashed: on a busy computer a thread is not woken at once."""

_SYNCED_EVERY = 64 << 20


class HashedReading:
    """A file that is hashed as it is read, and tells how far it is. A context: leaving it ends its thread.

    What `read` returns is written over some reads later: for copying only.
    """

    def __init__(self, file: IO[bytes], size: int, progress: Progress) -> None:
        self._file = file
        self._size = size
        self._done = 0
        self._progress = progress
        self._digest = hashlib.sha256()
        self._buffers = [bytearray(PIECE) for _ in range(_BUFFERS)]
        self._hashed: list[Future[None] | None] = [None] * _BUFFERS
        self._turn = 0
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="hashing")

    def __enter__(self) -> HashedReading:
        return self

    def __exit__(self, *_error: object) -> None:
        self._worker.shutdown()

    def read(self, count: int = PIECE) -> memoryview:
        """Return the next bytes, at most ``count`` and at most a piece; none at the end."""
        turn = self._turn % _BUFFERS
        self._turn += 1
        before = self._hashed[turn]
        if before is not None:
            before.result()
        room = memoryview(self._buffers[turn])[: min(count, PIECE)]
        filled = 0
        while filled < len(room):
            got = self._file.readinto(room[filled:])  # type: ignore[attr-defined]  # every binary file has it
            if not got:
                break
            filled += got
        read = room[:filled]
        self._hashed[turn] = self._worker.submit(self._digest.update, read)
        self._done += filled
        self._progress(self._done, self._size)
        return read

    def hexdigest(self) -> str:
        """Return the SHA-256 of all that was read."""
        for one in self._hashed:
            if one is not None:
                one.result()
        return self._digest.hexdigest()


class EarlySync:
    """Sends what is written to the medium while more comes, so that the sync at the end finds little left.

    It promises nothing: whoever needs the bytes on the medium syncs at the end. A context; raises `OSError`
    of the medium at its end or at a later `written`.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._since = 0
        self._sync: Callable[[int], Any] | None = getattr(os, "fdatasync", None)  # not on Windows, not on macOS
        self._running: Future[Any] | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="syncing")

    def __enter__(self) -> EarlySync:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._worker.shutdown()
        if kind is None and self._running is not None:
            self._running.result()

    def written(self, count: int) -> None:
        """Tell that so many bytes more were given to the file."""
        self._since += count
        if self._sync is None or self._since < _SYNCED_EVERY:
            return
        if self._running is not None:
            if not self._running.done():
                return
            self._running.result()
        self._since = 0
        self._running = self._worker.submit(self._sync, self._handle)
