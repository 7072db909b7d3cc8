"""The code at the foot of a form: a picture for a scanner, and the same in characters for a typing hand.

The picture holds twenty characters of the small alphabet of QR codes: 25 modules a side at the highest
error correction, which bears a stain or a fold over a quarter of it. Half a millimetre a module is read
from a photograph and from a scan of 100 dots per inch.
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

SIDE = 12.5 * mm
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
    widget = QrCodeWidget(MARK + code.replace("-", ""), barLevel="H", barBorder=0)
    widget.barWidth = widget.barHeight = SIDE
    drawing = Drawing(SIDE, SIDE)
    drawing.add(widget)
    return drawing
