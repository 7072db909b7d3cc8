"""The way out: everything that the user may see, as a file that needs no program of ours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from ethnomed_desktop.app.open_export import Exported, export_all
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.saving import ask_where
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

FORMS = ("xlsx", "pdf", "jsonl")


class ExportCard(Card):
    """`write` makes the file; the buttons ask where, and whether it may lie readable."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.explain = QLabel(self)
        self.explain.setWordWrap(True)
        self.messages = MessageBar(self)
        self.busy_line = QProgressBar(self)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.hide()
        buttons = QWidget(self)
        row = FlowLayout(buttons)
        spaced(row, 2)
        self.buttons: dict[str, PushButton] = {}
        for form in FORMS:
            button = self.buttons[form] = PushButton(buttons)
            button.setObjectName(f"export_{form}")
            button.clicked.connect(lambda _checked=False, form=form: self._on_asked(form))
            row.addWidget(button)
        for widget in (self.explain, self.messages, self.busy_line, buttons):
            self.column.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(_("Everything as a file"))
        self.explain.setText(
            _(
                "All that you may see, for use without this program: a workbook, a book to read, or lines of JSON, "
                "which alone are exact to the letter. Whoever finds such a file can read it."
            )
        )
        names = {"xlsx": _("Workbook (XLSX)…"), "pdf": _("To read (PDF)…"), "jsonl": _("Lines of JSON…")}
        for form, button in self.buttons.items():
            button.setText(names[form])
        self.busy_line.setAccessibleName(_("The file is being written"))

    def ask(self) -> None:
        """Let only those write files who may print."""
        may = self._session.ctx.may(Act.PRINT)
        for button in self.buttons.values():
            button.setEnabled(may)

    def write(self, target: Path) -> None:
        """Write the file, which is outside the protection."""
        self.messages.dismiss()
        self._set_busy(True)
        words = current()
        self._session.keep(
            lambda ctx, progress: export_all(ctx, target, words, progress), self._on_written, self._on_failed
        )

    def _on_asked(self, form: str) -> None:
        day = today(self._session.ctx.clock).isoformat()
        start = documents_folder() / f"ethnomed-{day}.{form}"
        target = ask_where(self, self.buttons[form].text(), start, f"*.{form}")
        if target is None:
            return
        question = _("The file will not be protected: whoever finds it can read everything. Write it all the same?")
        if ask(self, question, do=_("Write the file"), keep=_("Do not write")):
            self.write(target)

    def _on_written(self, made: Exported) -> None:
        self._set_busy(False)
        said = ngettext("{count} record was written: {file}", "{count} records were written: {file}", made.records)
        self.messages.succeed(said.format(count=number(made.records, current().language), file=made.path.name))

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        show_error(self.messages, error)

    def _set_busy(self, busy: bool) -> None:
        self.busy_line.setVisible(busy)
        for button in self.buttons.values():
            button.setEnabled(not busy)
