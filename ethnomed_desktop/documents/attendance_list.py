"""A list to sign on paper: name, post, signature; known names printed, empty rows for the others."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import blocks, pdf
from ethnomed_desktop.documents.attendance_sheet import AttendanceSheet
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_ROW = 10 * mm
_DEFAULT = Theme(page_numbers="foot")


def attendance_pdf(data: AttendanceSheet, languages: Sequence[str], theme: Theme = _DEFAULT) -> bytes:
    """Return the list as PDF bytes, one after the other in the languages given.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    for language in languages:
        whole += [PageBreak()] if whole else []
        whole += _story(data, Catalog.load(language), theme)
    title = Catalog.load(languages[0]).gettext("Attendance list")
    return pdf.build(whole, title=title, language=languages[0], theme=theme)


def _story(data: AttendanceSheet, catalog: Catalog, theme: Theme) -> list[Flowable]:
    _ = catalog.gettext
    story: list[Flowable] = [blocks.TextStart(_("Page {page} of {pages}"), _("PRACTICE") if data.practice else "")]
    for body in data.bodies:
        story += theme.text(body.of(catalog.language), "organisation")
    story += theme.text(_("ATTENDANCE LIST"), "kind")
    day = long_date(data.held, catalog.language) if data.held else "____________"
    story += theme.text(_("Date: {date}").format(date=day), "plain")
    place = data.place.of(catalog.language) or "________________________"
    story += theme.text(_("Place held: {place}").format(place=place), "heading_plain")
    rows = [[str(n), person.name, person.post, ""] for n, person in enumerate(data.expected, 1)]
    start = len(rows) + 1
    rows += [[str(number), "", "", ""] for number in range(start, start + data.empty_rows)]
    head = [catalog.pgettext("number of a row", "No"), _("Surname, name, patronymic"), _("Post"), _("Signature")]
    return [*story, blocks.grid(head, rows, (1, 6, 5, 4), theme, room=_ROW)]
