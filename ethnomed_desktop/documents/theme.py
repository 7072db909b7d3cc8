"""How documents look: A4, margins for bound files, Tinos 14, tables 12, single spacing.

The defaults follow the usage of record offices (margin left 25 mm for binding); all of it can be set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from ethnomed_desktop.documents import fonts
from ethnomed_desktop.documents.hyphenation import hyphenated
from ethnomed_desktop.documents.wishes import SIZES
from ethnomed_desktop.documents.words import bound

_BLANK = "\u00a0"
_BETWEEN = 7 * mm  # two columns
_HYPHENATED_NARROW = frozenset({"body", "agenda", "agenda_led", "plain", "detail"})


@dataclass(frozen=True)
class Theme:
    """Measures of a document: margins in millimetres, sizes in points.

    ``narrow`` are the measures of one of two columns: ragged lines without indents, words divided
    more often, since a justified narrow column shows gaps.
    """

    size: int = 14
    left: float = 25
    right: float = 15
    top: float = 20
    bottom: float = 20
    indent: float = 12.5
    page_numbers: str = "top"  # "top": from page 2, centred; "foot": "page x of y" on every page
    narrow: bool = False

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(f"size must be one of {SIZES}")

    @property
    def table_size(self) -> int:
        """Size of the text in tables: one step below the body, never below 10."""
        return max(10, self.size - 2)

    @property
    def small_size(self) -> int:
        """Size of remarks: captions under lines, notes."""
        return max(9, self.size - 4)

    @property
    def width(self) -> float:
        """Width of the text in points."""
        whole = float(A4[0]) - (self.left + self.right) * mm
        return (whole - _BETWEEN) / 2 if self.narrow else whole

    @property
    def height(self) -> float:
        """Height of the text on a page in points."""
        return float(A4[1]) - (self.top + self.bottom) * mm

    def columns(self, *shares: float) -> list[float]:
        """Return widths in points that fill the text width in these shares."""
        return [self.width * share / sum(shares) for share in shares]

    @cached_property
    def styles(self) -> dict[str, ParagraphStyle]:
        """Paragraph styles by name; made once per theme, after the fonts are registered."""
        fonts.register()
        return {style.name: style for style in _styles(self)}

    def text(self, words: str, style: str = "body", language: str = "kk") -> list[Flowable]:
        """Return a paragraph per line of ``words``, everything in them taken literally.

        Words of justified and of narrow styles are hyphenated. Raises `UserError` ``document.missing_glyph``.
        """
        how = self.styles[style]
        lines = [line for line in fonts.printable(words).splitlines() if line.strip()]
        if how.alignment == TA_JUSTIFY or (self.narrow and style in _HYPHENATED_NARROW):
            lines = [hyphenated(line, language) for line in lines]
        return [Paragraph(escape(bound(line), quote=False), how) for line in lines]

    def cell(self, words: str, style: str = "cell") -> list[Flowable]:
        """Return the content of a table cell; an empty one keeps its height."""
        return self.text(words, style) or [Paragraph(_BLANK, self.styles[style])]


def _styles(theme: Theme) -> list[ParagraphStyle]:
    size, small = theme.size, theme.small_size
    gap = size * 0.45
    bold = fonts.face_name(fonts.SERIF, "Bold")
    italic = fonts.face_name(fonts.SERIF, "Italic")

    def style(name: str, alignment: int = TA_LEFT, **more: Any) -> ParagraphStyle:
        settings: dict[str, Any] = {
            "fontName": fonts.SERIF,
            "fontSize": size,
            "leading": round(size * 1.15, 2),
            "alignment": alignment,
            "allowWidows": 0,
            "allowOrphans": 0,
            **more,
        }
        if "fontSize" in more and "leading" not in more:
            settings["leading"] = round(more["fontSize"] * 1.15, 2)
        return ParagraphStyle(name, **settings)

    indent = 0 if theme.narrow else theme.indent * mm
    running = TA_LEFT if theme.narrow else TA_JUSTIFY
    return [
        style("body", running, firstLineIndent=indent, spaceAfter=gap * 0.5),
        style("plain", spaceAfter=gap * 0.5),
        style("centred", TA_CENTER),
        style("right", TA_RIGHT),
        style("organisation", TA_CENTER, fontName=bold, spaceAfter=gap),
        style("kind", TA_CENTER, fontName=bold, fontSize=size + 2, spaceBefore=gap, spaceAfter=gap * 2),
        style("heading", TA_LEFT, fontName=bold, spaceBefore=gap, spaceAfter=gap * 2),
        style("label", TA_LEFT, fontName=bold, spaceBefore=gap * 1.5, spaceAfter=gap * 0.5, keepWithNext=1),
        style("agenda", TA_LEFT, firstLineIndent=indent, spaceAfter=gap * 0.5),
        style("agenda_led", TA_LEFT, firstLineIndent=indent, spaceAfter=gap * 0.5, keepWithNext=1),
        style("lead", TA_LEFT, keepWithNext=1),
        style("detail", TA_LEFT, firstLineIndent=indent, spaceAfter=gap * 0.5),
        style("remark", TA_LEFT, fontName=italic, fontSize=small, spaceAfter=gap),
        style("caption", TA_CENTER, fontSize=small),
        style("cell", fontSize=theme.table_size),
        style("cell_head", TA_CENTER, fontName=bold, fontSize=theme.table_size),
        style("cell_number", TA_CENTER, fontSize=theme.table_size),
        style("heading_plain", spaceAfter=gap * 2),
        style("code", TA_CENTER, fontName=fonts.face_name(fonts.SANS, "Bold"), fontSize=18),
        style("annex", TA_RIGHT, spaceAfter=gap),
    ]
