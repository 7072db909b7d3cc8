"""The audit trail in words, and whether it still is what was written.

Entries hold ids and counts only, so the sentences name no text of a record. An action that a newer
program wrote is shown by its code: an entry is never left out.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.titles import titles
from ethnomed_desktop.app.vault import Finding, put_back
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.audit import first_broken
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries import audit_entries
from ethnomed_desktop.store.queries.audit_entries import Entry

NOBODY = bytes(16)

ACTIONS: Mapping[str, str] = {
    "attachment.let_go": N_("A file was removed for good"),
    "attachment.mended": N_("Damaged contents of files were set aside"),
    "attachment.opened": N_("A file was opened outside the program"),
    "attachment.saved": N_("A file was saved outside the program"),
    "backup.made": N_("A backup was made"),
    "clock.fixed": N_("The clock was set by hand"),
    "document.printed": N_("A document was printed or saved"),
    "list.exported": N_("A list was saved as a file"),
    "erasure.done": N_("Personal data were erased or anonymised"),
    "erasure.swept": N_("Copies and backups were cleaned of what was erased"),
    "exchange.audit_broken": N_("The audit trail of a sender does not go on from what it was"),
    "exchange.enrolled": N_("A computer was taken in"),
    "exchange.extracted": N_("Records were written into a readable extract"),
    "exchange.key_begun": N_("A change of the office’s key was begun"),
    "exchange.key_card": N_("A card with a person’s key was written"),
    "exchange.key_changed": N_("The office’s key, or who may replace it, was changed"),
    "exchange.key_confirmed": N_("A person confirmed a change of the office’s key"),
    "exchange.key_dropped": N_("A change of the office’s key was given up"),
    "exchange.key_signed": N_("A change of another office’s key was confirmed"),
    "exchange.reborn": N_("The computer goes on under a new identifier"),
    "exchange.received": N_("An exchange file was taken in"),
    "exchange.requested": N_("A request to join was written"),
    "exchange.revoked": N_("A computer was shut out"),
    "exchange.sent": N_("An exchange file was written"),
    "exchange.undone": N_("The taking in of a file was undone"),
    "export.open": N_("Everything was written into a readable file"),
    "keys.replaced": N_("The key file was replaced outside the program"),
    "passphrase.changed": N_("A password was changed"),
    "record.viewed": N_("A record that says who somebody is was looked at"),
    "recovery.confirmed": N_("The recovery sheet was tried: its code was typed"),
    "recovery.divided": N_("A recovery code was divided among trustees"),
    "recovery.printed": N_("The recovery sheet was written to a file"),
    "recovery.renewed": N_("A new recovery sheet was made"),
    "table.taken_in": N_("Records were taken in from a spreadsheet"),
    "unlock.failed": N_("Wrong password"),
    "unlock.notes_damaged": N_("The notes of wrong passwords are damaged: some may be missing"),
    "user.added": N_("A user was added"),
    "user.removed": N_("A user was removed"),
    "user.role": N_("A user's role was changed"),
    "vault.aside_altered": N_("Notes of an older version of the program were altered or are incomplete"),
    "vault.created": N_("The data were created"),
    "vault.on_another_machine": N_("The data came to another computer"),
    "vault.opened": N_("The data were opened"),
    "vault.rebuilt": N_("The tables were made anew from the log"),
    "vault.rekeyed": N_("The key of the data was changed"),
    "vault.restored": N_("A backup was restored"),
    "vault.rolled_back": N_("An older copy of the data was put back outside the program"),
}
"""What each action is called. A test compares it with what the program writes."""

ALARMS = frozenset(
    {
        "keys.replaced",
        "unlock.failed",
        "unlock.notes_damaged",
        "vault.aside_altered",
        "vault.on_another_machine",
        "vault.rolled_back",
    }
)
"""Entries that a person should look at."""


@dataclass(frozen=True)
class Noted:
    """One entry in words; ``details`` are its facts as ``name value`` pairs, unworded, for the inquisitive."""

    number: int
    at_ms: int
    who: str
    code: str
    what: str
    details: Mapping[str, object]

    @property
    def alarming(self) -> bool:
        """Whether somebody should look at it."""
        return self.code in ALARMS


def count(ctx: AppContext) -> int:
    """Return how many entries there are."""
    with ctx.reading() as connection:
        return audit_entries.count(connection)


def page(ctx: AppContext, catalog: Catalog, *, before: int | None = None, limit: int = 50) -> list[Noted]:
    """Return entries older than number ``before``, the newest first."""
    with ctx.reading() as connection:
        return _worded(connection, audit_entries.page(connection, before, limit), catalog)


def numbers(ctx: AppContext) -> array[int]:
    """Return the numbers of all entries, the newest first."""
    with ctx.reading() as connection:
        return audit_entries.numbers(connection)


def by_numbers(ctx: AppContext, wanted: Sequence[int], catalog: Catalog) -> list[Noted]:
    """Return the entries with these numbers."""
    with ctx.reading() as connection:
        return _worded(connection, audit_entries.entries_by_numbers(connection, wanted), catalog)


def verify(ctx: AppContext) -> list[Finding]:
    """Look whether the trail is what was written and whether the files are the newest; changes nothing.

    Found: any entry altered, removed, moved or put between; a trail or a store older than this computer
    has seen it; a key file put back. Not found: entries cut off since the last opening, by somebody who
    has the password, together with the file that remembers.
    """
    with ctx.reading() as connection:
        broken, entries = first_broken(connection), audit_entries.count(connection)
    return [Finding("audit", broken is None, {"entry": broken or 0, "entries": entries}), *put_back(ctx)]


def _worded(connection: Reading, entries: Sequence[Entry], catalog: Catalog) -> list[Noted]:
    users = {uid_text(one.user) for one in entries if one.user != NOBODY}
    names = titles(connection, users, catalog)
    return [_noted(one, names, catalog) for one in entries]


def _noted(entry: Entry, names: Mapping[str, str], catalog: Catalog) -> Noted:
    words = ACTIONS.get(entry.action)
    who = "" if entry.user == NOBODY else names.get(uid_text(entry.user), "")
    details = _details(entry.detail)
    what = catalog.gettext(words) if words is not None else entry.action
    if entry.action == "unlock.failed":
        what = f"{what} · {details.get('count', 1)} ×"
    return Noted(entry.number, entry.at_ms, who, entry.action, what, details)


def _details(text: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # altered past the program: the verifier names it
        return {}
    return found if isinstance(found, dict) else {}
