"""Registers as files: PDF for paper, or a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _, ngettext

FORMATS = ("pdf", "xlsx")


def listing(session: Session, given: Given) -> Answer:
    """Name the registers; needs no data."""
    from ethnomed_desktop.app.registers import REGISTERS

    rows = [[name, _(one.title)] for name, one in REGISTERS.items()]
    return Answer([{"name": name, "title": title} for name, title in rows], table(rows))


def write(session: Session, given: Given) -> Answer:
    """Write a register as a file."""
    from ethnomed_desktop.app import registers
    from ethnomed_desktop.app.documents import Order

    name, target = given.text("register"), Path(given.text("out"))
    registers.register_named(name)
    year = given.whole("year", low=1900, high=2200)
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    language = given.maybe("language") or session.language
    ctx, span = session.council(), str(year) if year else ""
    value: dict[str, object] = {"file": str(target), "register": name, "year": year, "language": language}
    if given.maybe("format") == "xlsx":
        rows = registers.write_xlsx(ctx, name, language.split("+")[0], span, target)
        value |= {"format": "xlsx", "rows": rows}
        said = ngettext("{count} row was written: {file}", "{count} rows were written: {file}", rows)
        count = rows
    else:
        count = registers.write_pdf(ctx, name, Order(language), span, target)
        value |= {"format": "pdf", "pages": count}
        said = ngettext("{count} page was written: {file}", "{count} pages were written: {file}", count)
    session.console.note(
        _("This file is outside the protection: anyone who gets hold of it can read it. {file}").format(file=target)
    )
    return Answer(value, said.format(count=formatting.number(count, session.language), file=target))


REGISTER = (
    Command(("register", "list"), N_("List the registers that can be written; needs no data"), listing),
    Command(
        ("register", "write"),
        N_("Write a register as a file, which anyone can read"),
        write,
        (Argument("register", N_("Name of the register, see: register list"), "REGISTER"),),
        (
            Option("year", N_("Only what is of this year; everything without it"), "YEAR"),
            Option(
                "language",
                N_("Language of the document; that of messages without it"),
                "L",
                choices=("kk", "ru", "en", "kk+ru"),
            ),
            Option("format", N_("Format of the file: pdf for paper, or xlsx"), "FORMAT", choices=FORMATS),
            Option("out", N_("File to write"), "FILE", required=True),
        ),
        examples=("ethnomed-desktop register write meetings --year 2026 --language kk+ru --out meetings.pdf",),
    ),
)
