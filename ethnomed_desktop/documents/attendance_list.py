"""A list to sign on paper: name, post, signature; known names printed, empty rows for the others."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.attendance_sheet import AttendanceSheet
from ethnomed_desktop.documents.content import Grid, Line, Piece, Text
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.documents.two_columns import two_columns
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_ROW = 10 * mm
_DEFAULT = Theme(page_numbers="foot")


def attendance_pdf(
    data: AttendanceSheet, languages: Sequence[str], theme: Theme = _DEFAULT, *, beside: bool = False
) -> bytes:
    """Return the list as PDF bytes, one after the other in the languages given, or one in two languages.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    texts = _texts(data, languages, beside)
    whole: list[Flowable] = two_columns(texts[0], texts[1], theme) if beside else []
    for text in () if beside else texts:
        whole += [PageBreak()] if whole else []
        whole += one_column(text, theme)
    return pdf.build(whole, title=texts[0].title, language=languages[0], theme=theme)


def attendance_docx(
    data: AttendanceSheet, languages: Sequence[str], theme: Theme = _DEFAULT, *, beside: bool = False
) -> bytes:
    """Return the list as an editable file; raises as `attendance_pdf`, but for letters."""
    from ethnomed_desktop.documents.docx_file import docx_of

    return docx_of(_texts(data, languages, beside), theme, beside=beside)


def _texts(data: AttendanceSheet, languages: Sequence[str], beside: bool) -> list[Text]:
    if not languages or not set(languages) <= set(LANGUAGES) or (beside and len(set(languages)) != 2):
        raise UsageError("usage.wrong_value", field="language")
    return [_text(data, Catalog.load(language)) for language in languages]


def _text(data: AttendanceSheet, catalog: Catalog) -> Text:
    _ = catalog.gettext
    content: list[Piece] = [Line(body.of(catalog.language), "organisation") for body in data.bodies]
    content.append(Line(_("ATTENDANCE LIST"), "kind"))
    day = long_date(data.held, catalog.language) if data.held else "____________"
    content.append(Line(_("Date: {date}").format(date=day), "plain"))
    place = data.place.of(catalog.language) or "________________________"
    content.append(Line(_("Place held: {place}").format(place=place), "heading_plain"))
    rows = [(str(number), person.name, person.post, "") for number, person in enumerate(data.expected, 1)]
    start = len(rows) + 1
    rows += [(str(number), "", "", "") for number in range(start, start + data.empty_rows)]
    head = (catalog.pgettext("number of a row", "No"), _("Surname, name, patronymic"), _("Post"), _("Signature"))
    content.append(Grid(head, tuple(rows), (1, 6, 5, 4), room=_ROW))
    watermark = _("PRACTICE") if data.practice else ""
    page_words = _("Page {page} of {pages}")
    return Text(_("Attendance list"), catalog.language, page_words, watermark, content, code=data.code)
