"""The answer to a person who asks what is kept about them (law No 94-V of 21 May 2013, article 24).

A person may learn that their data are kept, which they are, why, and since when. Names of others in
the same records stay out: an entry is named by its kind, number and date only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.content import Gap, Grid, Line, Piece, Signatures, Text
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date, number

_DEFAULT = Theme(size=12, page_numbers="foot")


@dataclass(frozen=True)
class Kept:
    """What is kept about one person, worded for one reader.

    ``own`` are (field, value) of the person's own card; ``named`` are (kind, record, role in it, entered
    on); ``changes`` counts entries of the log about the card, ``printed`` documents made of records that
    name the person.
    """

    name: str
    body: str
    own: tuple[tuple[str, str], ...]
    named: tuple[tuple[str, str, str, str], ...]
    changes: int
    withdrawn: bool = False
    practice: bool = False


@dataclass(frozen=True)
class PersonReport:
    """The report by language of the reader."""

    by_language: dict[str, Kept] = field(default_factory=dict)


def person_report_pdf(data: PersonReport, languages: Sequence[str], made: date, theme: Theme = _DEFAULT) -> bytes:
    """Return the report of the day ``made`` as PDF bytes, one after the other in the languages given.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    texts = [_text(data.by_language[language], made, Catalog.load(language)) for language in languages]
    for text in texts:
        whole += [PageBreak()] if whole else []
        whole += one_column(text, theme)
    return pdf.build(whole, title=texts[0].title, language=languages[0], theme=theme)


def _text(kept: Kept, made: date, catalog: Catalog) -> Text:
    _ = catalog.gettext
    content: list[Piece] = [Line(kept.body, "organisation")] if kept.body else []
    content += [
        Line(_("WHAT IS KEPT ABOUT A PERSON"), "kind"),
        Line(_("Person: {name}").format(name=kept.name), "plain"),
        Line(_("Made on: {date}").format(date=long_date(made, catalog.language)), "plain"),
        Line(
            _(
                "This report lists everything that this council's records hold about the person on the day it was "
                "made. Names of other people are left out."
            )
        ),
        Line(_("The person's card"), "heading"),
        Grid((_("Field"), _("What is kept")), kept.own, (2, 5)),
    ]
    if kept.withdrawn:
        content.append(Line(_("The card is in the trash."), "remark"))
    content.append(Line(_("Records that name the person"), "heading"))
    if kept.named:
        head = (_("Kind of record"), _("Record"), _("How the person is named in it"), _("Entered"))
        content.append(Grid(head, kept.named, (3, 7, 4, 3)))
    else:
        content.append(Line(_("None.")))
    count = number(kept.changes, catalog.language)
    entries = catalog.ngettext(
        "The log holds {count} entry about the card.", "The log holds {count} entries about the card.", kept.changes
    )
    content += [
        Gap(),
        Line(entries.format(count=count)),
        Line(
            _(
                "The person may ask for wrong data to be put right, for use to be stopped, and for the data to be "
                "destroyed when the purpose is reached (law of 21 May 2013 No 94-V, article 24)."
            )
        ),
    ]
    ending: list[Piece] = [Signatures(((_("Responsible for personal data"), ""),))]
    watermark = _("PRACTICE") if kept.practice else ""
    return Text(
        _("What is kept about a person"), catalog.language, _("Page {page} of {pages}"), watermark, content, ending
    )
