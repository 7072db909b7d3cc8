"""The stream of one user alone: notes given in confidence, each sealed with a key from that user's seed.

All users of a vault have its key, so the file's encryption does not keep a note from colleagues; this
does. Whoever takes a note away with the seed – the user's passphrase forgotten and the sheet lost, the
user removed – takes it for good. Seen by others is only that there are notes, whose, and when written.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds.notes import PRIVATE_NOTE
from ethnomed_desktop.store.log import LogReader, Writer
from ethnomed_desktop.store.outgoing import PRIVATE
from ethnomed_desktop.store.statements import run
from ethnomed_desktop.store.states import load_states
from ethnomed_desktop.store.tables import replica, stream
from ethnomed_desktop.store.vault_keys import derived_key

_PURPOSE = "em/private-note/1"
_NONCE_BYTES = 12
SEALED = PRIVATE_NOTE.by_name["sealed"].key


@dataclass(frozen=True)
class Opened:
    """A note of one's own: its uid, what it holds, when it was last written (ms UTC)."""

    uid: bytes
    content: dict[str, Any]
    changed_ms: int


def seal(seed: bytes, uid: bytes, content: dict[str, Any]) -> str:
    """Return the content as a text that only the holder of the seed can read, bound to the note's uid."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    data = json.dumps(content, ensure_ascii=False).encode("utf-8")
    sealed = AESGCM(derived_key(seed, _PURPOSE)).encrypt(nonce, data, uid)
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(seed: bytes, uid: bytes, sealed: str) -> dict[str, Any] | None:
    """Return the content; None where it is another's, or was altered."""
    try:
        data = base64.b64decode(sealed, validate=True)
        opened = AESGCM(derived_key(seed, _PURPOSE)).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], uid)
        content = json.loads(opened)
    except (binascii.Error, InvalidTag, ValueError):
        return None
    return content if isinstance(content, dict) else None


def own_writer(connection: Connection, user: bytes) -> Writer:
    """Return where the user's private notes are written; makes the stream with the first one."""
    own = connection.execute(select(replica.c.rep, replica.c.uid).where(replica.c.is_own)).one()
    query = select(stream.c.sid, stream.c.uid).where(stream.c.letter == PRIVATE, stream.c.owner == user)
    found = connection.execute(query).first()
    if found is None:
        sid = (connection.execute(select(func.max(stream.c.sid))).scalar() or 0) + 1
        uid = secrets.token_bytes(16)
        connection.execute(stream.insert().values(sid=sid, uid=uid, letter=PRIVATE, owner=user))
        return Writer(int(sid), int(own.rep), uid, bytes(own.uid))
    return Writer(int(found.sid), int(own.rep), bytes(found.uid), bytes(own.uid))


def own_notes(connection: Connection, user: bytes, seed: bytes) -> list[Opened]:
    """Return the user's notes that were not withdrawn, the newest first; reads only the user's stream."""
    query = (
        "SELECT DISTINCT log.uid FROM log JOIN stream ON stream.sid = log.sid "
        "WHERE stream.letter = ? AND stream.owner = ?"
    )
    uids = [bytes(row[0]) for row in run(connection, query, (PRIVATE, user))]
    found = []
    for uid, known in load_states(connection, uids, LogReader(connection)).items():
        if known.state.withdrawal is not None or known.state.erased or SEALED not in known.state.live:
            continue
        content = unseal(seed, uid, str(known.state.shown(SEALED)))
        if content is not None:
            found.append(Opened(uid, content, known.changed_ms or 0))
    return sorted(found, key=lambda one: one.changed_ms, reverse=True)


def owners(connection: Connection, but: bytes) -> list[str]:
    """Return the users (uid text) who keep notes in confidence, but one; nobody else can look through those."""
    query = (
        "SELECT DISTINCT stream.owner FROM stream JOIN log ON log.sid = stream.sid "
        "WHERE stream.letter = ? AND stream.owner IS NOT NULL"
    )
    found = [bytes(row[0]) for row in run(connection, query, (PRIVATE,))]
    return [uid_text(one) for one in sorted(found) if one != but]
