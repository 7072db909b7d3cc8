"""A register on paper, one form for all of them: the body, what it is, which year, a table, a line to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.content import Gap, Grid, Line, Piece, Signatures, Text
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, left=20, right=12, page_numbers="foot")


@dataclass(frozen=True)
class RegisterTable:
    """One register in the words of one language; ``head`` and ``rows`` are without the running number.

    ``shares`` are the widths of the columns, ``signer`` who answers for it, ``year`` empty for all years.
    """

    title: str
    body: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    shares: tuple[float, ...]
    signer: str
    year: str = ""
    practice: bool = False


def register_pdf(
    tables: Mapping[str, RegisterTable],
    languages: Sequence[str],
    made: date,
    theme: Theme = _DEFAULT,
    progress: Progress = no_progress,
) -> bytes:
    """Return the register of the day ``made`` as PDF bytes, one after the other in the languages given.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    for language in languages:
        whole += [PageBreak()] if whole else []
        whole += one_column(_text(tables[language], made, Catalog.load(language)), theme)
    title = tables[languages[0]].title
    return pdf.build(whole, title=title, language=languages[0], theme=theme, progress=progress)


def _text(table: RegisterTable, made: date, catalog: Catalog) -> Text:
    _ = catalog.gettext
    content: list[Piece] = [Line(table.body, "organisation")] if table.body else []
    content.append(Line(table.title.upper(), "kind"))
    if table.year:
        content.append(Line(_("Year: {year}").format(year=table.year), "plain"))
    content += [Line(_("Made on: {date}").format(date=long_date(made, catalog.language)), "plain"), Gap()]
    if table.rows:
        head = (catalog.pgettext("number of a row", "No"), *table.head)
        rows = tuple((str(place), *row) for place, row in enumerate(table.rows, 1))
        content.append(Grid(head, rows, (0.9, *table.shares)))
    else:
        content.append(Line(_("Nothing is recorded in it yet.")))
    ending: list[Piece] = [Signatures(((table.signer, ""),))]
    watermark = _("PRACTICE") if table.practice else ""
    return Text(table.title, catalog.language, _("Page {page} of {pages}"), watermark, content, ending)
