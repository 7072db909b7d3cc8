"""Our print dialog: what will be printed on the left, where to on the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import documents, printing
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Whole
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.digit_field import DigitField
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced, with_icon
from ethnomed_desktop.ui.meetings.paper import ChoiceRow, Paper
from ethnomed_desktop.ui.session import Session

MOST_COPIES = 99


class PrintDialog(QDialog):
    """Prints or saves a stored meeting; every printing is noted. ``printed(where)`` after each."""

    printed = Signal(str)

    def __init__(self, session: Session, uid: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("print_dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._session = session
        self._uid = parse_uid(uid)
        self._by_lp = printing.can_use_lp()
        self.paper = Paper(session, language, self)
        self.paper.ordered.connect(self.refresh)
        self.paper.shown.connect(self._on_shown)
        self.pages = QLabel(self)
        self.pages.setProperty("role", "secondary")
        self.printers_label = QLabel(self)
        self.printers = QListWidget(self)
        self.printers.setObjectName("printers")
        self.no_printer = QLabel(self)
        self.no_printer.setObjectName("no_printer")
        self.no_printer.setWordWrap(True)
        self.copies = DigitField(Field("copies", 1, Whole(1, MOST_COPIES), N_("Copies")), self)
        self.copies.set_value(1)
        self.size_label = QLabel(self)
        self.sizes = ChoiceRow("paper_size", ("12", "14"), self)
        self.sizes.choose("14")
        self.sizes.chosen.connect(self._on_size)
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "secondary")
        self.messages = MessageBar(self)
        self.print_button = QPushButton(self)
        self.print_button.setObjectName("print_now")
        self.print_button.setProperty("role", "primary")
        with_icon(self.print_button, "print", "on_accent", 4)
        self.pdf_button = QPushButton(self)
        self.pdf_button.setObjectName("save_pdf")
        self.close_button = QPushButton(self)
        self.close_button.setObjectName("close_dialog")
        self.print_button.clicked.connect(self.print_now)
        self.pdf_button.clicked.connect(self._on_pdf)
        self.close_button.clicked.connect(self.close)
        self._build()
        self.retranslate()
        self._show_printers([])
        self.refresh()
        self._find_printers()

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        side = QVBoxLayout(content)
        spaced(side, 2, (1, 1, 2, 1))
        widgets = (self.printers_label, self.no_printer, self.printers, self.copies, self.size_label, self.sizes)
        for widget in (*widgets, self.pages, self.warning):
            side.addWidget(widget)
        side.addStretch(1)
        at_least(self.printers, height=28)
        sized_font(self.printers_label, 1.0, bold=True)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        right = QVBoxLayout()
        spaced(right, 2)
        right.addWidget(area, 1)
        for button in (self.print_button, self.pdf_button, self.close_button):
            right.addWidget(button)
        row = QHBoxLayout()
        spaced(row, 4)
        row.addWidget(self.paper, 3)
        row.addLayout(right, 2)
        column = QVBoxLayout(self)
        spaced(column, 2, (4, 3, 4, 3))
        column.addWidget(self.messages)
        column.addLayout(row, 1)
        room = (self.parentWidget() or self).size()
        self.resize(max(640, room.width() * 9 // 10), max(420, room.height() * 9 // 10))

    def order(self) -> documents.Order:
        """Return what is to be printed."""
        return self.paper.order()

    def refresh(self) -> None:
        """Lay out what is stored in the chosen language, form and size."""
        uid = self._uid
        self.print_button.setEnabled(False)
        self.pdf_button.setEnabled(False)

        def gather(ctx: AppContext) -> object:
            return documents.gather_minutes(ctx, uid)

        self.paper.show_minutes(gather)

    def print_now(self) -> None:
        """Hand what is shown to the chosen printer."""
        printed, item = self.paper.printed, self.printers.currentItem()
        problem = self.copies.problem()
        self.copies.set_error(problem)
        if printed is None or item is None or problem:
            return
        copies = self.copies.value()
        number = copies if isinstance(copies, int) else 1
        self.print_button.setEnabled(False)
        if self._by_lp:
            name, title = item.text(), self.windowTitle()
            self._session.tasks.free(
                lambda progress: printing.print_by_lp(printed.pdf, name, number, title),
                lambda _answer: self._on_handed_over(printed),
                self._on_failed,
                owner=self,
            )
            return
        from ethnomed_desktop.ui.meetings.raster_printing import RasterPrinting, made_printer

        assert self.paper.sheets is not None
        job = RasterPrinting(self._session.tasks, self.paper.sheets, made_printer(item.text(), number), self)
        job.done.connect(lambda: self._on_handed_over(printed))
        job.failed.connect(lambda: self._on_failed(UserError("print.refused", printer=item.text())))
        job.start()

    def save_pdf(self, target: Path) -> None:
        """Write what is shown into a file that anyone can read."""
        printed, order, uid = self.paper.printed, self.paper.order(), self._uid
        if printed is None:
            return
        self._session.tasks.write(
            lambda progress: documents.save_printed(self._session.ctx, uid, order, printed, target),
            lambda _answer: self._on_saved(target),
            self._on_failed,
            owner=self,
        )

    def retranslate(self) -> None:
        self.setWindowTitle(_("Print the minutes"))
        self.printers_label.setText(_("Printer"))
        self.printers.setAccessibleName(_("Printer"))
        self.no_printer.setText(_("No printer is set up on this computer. The minutes can be saved as a PDF file."))
        self.size_label.setText(_("Text size on paper"))
        for key in self.sizes.buttons:
            self.sizes.word(key, key, _("Text size {points} points").format(points=key))
        self.warning.setText(
            _("A PDF file lies outside the protection: anyone who gets it can read it. Printing is noted.")
        )
        self.print_button.setText(_("Print"))
        self.pdf_button.setText(_("Save as PDF…"))
        self.close_button.setText(_("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _find_printers(self) -> None:
        if self._by_lp:
            self._session.tasks.free(lambda progress: printing.lp_printers(), self._show_printers, owner=self)
            return
        from ethnomed_desktop.ui.meetings.raster_printing import qt_printers

        self._show_printers(qt_printers())

    def _show_printers(self, names: Sequence[str]) -> None:
        self.printers.clear()
        self.printers.addItems(list(names))
        if names:
            self.printers.setCurrentRow(0)
        self.no_printer.setVisible(not names)
        self.printers.setVisible(bool(names))
        self.copies.setVisible(bool(names))
        self._enable()

    def _enable(self) -> None:
        ready = self.paper.printed is not None
        self.print_button.setEnabled(ready and self.printers.currentItem() is not None)
        self.pdf_button.setEnabled(ready)

    def _on_shown(self, pages: int) -> None:
        self.pages.setText(_("Pages: {count}").format(count=pages))
        self._enable()

    def _on_size(self, key: str) -> None:
        self.paper.size_points = int(key)
        self.refresh()

    def _on_handed_over(self, printed: documents.Printed) -> None:
        order, uid = self.order(), self._uid
        self._session.keep(lambda ctx, progress: documents.note_printing(ctx, uid, order, printed, "printer"))
        self._enable()
        self.messages.succeed(_("Handed over to the printer."))
        self.printed.emit("printer")

    def _on_saved(self, target: Path) -> None:
        self.messages.succeed(_("Saved as {name}. Anyone who gets the file can read it.").format(name=target.name))
        self.printed.emit("file")

    def _on_failed(self, error: object) -> None:
        self._enable()
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _on_pdf(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF…"), "minutes.pdf", "PDF (*.pdf)")
        if name:
            self.save_pdf(Path(name))
