"""Two texts of equal standing side by side: Kazakh on the left, Russian on the right, row by row.

The two texts say the same in the same order, so piece meets piece. What the council wrote in one
language only stands once, in the column of its language, and a mark in the other column says so.
Tables go over both columns; signatures stand once, with the posts in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from ethnomed_desktop.documents import blocks, setting
from ethnomed_desktop.documents.beside import Beside
from ethnomed_desktop.documents.content import Grid, Line, Piece, Requisites, Signatures, Text
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.text_language import written_in
from ethnomed_desktop.i18n.catalogs import Catalog

_OWN_SHARE = 0.75  # of a column of words that becomes two columns
_BOTH_SHARE = 1.15  # of one whose head is in two languages
_LONG_ENOUGH = 60  # letters by which the language of a line can be told
_MARKS = {
    "kk": N_("(the text is in Kazakh)"),
    "ru": N_("(the text is in Russian)"),
    "en": N_("(the text is in English)"),
}


def two_columns(left: Text, right: Text, theme: Theme) -> list[Flowable]:
    """Return both texts as one document; raises `UserError` ``document.missing_glyph``.

    Both come from the same record; `ValueError` where their pieces are not the same in number and kind.
    """
    rows = _Rows(left, right, theme)
    story = rows.of(left.content, right.content)
    ending = rows.of(left.ending, right.ending)
    watermark = both(left.watermark, right.watermark)
    return [
        blocks.TextStart(both(left.page_words, right.page_words), watermark, left.code),
        *(blocks.closed(story, ending, theme) if ending else story),
        *rows.of(left.annexes, right.annexes),
    ]


def both(left: str, right: str) -> str:
    """Return «Төраға / Председатель», or the one word that is the same in both languages."""
    return left if left == right else " / ".join(words for words in (left, right) if words)


def paired(left: Sequence[Piece], right: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """Return piece beside piece; raises `ValueError` where they are not the same in number and kind."""
    pairs = list(zip(left, right, strict=True))
    if any(type(one) is not type(other) for one, other in pairs):
        raise ValueError("the two texts are not built alike")
    return pairs


class Home:
    """Tells in which language the council wrote what it wrote once."""

    def __init__(self, left: Text, right: Text) -> None:
        whole = " ".join(one.own for one in left.content if isinstance(one, Line))
        self._written = left.written or written_in(whole)
        self._languages = (left.language, right.language)

    def apart(self, left: str, right: str) -> tuple[str, str]:
        """Return the words for both sides: as they are, or once and a mark on the other side."""
        if left != right or not any(letter.isalpha() for letter in left):
            return left, right
        language = written_in(left) if len(left) >= _LONG_ENOUGH else self._written
        mark = _MARKS[language]
        if language == self._languages[1]:
            return Catalog.load(self._languages[0]).gettext(mark), right
        return left, Catalog.load(self._languages[1]).gettext(mark)

    def lines(self, left: Line, right: Line) -> tuple[Line, Line]:
        """Return both lines, a mark in the place of words that stand on the other side."""
        first, second = self.apart(left.own, right.own)
        return _marked(left, first), _marked(right, second)

    def grid(self, left: Grid, right: Grid) -> Grid:
        """Return one table: columns of the council's words twice, the others once."""
        head: list[str] = []
        shares: list[float] = []
        columns: list[Sequence[str]] = []
        for place, share in enumerate(left.shares):
            sides = [[row[place] for row in grid.rows] for grid in (left, right)]
            if place in left.own:
                cells = enumerate(zip(*sides, strict=True))
                pairs = [one if row in left.named else self.apart(*one) for row, one in cells]
                head += [left.head[place], right.head[place]]
                shares += [share * _OWN_SHARE] * 2
                columns += [[one for one, _other in pairs], [other for _one, other in pairs]]
            else:
                head.append(both(left.head[place], right.head[place]))
                shares.append(share * _BOTH_SHARE if left.own and place else share)
                columns.append([_over(*cells) for cells in zip(*sides, strict=True)])
        return Grid(tuple(head), tuple(zip(*columns, strict=True)), tuple(shares), room=left.room)


def signed_once(left: Signatures, right: Signatures) -> Signatures:
    """Return the lines to sign with the posts in both languages."""
    lines = zip(left.lines, right.lines, strict=True)
    return Signatures(tuple((both(one[0], other[0]), both(one[1], other[1])) for one, other in lines), left.sign)


def _marked(line: Line, own: str) -> Line:
    if own == line.own:
        return line
    return replace(line, own=own, style="remark" if not line.words else line.style)


def _over(one: str, other: str) -> str:
    return one if one == other else f"{one}\n{other}"


class _Rows:
    """Sets pieces in rows."""

    def __init__(self, left: Text, right: Text, theme: Theme) -> None:
        self._languages = (left.language, right.language)
        self._home = Home(left, right)
        self._theme, self._narrow = theme, replace(theme, narrow=True)

    def of(self, left: Sequence[Piece], right: Sequence[Piece]) -> list[Flowable]:
        return [row for pair in paired(left, right) for row in self._row(*pair)]

    def _row(self, left: Piece, right: Piece) -> list[Flowable]:
        if isinstance(left, Line) and isinstance(right, Line):
            return self._beside(*self._home.lines(left, right))
        if isinstance(left, Requisites):
            return self._beside(left, right)
        if isinstance(left, Grid) and isinstance(right, Grid):
            return setting.piece(self._home.grid(left, right), self._theme, self._languages[0])
        if isinstance(left, Signatures) and isinstance(right, Signatures):
            return setting.piece(signed_once(left, right), self._theme, self._languages[0])
        return setting.piece(left, self._theme, self._languages[0])

    def _beside(self, left: Piece, right: Piece) -> list[Flowable]:
        """Return a row per paragraph where both sides have as many, else one row."""
        sides = [
            setting.piece(one, self._narrow, language)
            for one, language in zip((left, right), self._languages, strict=True)
        ]
        if not any(sides):
            return []
        if len(sides[0]) == len(sides[1]):
            return [self._made([one], [other]) for one, other in zip(*sides, strict=True)]
        return [self._made(*sides)]

    def _made(self, left: list[Flowable], right: list[Flowable]) -> Beside:
        return Beside(left, right, self._narrow.width, self._theme.width - 2 * self._narrow.width)
