"""Looking at a finished PDF: how many pages, what they look like, what they say.

PDFium is not safe for several threads at once; one lock serves all calls.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_LOCK = threading.Lock()
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\ufffe\u0002]\r?\n(?=[^\W\d_])")


@dataclass(frozen=True)
class Picture:
    """A page as pixels: four bytes each (red, green, blue, unused), rows without gaps, top first."""

    width: int
    height: int
    pixels: bytes


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
