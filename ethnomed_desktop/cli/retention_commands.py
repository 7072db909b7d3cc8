"""Personal data and time: what is kept longer than was decided, keeping it longer, the notice of a breach."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _, ngettext

LANGUAGES = ("kk", "ru", "en", "kk+ru", "kk|ru")


def due(session: Session, given: Given) -> Answer:
    """List the records whose time has ended, the longest overdue first."""
    from ethnomed_desktop.app.retention import MOST, ended

    limit = given.whole("limit", low=1, high=10_000, default=MOST)
    found = ended(session.council(), session.catalog, limit or MOST)
    value = [
        {"id": one.uid, "kind": one.kind, "title": one.title, "until": one.day, "erasable": one.erasable}
        for one in found
    ]
    rows = [[one.until, one.about, one.title, one.uid] for one in found]
    return Answer(value, table(rows) if rows else _("No record is kept longer than was decided."))


def prolong(session: Session, given: Given) -> Answer:
    """Keep a record longer, with a reason."""
    from ethnomed_desktop.app.lookup import find_record
    from ethnomed_desktop.app.retention import prolong as keep

    ctx = session.council()
    differs = keep(ctx, find_record(ctx, given.text("id")), given.text("until"), given.text("reason")).value
    said = _("It is kept until the new day; the reason stands in its history.")
    return Answer({"changed": differs, "until": given.text("until")}, said)


def breach(session: Session, given: Given) -> Answer:
    """Write the notice of a breach, filled in with what is known of the body and of who answers for the data."""
    from ethnomed_desktop.app import documents
    from ethnomed_desktop.app.lookup import find_record

    target = Path(given.text("out"))
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    order = documents.Order(given.maybe("language") or session.language)
    ctx = session.council()
    uid = find_record(ctx, given.text("body"), "organisation") if given.maybe("body") else None
    pages = documents.write_document(ctx, "breach-notice", uid, order, target)
    session.console.note(
        _("This file is outside the protection: anyone who gets hold of it can read it. {file}").format(file=target)
    )
    count = formatting.number(pages, session.language)
    said = ngettext("{count} page was written: {file}", "{count} pages were written: {file}", pages)
    term = _("The notice is to be sent within one working day from the discovery.")
    return Answer(
        {"file": str(target), "language": order.language, "pages": pages},
        f"{said.format(count=count, file=target)}\n{term}",
    )


_ID = Argument("id", N_("Identifier of the record, or its number where only one has it"), "ID")
RETENTION = (
    Command(
        ("personal", "due"),
        N_("List the records that are kept longer than was decided"),
        due,
        (),
        (Option("limit", N_("Most records, 200 without it"), "N"),),
    ),
    Command(
        ("personal", "prolong"),
        N_("Keep a record longer than was decided; day and reason stand in its history"),
        prolong,
        (_ID,),
        (
            Option("until", N_("Until which day, like 2027-12-31"), "DATE", required=True),
            Option("reason", N_("Why it is kept longer"), "T", required=True),
        ),
        examples=('ethnomed-desktop personal prolong ID --until 2027-12-31 --reason "суд іс жүргізіп жатыр"',),
    ),
    Command(
        ("personal", "breach"),
        N_("Write the notice of a breach of personal data, filled in with what is known; anyone can read the file"),
        breach,
        (),
        (
            Option("body", N_("Which body notifies; the own one without it"), "ID"),
            Option(
                "language",
                N_("Language of the document; that of messages without it"),
                "L",
                choices=LANGUAGES,
            ),
            Option("out", N_("File to write"), "FILE", required=True),
        ),
        examples=("ethnomed-desktop personal breach --language kk --out notice.pdf",),
    ),
)
