"""The recovery sheet on paper, straight to the printer: no file is left behind by us."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_sheet(parent: QWidget, heading: str, explanation: str, code: str) -> bool:
    """Ask for a printer and print; say whether it was handed over. Words are ready for the eye."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document = QTextDocument()
    document.setHtml(
        f"<h1>{escape(heading)}</h1><p>{escape(explanation)}</p>"
        f"<p style='font-size: 18pt'><b><tt>{escape(code)}</tt></b></p>"
    )
    document.print_(printer)
    return True
