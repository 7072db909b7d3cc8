"""The audit trail of a program that may not write into a newer one's vault: sealed lines beside it.

Openings, printing and exports are done by an older program too. It keeps them here, each line sealed
with a key that only the vault has, until a program that may write takes them into the trail. Who has
the password can remove the file unseen; until the vault is next opened for work that is the limit.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store import audit
from ethnomed_desktop.store.safe_files import read_limited, storage_error, sync_file
from ethnomed_desktop.store.vault_keys import derived_key

_PURPOSE = "em/aside/1"
_NONCE_BYTES = 12
_MOST_BYTES = 16 << 20


@dataclass(frozen=True)
class _Moment:
    """The clock of an entry that is taken in later: it stands at what was noted."""

    at_ms: int

    def now_ms(self) -> int:
        return self.at_ms


def note_aside(
    path: Path, vault_key: bytes, at_ms: int, user: bytes, action: str, detail: Mapping[str, object]
) -> None:
    """Append one entry, durably; raises `StorageError`: what is not noted is not done."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    entry = json.dumps([at_ms, user.hex(), action, dict(detail)], ensure_ascii=False).encode()
    sealed = AESGCM(derived_key(vault_key, _PURPOSE)).encrypt(nonce, entry, None)
    line = base64.b64encode(nonce + sealed) + b"\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(line)
            file.flush()
            sync_file(file.fileno())
    except OSError as error:
        raise storage_error(error, path, len(line)) from error


def take_in(connection: Connection, path: Path, vault_key: bytes) -> int:
    """Put what was noted into the audit trail with its own times; returns how many. Then `forget_aside`.

    Lines that nobody with the key wrote (torn by a power cut, or altered) are counted, not believed.
    """
    taken = broken = 0
    for entry in _entries(path, vault_key):
        if entry is None:
            broken += 1
            continue
        at_ms, user, action, detail = entry
        audit.note(connection, _Moment(at_ms), user, action, {**detail, "aside": True})
        taken += 1
    if broken:
        audit.note(connection, _Moment(_changed_ms(path)), bytes(16), "vault.aside_altered", {"count": broken})
    return taken


def forget_aside(path: Path) -> None:
    """Remove the file; call it after the trail that holds its entries is committed."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _entries(path: Path, vault_key: bytes) -> Iterator[tuple[int, bytes, str, dict[str, object]] | None]:
    try:
        lines = read_limited(path, _MOST_BYTES).splitlines()
    except StorageError as error:
        if error.code != "storage.gone":
            yield None
        return
    key = AESGCM(derived_key(vault_key, _PURPOSE))
    for line in lines:
        try:
            data = base64.b64decode(line, validate=True)
            at_ms, user, action, detail = json.loads(key.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], None))
            yield int(at_ms), bytes.fromhex(user), str(action), dict(detail)
        except (InvalidTag, ValueError, TypeError):
            yield None


def _changed_ms(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns // 1_000_000
    except OSError:
        return 0
