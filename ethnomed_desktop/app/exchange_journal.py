"""The journal of exchange files (register R13): what was sent and received, when, by whom, with its hash.

It is read out of the audit trail, so nobody can leave out a file without breaking the chain.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.titles import name_in, titles
from ethnomed_desktop.documents.register_table import RegisterTable
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import moment
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries import audit_entries
from ethnomed_desktop.store.queries.records import record_by_uid

TITLE, SIGNER = N_("Journal of exchange files"), N_("Responsible for the exchange")
SHARES = (3.0, 4.0, 6.0, 3.0)
_PIECE = 16

DIRECTIONS = {
    "exchange.sent": N_("sent"),
    "exchange.received": N_("received"),
    "exchange.undone": N_("taking in undone"),
    "exchange.extracted": N_("extract"),
}
"""What the entries of the journal are, by the action of the audit trail."""


@dataclass(frozen=True)
class FileEntry:
    """One file: which way, when (ms UTC), the partner, its running number, name and SHA-256, who did it."""

    direction: str
    at_ms: int
    partner: str
    number: int | None
    file: str
    sha256: str
    by: str


def journal(ctx: AppContext, catalog: Catalog) -> list[FileEntry]:
    """Return all files sent and received, the newest first."""
    with ctx.reading() as connection:
        return _entries(connection, catalog)


def _entries(connection: Reading, catalog: Catalog) -> list[FileEntry]:
    authority = identity.known_authority(connection)
    found = audit_entries.of_actions(connection, tuple(DIRECTIONS))
    who = titles(connection, {uid_text(one.user) for one in found}, catalog)
    entries = []
    for one in found:
        detail = json.loads(one.detail)
        partner = str(detail.get("to") or detail.get("from") or "")
        number = detail.get("number")
        entries.append(
            FileEntry(
                one.action,
                one.at_ms,
                authority.name_of(bytes.fromhex(partner)) if partner else "",
                number if isinstance(number, int) else None,
                str(detail.get("file") or ""),
                str(detail.get("sha256") or ""),
                who.get(uid_text(one.user), ""),
            )
        )
    return entries


def gather_journal(connection: Reading, uid: bytes, practice: bool) -> dict[str, RegisterTable]:
    """Read the journal for printing under the head of the body; raises `UserError` (``record.unknown``)."""
    body = record_by_uid(connection, uid)
    if body is None or body.kind.name != "organisation":
        raise UserError("record.unknown")
    tables = {}
    for language in LANGUAGES:
        catalog = Catalog.load(language)
        rows = [row(one, catalog) for one in reversed(_entries(connection, catalog))]
        tables[language] = RegisterTable(
            catalog.gettext(TITLE),
            name_in(body.values, "name", language),
            head(catalog),
            rows,
            SHARES,
            catalog.gettext(SIGNER),
            practice=practice,
        )
    return tables


def head(catalog: Catalog) -> tuple[str, ...]:
    """Return the heads of the printed journal."""
    _ = catalog.gettext
    return _("Date and time"), _("Sent or received, partner"), _("File, its number and SHA-256"), _("By")


def row(one: FileEntry, catalog: Catalog) -> tuple[str, ...]:
    """Return a row of the printed journal; the hash stands in pieces, to be compared by eye."""
    direction = catalog.gettext(DIRECTIONS[one.direction])
    pieces = [one.sha256[at : at + _PIECE] for at in range(0, len(one.sha256), _PIECE)]
    number = "" if one.number is None else f"№ {one.number}"
    return (
        moment(local_time(one.at_ms).isoformat(), catalog.language),
        f"{direction}: {one.partner}" if one.partner else direction,
        " ".join(part for part in (number, one.file, *pieces) if part),
        one.by,
    )


def first_body(ctx: AppContext) -> bytes | None:
    """Return the body under whose head the journal is printed from the window."""
    with ctx.reading() as connection:
        bodies = own_bodies(connection)
    return bodies[0].uid if bodies else None
