"""Who the users of this vault are, by what was signed: the records of users are believed line by line.

Everybody who has opened the vault has its key, so a row – or a whole line of the log – could be written
past the program. A line about a user counts only when the transaction it belongs to is signed by the
founder or by somebody who kept the users at that moment. What others changed is noticed, not obeyed.
Users of other computers, whose records come with exchange files, have no way in here and no standing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from ethnomed_desktop.domain.changes import Line, Op
from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.rights import Rights, rights_of, stewards
from ethnomed_desktop.store.key_file import KeyFile
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.slot_wrapping import same_label
from ethnomed_desktop.store.statements import run, select_in
from ethnomed_desktop.store.uow import SIGNED_AS
from ethnomed_desktop.store.vault_keys import Unlocked, verify

_USER = KINDS["user"]
_ROLE, _LABEL, _ACTIVE, _KEY = (_USER.by_name[name].key for name in ("role", "slot_label", "active", "verify_key"))
_WATCHED = (_ROLE, _LABEL, _ACTIVE, _KEY)


@dataclass(frozen=True)
class Standing:
    """A user as signed for: the role now, all roles there were, the name at the door, the public key."""

    user: bytes
    role: str
    label: str
    active: bool
    verify_key: bytes
    roles: frozenset[str]


@dataclass(frozen=True)
class Users:
    """All users of this vault, and how many changes of their records nobody entitled has signed."""

    by_uid: Mapping[bytes, Standing] = field(default_factory=dict)
    unauthorised: int = 0

    def roles_here(self) -> list[str]:
        """Return the roles of those who may come in."""
        return [one.role for one in self.by_uid.values() if one.active]

    def rights(self, user: bytes, role: str) -> Rights:
        """Return what a user may do; ``role`` is that of the slot, for a vault without records of users."""
        known = self.by_uid.get(user)
        if not self.by_uid:
            return rights_of(role, [role])
        return rights_of(known.role, self.roles_here()) if known is not None else Rights("viewer")


def users_of(connection: Connection) -> Users:
    """Read the log's lines about users in their order; costs a signature check for each."""
    found: dict[bytes, Standing] = {}
    unauthorised = 0
    for line, signed_by_own in _lines(connection):
        change = {key: line.change.values[key] for key in _WATCHED if key in line.change.values}
        known = found.get(line.change.uid)
        if known is not None and not _differs(known, change):
            continue
        if not change or signed_by_own is None:
            continue
        made = _with(known, line, change)
        if made is not None and _is_entitled(found, line, made, signed_by_own):
            found[line.change.uid] = made
        else:
            unauthorised += 1
    return Users(found, unauthorised)


@dataclass(frozen=True)
class _Signed:
    digest: bytes
    signature: bytes


def _is_entitled(found: Mapping[bytes, Standing], line: Line, made: Standing, signed: _Signed) -> bool:
    if not found:  # the founder signs for himself, as the first of all
        return line.user == made.user and verify(made.verify_key, SIGNED_AS + signed.digest, signed.signature)
    author = found.get(line.user)
    if author is None or not author.active:
        return False
    keepers = stewards(one.role for one in found.values() if one.active)
    return author.role in keepers and verify(author.verify_key, SIGNED_AS + signed.digest, signed.signature)


def _differs(known: Standing, change: Mapping[str, Any]) -> bool:
    same = {_ROLE: known.role, _LABEL: known.label, _ACTIVE: known.active, _KEY: known.verify_key.hex()}
    return any(same[key] != value for key, value in change.items())


def _with(known: Standing | None, line: Line, change: Mapping[str, Any]) -> Standing | None:
    """Return the user after the line; None where it says what no line may: another key, or half a user."""
    role, key = change.get(_ROLE), change.get(_KEY)
    try:
        if known is None:
            if line.change.op is not Op.CREATE or not isinstance(role, str):
                return None
            label, active = str(change.get(_LABEL, "")), bool(change.get(_ACTIVE))
            return Standing(line.change.uid, role, label, active, bytes.fromhex(str(key)), frozenset({role}))
    except ValueError:
        return None
    if key is not None and key != known.verify_key.hex():
        return None
    after = str(role) if role is not None else known.role
    return replace(
        known,
        role=after,
        label=str(change.get(_LABEL, known.label)),
        active=bool(change.get(_ACTIVE, known.active)),
        roles=known.roles | {after},
    )


def _lines(connection: Connection) -> Iterator[tuple[Line, _Signed | None]]:
    """Yield the lines about users with what signs them; None for lines of other computers, or come back."""
    uids = [bytes(row[0]) for row in run(connection, "SELECT uid FROM record WHERE kind = ?", (_USER.number,))]
    if not uids:
        return
    placed = sorted(LogReader(connection).of_records(uids), key=lambda one: one[0])
    own = {
        bytes(row[0]) for row in run(connection, "SELECT uid FROM replica WHERE sign_seed IS NOT NULL").fetchall()
    }
    signed: dict[bytes, _Signed | None] = {}
    for _, line in placed:
        if line.dot.replica not in own:
            yield line, None
            continue
        if line.transaction not in signed:
            signed[line.transaction] = _signed(connection, line.transaction)
        yield line, signed[line.transaction]


def _signed(connection: Connection, transaction: bytes) -> _Signed | None:
    row = run(connection, "SELECT tid, signature FROM txn WHERE uid = ?", (transaction,)).fetchone()
    if row is None or row[1] is None:
        return None
    rows = sorted(select_in(connection, "SELECT lid, tag FROM log WHERE tid", [row[0]]))
    tags = b"".join(bytes(one[1]) for one in rows)
    return _Signed(hashlib.sha256(transaction + tags).digest(), bytes(row[1]))


def require_admitted(users: Users, unlocked: Unlocked) -> None:
    """Refuse a way in that was taken away, or whose seed is not the user's.

    Raises `VaultError` (``vault.user_removed``, ``vault.keys_altered``).
    """
    known = users.by_uid.get(unlocked.user)
    if known is None:
        return
    if not known.active:
        raise VaultError("vault.user_removed", label=unlocked.label)
    if known.verify_key != unlocked.public_key:
        raise VaultError("vault.keys_altered")


def slot_faults(users: Users, keys: KeyFile) -> int:
    """Count the ways in that the records of users do not explain, and changes of users that nobody may make."""
    if not users.by_uid:
        return 0
    faults = users.unauthorised
    for slot in keys.slots:
        known = users.by_uid.get(slot.user)
        explained = known is not None and known.active and slot.role in known.roles
        faults += not (explained and known is not None and same_label(slot.label, known.label))
    return faults
