"""Private copies of attached files, for other programs to show: wiped when nobody shows them, and at locking.

A copy lies in clear while it is open: nothing else can be shown by another program. It stands in a folder
that only this user may enter – in memory, where the system offers such a place – and cannot be written to.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app import attachments
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.held_open import is_held_open
from ethnomed_desktop.documents.files import put_parts_whole
from ethnomed_desktop.domain.attachments import may_open, name_of_copy
from ethnomed_desktop.domain.clock import SystemClock
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text

WIPE_AFTER_MS = 15 * 60 * 1000
"""So long after its opening a copy is wiped that no program has open: viewers need a while to start."""

_PREFIX = "ethnomed-"
_WIPE = 1 << 20


def open_copy(ctx: AppContext, uid: bytes) -> Path:
    """Write a private copy and return its path; the audit trail notes it. On the write lane.

    Raises `UserError` (``attachment.not_openable``: it may be a program), `StorageError`.
    """
    one = attachments.held(ctx, uid)
    if not may_open(one.media_type):
        raise UserError("attachment.not_openable", name=one.name)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(ctx), dir=_places()[0]))  # 0700 from its first moment
    try:
        target = folder / name_of_copy(one.name, one.media_type)
        put_parts_whole(attachments.content(ctx, uid), target)
        target.chmod(stat.S_IRUSR)  # what is written into a copy would be lost with it
    except BaseException:
        _wipe_folder(folder)
        raise
    ctx.vault.note(ctx.clock, "attachment.opened", {"record": uid_text(uid), "sha256": one.sha256})
    return target


@dataclass(frozen=True)
class OpenedCopy:
    """One copy that lies in clear; ``held`` says whether a program has it open (None: the system does not tell)."""

    path: Path
    opened_ms: int
    held: bool | None


def opened_copies(ctx: AppContext) -> list[OpenedCopy]:
    """Return the copies of this vault that lie in clear now, the oldest first. Touches no database."""
    found = []
    for place in _places():
        for folder in _own_folders(place, _prefix(ctx)):
            with suppress(OSError):  # wiped meanwhile, by the person or by another look
                found += [
                    OpenedCopy(path, int(path.stat().st_mtime * 1000), is_held_open(path))
                    for path in sorted(folder.iterdir())
                    if path.is_file() and not path.is_symlink()
                ]
    return sorted(found, key=lambda one: one.opened_ms)


def wipe_copy(path: Path) -> int:
    """Overwrite and remove one copy, whether a program shows it or not; returns how many files went."""
    return _wipe_folder(path.parent)


def tend(ctx: AppContext, now_ms: int | None = None) -> list[OpenedCopy]:
    """Wipe what was opened a while ago and no program has open any more; return what is left."""
    now = SystemClock().now_ms() if now_ms is None else now_ms  # files carry the real time, in practice too
    left = []
    for one in opened_copies(ctx):
        if one.held is False and now - one.opened_ms >= WIPE_AFTER_MS:
            wipe_copy(one.path)
        else:
            left.append(one)
    return left


def wipe_copies(ctx: AppContext) -> int:
    """Overwrite and remove all copies of this vault, also those of a run that crashed; returns how many.

    A copy that another program holds fast (Windows) stays until the next time. Overwriting is the best
    that can be done: a drive may keep old blocks.
    """
    wiped = 0
    for place in _places():
        for folder in _own_folders(place, _prefix(ctx)):
            wiped += _wipe_folder(folder)
    return wiped


def _prefix(ctx: AppContext) -> str:
    return f"{_PREFIX}{ctx.vault.unlocked.vault.hex()[:12]}-"


def _places() -> list[Path]:
    """Return the folders that copies may stand in, the best first: the user's own place in memory."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    memory = Path(given) if given else None
    ordinary = Path(tempfile.gettempdir())
    if memory is not None and memory.is_dir() and os.access(memory, os.W_OK | os.X_OK):
        return [memory, ordinary]
    return [ordinary]


def _own_folders(place: Path, prefix: str) -> Iterator[Path]:
    """Yield our folders; never a link, never what another user laid there under such a name."""
    for path in sorted(place.glob(f"{prefix}*")):
        with suppress(OSError):
            state = path.lstat()
            if stat.S_ISDIR(state.st_mode) and state.st_uid == _user(state.st_uid):
                yield path


def _user(otherwise: int) -> int:
    """Return this user's number; on Windows, which has none, the folder for temporary files is the user's own."""
    return os.getuid() if hasattr(os, "getuid") else otherwise


def _wipe_folder(folder: Path) -> int:
    wiped = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            if path.is_file() and not path.is_symlink():
                _overwrite(path)
                wiped += 1
    shutil.rmtree(folder, ignore_errors=True)
    return wiped


def _overwrite(path: Path) -> None:
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _WIPE)))
        file.flush()
        os.fsync(file.fileno())
