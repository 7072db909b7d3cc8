"""A sheet for telephones: how to pass an exchange file on by messenger. A page to hang up, or four cards to cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table, TableStyle

from ethnomed_desktop.documents import blocks, fonts, pdf
from ethnomed_desktop.documents.minutes_data import NOWHERE, Trio
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

_PAGE = Theme(size=14, left=25, right=20, page_numbers="foot")
_CARDS = Theme(size=12, left=0, right=0, top=0, bottom=0)
_CARD = (105 * mm, 148 * mm)


@dataclass(frozen=True)
class PhoneSheet:
    """Whose sheet it is."""

    body: Trio = NOWHERE
    practice: bool = False


def phone_sheet_pdf(data: PhoneSheet, languages: Sequence[str], *, cards: bool = False) -> bytes:
    """Return the sheet as PDF bytes, a page per language; ``cards``: four of A6 on each.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    for language in languages:
        catalog = Catalog.load(language)
        whole += [PageBreak()] if whole else []
        whole += _four_cards(data, catalog) if cards else _page(data, catalog)
    title = Catalog.load(languages[0]).gettext("How to pass the file on by messenger")
    return pdf.build(whole, title=title, language=languages[0], theme=_CARDS if cards else _PAGE)


def _page(data: PhoneSheet, catalog: Catalog) -> list[Flowable]:
    _ = catalog.gettext
    story: list[Flowable] = [blocks.TextStart(_("Page {page} of {pages}"), _("PRACTICE") if data.practice else "")]
    story += _PAGE.text(data.body.of(catalog.language), "caption", catalog.language)
    story.append(Spacer(0, _PAGE.size))
    return story + _steps(catalog, 15, 7)


def _four_cards(data: PhoneSheet, catalog: Catalog) -> list[Flowable]:
    watermark = catalog.gettext("PRACTICE") if data.practice else ""
    cell = _steps(catalog, 9.5, 2.5)
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.3, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *((f"{side}PADDING", (0, 0), (-1, -1), 7 * mm) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        ]
    )
    rows = [[cell, cell], [cell, cell]]
    table = Table(rows, colWidths=[_CARD[0]] * 2, rowHeights=[_CARD[1]] * 2, style=style)
    return [blocks.TextStart("", watermark), table]


def _steps(catalog: Catalog, size: float, gap: float) -> list[Flowable]:
    _ = catalog.gettext
    fonts.register()
    bold = fonts.face_name(fonts.SANS, "Bold")
    head = ParagraphStyle("head", fontName=bold, fontSize=size * 1.25, leading=size * 1.5, spaceAfter=gap * 2)
    plain = ParagraphStyle(
        "step",
        fontName=fonts.SANS,
        fontSize=size,
        leading=size * 1.25,
        leftIndent=size * 1.7,
        spaceAfter=gap,
        bulletFontName=fonts.SANS,
        bulletFontSize=size,
    )
    made: list[Flowable] = [_said(_("How to pass the file on by messenger"), head), Spacer(0, gap)]
    for number, words in enumerate(_sentences(catalog), 1):
        made.append(Paragraph(escape(fonts.printable(words), quote=False), plain, bulletText=f"{number}."))
    return made


def _said(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(fonts.printable(words), quote=False), style)


def _sentences(catalog: Catalog) -> tuple[str, ...]:
    _ = catalog.gettext
    return (
        _(
            "In the program, after sending, press “Copy file” and paste it into the chat, or take the file from "
            "the stick."
        ),
        _("Send it as a file (document), never as a photograph or a text. Do not open, rename or pack it."),
        _("Send it only to the office that the program named. Nobody else can read it: it is encrypted for them."),
        _("Write nothing about it into the chat: no names, no places. The chat itself is not protected."),
        _(
            "Got such a file on the telephone: press it long, “Save” or “Share”, and carry it to the computer by "
            "cable or stick. Simplest: open the messenger on that computer."
        ),
        _(
            "On the computer drag the file into the program, or double-click it. A wrong or damaged file does no "
            "harm."
        ),
        _("Has it been taken in? Then both of you delete it from the chat and from “Downloads”."),
        _("It did not arrive? Send it again: what comes twice is counted once."),
    )
