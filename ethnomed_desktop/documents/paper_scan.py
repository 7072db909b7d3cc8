"""Codes on scanned or photographed pages: found by zxing-cpp, which sees what a telephone sees.

A page is looked at as it is; only where no code is found, sharper, larger and plainer copies are tried, so
that a good scan costs one look and a poor one is not given up. Codes of others are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.pictures import opened_picture
from ethnomed_desktop.domain.attachments import PDF
from ethnomed_desktop.domain.paper_codes import MARK, read_paper_code
from ethnomed_desktop.domain.progress import Progress, no_progress

if TYPE_CHECKING:
    from PIL import Image

MOST_PAGES = 300
"""More pages in one file are not looked through: a day's papers are fewer."""

_FIRST, _FINER = 150, 300  # dots per inch of a PDF's pages
_LONGEST = 3600  # pixels; more shows a code no better
_SMALL = 2200  # pixels of the longer side below which a larger copy may help


def codes_on_pages(data: bytes, media_type: str, progress: Progress = no_progress) -> list[tuple[str, ...]]:
    """Return the codes on each page, in order of the pages, each once; a picture is one page.

    Any thread; takes a fraction of a second a page. Raises `pictures.NotAPicture` for what cannot be read,
    `ValueError` beyond `MOST_PAGES`; `Cancelled` raised by ``progress`` passes through.
    """
    if media_type != PDF:
        progress(0, 1)
        with opened_picture(data) as picture:
            return [_codes_in(_plain(picture))]
    count = pages.count_of_foreign(data)
    if count > MOST_PAGES:
        raise ValueError("too many pages")
    found = []
    for number in range(count):
        progress(number, count)
        found.append(_codes_on(data, number))
    return found


def only_pages(data: bytes, numbers: tuple[int, ...]) -> bytes:
    """Return a PDF of these pages (from 0) alone."""
    return pages.only(data, numbers)


def _codes_on(data: bytes, number: int) -> tuple[str, ...]:
    grey = pages.grey(data, number, _FIRST)
    if grey is not None and (found := _read(grey)):
        return found
    finer = pages.grey(data, number, _FINER)
    return _codes_in(finer) if finer is not None else ()


def _plain(picture: Image.Image) -> Image.Image:
    """Return a grey copy that is no larger than helps."""
    picture.draft("L", (_LONGEST, _LONGEST))
    made = picture.convert("RGBA") if picture.mode in {"P", "LA", "PA"} else picture
    if made.mode == "RGBA":
        from PIL import Image

        sheet = Image.new("RGBA", made.size, (255, 255, 255, 255))
        sheet.alpha_composite(made)
        made = sheet
    made = made.convert("L")
    made.thumbnail((_LONGEST, _LONGEST))
    return made


def _codes_in(grey: Image.Image) -> tuple[str, ...]:
    return next((found for one in _copies(grey) if (found := _read(one))), ())


def _copies(grey: Image.Image) -> Iterator[Image.Image]:
    """Yield the page as it is, then copies in which a weak code may show."""
    from PIL import Image, ImageFilter, ImageOps

    yield grey
    plain = ImageOps.autocontrast(grey, cutoff=2)
    yield plain
    if max(grey.size) <= _SMALL:  # of many ways tried on scans of 100 dots per inch these two found most
        for times, radius, percent in ((3, 6, 300), (2, 3, 400)):
            larger = plain.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC)
            yield larger.filter(ImageFilter.UnsharpMask(radius, percent, 0))
    else:
        yield plain.filter(ImageFilter.GaussianBlur(1.5))
        yield plain.resize((grey.width // 2, grey.height // 2), Image.Resampling.BOX)


def _read(grey: Image.Image) -> tuple[str, ...]:
    import zxingcpp

    view: Any = memoryview(grey.tobytes()).cast("B", shape=[grey.height, grey.width])
    found = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    texts = [str(one.text) for one in found]
    ours = [one.removeprefix(MARK) for one in texts if one.startswith(MARK) and read_paper_code(one) is not None]
    return tuple(dict.fromkeys(ours))
