"""The users of the vault: adding them, giving them another role, taking their way in away.

A record of the kind ``user`` says who somebody is, a slot in keys.json lets him in; both are written
here only. The record comes first: a power cut between the two leaves a user without a way in, who is
removed or let in again, never a way in without a user.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.values import checked_values, require_fields
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import clean_text
from ethnomed_desktop.domain.ids import Uid, new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act, stewards
from ethnomed_desktop.store import slots
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters, calibrate
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.rekey import rekey
from ethnomed_desktop.store.slot_wrapping import same_label
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.users import Standing


@dataclass(frozen=True)
class UserView:
    """A user of this vault; ``ways``: kinds of the slots that let him in (``passphrase``, ``recovery``)."""

    uid: bytes
    name: str
    role: str
    label: str
    active: bool
    ways: tuple[str, ...]
    is_me: bool


def list_users(ctx: AppContext) -> list[UserView]:
    """Return the users of this vault: those with a way in first, then by name. Everybody may see colleagues."""
    known = ctx.vault.users.by_uid
    with ctx.reading() as connection:
        names = {one.uid: str(one.values.get("name", "")) for one in records_by(connection, "uid", list(known))}
    views = [_view(ctx, one, names.get(one.user, "")) for one in known.values()]
    return sorted(views, key=lambda one: (not one.active, one.name.casefold()))


def _view(ctx: AppContext, one: Standing, name: str) -> UserView:
    ways = tuple(slot.kind for slot in ctx.vault.keys.slots if slot.user == one.user)
    return UserView(one.user, name or one.label, one.role, one.label, one.active, ways, one.user == ctx.user)


def user_labelled(ctx: AppContext, label: str) -> bytes:
    """Return the uid of the active user with this name at the door; raises `UserError` (``users.unknown``)."""
    for one in ctx.vault.users.by_uid.values():
        if one.active and same_label(one.label, label):
            return one.user
    raise UserError("users.unknown", label=label[:80])


def add_user(
    ctx: AppContext,
    name: str,
    role: str,
    passphrase: str,
    *,
    label: str | None = None,
    params: KdfParameters | None = None,
    minimum: KdfParameters = FLOOR,
) -> Done[Uid]:
    """Let somebody in, by a password and with a signing seed of his own; about a second.

    ``label`` is the name at the door, the full name without it. Raises `NotAllowed` (``rights.act``),
    `UserError` (``slot.…``, ``passphrase.…``, ``code.unknown`` …); then nothing was changed.
    """
    ctx.require(Act.USERS)
    tidy = clean_text(name, lines=False)
    values = checked_values(
        KINDS["user"], {"name": tidy, "role": role, "slot_label": clean_text(label or tidy, lines=False)}
    )
    require_fields(KINDS["user"], values, KINDS["user"].fields)
    uid = new_uid(ctx.clock.now_ms())
    vault = ctx.vault
    added = slots.add_slot(
        vault.keys,
        vault.unlocked,
        passphrase,
        str(values["slot_label"]),
        uid,
        str(values["role"]),
        params or calibrate(),
        minimum=minimum,
    )
    written = Written()
    with ctx.unit_of_work(Action.USERS, written) as work:
        work.create(KINDS["user"], {**values, "active": True, "verify_key": added.public_key.hex()}, uid)
    vault.put_keys(added.keys, ctx.clock, "user.added", added.slot_id)
    vault.know_users()
    return Done(uid, committed(written))


def change_role(ctx: AppContext, user: bytes, role: str) -> Done[bool]:
    """Give a user another role, from his next unlocking on; the value says whether it differs.

    Raises `NotAllowed` (``rights.act``, ``users.not_oneself``), `UserError` (``users.unknown``).
    """
    ctx.require(Act.USERS)
    known = _other(ctx, user)
    values = checked_values(KINDS["user"], {"role": role})
    written = Written()
    with ctx.unit_of_work(Action.USERS, written) as work:
        differs = work.write(work.state(known.user), values)
    if differs:
        ctx.vault.know_users()
        ctx.vault.note(ctx.clock, "user.role", {"user": user.hex(), "role": str(values["role"])})
    return Done(differs, committed(written))


def remove_user(ctx: AppContext, user: bytes) -> Done[None]:
    """Take a user's ways in away; what he wrote stays his. Offer a new key afterwards: he knew the old one.

    Raises `NotAllowed` (``rights.act``, ``users.not_oneself``), `UserError` (``users.unknown``,
    ``slot.last_…``); then nothing was changed.
    """
    ctx.require(Act.USERS)
    known = _other(ctx, user)
    vault = ctx.vault
    keys = slots.remove_user(vault.keys, vault.unlocked, known.user)
    written = Written()
    with ctx.unit_of_work(Action.USERS, written) as work:
        work.write(work.state(known.user), {"active": False})
    vault.put_keys(keys, ctx.clock, "user.removed")
    vault.know_users()
    return Done(None, committed(written))


def _other(ctx: AppContext, user: bytes) -> Standing:
    """Return an active user who is not oneself: whoever keeps the users cannot lock himself out."""
    if user == ctx.user:
        raise NotAllowed("users.not_oneself")
    known = ctx.vault.users.by_uid.get(user)
    if known is None or not known.active:
        raise UserError("users.unknown", label="")
    return known


def stewards_here(ctx: AppContext) -> frozenset[str]:
    """Return the roles that keep the users in this vault, as things stand."""
    return stewards(ctx.vault.users.roles_here() or [ctx.rights.role])


def change_key(ctx: AppContext, progress: Progress = no_progress) -> Path:
    """Give the vault a new key and lock it; everybody comes in by his own password as before.

    For when somebody left: an old key file opens copies of the data made until now, and nothing newer.
    A backup under the old key is made first; returns where. The vault is closed afterwards, whatever
    happens. Raises `NotAllowed` (``rights.act``) with the vault still open, `UserError` (``rekey.…``),
    `StorageError`; then the old key still holds.
    """
    ctx.require(Act.USERS)
    ctx.blobs.close()
    return rekey(ctx.vault, ctx.clock, progress).backup
