"""Building a PDF in memory: page numbers, watermarks, language, title.

The same data give the same bytes: no creation date, no random identifiers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from ethnomed_desktop.documents import files, fonts, pages
from ethnomed_desktop.documents.blocks import TextStart
from ethnomed_desktop.documents.led import with_leads
from ethnomed_desktop.documents.paper_mark import draw_mark
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.i18n.conventions import conventions

PROGRAM = "Ethnomed Desktop"
_PALE = 0.88  # grey of a watermark: text above it stays readable, also on a poor printer


class _NumberedCanvas(Canvas):
    """Keeps all pages back, so that each can be given its number, the total and its watermark."""

    _code: list[str]  # reportlab's drawing operators of the page in work

    def __init__(self, *args: Any, theme: Theme, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.text_starts: list[tuple[int, TextStart]] = []
        self._theme = theme
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page back."""
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Print what only the whole document knows, then write it."""
        starts, kept = self.text_starts, self._kept
        for index, state in enumerate(kept):
            self.__dict__.update(state)
            body = self._code
            self._code = []
            self._furnish(index + 1, starts, len(kept))
            self._code += body  # what is drawn first lies underneath and is read out first
            super().showPage()
        super().save()

    def _furnish(self, page: int, starts: list[tuple[int, TextStart]], total: int) -> None:
        own = [entry for entry in starts if entry[0] <= page]
        if not own:
            return
        first, start = own[-1]
        after = min((number for number, _ in starts if number > page), default=total + 1)
        number, count = page - first + 1, after - first
        if start.watermark:
            self._watermark(start.watermark)
        if start.code:
            draw_mark(self, start.code, A4[0] - self._theme.right * mm)
        middle = (self._theme.left * mm + A4[0] - self._theme.right * mm) / 2
        if self._theme.page_numbers == "foot":
            self.setFont(fonts.SERIF, 10)
            words = start.page_words.format(page=number, pages=count)
            self.drawCentredString(middle, self._theme.bottom * mm / 2, words)
        elif number > 1:
            self.setFont(fonts.SERIF, self._theme.table_size)
            self.drawCentredString(middle, A4[1] - self._theme.top * mm * 0.65, str(number))

    def _watermark(self, words: str) -> None:
        """Draw large pale words across the page."""
        self.saveState()
        self.translate(A4[0] / 2, A4[1] / 2)
        self.rotate(55)
        font, size = fonts.face_name(fonts.SANS, "Bold"), 80.0
        size *= min(1.0, 640 / self.stringWidth(words, font, size))
        self.setFont(font, size)
        self.setFillGray(_PALE)
        self.drawCentredString(0, -size / 3, words)
        self.restoreState()


class _Document(BaseDocTemplate):
    """Reports how many pieces are set; the first call that raises ends the work."""

    report: Callable[[], None]

    def afterFlowable(self, flowable: Flowable) -> None:
        """Count a piece that was placed."""
        self.report()


def build(
    story: Sequence[Flowable], *, title: str, language: str, theme: Theme, progress: Progress = no_progress
) -> bytes:
    """Return the document as PDF bytes; nothing is written to the disk.

    ``progress`` is called with pieces set and pieces in all (pieces split over pages count again, so
    the first number stops at the second). `Cancelled` raised by it passes through.
    """
    fonts.register()
    fonts.printable(title)
    pieces = with_leads(story)
    total, done = len(pieces), 0

    def report() -> None:
        nonlocal done
        done = min(done + 1, total)
        progress(done, total)

    buffer = BytesIO()
    document = _Document(
        buffer,
        pagesize=A4,
        title=title,
        author=PROGRAM,
        creator=PROGRAM,
        producer=PROGRAM,
        lang=conventions(language).tag,
        invariant=1,
    )
    document.report = report
    frame = Frame(
        theme.left * mm,
        theme.bottom * mm,
        theme.width,
        theme.height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate("page", [frame])])
    progress(0, total)
    document.build(pieces, canvasmaker=lambda *args, **settings: _NumberedCanvas(*args, theme=theme, **settings))
    return buffer.getvalue()


def write(data: bytes, target: Path) -> int:
    """Put a PDF in the place of ``target`` and return its number of pages.

    The document is opened and its pages counted before anything is written, and the file is read back
    (see `files.put_whole`, whose `StorageError` passes through). Raises `ValueError` for other bytes.
    """
    whole = pages.count(data)
    files.put_whole(data, target)
    return whole
