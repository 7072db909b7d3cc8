"""Registers for paper and for spreadsheets: one table each, of one year or of all, in the words of a language.

A register of records is one line in `REGISTERS`; those of the audit trail are read out of its chain, so nobody
can leave out an entry unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app import audit, exchange_journal
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.documents import Order, Printed, dated, note_printing
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.titles import name_in, references_in, shown_value, titles
from ethnomed_desktop.documents.register_table import RegisterTable
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import moment
from ethnomed_desktop.i18n.labels import field_label

MOST_PRINTED = 5_000
"""Rows beyond which nobody prints a register; the spreadsheet takes more."""

_PAGE = 500
Rows = list[tuple[str, ...]]
Reader = Callable[[AppContext, str, Catalog], tuple[tuple[str, ...], Rows]]
"""Returns heads and rows, the oldest first, of a year ("2026") or of all (empty)."""


@dataclass(frozen=True)
class Register:
    """One register: its title, widths of its columns, who signs it, how its rows are read."""

    title: str
    shares: tuple[float, ...]
    signer: str
    read: Reader


def _of_records(kind_name: str, day: str, *names: str) -> Reader:
    """Read records of a kind, in the order of the field ``day`` that also tells the year."""

    def read(ctx: AppContext, year: str, catalog: Catalog) -> tuple[tuple[str, ...], Rows]:
        kind = kind_named(kind_name)
        fields = [kind.field(name) for name in names]
        question = ListQuestion(kind_name, sort=day)
        rows: Rows = []
        after: str | None = None
        while True:
            page = list_records(ctx, question, after=after, limit=_PAGE)
            wanted = [one for one in page.rows if str(one.values.get(day) or "").startswith(year)]
            with ctx.reading() as connection:
                named = titles(connection, references_in(wanted, names), catalog)
            rows += [
                tuple(shown_value(one, r.values.get(one.name), catalog, named) for one in fields) for r in wanted
            ]
            after = page.after
            if after is None or not page.rows:
                return tuple(field_label(one, catalog) for one in fields), rows

    return read


def _of_exchange(ctx: AppContext, year: str, catalog: Catalog) -> tuple[tuple[str, ...], Rows]:
    entries = exchange_journal.journal(ctx, catalog)
    found = [one for one in reversed(entries) if _is_of(one.at_ms, year)]
    return exchange_journal.head(catalog), [exchange_journal.row(one, catalog) for one in found]


def _of_audit(ctx: AppContext, year: str, catalog: Catalog) -> tuple[tuple[str, ...], Rows]:
    _ = catalog.gettext
    rows: Rows = []
    before: int | None = None
    while entries := audit.page(ctx, catalog, before=before, limit=_PAGE):
        rows += [
            (str(one.number), _moment(one.at_ms, catalog), one.what, one.who or _("nobody"))
            for one in entries
            if _is_of(one.at_ms, year)
        ]
        before = entries[-1].number
    return (_("Number of the entry"), _("Date and time"), _("What was done"), _("By")), rows[::-1]


def _is_of(at_ms: int, year: str) -> bool:
    return not year or str(local_time(at_ms).year) == year


def _moment(at_ms: int, catalog: Catalog) -> str:
    return moment(local_time(at_ms).isoformat(), catalog.language)


_SECRETARY, _ANSWERS = N_("Secretary"), N_("Responsible for personal data")

REGISTERS: Mapping[str, Register] = {
    "incidents": Register(
        N_("Register of incidents"),
        (2, 2.4, 3.4, 3.6, 3.6, 2.4),
        _SECRETARY,
        _of_records("incident", "happened", "number", "happened", "place", "origin_type", "severity", "state"),
    ),
    "meetings": Register(
        N_("Register of meetings and minutes"),
        (1.6, 1.9, 2.1, 2.5, 2.6, 3.2, 2.9, 2.8),
        _SECRETARY,
        _of_records(
            *("meeting", "starts", "number", "other_number", "version", "starts", "meeting_kind", "heading"),
            *("chair", "state"),
        ),
    ),
    "consents": Register(
        N_("Register of consents to the processing of personal data"),
        (2.4, 3.4, 4, 2.4, 2.4, 2.4),
        _ANSWERS,
        _of_records("consent", "given_on", "given_on", "person", "purpose", "form", "until", "withdrawn_on"),
    ),
    "handovers": Register(
        N_("Register of personal data handed over"),
        (2.4, 2.6, 3.2, 3.2, 3.2, 3),
        _ANSWERS,
        _of_records("handover", "handed_on", "handed_on", "how", "receiver", "person", "data", "ground"),
    ),
    "exchange": Register(exchange_journal.TITLE, exchange_journal.SHARES, exchange_journal.SIGNER, _of_exchange),
    "audit": Register(N_("Extract from the audit trail"), (1.8, 3, 7, 4), N_("Administrator"), _of_audit),
}
"""By the name that commands know; a new register of records is one entry here."""


def register_named(name: str) -> Register:
    """Return the register; raises `UsageError` (``register.unknown``, fact: those there are)."""
    if name not in REGISTERS:
        raise UsageError("register.unknown", name=name[:40], known=", ".join(REGISTERS))
    return REGISTERS[name]


def gather(ctx: AppContext, name: str, languages: Sequence[str], year: str = "") -> dict[str, RegisterTable]:
    """Read a register in each of the languages. On the read lane."""
    register = register_named(name)
    with ctx.reading() as connection:
        body = next(iter(own_bodies(connection)), None)
    tables = {}
    for language in languages:
        catalog = Catalog.load(language)
        head, rows = register.read(ctx, year, catalog)
        own = name_in(body.values, "name", language) if body is not None else ""
        words = (
            catalog.gettext(register.title),
            own,
            head,
            rows,
            register.shares,
            catalog.gettext(register.signer),
        )
        tables[language] = RegisterTable(*words, year, ctx.practice)
    return tables


def make(tables: Mapping[str, RegisterTable], order: Order, progress: Progress = no_progress) -> Printed:
    """Make the PDF; any thread, touches no store. Raises `UserError` (``register.too_long``, a missing letter)."""
    from ethnomed_desktop.documents.pages import count
    from ethnomed_desktop.documents.register_table import register_pdf

    assert order.on is not None, "a register says on which day it was made"
    rows = max(len(one.rows) for one in tables.values())
    if rows > MOST_PRINTED:
        raise UserError("register.too_long", rows=rows, most=MOST_PRINTED)
    made = register_pdf(tables, order.languages, order.on, progress=progress)
    return Printed(made, count(made))


def write_pdf(
    ctx: AppContext, name: str, order: Order, year: str, target: Path, progress: Progress = no_progress
) -> int:
    """Write a register as a PDF that anyone can read, and note it; returns the pages.

    On the write lane. Raises `NotAllowed`, `UsageError`, `UserError`, `StorageError`; then there is no file.
    """
    from ethnomed_desktop.documents import pdf

    ctx.require(Act.PRINT)
    order = dated(ctx, order)
    printed = make(gather(ctx, name, order.languages, year), order, progress)
    pages = pdf.write(printed.pdf, target)
    note_printing(ctx, None, order, printed, "file", f"register-{name}")
    return pages


def write_xlsx(ctx: AppContext, name: str, language: str, year: str, target: Path) -> int:
    """Write a register as a spreadsheet that anyone can read, and note it; returns the rows. As `write_pdf`."""
    from ethnomed_desktop.documents.files import put_whole
    from ethnomed_desktop.documents.list_sheet import list_xlsx

    ctx.require(Act.PRINT)
    table = gather(ctx, name, (language,), year)[language]
    sheet = list_xlsx(table.title, table.head, table.rows)
    put_whole(sheet.data, target)
    detail = {"kind": f"register-{name}", "rows": str(sheet.rows), "sha256": hashlib.sha256(sheet.data).hexdigest()}
    ctx.vault.note(ctx.clock, "list.exported", detail)
    return sheet.rows
