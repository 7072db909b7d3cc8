"""The same texts as an editable file for Word and LibreOffice: headings are styles, tables are tables.

Times New Roman is named, not embedded: every office has it or a font of the same widths. What lies
pale under a printed page (draft, copy, practice) stands in the head of every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION

from ethnomed_desktop.documents import docx_parts as parts
from ethnomed_desktop.documents.content import Gap, Grid, Line, NewPage, Piece, Requisites, Signatures, Text
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.documents.two_columns import Home, both, paired, signed_once
from ethnomed_desktop.i18n.conventions import conventions

PROGRAM = "Ethnomed Desktop"


def docx_of(texts: Sequence[Text], theme: Theme, *, beside: bool = False) -> bytes:
    """Return the texts as a DOCX: one after the other, each on pages of its own, or two side by side."""
    document = Document()
    parts.dress(document, theme)
    properties = document.core_properties
    properties.title = both(texts[0].title, texts[-1].title) if beside else texts[0].title
    properties.author = properties.last_modified_by = PROGRAM
    properties.language = conventions(texts[0].language).tag
    for number, text in enumerate(texts[:1] if beside else texts):
        section = document.sections[0] if not number else document.add_section(WD_SECTION.NEW_PAGE)
        watermark = both(texts[0].watermark, texts[-1].watermark) if beside else text.watermark
        parts.page_head(section, theme, watermark)
        writer = _Beside(document, theme, texts[0], texts[-1]) if beside else _OneColumn(document, theme, text)
        writer.write()
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _OneColumn:
    """Writes one text down the page."""

    def __init__(self, document: Any, theme: Theme, text: Text) -> None:
        self._document, self._theme, self._text = document, theme, text
        self._new_page = False

    def write(self) -> None:
        *before, last = self._text.content or [Line("")]
        for piece in before:
            self._piece(piece, self._text.language)
        self._piece(last, self._text.language, together=bool(self._text.ending))
        for piece in self._text.ending:
            self._piece(piece, self._text.language, together=True)
        for piece in self._text.annexes:
            self._piece(piece, self._text.language)

    def _piece(self, piece: Piece, language: str, *, together: bool = False) -> None:
        match piece:
            case Line():
                for words in parts.lines(piece.text):
                    self._mark(parts.paragraph(self._document, words, piece.style, language, together))
            case Requisites():
                parts.columns(
                    self._document, self._theme, [(piece.left, piece.right)], language, ("plain", "right")
                )
                self._piece(Line(piece.below, "plain"), language)
            case Grid():
                parts.grid(self._document, self._theme, piece, language)
            case Signatures():
                parts.signatures(self._document, self._theme, piece, language)
            case Gap():
                parts.paragraph(self._document, "", "plain", language, together)
            case NewPage():
                self._new_page = True

    def _mark(self, made: Any) -> None:
        """Let the first paragraph of an annex begin a page."""
        if self._new_page:
            made.paragraph_format.page_break_before = True
            self._new_page = False


class _Beside(_OneColumn):
    """Writes two texts in the two columns of a table without lines, row beside row."""

    def __init__(self, document: Any, theme: Theme, left: Text, right: Text) -> None:
        super().__init__(document, theme, left)
        self._home, self._right = Home(left, right), right
        self._table: Any = None

    def write(self) -> None:
        left, right = self._text, self._right
        last = len(left.content) - 1
        for place, pair in enumerate(paired(left.content, right.content)):
            self._pair(*pair, together=place == last and bool(left.ending))
        for pair in paired(left.ending, right.ending):
            self._pair(*pair, together=True)
        for pair in paired(left.annexes, right.annexes):
            self._pair(*pair)

    def _pair(self, left: Piece, right: Piece, *, together: bool = False) -> None:
        languages = (self._text.language, self._right.language)
        if isinstance(left, Line) and isinstance(right, Line):
            pair = self._home.lines(left, right)
            if any(one.text.strip() for one in pair):
                self._row(pair, languages, together)
            return
        if isinstance(left, Requisites) and isinstance(right, Requisites):
            for words in zip(_requisites(left), _requisites(right), strict=True):
                self._row((Line(words[0], "plain"), Line(words[1], "plain")), languages, together)
            return
        self._table = None
        if isinstance(left, Grid) and isinstance(right, Grid):
            self._piece(self._home.grid(left, right), languages[0])
        elif isinstance(left, Signatures) and isinstance(right, Signatures):
            self._piece(signed_once(left, right), languages[0], together=together)
        else:
            self._piece(left, languages[0], together=together)

    def _row(self, pair: tuple[Line, Line], languages: tuple[str, str], together: bool) -> None:
        if self._new_page:  # no row of a table can begin a page by itself
            self._mark(parts.paragraph(self._document, "", "caption", languages[0]))
            self._table = None
        if self._table is None:
            self._table = parts.bare_table(self._document, self._theme, (1, 1))
        cells = self._table.add_row().cells
        for cell, line, language in zip(cells, pair, languages, strict=True):
            spare = cell.paragraphs[0]
            for words in parts.lines(line.text) or [""]:
                parts.paragraph(cell, words, line.style, language, together, narrow=True)
            parts.remove(spare)


def _requisites(piece: Requisites) -> tuple[str, str, str]:
    return piece.left, piece.right, piece.below
