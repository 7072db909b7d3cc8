"""After an erasure: contents, free pages, the index, the ledger beside the vault, and every backup.

Each step may be done again, and what is not done yet is done at the next opening or backup: a power cut or a
full disk leaves a mark in the store, not a half state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ethnomed_desktop.app.backup_place import backup_place
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.erasure_marks import nothing_pending, pending
from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.store import audit, schema, search
from ethnomed_desktop.store.erasure_copies import Cleaned, clean_copies, copies_in, under_another_key
from ethnomed_desktop.store.erasure_ledger import (
    BESIDE_BACKUPS,
    Ledger,
    ledger_file,
    ledger_of,
    own_key,
    put_aside,
)
from ethnomed_desktop.store.queries.attachments import named_contents

_PLACES = "erasure_places"


@dataclass(frozen=True)
class Swept:
    """What the sweeping did: contents dropped, copies of the store, and a place that is not there now."""

    contents: int = 0
    copies: Cleaned = field(default_factory=Cleaned)
    away: tuple[Path, ...] = ()


def sweep(ctx: AppContext, progress: Progress = no_progress) -> Swept:
    """Finish what erasures began. On the write lane; raises `StorageError`, and goes on from there next time."""
    with ctx.vault.store.reading() as connection:
        marked = pending(connection)
        away = schema.get_meta(connection, _PLACES)
    if marked is None and not away:
        return Swept()
    contents = _drop_contents(ctx, marked) if marked is not None else 0
    if marked is not None:
        with ctx.writing(None) as connection:
            search.forget_removed(connection)
        ctx.blobs.compact()
        ctx.vault.store.database.compact()
    ledger, key = _known(ctx)
    copies, gone = _clean(ctx, ledger, key, progress)
    with ctx.writing(None) as connection:
        nothing_pending(connection)
        schema.set_meta(connection, _PLACES, str(gone[0]) if gone else "")
        detail = {"anew": len(copies.anew), "left": len(copies.left), "contents": contents, "away": len(gone)}
        audit.note(connection, ctx.clock, ctx.user, "erasure.swept", detail)
    return Swept(contents, copies, gone)


def sweep_quietly(ctx: AppContext) -> Swept | None:
    """Finish what is pending where it can be; None where it could not, and is tried again later."""
    if ctx.vault.reading_only:
        return None
    try:
        return sweep(ctx)
    except EthnomedError:
        return None


def is_pending(ctx: AppContext) -> bool:
    """Say whether something is left to be swept, at the place of backups too."""
    with ctx.vault.store.reading() as connection:
        return pending(connection) is not None or bool(schema.get_meta(connection, _PLACES))


def beyond_this_key(ctx: AppContext) -> tuple[Path, ...]:
    """Return the copies and backups within reach that an erasure cannot clean: made under an earlier key."""
    vault = ctx.vault
    if vault.store.database.is_postgresql:
        return ()
    place = backup_place(ctx)
    here = [place] if place is not None and place.is_dir() else []
    return tuple(under_another_key(list(copies_in(vault.folder.root, here)), vault.unlocked, vault.keys.vault))


def _drop_contents(ctx: AppContext, marked: Sequence[str]) -> int:
    if ctx.blobs.is_empty or not marked:
        return 0
    with ctx.vault.store.reading() as connection:
        named = set(named_contents(connection))
    kept = ctx.blobs.kept()
    gone = [sha for text in marked if text not in named and (sha := bytes.fromhex(text)) in kept]
    if gone:
        ctx.blobs.remove(gone)
    return len(gone)


def _known(ctx: AppContext) -> tuple[Ledger, bytes]:
    with ctx.writing(None) as connection:
        return ledger_of(connection), own_key(connection)


def _clean(ctx: AppContext, ledger: Ledger, key: bytes, progress: Progress) -> tuple[Cleaned, tuple[Path, ...]]:
    vault = ctx.vault
    folder, vault_key = vault.folder, vault.unlocked.vault_key
    put_aside(ledger_file(folder.root), vault_key, key, ledger)
    if vault.store.database.is_postgresql:
        return Cleaned(), ()
    place = backup_place(ctx)
    here = [place] if place is not None and place.is_dir() else []
    for one in (folder.backups, *here):
        put_aside(one / BESIDE_BACKUPS, vault_key, key, ledger)
    paths = list(copies_in(folder.root, here))
    copies = clean_copies(paths, vault.unlocked, vault.keys.vault, seeds(), ledger, folder.backups, progress)
    return copies, (place,) if place is not None and not here else ()
