"""Printing as pictures through Qt, where no ``lp`` takes the PDF itself (Windows)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ethnomed_desktop.ui.kit.page_view import Picture
from ethnomed_desktop.ui.meetings.sheets_of_paper import SheetsOfPaper
from ethnomed_desktop.ui.tasks import Tasks

DOTS_PER_INCH = 300
"""More makes pictures that printers choke on and paper does not show."""

A4_INCHES_WIDE = 8.268


def qt_printers() -> list[str]:
    """Return the names of the printers that Qt knows, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def made_printer(name: str, copies: int) -> QPrinter:
    """Return a printer set up for A4 without margins of its own."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(DOTS_PER_INCH, printer.resolution()) or DOTS_PER_INCH)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    return printer


class RasterPrinting(QObject):
    """Prints page after page: drawn on the free lane, painted here. ``done()`` or ``failed()`` at the end."""

    done = Signal()
    failed = Signal()

    def __init__(
        self, tasks: Tasks, sheets: SheetsOfPaper, printer: QPrinter, parent: QObject, pages: Sequence[int] = ()
    ) -> None:
        """``pages`` (from 1) left out: all of them."""
        super().__init__(parent)
        self._tasks = tasks
        self._sheets = sheets
        self._printer = printer
        self._painter = QPainter()
        self._pages = [page - 1 for page in pages] or list(range(len(sheets.sizes())))

    def start(self) -> None:
        """Begin; the answer comes by signal."""
        if not self._painter.begin(self._printer):
            self.failed.emit()
            return
        self._ask()

    def _ask(self) -> None:
        page, width = self._pages[0], round(self._printer.resolution() * A4_INCHES_WIDE)
        self._tasks.free(
            lambda progress: self._sheets.picture(page, width), self._on_picture, self._on_failed, owner=self
        )

    def _on_picture(self, picture: Picture) -> None:
        data, width, height = picture
        image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
        room = QRectF(self._printer.pageLayout().fullRectPixels(self._printer.resolution()))
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        self._painter.drawImage(QRectF(0, 0, room.width(), room.width() * height / width), grey)
        self._pages.pop(0)
        if self._pages:
            self._printer.newPage()
            self._ask()
            return
        self._painter.end()
        self.done.emit()

    def _on_failed(self, error: object) -> None:
        self._painter.end()
        self._printer.abort()
        self.failed.emit()
