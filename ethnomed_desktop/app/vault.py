"""Making a council's vault, opening and checking it, changing the passphrase, printing the recovery sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from ethnomed_desktop import paths
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.app.values import checked_values, require_fields
from ethnomed_desktop.domain import own_codes
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import Clock, FixedClock, SystemClock, local_time
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.fieldtypes import Value, clean_text
from ethnomed_desktop.domain.ids import Uid, new_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.domain.seeds import place_uid
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters, calibrate
from ethnomed_desktop.store.key_file import read_keys
from ethnomed_desktop.store.queries.records import record_by_uid
from ethnomed_desktop.store.recovery_code import groups
from ethnomed_desktop.store.restore import finish_interrupted
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.users import slot_faults, users_of
from ethnomed_desktop.store.vault import Founding, Vault, create_vault, open_vault
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import public_key, subkeys

Program = Literal["window", "command"]


@dataclass(frozen=True)
class NewCouncil:
    """A vault just made, open, with the recovery code that is shown and printed once."""

    ctx: AppContext
    recovery_code: str
    bodies: tuple[Uid, ...]


@dataclass(frozen=True)
class Finding:
    """One sentence-worthy result of a check: a code for `app.checks`, and counts."""

    code: str
    sound: bool
    facts: Mapping[str, object]


def create_council(
    root: Path,
    council: Mapping[str, Any],
    passphrase: str,
    *,
    program: Program,
    clock: Clock | None = None,
    params: KdfParameters | None = None,
    practice: bool = False,
    database_url: str | None = None,
    minimum: KdfParameters = FLOOR,
) -> NewCouncil:
    """Make the vault of a council and its first records.

    ``council``: ``{"user": {"name", "role", "label"}, "bodies": [fields of organisation, …]}``;
    a body's ``place`` may be ``kato:314800000``; ``backup_place`` is a
    folder for copies. Everything is checked before anything is made.
    ``params`` are calibrated on this computer when left out (a few seconds). Raises `UserError`,
    `UsageError`, `VaultError` (``vault.exists``), `StorageError`.
    """
    clock = clock or SystemClock()
    user, bodies = _checked(council)
    uid = new_uid(clock.now_ms())
    founding = Founding(passphrase, str(user["slot_label"]), uid, str(user["role"]), practice, database_url)
    made: list[Uid] = []

    def first(vault: Vault) -> None:
        written = Written()
        with AppContext(vault, clock).unit_of_work(Action.SETUP, written) as work:
            signing = public_key(vault.unlocked.signing_seed).hex()
            work.create(KINDS["user"], {**user, "active": True, "verify_key": signing}, uid)
            made.extend(work.create(KINDS["organisation"], body) for body in bodies)
        with vault.store.database.writing() as connection:
            schema.set_meta(connection, "backup_place", str(council.get("backup_place") or ""))
            if program == "window" and not practice:  # the window asks for the code to be typed from the sheet
                schema.set_meta(connection, recovery_mark(uid), "1")

    vault, code = create_vault(
        root, founding, params or calibrate(), seeds(), clock=clock, program=program, minimum=minimum, first=first
    )
    vault.know_users()
    return NewCouncil(AppContext(vault, clock), code, tuple(made))


def recovery_mark(user: bytes) -> str:
    """Return the name under which it is kept that a user has not confirmed the recovery sheet."""
    return f"recovery_unconfirmed:{user.hex()}"


def _checked(council: Mapping[str, Any]) -> tuple[dict[str, Value], list[dict[str, Value]]]:
    given, listed = council.get("user"), council.get("bodies")
    if not isinstance(given, Mapping) or not isinstance(listed, list) or not listed:
        raise UserError("input.wrong_shape", expected='{"user": {…}, "bodies": [{…}]}')
    name = clean_text(given.get("name", ""), lines=False)
    label = clean_text(given.get("label") or name, lines=False)
    user = checked_values(
        KINDS["user"], {"name": name, "role": given.get("role", "secretary"), "slot_label": label}
    )
    require_fields(KINDS["user"], user, KINDS["user"].fields)
    return user, [_checked_body(body) for body in listed]


def _checked_body(raw: object) -> dict[str, Value]:
    if not isinstance(raw, Mapping):
        raise UserError("input.wrong_shape", expected='{"body_kind": …, "name_kk": …}')
    body = {"is_ours": True, **raw}
    place = body.get("place")
    if isinstance(place, str) and place.startswith("kato:"):
        body["place"] = uid_text(place_uid(place[5:]))
    values = checked_values(KINDS["organisation"], body)
    require_fields(KINDS["organisation"], values, KINDS["organisation"].fields)
    if values.get("place") and values["place"] not in {uid_text(uid) for uid, _ in seeds()["place"]}:
        raise UserError("reference.unknown", field="place", kind="place")
    return {name: value for name, value in values.items() if value not in (None, [])}


def open_council(
    root: Path,
    secret: str,
    *,
    program: Program,
    label: str | None = None,
    clock: Clock | None = None,
    minimum: KdfParameters = FLOOR,
) -> AppContext:
    """Open a vault by passphrase or recovery code; about a second, never on the UI thread.

    Raises `VaultError`: see `store.vault.open_vault`.
    """
    clock = clock or SystemClock()
    finish_interrupted(root)
    vault = open_vault(
        root, secret, seeds(), clock=clock, program=program, label=label, minimum=minimum, marks=_marks(root)
    )
    ctx = AppContext(vault, clock)
    from ethnomed_desktop.app.erasure_sweep import sweep_quietly
    from ethnomed_desktop.app.opened_copies import wipe_copies

    wipe_copies(ctx)  # of a run that was cut off
    sweep_quietly(ctx)  # what an erasure could not clean then
    return ctx


def _marks(root: Path) -> Path | None:
    """Return where a second mark of how far the vault was stands: for the person's own folder, the settings."""
    own = paths.places()
    return own.settings / "seen" if root == own.data and not own.portable else None


def fix_clock(ctx: AppContext, moment: datetime, *, in_test: bool = False) -> None:
    """Let the clock of this session stand at ``moment``; the audit trail says so with the real time.

    Raises `UsageError` (``usage.practice_only``) in earnest: dates of real papers are never invented.
    """
    if not (ctx.practice or in_test):
        raise UsageError("usage.practice_only")
    ctx.vault.note(SystemClock(), "clock.fixed", {"now": moment.isoformat(timespec="minutes")})
    ctx.clock = FixedClock(moment)


def has_council(root: Path) -> bool:
    """Say whether there is a vault in the folder; a restoring stopped by a power cut is finished first."""
    finish_interrupted(root)
    return VaultFolder(root).keys.exists()


def door_labels(root: Path) -> tuple[str, ...]:
    """Return the names to choose from when unlocking, in the order they were added; raises `VaultError`."""
    keys = read_keys(VaultFolder(root).keys)
    return tuple(dict.fromkeys(slot.label for slot in keys.slots if slot.kind == "passphrase"))


def close(ctx: AppContext) -> None:
    """Lock: wipe copies that other programs showed, fold everything into the file, drop the keys."""
    from ethnomed_desktop.app.opened_copies import wipe_copies

    wipe_copies(ctx)
    ctx.blobs.close()
    ctx.vault.close()
    own_codes.use(own_codes.NONE)


def change_passphrase(
    ctx: AppContext, passphrase: str, params: KdfParameters | None = None, minimum: KdfParameters = FLOOR
) -> None:
    """Give this session's user a new passphrase; raises `UserError` (``passphrase.…``), `NotAllowed`."""
    ctx.require_writing()
    ctx.vault.change_passphrase(ctx.clock, passphrase, params or calibrate(), minimum)


def renew_recovery(ctx: AppContext, params: KdfParameters | None = None, minimum: KdfParameters = FLOOR) -> str:
    """Return a new recovery code; the sheet printed before opens nothing any more. Raises `NotAllowed`."""
    ctx.require_writing()
    return ctx.vault.renew_recovery(ctx.clock, params or calibrate(), minimum)


def list_slots(vault: Vault) -> list[dict[str, object]]:
    """Return the ways into the vault, as they stand in clear in keys.json."""
    return [{"id": slot.id, "kind": slot.kind, "label": slot.label, "role": slot.role} for slot in vault.keys.slots]


def recovery_sheet(ctx: AppContext, code: str, catalog: Catalog) -> bytes:
    """Return the printable sheet of a recovery code as PDF bytes."""
    from ethnomed_desktop.documents.recovery_sheet import RecoverySheet, recovery_pdf

    parts = groups(code)
    created = local_time(ctx.vault.keys.created_ms).date()
    sheet = RecoverySheet(council_name(ctx, catalog), created, parts[:8], parts[8], ctx.practice)
    return recovery_pdf(sheet, catalog)


def write_recovery_sheet(ctx: AppContext, code: str, catalog: Catalog, target: Path) -> None:
    """Write the sheet as a file – readable by anyone who finds it – and note that in the audit trail."""
    from ethnomed_desktop.documents import pdf

    pdf.write(recovery_sheet(ctx, code, catalog), target)
    ctx.vault.note(ctx.clock, "recovery.printed", {})


def council_name(ctx: AppContext, catalog: Catalog) -> str:
    """Return the name of the first own body, as sheets of the vault bear it."""
    from ethnomed_desktop.app.councils import own_bodies
    from ethnomed_desktop.app.titles import name_in

    with ctx.reading() as connection:
        bodies = own_bodies(connection)
    return name_in(bodies[0].values, "name", catalog.language) if bodies else ctx.vault.unlocked.label


def check(ctx: AppContext) -> list[Finding]:
    """Look the vault over: pages, log, signatures, audit trail, digest, files. Changes nothing.

    Of a newer program's vault only what does not depend on its rules is looked at: pages and files.
    """
    from ethnomed_desktop.app.attachment_check import check_contents
    from ethnomed_desktop.store.check import check_pages, check_store

    ctx.require(Act.CHECK)
    look = check_pages if ctx.reading_only else check_store
    with ctx.reading() as connection:
        found = [Finding(one.code, one.sound, one.facts) for one in look(connection)]
        known = users_of(connection)
    if not ctx.reading_only:
        faults = slot_faults(known, ctx.vault.keys)
        found.append(Finding("users", not faults, {"count": faults, "users": len(known.roles_here())}))

    return [*found, *check_contents(ctx), *put_back(ctx)]


def look_after_cut_off(ctx: AppContext) -> list[Finding]:
    """Look the pages over when the session before was cut off; nothing is said of a vault that was closed.

    On any lane but the window's: a connection of its own reads the file once. ``cut_off`` is sound, or the
    findings are those of `check`.
    """
    from ethnomed_desktop.store.check import page_faults_of

    vault = ctx.vault
    if not vault.was_cut_off:
        return []
    keys = subkeys(vault.unlocked.vault_key)
    faults = page_faults_of(vault.folder.store, keys.db)
    if faults:
        return [Finding("pages", False, {"count": faults})]
    if vault.folder.blobs.exists() and page_faults_of(vault.folder.blobs, keys.blobs):
        return [Finding("contents_unreadable", False, {})]
    return [Finding("cut_off", True, {})]


def put_back(ctx: AppContext) -> list[Finding]:
    """Say whether store and key file were the newest when this session opened them."""
    vault = ctx.vault
    return [Finding("newest", not vault.was_rolled_back, {}), Finding("keys", not vault.keys_were_replaced, {})]


def rebuild(ctx: AppContext) -> Finding:
    """Make all tables anew from the log and compare them with those that were there."""
    ctx.require(Act.CHECK)
    ctx.require_writing()
    differing = ctx.vault.store.rebuild()
    ctx.vault.note(ctx.clock, "vault.rebuilt", {"differing": sorted(differing)})
    return Finding("rebuilt", not differing, {"tables": sorted(differing)})


def user_name(ctx: AppContext, user: bytes) -> str:
    """Return the name of a user, or the beginning of an unknown one's id."""
    with ctx.reading() as connection:
        found = record_by_uid(connection, user)
    return str(found.values.get("name")) if found is not None else uid_text(user)[:8]
