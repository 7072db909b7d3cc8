"""Unlockings that failed, noted beside the vault until the next good one puts them into the audit.

It cannot be encrypted (nobody has the key at that moment), so it holds times, counts and labels
of existing slots only: text typed into the name field by mistake may be a passphrase.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store.key_file import MOST_SLOTS
from ethnomed_desktop.store.safe_files import read_limited, write_atomically

_FORMAT = 2
_WITHOUT_SUM = 1
_MOST_BYTES = 64 * 1024
_MOST_ENTRIES = MOST_SLOTS + 1
_MOST_COUNT = 1_000_000


@dataclass(frozen=True)
class FailedUnlocks:
    """How often one label failed, and when first and last (milliseconds UTC).

    ``label`` is ``None`` where none was given or the given one is no slot's.
    """

    label: str | None
    count: int
    first_ms: int
    last_ms: int


@dataclass(frozen=True)
class Noted:
    """What was noted; ``damaged``: there is a file, but not one that this program wrote."""

    failures: tuple[FailedUnlocks, ...]
    damaged: bool = False


def note_failure(path: Path, label: str | None, clock: Clock) -> bool:
    """Count one failed unlocking of the slot ``label`` (`slots.known_label`, never as typed).

    Returns whether it could be written: a full or read-only disk must not hide the refusal itself.
    """
    failures = {entry.label: entry for entry in read_failures(path).failures}
    now = clock.now_ms()
    before = failures.get(label)
    count = min(before.count + 1, _MOST_COUNT) if before else 1
    failures[label] = FailedUnlocks(label, count, before.first_ms if before else now, now)
    newest = sorted(failures.values(), key=lambda entry: entry.last_ms)[-_MOST_ENTRIES:]
    listed = [asdict(entry) for entry in newest]
    content = {"v": _FORMAT, "failures": listed, "sum": _sum(listed)}
    try:
        write_atomically(path, json.dumps(content, ensure_ascii=False).encode("utf-8"))
    except StorageError:
        return False
    return True


def read_failures(path: Path) -> Noted:
    """Return what was noted since the file was last cleared; never raises."""
    try:
        data = read_limited(path, _MOST_BYTES)
    except StorageError as error:
        return Noted((), damaged=error.code != "storage.gone")
    try:
        content = json.loads(data)
        listed = content["failures"]
        if content["v"] not in {_FORMAT, _WITHOUT_SUM} or len(listed) > _MOST_ENTRIES:
            raise ValueError("not a list of failures")
        if content["v"] == _FORMAT and content["sum"] != _sum(listed):
            raise ValueError("not what was written")
        return Noted(tuple(_entry(**item) for item in listed))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Noted((), damaged=True)


def clear_failures(path: Path) -> None:
    """Forget what was noted; call it after the audit that holds it is committed."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sum(listed: object) -> str:
    """Return what tells a damaged file, not an altered one: nobody has a key when a password was wrong."""
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _entry(label: object, count: object, first_ms: object, last_ms: object) -> FailedUnlocks:
    numbers = (count, first_ms, last_ms)
    if not (label is None or isinstance(label, str)) or any(type(number) is not int for number in numbers):
        raise ValueError("not an entry")
    if label is not None:
        label.encode("utf-8")  # a lone surrogate would break the audit later
    return FailedUnlocks(label, int(str(count)), int(str(first_ms)), int(str(last_ms)))
