"""Records from a spreadsheet: choose the file, say which column is which field, look, take in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app import table_import, table_maps
from ethnomed_desktop.app.backup_before import back_up_before_import
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.table_import import TablePreview
from ethnomed_desktop.app.table_maps import TABLE_KINDS, TableLook, TableMap
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.parts import ButtonRow, WordedCard, bring_into_view, button, paragraph
from ethnomed_desktop.ui.exchange.table_columns import TableColumns
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.pick import Pick
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

_PROBLEMS_SHOWN = 12


class TableTab(QScrollArea):
    """The tab; what was chosen stays until another file is chosen or the records are taken in."""

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("table_tab")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 3, 6, 4))
        self.card = TableCard(session, messages, content)
        column.addWidget(self.card)
        column.addStretch(1)
        self.setWidget(content)


class TableCard(WordedCard):
    """The sheet of the tab. Reading and looking through happen on the read lane, taking in on the write lane."""

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self.data: bytes | None = None
        self.file = ""
        self.found: TablePreview | None = None
        self.explain = paragraph(self, role="secondary")
        self.kind = Pick(_kinds(), self)
        self.kind.setObjectName("table_kind")
        self.choose = button(self, "table_choose")
        self.columns = TableColumns(self)
        self.result, self.problems = paragraph(self, bold=True), paragraph(self)
        self.take = button(self, "table_take", "primary")
        self.take_rest = button(self, "table_take_rest")
        self.put_away = button(self, "table_put_away")
        for widget in (self.explain, self.kind, ButtonRow([self.choose], self), self.columns, self.result):
            self.column.addWidget(widget)
        self.column.addWidget(self.problems)
        self.column.addWidget(ButtonRow([self.take, self.take_rest, self.put_away], self))
        self.kind.changed.connect(self._on_kind)
        self.choose.clicked.connect(self._choose)
        self.columns.changed.connect(self._preview)
        self.take.clicked.connect(lambda: self._take(leave_refused=False))
        self.take_rest.clicked.connect(lambda: self._take(leave_refused=True))
        self.put_away.clicked.connect(self.forget)
        self.retranslate()

    def look(self, path: Path) -> None:
        """Read a file and show its columns; nothing is taken in."""
        kind = self.kind.chosen()

        def job(ctx: AppContext) -> tuple[bytes, TableLook]:
            data = table_maps.bytes_of(path)
            return data, table_maps.look_at_table(data, kind)

        def then(read: tuple[bytes, TableLook]) -> None:
            self.data, self.file = read[0], path.name
            self._show_columns(read[1])

        self._session.query(job, then, self._on_failed, owner=self)

    def forget(self) -> None:
        """Show the empty sheet again."""
        self.data, self.found, self.file = None, None, ""
        self.columns.show_table(None, self.kind.chosen())
        self.retranslate()

    def _choose(self) -> None:
        kinds, start = "{} (*.xlsx *.csv)".format(_("Spreadsheets")), str(documents_folder())
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), start, f"{kinds};;{_('All files')} (*)")
        if name:
            self.look(Path(name))

    def _on_kind(self, _key: str) -> None:
        data, kind = self.data, self.kind.chosen()
        if data is not None:
            look: Callable[[AppContext], TableLook] = lambda ctx: table_maps.look_at_table(data, kind)  # noqa: E731
            self._session.query(look, self._show_columns, self._on_failed, owner=self)

    def _show_columns(self, look: TableLook) -> None:
        self._messages.dismiss()
        self.columns.show_table(look, self.kind.chosen())
        self._preview()

    def _plan(self) -> TableMap:
        return TableMap(self.columns.chosen(), same=self.columns.telling_apart())

    def _preview(self) -> None:
        self.found = None
        data, kind, plan = self.data, self.kind.chosen(), self._plan()
        self.retranslate()
        if data is None or not plan.columns:
            return

        def job(ctx: AppContext) -> TablePreview:
            return table_import.preview_table(ctx, data, kind, plan)

        self._session.query(job, self._on_previewed, self._on_failed, owner=self)

    def _on_previewed(self, found: TablePreview) -> None:
        self.found = found
        self.retranslate()
        bring_into_view(self.take)

    def _take(self, *, leave_refused: bool) -> None:
        data, kind, plan = self.data, self.kind.chosen(), self._plan()
        if data is None or self.found is None:
            return

        def job(ctx: AppContext) -> Any:
            back_up_before_import(ctx)
            return table_import.take_table_in(ctx, data, kind, plan, leave_refused=leave_refused)

        for one in (self.take, self.take_rest):
            one.setEnabled(False)
        self._session.command(job, self._on_taken, self._on_failed)

    def _on_taken(self, made: list[Recorded]) -> None:
        self.forget()
        text = ngettext(
            "{count} record was taken in. Ctrl+Z takes it back.",
            "{count} records were taken in. Ctrl+Z takes them back.",
            len(made),
        )
        self._messages.succeed(text.format(count=number(len(made), current().language)))

    def _on_failed(self, error: Exception) -> None:
        self.retranslate()
        show_error(self._messages, error)

    def retranslate(self) -> None:
        self.set_heading(_("Records from a spreadsheet"))
        self.explain.setText(
            _(
                "Choose what the rows are and a file (XLSX or CSV) with headings in its first row. First you see "
                "what it would bring in; nothing is written before. What is here already is left out."
            )
        )
        self.kind.reword(_kinds())
        self.kind.line.setAccessibleName(_("What the rows are"))
        self.choose.setText(_("Choose file…"))
        self.take.setText(_("Take all in"))
        self.take_rest.setText(_("Leave the refused rows out"))
        self.put_away.setText(_("Put the file away"))
        self._show_result()

    def _show_result(self) -> None:
        found, language = self.found, current().language
        for widget in (self.result, self.problems, self.take, self.take_rest):
            widget.setVisible(found is not None)
        self.put_away.setVisible(self.data is not None)
        if found is None:
            return
        counts = {
            _("New records: {count}"): len(found.new),
            _("Rows that are here already: {count}"): found.known,
            _("Rows that would be refused: {count}"): found.refused,
        }
        said = [text.format(count=number(count, language)) for text, count in counts.items()]
        self.result.setText(" · ".join([self.file, *said]))
        lines = [_problem_words(one) for one in found.problems[:_PROBLEMS_SHOWN]]
        if len(found.problems) > _PROBLEMS_SHOWN:
            lines.append("…")
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(lines))
        self.take.setEnabled(bool(found.new) and not found.problems)
        self.take_rest.setEnabled(bool(found.new))
        self.take_rest.setVisible(bool(found.problems))


def _kinds() -> list[Choice]:
    return [Choice(name, kind_label(KINDS[name], current(), plural=True)) for name in TABLE_KINDS]


def _problem_words(one: table_import.RowProblem) -> str:
    words, line = sentence(one.error, current()), number(one.line, current().language)
    if one.column:
        return _("Line {line}, column “{column}”: {words}").format(line=line, column=one.column, words=words)
    return _("Line {line}: {words}").format(line=line, words=words)


def is_table(path: Path) -> bool:
    """Whether a file that was dropped is a spreadsheet, by its ending."""
    return path.suffix.lower() in {".xlsx", ".csv"}
