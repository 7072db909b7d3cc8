"""How far the vault was when this computer last had it open: tells an old file that was put back.

The engine cannot know that a page, or the whole file, is an older one of its own. So the place of the
audit trail and of the log is kept beside the vault's folder, under a key that only the vault has. It
is written after the store is safely on the disk, therefore a power cut never looks like an old file.

Not found out by it: somebody who puts back the vault's folder and this file together. The next
exchange does (others have seen more of our log than we know of).
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store.safe_files import read_limited, write_atomically
from ethnomed_desktop.store.tables import audit, txn
from ethnomed_desktop.store.vault_keys import derived_key

_FORMAT = 1
_MOST_BYTES = 4096
_PURPOSE = "em/seen/1"


@dataclass(frozen=True)
class Reached:
    """The last entry of the audit trail (its number and hash) and how many transactions the log held."""

    entry: int
    hash: bytes
    transactions: int


def seen_file(root: Path) -> Path:
    """Return where it stands: beside the vault's folder, so that a copy of the folder put back is noticed."""
    return root.with_name(f"{root.name}.seen")


def reached(connection: Connection) -> Reached:
    """Return how far the open store is."""
    last = connection.execute(select(audit.c.aid, audit.c.hash).order_by(audit.c.aid.desc()).limit(1)).first()
    transactions = connection.execute(select(func.coalesce(func.max(txn.c.tid), 0))).scalar_one()
    return Reached(last.aid if last else 0, bytes(last.hash) if last else bytes(32), transactions)


def remember(path: Path, vault_key: bytes, place: Reached) -> bool:
    """Write it down, durably; says whether it could be: a full disk must not keep the vault shut."""
    body = [place.entry, place.hash.hex(), place.transactions]
    text = json.dumps({"v": _FORMAT, "reached": body, "mac": _mac(vault_key, body)})
    try:
        write_atomically(path, text.encode("ascii"))
    except StorageError:
        return False
    return True


def recall(path: Path, vault_key: bytes) -> Reached | None:
    """Return what was last written for this vault; None where there is nothing, or nothing of ours."""
    try:
        content = json.loads(read_limited(path, _MOST_BYTES))
        body = content["reached"]
        entry, digest, transactions = body
        if content["v"] != _FORMAT or not hmac.compare_digest(content["mac"], _mac(vault_key, body)):
            return None
        return Reached(int(entry), bytes.fromhex(digest), int(transactions))
    except (StorageError, ValueError, KeyError, TypeError, RecursionError):
        return None


def is_older(connection: Connection, seen: Reached) -> bool:
    """Say whether the store lacks what was there when it was last seen: entries, or a different entry there."""
    now = reached(connection)
    if now.entry < seen.entry or now.transactions < seen.transactions:
        return True
    found = connection.execute(select(audit.c.hash).where(audit.c.aid == seen.entry)).scalar_one_or_none()
    return seen.entry > 0 and (found is None or bytes(found) != seen.hash)


def forget(path: Path) -> None:
    """Begin anew: a backup is put in the vault's place on purpose. Raises `OSError`."""
    path.unlink(missing_ok=True)


def _mac(vault_key: bytes, body: list[object]) -> str:
    key = derived_key(vault_key, _PURPOSE)
    return hmac.new(key, json.dumps(body).encode("ascii"), "sha256").hexdigest()
