"""One trustee's part of a recovery code: numbers, a picture of them, and what they are for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from ethnomed_desktop.documents import blocks, pdf
from ethnomed_desktop.documents.recovery_sheet import filled_in_by_hand, picture
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, page_numbers="foot")
_IN_ROW = 6


@dataclass(frozen=True)
class TrusteeSheet:
    """What the sheet says; ``part`` is a row of four-digit numbers."""

    vault_name: str
    created: date
    number: int
    parts: int
    needed: int
    part: str = field(repr=False)
    practice: bool = False


def trustee_pdf(data: TrusteeSheet, catalog: Catalog, theme: Theme = _DEFAULT) -> bytes:
    """Return the sheet as PDF bytes, one page. Raises `UserError` ``document.missing_glyph``."""
    _ = catalog.gettext
    watermark = _("PRACTICE") if data.practice else ""
    story: list[Flowable] = [blocks.TextStart(_("Page {page} of {pages}"), watermark)]
    story += theme.text(_("PART OF A RECOVERY CODE"), "kind")
    story += theme.text(_("Data of: {name}").format(name=data.vault_name), "plain")
    created = long_date(data.created, catalog.language)
    story += theme.text(_("Created: {date}").format(date=created), "plain")
    which = _("Part {number} of {parts}. Parts needed to open: {needed}.")
    story += theme.text(which.format(number=data.number, parts=data.parts, needed=data.needed), "label")
    story += [_numbers(data, theme), Spacer(0, theme.size), picture(data.part), Spacer(0, theme.size)]
    for sentence in (
        _(
            "This part alone opens nothing and tells nothing about the data. Together with enough other parts it "
            "opens them when the password is forgotten."
        ),
        _("Keep it in a safe place, apart from the other parts. Do not photograph it, copy it or send it."),
        _(
            "To open: type the numbers of enough parts, one part after the other and in any order, into the field "
            "of the password."
        ),
    ):
        story += theme.text(sentence, "body", catalog.language)
    story += [Spacer(0, theme.size), filled_in_by_hand(catalog, theme)]
    return pdf.build(story, title=_("Part of a recovery code"), language=catalog.language, theme=theme)


def _numbers(data: TrusteeSheet, theme: Theme) -> Table:
    style = theme.styles["code"].name
    numbers = data.part.split()
    numbers += [""] * (-len(numbers) % _IN_ROW)
    rows = [
        [theme.cell(one, style) for one in numbers[at : at + _IN_ROW]] for at in range(0, len(numbers), _IN_ROW)
    ]
    table = Table(rows, colWidths=[25 * mm] * _IN_ROW, rowHeights=[11 * mm] * len(rows))
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    )
    return table
