"""The code at the foot of a form: a picture for a scanner, and the same in characters for a typing hand.

The picture holds twenty characters of the small alphabet of QR codes in its smallest size, 21 modules a
side: large modules are read from a poor scan sooner than small ones with more correction. Measured with
forms turned, with noise and as JPEG: at 150 dots per inch and 120 each one is found, at 100 nine of ten.
"""

from __future__ import annotations

from functools import lru_cache

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ethnomed_desktop.documents import fonts
from ethnomed_desktop.domain.paper_codes import MARK

SIDE = 13 * mm
_FOOT = 5 * mm  # what cheap printers leave unprinted
_BETWEEN = 3 * mm  # the light edge that a reader of codes looks for
_LETTERS = 8


def draw_mark(canvas: Canvas, code: str, right: float) -> None:
    """Draw the code at the foot of the page, its picture ending ``right`` points from the left edge."""
    left = right - SIDE
    renderPDF.draw(_picture(code), canvas, left, _FOOT)
    canvas.setFillGray(0)
    canvas.setFont(fonts.SANS, _LETTERS)
    canvas.drawRightString(left - _BETWEEN, _FOOT, code)


@lru_cache(maxsize=8)
def _picture(code: str) -> Drawing:
    widget = QrCodeWidget(MARK + code.replace("-", ""), barLevel="M", barBorder=0)
    widget.barWidth = widget.barHeight = SIDE
    drawing = Drawing(SIDE, SIDE)
    drawing.add(widget)
    return drawing
