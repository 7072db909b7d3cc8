"""Pieces of an editable file: styles, paragraphs, tables, the head of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ethnomed_desktop.documents.content import Grid, Signatures
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.i18n.conventions import conventions

FACE = "Times New Roman"
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_JUSTIFIED, _LEFT = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
_BUILT_IN = {"kind": "Heading 1", "heading": "Heading 2", "label": "Heading 3"}
"""Styles that Word lists as headings, so that a reader can walk from one to the next."""


def style_name(style: str) -> str:
    """Return what a style of the theme is called in the file; ours never meet one of Word's."""
    return _BUILT_IN.get(style, f"Minutes {style.replace('_', ' ')}")


def dress(document: Any, theme: Theme) -> None:
    """Set up page, letters and styles as the printed document has them."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(theme.left), Mm(theme.right)
    section.top_margin, section.bottom_margin = Mm(theme.top), Mm(theme.bottom)
    normal = document.styles["Normal"]
    _face(normal, theme.size)
    normal.paragraph_format.space_after = Pt(0)
    for name, model in theme.styles.items():
        called = style_name(name)
        known = name in _BUILT_IN
        style = document.styles[called] if known else document.styles.add_style(called, WD_STYLE_TYPE.PARAGRAPH)
        _face(style, model.fontSize)
        style.font.bold = "Bold" in model.fontName
        style.font.italic = "Italic" in model.fontName
        style.font.color.rgb = RGBColor(0, 0, 0)
        form = style.paragraph_format
        form.alignment = {1: _CENTRE, 2: _RIGHT, 4: _JUSTIFIED}.get(int(model.alignment), _LEFT)
        form.first_line_indent = Pt(model.firstLineIndent)
        form.space_before, form.space_after = Pt(model.spaceBefore), Pt(model.spaceAfter)
        form.keep_with_next = bool(getattr(model, "keepWithNext", 0))
        form.widow_control = True


def _face(style: Any, points: float) -> None:
    style.font.name, style.font.size = FACE, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        if fonts.get(qn(name)) is not None:
            del fonts.attrib[qn(name)]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FACE)


def page_head(section: Any, theme: Theme, watermark: str) -> None:
    """Number the pages of a text from its second page on; its mark stands at the top of each."""
    section.different_first_page_header_footer = True
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001 – python-docx has no word for it
    for head, numbered in ((section.first_page_header, False), (section.header, True)):
        head.is_linked_to_previous = False
        line = head.paragraphs[0]
        line.alignment = _CENTRE
        if numbered:
            _field(line, "PAGE", theme.table_size)
        if watermark:
            line = head.add_paragraph()
            line.alignment = _CENTRE
            run = line.add_run(watermark)
            run.bold, run.font.color.rgb = True, RGBColor(0x80, 0x80, 0x80)


def _field(line: Any, code: str, points: float) -> None:
    for kind, words in (("begin", ""), ("", code), ("end", "")):
        run = line.add_run()
        run.font.size = Pt(points)
        if kind:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        else:
            made = OxmlElement("w:instrText")
            made.text = words
        run._r.append(made)  # noqa: SLF001 – python-docx has no word for fields


def lines(text: str) -> list[str]:
    """Return the lines of a text, without characters that no XML may hold."""
    clean = "".join(sign for sign in text.replace("\t", " ") if sign >= " " or sign == "\n")
    return [line for line in clean.splitlines() if line.strip()]


def paragraph(
    into: Any, words: str, style: str, language: str, together: bool = False, *, narrow: bool = False
) -> Any:
    """Add a paragraph to the document or a cell; ``together`` keeps it on a page with the next one."""
    made = into.add_paragraph(style=style_name(style))
    if words:
        run = made.add_run(words)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), conventions(language).tag)
        run._r.get_or_add_rPr().append(spoken)  # noqa: SLF001 – python-docx has no word for languages
    if together:
        made.paragraph_format.keep_with_next = True
    if narrow:
        made.paragraph_format.first_line_indent = Pt(0)
        if style == "body":
            made.alignment = _LEFT
    return made


def remove(made: Any) -> None:
    """Take a paragraph out: every new cell has one that nobody asked for."""
    made._p.getparent().remove(made._p)  # noqa: SLF001 – python-docx has no word for it


def bare_table(document: Any, theme: Theme, shares: Sequence[float]) -> Any:
    """Add a table without lines and without rows, as wide as the text."""
    table = document.add_table(rows=0, cols=len(shares))
    _measure(table, theme, shares)
    return table


def _measure(table: Any, theme: Theme, shares: Sequence[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, theme.columns(*shares), strict=True):
        column.width = Pt(width)


def _fill(cell: Any, words: str, style: str, language: str, together: bool = False) -> None:
    spare = cell.paragraphs[0]
    for line in lines(words) or [""]:
        paragraph(cell, line, style, language, together)
    remove(spare)


def columns(
    document: Any, theme: Theme, rows: Sequence[Sequence[str]], language: str, styles: Sequence[str]
) -> None:
    """Add words beside each other, without lines."""
    table = bare_table(document, theme, [1] * len(styles))
    for row in rows:
        for cell, words, style in zip(table.add_row().cells, row, styles, strict=True):
            _fill(cell, words, style, language)


def grid(document: Any, theme: Theme, piece: Grid, language: str) -> None:
    """Add a table with lines whose head is repeated on every page."""
    table = document.add_table(rows=0, cols=len(piece.shares))
    table.style = "Table Grid"
    _measure(table, theme, piece.shares)
    head = table.add_row()
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 – python-docx has no word for it
    for cell, words in zip(head.cells, piece.head, strict=True):
        _fill(cell, words, "cell_head", language)
    for row in piece.rows:
        made = table.add_row()
        if piece.room:
            made.height = Pt(piece.room)
        for place, (cell, words) in enumerate(zip(made.cells, row, strict=True)):
            _fill(cell, words, "cell" if place else "cell_number", language)


def signatures(document: Any, theme: Theme, piece: Signatures, language: str) -> None:
    """Add lines to sign on; all of them stay on one page."""
    paragraph(document, "", "plain", language, True)
    table = bare_table(document, theme, (5, 4, 5) if piece.sign else (5, 0.1, 9))
    last = len(piece.lines) - 1
    for place, (post, name) in enumerate(piece.lines):
        cells = table.add_row().cells
        for cell, words in zip(cells, (post, "", name), strict=True):
            _fill(cell, words, "plain", language, place < last)
            cell.paragraphs[0].paragraph_format.space_before = Pt(theme.size if piece.sign else 2)
        if piece.sign:
            _line_below(cells[1])


def _line_below(cell: Any) -> None:
    borders = OxmlElement("w:tcBorders")
    line = OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")):
        line.set(qn(name), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 – python-docx has no word for it
