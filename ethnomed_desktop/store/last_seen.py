"""How far the vault was when this computer last had it open: tells an old file that was put back.

The engine cannot know that a page, or the whole file, is an older one of its own. So the place of the
audit trail and of the log is kept beside the vault's folder, under a key that only the vault has. It
is written after the store is safely on the disk, therefore a power cut never looks like an old file.

For the person's own folder a second mark stands among the settings, so that putting back the vault's
folder and the file beside it is noticed too. Not found out: somebody who puts back all three. The next
exchange does (others have seen more of our log than we know of).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
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


def second_mark(folder: Path, root: Path) -> Path:
    """Return the mark of the vault at ``root`` in a folder of marks; a copy elsewhere has one of its own."""
    return folder / f"{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:24]}.seen"


def reached(connection: Connection) -> Reached:
    """Return how far the open store is."""
    last = connection.execute(select(audit.c.aid, audit.c.hash).order_by(audit.c.aid.desc()).limit(1)).first()
    transactions = connection.execute(select(func.coalesce(func.max(txn.c.tid), 0))).scalar_one()
    return Reached(last.aid if last else 0, bytes(last.hash) if last else bytes(32), transactions)


def remember(path: Path, vault_key: bytes, place: Reached) -> bool:
    """Write it down, durably; says whether it could be: a full disk must not keep the vault shut."""
    body = [place.entry, place.hash.hex(), place.transactions]
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps({"v": _FORMAT, "reached": body, "mac": _mac(vault_key, body)})
    try:
        write_atomically(path, text.encode("ascii"))
    except StorageError:
        return False
    return True


def marks_of(root: Path, away: Path | None) -> tuple[Path, ...]:
    """Return where it is written down how far the vault was: beside its folder, and away from it if anywhere."""
    return (seen_file(root),) if away is None else (seen_file(root), second_mark(away, root))


def is_rolled_back(connection: Connection, marks: Sequence[Path], vault_key: bytes) -> bool:
    """Say whether any mark tells of more than the store holds, unless it was put in place on purpose."""
    if connection.dialect.name != "sqlite":
        return False  # the server is put back by its administrator, and for everybody
    found = (recall(mark, vault_key) for mark in marks)
    if not any(seen is not None and is_older(connection, seen) for seen in found):
        return False
    return not was_just_restored(connection)


def was_just_restored(connection: Connection) -> bool:
    """Say whether a backup was put in place on purpose and nobody has opened it since: older by right."""
    query = select(audit.c.action).where(audit.c.action.in_(("vault.opened", "vault.restored")))
    return connection.execute(query.order_by(audit.c.aid.desc()).limit(1)).scalar() == "vault.restored"


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
