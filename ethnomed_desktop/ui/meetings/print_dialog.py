"""Our print dialog: what will be printed on the left, where to on the right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import documents, print_memory, printing
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.editable_documents import write_docx
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Text, Whole
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.stand_ins import initials_of
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import appearance, restyle
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.digit_field import DigitField
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.saving import ask_where
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.text_field import TextField
from ethnomed_desktop.ui.meetings.paper import Paper
from ethnomed_desktop.ui.meetings.print_choices import PrintChoicesPanel, short_list
from ethnomed_desktop.ui.session import Session

MOST_COPIES = 99


class PrintDialog(QDialog):
    """Prints or saves a stored meeting; every printing is noted. ``printed(where)`` after each.

    How a body's minutes were printed last is offered first; ``language`` (may be empty) comes before.
    """

    printed = Signal(str)

    def __init__(self, session: Session, uid: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("print_dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._session = session
        self._uid = parse_uid(uid)
        self._by_lp = printing.can_use_lp()
        self._language = language
        self._usual_printer, self._usual_form = "", "full"
        self._extract_of = 0
        self._file_name = _("Minutes")
        self._foot: QHBoxLayout | None = None
        self.paper = Paper(session, language, self)
        self.paper.ordered.connect(self.refresh)
        self.paper.read.connect(self._on_read)
        self.paper.shown.connect(self._on_shown)
        self.pages = QLabel(self)
        self.pages.setProperty("role", "secondary")
        self.printers_label = QLabel(self)
        self.printers = short_list("printers", self)
        self.no_printer = QLabel(self)
        self.no_printer.setObjectName("no_printer")
        self.no_printer.setWordWrap(True)
        self.copies = DigitField(Field("copies", 1, Whole(1, MOST_COPIES), N_("Copies")), self)
        self.copies.set_value(1)
        self.range = TextField(Field("pages", 2, Text(60), N_("Pages to print")), self)
        self.choices = PrintChoicesPanel(self)
        self.choices.changed.connect(self.refresh)
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "secondary")
        self.messages = MessageBar(self)
        self.print_button = PushButton(self)
        self.print_button.setObjectName("print_now")
        self.print_button.setProperty("role", "primary")
        with_icon(self.print_button, "print", "on_accent", 4, apart=True)
        self.pdf_button = PushButton(self)
        self.pdf_button.setObjectName("save_pdf")
        self.word_button = PushButton(self)
        self.word_button.setObjectName("save_word")
        self.close_button = PushButton(self)
        self.close_button.setObjectName("close_dialog")
        self.print_button.clicked.connect(self.print_now)
        self.pdf_button.clicked.connect(self._on_pdf)
        self.word_button.clicked.connect(self._on_word)
        self.close_button.clicked.connect(self.close)
        self._build()
        self.retranslate()
        self._show_printers([], known=False)
        stored = self._uid
        session.query(
            lambda ctx: print_memory.remembered(ctx, stored), self._on_remembered, self._on_failed, owner=self
        )

    def offer_extract(self, item: int, *, nameless: bool) -> None:
        """Offer the extract of an item (from 1) first, however the minutes were printed the last time."""
        self._extract_of = self.choices.offered_item = item
        self.choices.nameless.setChecked(nameless)

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        side = QVBoxLayout(content)
        spaced(side, 2, (1, 1, 2, 1))
        widgets = (self.printers_label, self.no_printer, self.printers, self.copies, self.range)
        ways = [self.print_button, self.close_button]
        saving = [self.pdf_button, self.word_button]
        low = appearance().low  # a dialog is not open while the text size changes
        for widget in (*widgets, self.choices, self.pages, *(saving if low else ()), self.warning):
            side.addWidget(widget)
        side.addStretch(1)
        sized_font(self.printers_label, 1.0, bold=True)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        right = QVBoxLayout()
        spaced(right, 2)
        right.addWidget(area, 1)
        if low:
            foot = self._foot = QHBoxLayout()
            spaced(foot, 2)
            right.addLayout(foot)
            foot.addWidget(ways[0], 1)
            foot.addWidget(ways[1])
            for button in (self.pdf_button, self.close_button):
                button.setProperty("narrow", "true")  # both stand there where there is no printer
        else:
            for button in (ways[0], *saving, ways[1]):
                right.addWidget(button)
        row = QHBoxLayout()
        spaced(row, 4)
        row.addWidget(self.paper, 5 if low else 3)
        row.addLayout(right, 4 if low else 2)
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
        """Lay out what is stored as it is chosen."""
        uid, choices = self._uid, self.choices
        choices.extract_chosen(self.paper.forms.key() == "extract")
        self.paper.size_points, self.paper.item = choices.points(), choices.item()
        self.paper.wishes = choices.wishes()
        order = self.paper.order()
        self.print_button.setEnabled(False)
        self.pdf_button.setEnabled(False)
        self.word_button.setEnabled(False)

        def gather(ctx: AppContext) -> object:
            return documents.gather_minutes(ctx, uid, order)

        self.paper.show_minutes(gather)

    def print_now(self) -> None:
        """Hand what is shown to the chosen printer."""
        printed, item = self.paper.printed, self.printers.currentItem()
        problem = self.copies.problem()
        self.copies.set_error(problem)
        pages = self._chosen_pages()
        if printed is None or item is None or problem or pages is None:
            return
        copies = self.copies.value()
        number = copies if isinstance(copies, int) else 1
        self.print_button.setEnabled(False)
        if self._by_lp:
            self._print_by_lp(printed, item.text(), number, pages)
        else:
            self._print_as_pictures(printed, item.text(), number, pages)

    def _chosen_pages(self) -> tuple[int, ...] | None:
        """Return the pages to print, none for all; None, and the reason beside the field, when it is wrong."""
        printed = self.paper.printed
        try:
            found = printing.page_numbers(str(self.range.value() or ""), printed.pages if printed else 0)
        except UserError as error:
            self.range.set_error(sentence(error, self._session.catalog))
            return None
        self.range.set_error("")
        return found

    def _print_by_lp(self, printed: documents.Printed, name: str, copies: int, pages: tuple[int, ...]) -> None:
        title = self.windowTitle()

        def hand_over(progress: object) -> UserError | None:
            printing.print_by_lp(printed.pdf, name, copies, title, pages)
            return printing.printer_trouble(name)

        self._session.tasks.free(
            hand_over, lambda trouble: self._on_handed_over(printed, trouble), self._on_failed, owner=self
        )

    def _print_as_pictures(
        self, printed: documents.Printed, name: str, copies: int, pages: tuple[int, ...]
    ) -> None:
        from ethnomed_desktop.ui.meetings.raster_printing import RasterPrinting, made_printer

        assert self.paper.sheets is not None
        job = RasterPrinting(self._session.tasks, self.paper.sheets, made_printer(name, copies), self, pages)
        job.done.connect(lambda: self._on_handed_over(printed, None))
        job.failed.connect(lambda: self._on_failed(UserError("print.refused", printer=name)))
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

    def save_word(self, target: Path) -> None:
        """Write the minutes as a file for Word that anyone can read."""
        order, uid = self.paper.order(), self._uid
        self._session.tasks.write(
            lambda progress: write_docx(self._session.ctx, "minutes", uid, order, target),
            lambda _answer: self._on_saved(target),
            self._on_failed,
            owner=self,
        )

    def retranslate(self) -> None:
        self.setWindowTitle(_("Print the minutes"))
        self.printers_label.setText(_("Printer"))
        self.printers.setAccessibleName(_("Printer"))
        self.no_printer.setText(_("No printer is set up on this computer. The minutes can be saved as a PDF file."))
        self.warning.setText(
            _("A saved file lies outside the protection: anyone who gets it can read it. Printing is noted.")
        )
        self.print_button.setText(_("Print"))
        self.pdf_button.setText(_("Save as PDF…"))
        self.word_button.setText(_("Save for Word…"))
        self.close_button.setText(_("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_remembered(self, found: print_memory.PrintChoices) -> None:
        self.paper.languages.choose(self._language or found.language or self._session.catalog.language)
        if not self._language:
            self.paper.forms.choose(found.form)
        if self._extract_of:
            self.paper.forms.choose("extract")
        self.choices.show_choices(str(found.size), found.watermark, found.sign)
        self._usual_printer, self._usual_form = found.printer, found.form
        self.refresh()
        self._find_printers()

    def _find_printers(self) -> None:
        if self._by_lp:
            self._session.tasks.free(lambda progress: printing.lp_printers(), self._show_printers, owner=self)
            return
        from ethnomed_desktop.ui.meetings.raster_printing import qt_printers

        self._show_printers(qt_printers())

    def _on_read(self, data: documents.MinutesData) -> None:
        """Offer who may sign besides chair and secretary, and the items an extract may be about."""
        heads = {one.name for one in (data.chair, data.secretary) if one is not None}
        others = [one for one in (*data.present, *data.invited) if one.name not in heads]
        posts = {one.name: one.post_in(self._session.catalog.language) for one in others}
        hidden = appearance().names_hidden
        shown = {name: initials_of(name) if hidden else name for name in posts}
        names = [(name, f"{shown[name]}, {post}" if post else shown[name]) for name, post in posts.items()]
        items = [f"{data.label_of(place)}. {item.title}" for place, item in enumerate(data.agenda)]
        self.choices.show_minutes(names, items, self.paper.item)
        number = " ".join(re.sub(r'[\\/:*?"<>|]', "-", body.number) for body in data.bodies if body.number)
        self._file_name = " ".join(filter(None, (_("Minutes"), number, data.held.isoformat())))

    def _show_printers(self, names: Sequence[str], *, known: bool = True) -> None:
        self.printers.clear()
        self.printers.addItems(list(names))
        if names:
            usual = self._usual_printer
            self.printers.setCurrentRow(list(names).index(usual) if usual in names else 0)
        self.no_printer.setVisible(not names)
        self.printers.setVisible(bool(names))
        self.copies.setVisible(bool(names))
        self.range.setVisible(bool(names))
        if known:
            self._show_first(self.print_button if names else self.pdf_button)
        self._enable()

    def _show_first(self, way: PushButton) -> None:
        """Without a printer a file is what one comes for: its button stands out, and is always in sight."""
        for button in (self.print_button, self.pdf_button):
            button.setProperty("role", "primary" if button is way else "")
        with_icon(self.print_button, "print", "on_accent" if way is self.print_button else "text", 4, apart=True)
        restyle(self.print_button, self.pdf_button)
        if self._foot is not None and way is self.pdf_button:
            self._foot.insertWidget(0, way, 1)
            self.print_button.hide()

    def _enable(self) -> None:
        ready = self.paper.printed is not None
        self.print_button.setEnabled(ready and self.printers.currentItem() is not None)
        self.pdf_button.setEnabled(ready)
        self.word_button.setEnabled(ready)

    def _on_shown(self, pages: int) -> None:
        self.pages.setText(_("Pages: {count}").format(count=pages))
        if appearance().names_hidden and not self.paper.wishes.hide_names:
            self._conceal()
        self._enable()

    def _conceal(self) -> None:
        """Show no page to somebody who looks on; what is printed or saved is the whole one."""
        self.paper.view.show_pages(None)
        self.paper.messages.warn(
            _("Names are hidden on the screen, so the page is not shown. On paper they stand all the same.")
        )

    def _on_handed_over(self, printed: documents.Printed, trouble: UserError | None) -> None:
        order, uid = self.order(), self._uid
        self._session.keep(lambda ctx, progress: documents.note_printing(ctx, uid, order, printed, "printer"))
        self._remember()
        self._enable()
        if trouble is not None:
            show_error(self.messages, trouble)
        else:
            self.messages.succeed(_("Handed over to the printer."))
        self.printed.emit("printer")

    def _remember(self) -> None:
        """Keep how it was printed, for the next minutes of the body; nobody prints an extract as a rule."""
        order, uid, item = self.order(), self._uid, self.printers.currentItem()
        choices = print_memory.PrintChoices(
            order.language,
            order.form if order.form != "extract" else self._usual_form,
            order.size,
            order.wishes.watermark,
            order.wishes.sign,
            item.text() if item is not None else self._usual_printer,
        )
        self._session.keep(lambda ctx, progress: print_memory.remember(ctx, uid, choices))

    def _on_saved(self, target: Path) -> None:
        self._remember()
        self.messages.succeed(_("Saved as {name}. Anyone who gets the file can read it.").format(name=target.name))
        self.printed.emit("file")

    def _on_failed(self, error: object) -> None:
        self._enable()
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _on_pdf(self) -> None:
        target = ask_where(self, _("Save as PDF…"), self._proposed(".pdf"), "PDF (*.pdf)")
        if target is not None:
            self.save_pdf(target)

    def _on_word(self) -> None:
        target = ask_where(self, _("Save for Word…"), self._proposed(".docx"), "Word (*.docx)")
        if target is not None:
            self.save_word(target)

    def _proposed(self, ending: str) -> Path:
        """Return where to save: the documents, under number and day, so that one is not written over another."""
        return documents_folder() / f"{self._file_name}{ending}"
