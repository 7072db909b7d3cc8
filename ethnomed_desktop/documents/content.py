"""What a document says, before anybody decides how it is set: one column, two columns, or an editable file.

The words of a form (labels, dates, names) and the words of a council are kept apart, because the
second may have been written in one language only and must then stand once, with a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A line in a style of the theme: words of the form, then what the council wrote (``own``)."""

    words: str
    style: str = "body"
    own: str = ""

    @property
    def text(self) -> str:
        """The line as it is read."""
        return self.words + self.own


@dataclass(frozen=True)
class Requisites:
    """The day on the left, the number on the right, the place below."""

    left: str
    right: str
    below: str


@dataclass(frozen=True)
class Grid:
    """A table with lines; the columns in ``own`` hold words of the council.

    In the rows of ``named`` these are a person's name, which needs no other language.
    ``room`` is the least height of a row in points, for signing by hand.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    own: frozenset[int] = frozenset()
    room: float = 0
    named: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Signatures:
    """Posts and names with a line to sign between them; without ``sign`` the names stand as typed."""

    lines: tuple[tuple[str, str], ...]
    sign: bool = True


@dataclass(frozen=True)
class Gap:
    """Room of so many letter sizes."""

    sizes: float = 1.0


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""


Piece = Line | Requisites | Grid | Signatures | Gap | NewPage


@dataclass(frozen=True)
class Text:
    """One text of a document: its ``ending`` (signatures) never stands on a page without lines before it.

    ``annexes`` follow the signatures. ``language`` is that of the form's words, ``written`` that of
    the council's where it is known. ``code`` stands at the foot of every page (see `paper_mark`).
    """

    title: str
    language: str
    page_words: str
    watermark: str
    content: Sequence[Piece]
    ending: Sequence[Piece] = field(default=())
    annexes: Sequence[Piece] = field(default=())
    written: str = ""
    code: str = ""
