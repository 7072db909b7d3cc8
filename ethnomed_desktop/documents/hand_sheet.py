"""Boxes to write in by hand: a small label above, what is known already, room and pale lines for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from ethnomed_desktop.documents import fonts
from ethnomed_desktop.documents.theme import Theme

LINE = 7 * mm
"""Room of a line that people write on: a telephone at the ear, a knee for a table."""

_PAD = 1.2 * mm
_SQUARE = 2.8 * mm
_STEP = _SQUARE * 1.6
_LABEL, _WORD = 8.0, 9.5
_PALE = 0.75


@dataclass(frozen=True)
class Ask:
    """One box: its label, what is known, how many lines of writing, its share of the row's width."""

    label: str
    value: str = ""
    lines: int = 1
    share: float = 1


@dataclass(frozen=True)
class Tick:
    """A box with squares to tick; as high as its words need."""

    label: str
    options: tuple[str, ...]


class AskRow(Flowable):
    """Boxes beside each other, all as high as the one with the most lines."""

    def __init__(self, asks: Sequence[Ask], theme: Theme) -> None:
        super().__init__()
        self._asks = asks
        self.width = theme.width
        whole = sum(one.share for one in asks)
        self._labels = [_paragraph(one.label, _LABEL) for one in asks]
        self._widths = [theme.width * one.share / whole for one in asks]
        heads = [
            label.wrap(width - 2 * _PAD, theme.height)[1]
            for label, width in zip(self._labels, self._widths, strict=True)
        ]
        self._head = max(heads)
        self.height = self._head + _PAD + max(one.lines for one in asks) * LINE

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Take the width of the text."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw boxes, labels, pale lines and what is known."""
        left = 0.0
        for one, label, width in zip(self._asks, self._labels, self._widths, strict=True):
            _box(self, left, width, self.height)
            label.drawOn(self.canv, left + _PAD, self.height - _PAD - label.height)
            for place in range(1, one.lines):
                height = place * LINE
                self.canv.setStrokeGray(_PALE)
                self.canv.line(left + 2 * _PAD, height, left + width - 2 * _PAD, height)
            if one.value:
                known = _paragraph(one.value, _WORD)
                _, height = known.wrap(width - 2 * _PAD, self.height)
                known.drawOn(self.canv, left + _PAD, self.height - self._head - _PAD - height - 1)
            left += width


class TickBox(Flowable):
    """A box with squares, words after each, in as many lines as they need."""

    def __init__(self, tick: Tick, theme: Theme) -> None:
        super().__init__()
        self.width = theme.width
        self._label = _paragraph(tick.label, _LABEL)
        self._label.wrap(theme.width - 2 * _PAD, theme.height)
        self._lines = _in_lines([fonts.printable(one) for one in tick.options], theme.width - 2 * _PAD)
        self.height = self._label.height + 3.2 * _PAD + len(self._lines) * _STEP

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Take the width of the text."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the box, the label, squares and words."""
        _box(self, 0, self.width, self.height)
        self._label.drawOn(self.canv, _PAD, self.height - _PAD - self._label.height)
        height = self.height - self._label.height - 2 * _PAD
        self.canv.setFillGray(0)
        self.canv.setFont(fonts.SERIF, _WORD - 0.5)
        for line in self._lines:
            height -= _STEP
            for left, words in line:
                self.canv.rect(_PAD + left, height + 1, _SQUARE, _SQUARE)
                self.canv.drawString(_PAD + left + _SQUARE * 1.4, height + 1.6, words)


def _in_lines(options: Sequence[str], room: float) -> list[list[tuple[float, str]]]:
    lines: list[list[tuple[float, str]]] = [[]]
    left = 0.0
    for words in options:
        needs = _SQUARE * 1.4 + stringWidth(words, fonts.SERIF, _WORD - 0.5) + 4 * mm
        if lines[-1] and left + needs - 4 * mm > room:
            lines.append([])
            left = 0.0
        lines[-1].append((left, words))
        left += needs
    return lines


def _paragraph(words: str, size: float) -> Paragraph:
    from html import escape

    from reportlab.lib.styles import ParagraphStyle

    style = ParagraphStyle("hand", fontName=fonts.SERIF, fontSize=size, leading=size * 1.15)
    return Paragraph(escape(fonts.printable(words), quote=False), style)


def _box(flowable: Flowable, left: float, width: float, height: float) -> None:
    flowable.canv.setStrokeGray(0)
    flowable.canv.setLineWidth(0.5)
    flowable.canv.rect(left, 0, width, height)
