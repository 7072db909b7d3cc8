"""Taking in: drop or choose a file, or take one found on a stick; first what it holds, then the button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QVBoxLayout, QWidget

from ethnomed_desktop.app import exchange_receiving
from ethnomed_desktop.app.backup_before import back_up_before_import
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.exchange_receiving import Report
from ethnomed_desktop.domain.clock import KAZAKHSTAN
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.media import ENDING, FoundFile, Plugged
from ethnomed_desktop.ui.exchange.parts import (
    BigWords,
    ButtonRow,
    Sheet,
    WordedCard,
    bring_into_view,
    button,
    clear,
    paragraph,
)
from ethnomed_desktop.ui.exchange.report_words import contents_of, head_of
from ethnomed_desktop.ui.kit.field_box import announce
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session


class ReceiveCard(WordedCard):
    """``taken()`` after a file was taken in or given back; ``conflicts_wanted()`` from its result."""

    taken = Signal()
    conflicts_wanted = Signal()

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receive_card")
        self._session = session
        self._messages = messages
        self._found: tuple[FoundFile, ...] = ()
        self._folder: Path | None = None
        self._queue: list[Path] = []
        self.path: Path | None = None
        self.report: Report | None = None
        self.is_taken = False
        self._is_new = False
        self.hint = paragraph(self, role="secondary")
        self.choose_button = button(self, "receive_choose")
        self.found = QWidget(self)
        self.busy = QProgressBar(self)
        self.sheet = Sheet(self)
        self.head = paragraph(self.sheet, bold=True)
        self.contents = paragraph(self.sheet)
        self.words_note = paragraph(self.sheet)
        self.words = BigWords(self.sheet)
        self.take_button = button(self.sheet, "receive_take", "primary")
        self.leave_button = button(self.sheet, "receive_leave")
        self.conflicts_button = button(self.sheet, "receive_conflicts", "primary")
        self.next_button = button(self.sheet, "receive_next")
        self.undo_button = button(self.sheet, "receive_undo")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        spaced(QVBoxLayout(self.found), 1)
        self.busy.setRange(0, 0)
        self.busy.hide()
        buttons = [
            self.take_button,
            self.leave_button,
            self.conflicts_button,
            self.next_button,
            self.undo_button,
        ]
        row = ButtonRow(buttons, self.sheet)
        self.sheet.fill(self.head, self.contents, self.words_note, self.words, row)
        for outer in (self.hint, ButtonRow([self.choose_button], self), self.busy, self.sheet, self.found):
            self.column.addWidget(outer)
        self.column.addStretch(1)
        self.choose_button.clicked.connect(self._choose)
        self.take_button.clicked.connect(self._take)
        self.leave_button.clicked.connect(self._leave)
        self.conflicts_button.clicked.connect(self.conflicts_wanted)
        self.next_button.clicked.connect(self._next)
        self.undo_button.clicked.connect(self._undo)

    # -- choosing -------------------------------------------------------------

    def show_plugged(self, plugged: Plugged) -> None:
        """Offer the files that lie on sticks."""
        self._folder = plugged.media[0].folder if plugged.media else None
        if plugged.files != self._found:
            self._found = plugged.files
            self._list_found()

    def look(self, paths: Sequence[Path]) -> None:
        """Show what these files hold, one after the other; nothing is taken in yet."""
        self._queue = list(paths)
        self._next()

    def _choose(self) -> None:
        kinds, start = "{} (*{})".format(_("Exchange files"), ENDING), str(self._folder or documents_folder())
        words = f"{kinds};;{_('All files')} (*)"
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choose a file"), start, words)
        if names:
            self.look([Path(name) for name in names])

    def _next(self) -> None:
        self._close_sheet()
        if self._queue:
            self._preview(self._queue.pop(0))

    def _preview(self, path: Path) -> None:
        self.path = path
        language = current().language
        self._set_busy(True)
        self._session.tasks.write(
            lambda progress: exchange_receiving.preview(self._session.ctx, path, language),
            self._on_previewed,
            self._on_failed,
        )

    def _on_previewed(self, report: Report) -> None:
        self._set_busy(False)
        self.report, self.is_taken = report, False
        self._show_sheet()
        self.take_button.setFocus()
        bring_into_view(self.take_button, self.head)

    # -- taking in ------------------------------------------------------------

    def _take(self) -> None:
        path, report = self.path, self.report
        if path is None or report is None:
            return
        language, confirmed = current().language, bool(report.root_words)

        def job(ctx: AppContext) -> Done[Report]:
            back_up_before_import(ctx)
            done = exchange_receiving.receive(ctx, path, language, root_confirmed=confirmed)
            return Done(done, done.changes)

        self._set_busy(True)
        self._session.command(job, self._on_taken, self._on_failed, origin=self)

    def _on_taken(self, report: Report) -> None:
        self._set_busy(False)
        self.report, self.is_taken = report, True
        self._show_sheet()
        announce(self.sheet, self.head.text())
        self._focus_on_next()
        bring_into_view(self.sheet, self.head)
        self._is_new = True
        self.taken.emit()

    def show_result(self) -> None:
        """Bring what was just taken in into sight again: by it the card above may have grown."""
        if self.is_taken and self._is_new:
            bring_into_view(self.sheet, self.head)
        self._is_new = False

    def _focus_on_next(self) -> None:
        """Put the focus on what is likely next: the button that was pressed has gone. Never on the way back."""
        steps = (self.conflicts_button, self.next_button, self.choose_button)
        next(one for one in steps if not one.isHidden()).setFocus()

    def _undo(self) -> None:
        def job(ctx: AppContext) -> Done[None]:
            return Done(None, exchange_receiving.undo_receive(ctx))

        self._set_busy(True)
        self._session.command(job, self._on_undone, self._on_failed, origin=self)

    def _on_undone(self, _nothing: None) -> None:
        self._set_busy(False)
        self._close_sheet()
        self.choose_button.setFocus()
        self._messages.succeed(
            _("The file was given back: everything is as it was before. It can be taken in again.")
        )
        self.taken.emit()

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        (self.choose_button if self.sheet.isHidden() else self.take_button).setFocus()
        show_error(self._messages, error)
        if self._queue:
            self._next()

    def _leave(self) -> None:
        refused = self.report is not None and bool(self.report.root_words)
        self._queue.clear()
        self._close_sheet()
        if refused:
            self._messages.warn(
                _("Nothing was taken in. Ask the office for a new file by another way and compare again.")
            )

    def _close_sheet(self) -> None:
        self.report = self.path = None
        self.is_taken = False
        self.sheet.hide()
        self.found.setVisible(bool(self._found))

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for widget in (self.take_button, self.leave_button, self.undo_button, self.choose_button, self.found):
            widget.setEnabled(not busy)
        if busy:
            self._messages.dismiss()

    # -- words ----------------------------------------------------------------

    def retranslate(self) -> None:
        self.set_heading(_("Receive"))
        self.hint.setText(_("Drop a file anywhere on this page, or choose it. First you see what it holds."))
        self.choose_button.setText(_("Choose file…"))
        self.busy.setAccessibleName(_("The file is being read"))
        self.conflicts_button.setText(_("Settle the conflicts…"))
        self.next_button.setText(_("Next file"))
        self.undo_button.setText(_("Undo taking it in"))
        self.undo_button.setToolTip(_("Possible until something is written or sent"))
        self._list_found()
        if self.report is None:
            return
        if self.report.root_words and not self.is_taken and self.path is not None:
            self._preview(self.path)  # the words to compare are those of the language
        else:
            self._show_sheet()

    def _show_sheet(self) -> None:
        report = self.report
        if report is None:
            return
        joining = bool(report.root_words) and not self.is_taken
        lines = contents_of(report)
        self.head.setText(_("Taken in. {file}").format(file=head_of(report)) if self.is_taken else head_of(report))
        self.contents.setText("\n".join(lines))
        self.words_note.setText(
            _(
                "The key of an office was stolen, and two of its people have replaced it: {name}. Call it and "
                "compare these words: there they stand under Computers. Both programs must speak the same language "
                "meanwhile."
            ).format(name=report.key_of)
            if report.key_of
            else _(
                "An office lets this computer join. Call it and compare these words: there they stand under "
                "Computers. Both programs must speak the same language meanwhile."
            )
        )
        self.words_note.setVisible(joining)
        self.words.show_words(report.root_words if joining else ())
        same = _("The words are the same: take in") if report.key_of else _("The words are the same: join")
        self.take_button.setText(same if joining else _("Take in"))
        self.leave_button.setText(_("They differ") if joining else _("Not now"))
        for widget in (self.take_button, self.leave_button):
            widget.setVisible(not self.is_taken)
        self.conflicts_button.setVisible(self.is_taken and bool(report.conflicts))
        self.next_button.setVisible(self.is_taken and bool(self._queue))
        self.undo_button.setVisible(self.is_taken and not report.root_words and not report.already_known)
        self.sheet.show()
        self.found.hide()

    def _list_found(self) -> None:
        layout = self.found.layout()
        assert layout is not None
        clear(layout)
        self.found.setVisible(bool(self._found) and self.report is None)
        for number, file in enumerate(self._found):
            changed = datetime.fromtimestamp(file.changed, KAZAKHSTAN)
            words = _("On the stick: {name}, {time}").format(name=file.path.name, time=f"{changed:%d.%m.%Y %H:%M}")
            label = QLabel(words, self.found)
            label.setTextFormat(Qt.TextFormat.PlainText)
            look = button(self.found, f"receive_look_{number}")
            look.setText(_("Look"))
            look.setAccessibleName(_("Look: {what}").format(what=words))
            look.clicked.connect(partial(self._on_look, file.path))
            layout.addWidget(ButtonRow([label, look], self.found))

    def _on_look(self, path: Path, checked: bool = False) -> None:
        self.look([path])
