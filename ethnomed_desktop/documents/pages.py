"""Looking at a finished PDF: how many pages, what they look like, what they say.

PDFium is not safe for several threads at once; one lock serves all calls.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_LOCK = threading.Lock()
_POINTS = 72  # an inch
_MOST_PIXELS = 20_000_000
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\ufffe\u0002]\r?\n(?=[^\W\d_])")


@dataclass(frozen=True)
class Picture:
    """A page as pixels: four bytes each (red, green, blue, unused), rows without gaps, top first."""

    width: int
    height: int
    pixels: bytes


class NotAPicture(ValueError):
    """The bytes are no picture that can be read: it is kept as it is, without a small copy."""


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def count(data: bytes) -> int:
    """Return the number of pages; raises `ValueError` for bytes that are not a readable PDF."""
    import pypdfium2

    try:
        with _opened(data) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a readable PDF") from error


def render(data: bytes, page: int, width_px: int) -> Picture:
    """Return the picture of a page (from 0), ``width_px`` wide; raises `IndexError` beyond the last."""
    with _opened(data) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        sheet = document[page]
        bitmap = sheet.render(scale=width_px / sheet.get_width(), rev_byteorder=True, prefer_bgrx=True)
        row, stride = bitmap.width * 4, bitmap.stride
        raw = bytes(bitmap.buffer)
        if stride != row:
            raw = b"".join(raw[start : start + row] for start in range(0, stride * bitmap.height, stride))
        return Picture(bitmap.width, bitmap.height, raw)


def count_of_foreign(data: bytes) -> int:
    """Return the pages of a PDF that anybody may have made; raises `NotAPicture` for one that cannot be read."""
    try:
        return count(data)
    except ValueError as error:
        raise NotAPicture("not a readable PDF") from error


def grey(data: bytes, page: int, dots_per_inch: int) -> Image.Image | None:
    """Return a page (from 0) of a foreign PDF as a grey picture; None for one that cannot be drawn.

    A page that claims to be a field is drawn smaller.
    """
    import pypdfium2

    try:
        with _opened(data) as document:
            sheet = document[page]
            inches = max(sheet.get_width() * sheet.get_height(), 1.0) / _POINTS**2
            dots = min(float(dots_per_inch), (_MOST_PIXELS / inches) ** 0.5)
            drawn: Image.Image = sheet.render(scale=dots / _POINTS, grayscale=True).to_pil().convert("L")
            return drawn
    except (pypdfium2.PdfiumError, ValueError):
        return None


def only(data: bytes, numbers: Sequence[int]) -> bytes:
    """Return a PDF of these pages (from 0) alone, in this order."""
    import pypdfium2

    with _opened(data) as document:
        made = pypdfium2.PdfDocument.new()
        try:
            made.import_pages(document, list(numbers))
            buffer = BytesIO()
            made.save(buffer)
            return buffer.getvalue()
        finally:
            made.close()


def text(data: bytes, page: int) -> str:
    """Return what a page (from 0) says, line by line, as a reader program would copy it."""
    with _opened(data) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        return _text_of(document[page])


def texts(data: bytes) -> list[str]:
    """Return what each page says, as `text` does; the document is opened once."""
    with _opened(data) as document:
        return [_text_of(page) for page in document]


def _text_of(page: Any) -> str:
    return str(page.get_textpage().get_text_bounded()).replace("\r\n", "\n")


def flowing_text(data: bytes) -> str:
    """Return all pages as one line of text, words broken at line ends joined again: for searching."""
    whole = "\n".join(texts(data))
    return " ".join(_BROKEN_WORD.sub("", whole).split())
