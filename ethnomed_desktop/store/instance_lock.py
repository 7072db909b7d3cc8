"""One program at a time has a vault open: a lock of the operating system that dies with the process.

The file ``store.lock`` stays; the lock on it is what counts, so a crash leaves nothing stale. The
JSON inside is only for the sentence that the second one reads.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import Literal

from ethnomed_desktop.domain.clock import Clock, SystemClock, local_time
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.store.safe_files import read_limited, storage_error

Program = Literal["window", "command"]
_MOST_BYTES = 4096

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Windows locks deny reading too: lock a byte far behind the text."""

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            # flock, not lockf: a POSIX record lock is lost when any handle of the file is closed
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class InstanceLock:
    """The lock, held from `acquire` to `release` or the end of the process, whatever ends it."""

    def __init__(self, handle: int, words: dict[str, str], was_left: bool = False) -> None:
        self._handle: int | None = handle
        self._words = words
        self.was_left = was_left
        """Whether the last one to hold it never let go: killed, or the power was cut."""
        self._opened = False

    @classmethod
    def acquire(cls, path: Path, *, who: str, program: Program, clock: Clock | None = None) -> InstanceLock:
        """Take the lock without waiting; ``who`` is the person's name on this computer.

        Raises `VaultError` (``vault.open_elsewhere``; facts ``who``, ``host``, ``since`` as an
        ISO moment, ``program``), `StorageError` (a read-only folder, a medium that cannot lock).
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(path, flags, 0o600)
        except OSError as error:
            raise storage_error(error, path) from error
        try:
            if not _try_lock(handle):
                raise VaultError("vault.open_elsewhere", **_holder(path))
            was_left = os.fstat(handle).st_size > 0
            since = local_time((clock or SystemClock()).now_ms()).isoformat(timespec="minutes")
            lock = cls(
                handle, {"who": who, "host": socket.gethostname(), "since": since, "program": program}, was_left
            )
            _write(handle, lock._words)
        except OSError as error:
            os.close(handle)
            raise storage_error(error, path) from error
        except EthnomedError:
            os.close(handle)
            raise
        return lock

    def identify(self, who: str) -> None:
        """Say who it is, once unlocking has told; a disk that refuses is no reason to stop."""
        self._words["who"] = who
        if self._handle is not None:
            with contextlib.suppress(OSError):
                _write(self._handle, self._words)

    def opened(self) -> None:
        """Note that the vault was opened: from now on letting go is a closing."""
        self._opened = True

    @property
    def held(self) -> bool:
        """Whether it has not been released yet."""
        return self._handle is not None

    def release(self) -> None:
        """Let the next one in; doing so twice is harmless."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        with contextlib.suppress(OSError):  # the stick may be gone; closing lets go in any case
            if self._opened or not self.was_left:  # a wrong password is not the end of what was cut off
                os.ftruncate(handle, 0)
            _unlock(handle)
        os.close(handle)

    def __enter__(self) -> InstanceLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _write(handle: int, content: dict[str, str]) -> None:
    data = json.dumps({**content, "pid": os.getpid()}, ensure_ascii=False).encode("utf-8", "replace")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, data)
    os.fsync(handle)


def _holder(path: Path) -> dict[str, str]:
    """Read who holds it; unknown parts are empty (it may be writing them at this moment)."""
    content: object = None
    with contextlib.suppress(EthnomedError, ValueError, RecursionError):
        content = json.loads(read_limited(path, _MOST_BYTES))
    known = content if isinstance(content, dict) else {}
    return {name: str(known.get(name, ""))[:200] for name in ("who", "host", "since", "program")}
