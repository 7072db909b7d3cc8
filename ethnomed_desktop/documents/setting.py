"""Setting what a document says in one column."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak, Spacer

from ethnomed_desktop.documents import blocks
from ethnomed_desktop.documents.content import Gap, Grid, Line, NewPage, Piece, Requisites, Signatures, Text
from ethnomed_desktop.documents.theme import Theme


def one_column(text: Text, theme: Theme) -> list[Flowable]:
    """Return a text as reportlab's flowables; page numbers begin anew with it.

    Raises `UserError` ``document.missing_glyph``.
    """
    content = pieces(text.content, theme, text.language)
    ending = pieces(text.ending, theme, text.language)
    story = blocks.closed(content, ending, theme) if ending else content
    return [
        blocks.TextStart(text.page_words, text.watermark, text.code),
        *story,
        *pieces(text.annexes, theme, text.language),
    ]


def pieces(content: Sequence[Piece], theme: Theme, language: str) -> list[Flowable]:
    """Return pieces as flowables, in their order."""
    return [flowable for one in content for flowable in piece(one, theme, language)]


def piece(one: Piece, theme: Theme, language: str) -> list[Flowable]:
    """Return one piece as flowables; a line without words as none."""
    match one:
        case Line():
            return theme.text(one.text, one.style, language)
        case Requisites():
            return blocks.requisites(one.left, one.right, one.below, theme)
        case Grid():
            return [blocks.grid(one.head, one.rows, one.shares, theme, room=one.room)]
        case Signatures():
            return blocks.signatures(one.lines, theme, sign=one.sign)
        case Gap():
            return [Spacer(0, theme.size * one.sizes)]
        case NewPage():
            return [PageBreak()]
