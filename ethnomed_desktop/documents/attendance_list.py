"""A list to sign on paper: name, post, signature; known names printed, empty rows for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import pages, pdf
from ethnomed_desktop.documents.attendance_sheet import AttendanceSheet
from ethnomed_desktop.documents.content import Gap, Grid, Line, Piece, Text
from ethnomed_desktop.documents.minutes_data import Attendee
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.documents.two_columns import two_columns
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_ROW = 10 * mm
SPARED = 6
"""So few rows are not worth a page of their own."""

_DEFAULT = Theme(page_numbers="foot")


def attendance_pdf(
    data: AttendanceSheet, languages: Sequence[str], theme: Theme = _DEFAULT, *, beside: bool = False
) -> bytes:
    """Return the list as PDF bytes, one after the other in the languages given, or one in two languages.

    Of the empty rows, up to `SPARED` that would stand alone on another page are left out.
    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    made = _set(data, languages, theme, beside)
    if data.empty_rows <= SPARED:
        return made
    least = data.empty_rows - SPARED
    fewest = pages.count(_set(replace(data, empty_rows=least), languages, theme, beside))
    for rows in range(data.empty_rows - 1, least - 1, -1):
        if pages.count(made) <= fewest:
            break
        made = _set(replace(data, empty_rows=rows), languages, theme, beside)
    return made


def _set(data: AttendanceSheet, languages: Sequence[str], theme: Theme, beside: bool) -> bytes:
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
    head = (catalog.pgettext("number of a row", "No"), _("Surname, name, patronymic"), _("Post"), _("Signature"))
    number = 0
    for heading, people, empty in _groups(data, catalog):
        if heading:
            content += [Gap(0.6), Line(heading, "lead")]
        rows = [
            (str(number + place), one.name, one.post_in(catalog.language), "")
            for place, one in enumerate(people, 1)
        ]
        number += len(rows)
        rows += [(str(number + place), "", "", "") for place in range(1, empty + 1)]
        content.append(Grid(head, tuple(rows), (1, 6, 5, 4), room=_ROW))
    watermark = _("PRACTICE") if data.practice else ""
    page_words = _("Page {page} of {pages}")
    return Text(_("Attendance list"), catalog.language, page_words, watermark, content, code=data.code)


def _groups(data: AttendanceSheet, catalog: Catalog) -> list[tuple[str, Sequence[Attendee], int]]:
    """Return (heading, people, empty rows) of the tables: one for each body of a joint sitting, then guests.

    Who serves in both bodies signs once, with the first.
    """
    if not any(one.seats for one in data.expected):
        return [("", data.expected, data.empty_rows)]
    groups: list[tuple[str, Sequence[Attendee], int]] = [
        (body.of(catalog.language), [one for one in data.expected if one.seats[:1] == (place,)], 0)
        for place, body in enumerate(data.bodies)
    ]
    guests = [one for one in data.expected if not one.seats]
    found = [one for one in groups if one[1]]
    if guests or data.empty_rows:
        found.append((catalog.gettext("Invited people"), guests, data.empty_rows))
    return found
