"""A laid-out document as the page view wants it."""

from __future__ import annotations

from ethnomed_desktop.app import documents
from ethnomed_desktop.ui.kit.page_view import Picture

A4_POINTS = (595.28, 841.89)
"""All our documents are A4 upright."""


class SheetsOfPaper:
    """The pages of ``printed``; make it on the free lane, since it reads the words of every page."""

    def __init__(self, printed: documents.Printed) -> None:
        self.printed = printed
        self._texts = documents.page_texts(printed)

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each page in points."""
        return [A4_POINTS] * self.printed.pages

    def picture(self, page: int, width: int) -> Picture:
        """Return a page as RGB; on the free lane."""
        drawn = documents.page_picture(self.printed, page, width)
        rgb = bytearray(drawn.width * drawn.height * 3)
        for channel in range(3):
            rgb[channel::3] = drawn.pixels[channel::4]
        return bytes(rgb), drawn.width, drawn.height

    def text(self, page: int) -> str:
        """Return the words of a page."""
        return self._texts[page]
