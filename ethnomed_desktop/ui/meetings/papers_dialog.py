"""Forms and registers: chosen on the left, looked at on the right, printed or saved below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import loose_papers, registers
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import Order, Printed
from ethnomed_desktop.app.loose_papers import PAPERS, LoosePaper
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Whole
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.digit_field import DigitField
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.page_view import PageView
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.kit.wrapped_rows import wrap_rows
from ethnomed_desktop.ui.meetings.paper import LANGUAGES, ChoiceRow
from ethnomed_desktop.ui.meetings.sheets_of_paper import SheetsOfPaper
from ethnomed_desktop.ui.session import Session

AskPrinter = Callable[[QWidget], Any]
"""Lets a person choose a printer; None when they did not."""


def ask_printer(parent: QWidget) -> Any:
    """Ask with the dialog of the system."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


class PapersDialog(QDialog):
    """``shown(pages)`` after a paper was laid out. Only the newest choice counts. ``ask_printer``: for tests."""

    shown = Signal(int)

    def __init__(self, session: Session, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("papers_dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.ask_printer: AskPrinter = ask_printer
        self._session = session
        self._asked = 0
        self._order: Order | None = None
        self._sheets: SheetsOfPaper | None = None
        self.list = QListWidget(self)
        self.list.setObjectName("papers")
        wrap_rows(self.list)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        at_least(self.list, width=50, height=30)
        self.languages = ChoiceRow("papers_language", loose_papers.LANGUAGES, self)
        self.languages.choose(session.catalog.language)
        self.year = DigitField(Field("year", 1, Whole(1900, 2200), N_("Year (empty: all)")), self)
        self.pages = QLabel(self)
        self.pages.setProperty("role", "secondary")
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "secondary")
        self.messages = MessageBar(self)
        self.view = PageView(session.tasks, self)
        self.print_button, self.pdf_button, self.sheet_button, self.close_button = (
            PushButton(self) for _place in range(4)
        )
        self.print_button.setProperty("role", "primary")
        for name in ("print", "pdf", "sheet", "close"):
            getattr(self, f"{name}_button").setObjectName(f"papers_{name}")
        self._build()
        self.retranslate()
        keys = [one.key for one in PAPERS]
        self.list.setCurrentRow(keys.index(key) if key in keys else 0)
        self._connect()
        self.refresh()

    def _build(self) -> None:
        side = QVBoxLayout()
        spaced(side, 2)
        side.addWidget(self.list, 1)
        for widget in (self.languages, self.year, self.pages, self.warning):
            side.addWidget(widget)
        row = QHBoxLayout()
        spaced(row, 4)
        row.addLayout(side, 2)
        row.addWidget(self.view, 3)
        foot = QWidget(self)
        flow = FlowLayout(foot)
        spaced(flow, 2)
        for button in (self.print_button, self.pdf_button, self.sheet_button, self.close_button):
            flow.addWidget(button)
        foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        spaced(column, 3, (5, 4, 5, 4))
        column.addWidget(self.messages)
        column.addLayout(row, 1)
        column.addWidget(foot)
        room = (self.parentWidget() or self).size()
        self.resize(max(640, room.width() * 9 // 10), max(420, room.height() * 9 // 10))

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self.refresh())
        self.languages.chosen.connect(lambda _key: self.refresh())
        self.year.line.editingFinished.connect(self.refresh)
        self.print_button.clicked.connect(self.print_now)
        self.pdf_button.clicked.connect(self._on_pdf)
        self.sheet_button.clicked.connect(self._on_sheet)
        self.close_button.clicked.connect(self.close)

    def paper(self) -> LoosePaper:
        """Return what is chosen."""
        return PAPERS[max(0, self.list.currentRow())]

    def refresh(self) -> None:
        """Read and lay out what is chosen; answers to questions before are dropped."""
        paper, language, year = self.paper(), self.languages.key(), self._year()
        self.year.setVisible(paper.is_register)
        self.sheet_button.setVisible(paper.is_register)
        if year is None:
            return
        self._asked += 1
        self._sheets = None
        self.view.show_pages(None)
        self._show_ready()
        self._session.query(
            lambda ctx: loose_papers.gather(ctx, paper, language, year),
            partial(self._on_read, self._asked, paper),
            partial(self._on_failed, self._asked),
            owner=self,
        )

    def _year(self) -> str | None:
        """Return the year, empty for all; None, and the reason at the field, for what is none."""
        problem = self.year.problem() if self.paper().is_register else ""
        self.year.set_error(problem)
        return None if problem else str(self.year.value() or "") if self.paper().is_register else ""

    def _on_read(self, asked: int, paper: LoosePaper, answer: tuple[Any, Order]) -> None:
        data, order = answer
        self._session.tasks.free(
            lambda progress: SheetsOfPaper(loose_papers.make(paper, data, order, progress)),
            partial(self._on_laid_out, asked, paper, order),
            partial(self._on_failed, asked),
            owner=self,
        )

    def _on_laid_out(self, asked: int, paper: LoosePaper, order: Order, sheets: SheetsOfPaper) -> None:
        if asked != self._asked:
            return
        self._order, self._sheets = order, sheets
        self.messages.dismiss()
        hidden = appearance().names_hidden and paper.is_register
        self.view.show_pages(None if hidden else sheets)
        if hidden:
            self.messages.warn(
                _("Names are hidden on the screen, so the page is not shown. On paper they stand all the same.")
            )
        self._show_ready()
        self.shown.emit(sheets.printed.pages)

    def _on_failed(self, asked: int, error: object) -> None:
        if asked in (0, self._asked) and isinstance(error, Exception):
            show_error(self.messages, error)

    def _show_ready(self) -> None:
        ready = self._sheets is not None
        for button in (self.print_button, self.pdf_button):
            button.setEnabled(ready)
        pages = self._sheets.printed.pages if self._sheets is not None else 0
        self.pages.setText(_("Pages: {count}").format(count=pages) if ready else "")

    # -- out of the program ---------------------------------------------------

    def print_now(self) -> None:
        """Print what is shown on the printer that the person chooses."""
        from ethnomed_desktop.ui.meetings.raster_printing import RasterPrinting

        sheets, order, paper = self._sheets, self._order, self.paper()
        printer = self.ask_printer(self) if sheets is not None else None
        if sheets is None or order is None or printer is None:
            return
        job = RasterPrinting(self._session.tasks, sheets, printer, self)
        job.done.connect(lambda: self._on_printed(paper, order, sheets.printed))
        job.failed.connect(lambda: self._on_failed(0, UserError("print.refused", printer=printer.printerName())))
        job.start()

    def _on_printed(self, paper: LoosePaper, order: Order, printed: Printed) -> None:
        self._session.keep(lambda ctx, progress: loose_papers.note(ctx, paper, order, printed, "printer"))
        self.messages.succeed(_("Handed over to the printer."))

    def save_pdf(self, target: Path) -> None:
        """Write what is shown into a file that anyone can read."""
        sheets, order, paper = self._sheets, self._order, self.paper()
        if sheets is not None and order is not None:
            self._keep(lambda ctx: loose_papers.save(ctx, paper, order, sheets.printed, target), target)

    def save_sheet(self, target: Path) -> None:
        """Write the register as a spreadsheet that anyone can read."""
        paper, language, year = self.paper(), self.languages.key().split("+")[0], self._year()
        if year is not None:
            self._keep(lambda ctx: registers.write_xlsx(ctx, paper.key, language, year, target), target)

    def _keep(self, job: Callable[[AppContext], object], target: Path) -> None:
        self._session.keep(
            lambda ctx, progress: job(ctx), lambda _answer: self._on_saved(target), partial(self._on_failed, 0)
        )

    def _on_saved(self, target: Path) -> None:
        self.messages.succeed(_("Saved as {name}. Anyone who gets the file can read it.").format(name=target.name))

    def _on_pdf(self) -> None:
        self._ask_name(f"{self.paper().key}.pdf", "PDF (*.pdf)", self.save_pdf)

    def _on_sheet(self) -> None:
        self._ask_name(f"{self.paper().key}.xlsx", "XLSX (*.xlsx)", self.save_sheet)

    def _ask_name(self, proposed: str, kinds: str, save: Callable[[Path], None]) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as a file"), str(Path.home() / proposed), kinds)
        if name:
            save(Path(name))

    def retranslate(self) -> None:
        self.setWindowTitle(_("Forms and registers"))
        chosen = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([_(one.title) for one in PAPERS])
        self.list.setCurrentRow(chosen)
        self.list.blockSignals(False)
        self.list.setAccessibleName(_("Forms and registers"))
        for key, label, short in _known(loose_papers.LANGUAGES):
            self.languages.word(key, short, _("Print in: {language}").format(language=_(label)))
        self.warning.setText(
            _("A saved file lies outside the protection: anyone who gets it can read it. Printing is noted.")
        )
        self.print_button.setText(_("Print…"))
        self.pdf_button.setText(_("Save as PDF…"))
        self.sheet_button.setText(_("Save as a spreadsheet…"))
        self.close_button.setText(_("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _known(keys: Sequence[str]) -> list[tuple[str, str, str]]:
    return [one for one in LANGUAGES if one[0] in keys]
