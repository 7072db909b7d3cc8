"""The journal of exchange files (register R13): a table in the order of time, with a line to sign."""

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
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, page_numbers="foot")
_PIECE = 16
"""A hash is printed in pieces of so many characters, to be compared by eye."""


@dataclass(frozen=True)
class JournalRow:
    """One file, in words of one language."""

    when: str
    direction: str
    partner: str
    number: str
    file: str
    sha256: str
    by: str


@dataclass(frozen=True)
class Journal:
    """The body's name and the rows, by language, the oldest first."""

    body: Mapping[str, str]
    rows: Mapping[str, Sequence[JournalRow]]
    practice: bool = False


def exchange_journal_pdf(data: Journal, languages: Sequence[str], made: date, theme: Theme = _DEFAULT) -> bytes:
    """Return the journal of the day ``made`` as PDF bytes, one after the other in the languages given.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    texts = [_text(data, made, Catalog.load(language)) for language in languages]
    for text in texts:
        whole += [PageBreak()] if whole else []
        whole += one_column(text, theme)
    return pdf.build(whole, title=texts[0].title, language=languages[0], theme=theme)


def _text(data: Journal, made: date, catalog: Catalog) -> Text:
    _ = catalog.gettext
    rows = data.rows[catalog.language]
    content: list[Piece] = [
        Line(data.body[catalog.language], "organisation"),
        Line(_("JOURNAL OF EXCHANGE FILES"), "kind"),
        Line(_("Made on: {date}").format(date=long_date(made, catalog.language)), "plain"),
        Gap(),
    ]
    if rows:
        head = (
            catalog.pgettext("number of a row", "No"),
            _("Date and time"),
            _("Sent or received, partner"),
            _("File, its number and SHA-256"),
            _("By"),
        )
        cells = tuple(
            (str(place), one.when, _joined(one.direction, one.partner), _file(one), one.by)
            for place, one in enumerate(rows, 1)
        )
        content.append(Grid(head, cells, (1, 3, 4, 6, 3)))
    else:
        content.append(Line(_("No files yet.")))
    ending: list[Piece] = [Signatures(((_("Responsible for the exchange"), ""),))]
    watermark = _("PRACTICE") if data.practice else ""
    return Text(
        _("Journal of exchange files"), catalog.language, _("Page {page} of {pages}"), watermark, content, ending
    )


def _joined(direction: str, partner: str) -> str:
    return f"{direction}: {partner}" if partner else direction


def _file(one: JournalRow) -> str:
    number = f"№ {one.number}" if one.number else ""
    pieces = [one.sha256[at : at + _PIECE] for at in range(0, len(one.sha256), _PIECE)]
    return " ".join(part for part in (number, one.file, *pieces) if part)
