"""Pieces that documents are made of: heads, tables, signatures that never stand alone on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from ethnomed_desktop.documents.theme import Theme

_GRID = 0.5
_TAIL_LINES = 3
_HUGE = 10_000_000.0


class TextStart(Flowable):
    """The first page of a text: page numbers begin anew, its watermark and its code stand on its pages."""

    def __init__(self, page_words: str = "", watermark: str = "", code: str = "") -> None:
        """``page_words`` is a sentence with {page} and {pages}, used where both are printed."""
        super().__init__()
        self.page_words, self.watermark, self.code = page_words, watermark, code

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Tell the canvas, which prints numbers and watermarks when all pages are known."""
        canvas: Any = self.canv
        canvas.text_starts.append((canvas.getPageNumber(), self))


def requisites(left: str, right: str, below: str, theme: Theme) -> list[Flowable]:
    """Date on the left, number on the right, the place under the date."""
    row = [[theme.cell(left, "plain"), theme.cell(right, "right")]]
    table = Table(row, colWidths=theme.columns(3, 2), style=TableStyle(_bare(theme)))
    return [table, *theme.text(below, "plain"), Spacer(0, theme.size * 0.3)]


def _bare(theme: Theme) -> list[Any]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), theme.size * 0.15),
    ]


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], theme: Theme, *, room: float = 0
) -> Table:
    """Return a table with lines whose head repeats on every page.

    The first column is a number. ``room`` (points) is the least height of a row, for signing by hand.
    """
    cells = [[theme.cell(words, "cell_head") for words in head]]
    for row in rows:
        cells.append([theme.cell(w, "cell_number" if column == 0 else "cell") for column, w in enumerate(row)])
    padding = max(2, (room - theme.styles["cell"].leading) / 2)
    style: list[Any] = [
        ("GRID", (0, 0), (-1, -1), _GRID, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if room else "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, 0), 2),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 4),
        ("TOPPADDING", (0, 1), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 1), (-1, -1), padding + 2 if not room else padding),
    ]
    return Table(
        cells,
        colWidths=theme.columns(*shares),
        repeatRows=1,
        splitInRow=1,
        style=TableStyle(style),
        spaceBefore=theme.size * 0.3,
    )


def signatures(lines: Sequence[tuple[str, str]], theme: Theme, *, sign: bool = True) -> list[Flowable]:
    """Lines «Төраға ____________ А. Серікұлы»; without ``sign`` the names stand as typed."""
    rows = [[theme.cell(post, "plain"), "", theme.cell(name, "plain")] for post, name in lines]
    style = _bare(theme)
    style.append(("TOPPADDING", (0, 0), (-1, -1), theme.size * (1.1 if sign else 0.2)))
    if sign:
        style += [("LINEBELOW", (1, row), (1, row), _GRID, colors.black) for row in range(len(rows))]
    style.append(("LEFTPADDING", (2, 0), (2, -1), 6 * mm))
    shares = (5, 4, 5) if sign else (5, 0.1, 9)
    table = Table(rows, colWidths=theme.columns(*shares), style=TableStyle(style))
    return [Spacer(0, theme.size * 0.8), table]


def closed(content: list[Flowable], ending: list[Flowable], theme: Theme) -> list[Flowable]:
    """Return ``content`` and ``ending`` so that the ending stands on a page with text before it.

    The last few lines of the content are taken off and kept with the ending.
    """
    if not content:
        return [KeepTogether(ending)]
    last = content[-1]
    room = theme.styles["body"].leading * _TAIL_LINES
    _, height = last.wrap(theme.width, _HUGE)
    if height <= theme.height / 4:
        before, together = content[:-1], [last, *ending]
        while before and before[-1].getKeepWithNext():  # type: ignore[no-untyped-call]
            together.insert(0, before.pop())  # a label stays with what follows it
        return [*before, KeepTogether(together)]
    parts = last.split(theme.width, height - room)
    if len(parts) < 2:
        return [*content, KeepTogether(ending)]
    return [*content[:-1], *parts[:-1], KeepTogether([parts[-1], *ending])]
