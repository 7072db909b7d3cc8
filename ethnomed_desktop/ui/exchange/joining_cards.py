"""Joining: this computer asks an office, or lets another one join; people compare six words by phone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QWidget

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.exchange import Sent, WhoAmI
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.media import Plugged
from ethnomed_desktop.ui.exchange.parts import (
    BigWords,
    ButtonRow,
    Sheet,
    WordedCard,
    bring_into_view,
    button,
    paragraph,
)
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.session import Session

REQUEST_NAME = "em-join-request.json"


class OwnCard(WordedCard):
    """Who this computer is for others, and asking an office to let it join."""

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_card")
        self._session = session
        self._messages = messages
        self._folder: Path | None = None
        self.me: WhoAmI | None = None
        self._asked: Path | None = None
        self._office_shown = False
        self.state = paragraph(self)
        self.ask_button = button(self, "join_ask")
        self.office_button = button(self, "join_office_words")
        self.sheet = Sheet(self)
        self.note = paragraph(self.sheet)
        self.words = BigWords(self.sheet)
        self.sheet.fill(self.note, self.words)
        for widget in (self.state, ButtonRow([self.ask_button, self.office_button], self), self.sheet):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.ask_button.clicked.connect(self._ask)
        self.office_button.clicked.connect(self._show_office_words)
        self.retranslate()

    def show_me(self, me: WhoAmI) -> None:
        """Say who we are; the words are those of the language they were asked in."""
        self.me = me
        self.retranslate()

    def show_plugged(self, plugged: Plugged) -> None:
        """Offer the stick for the request."""
        self._folder = plugged.media[0].folder if plugged.media else None

    def _ask(self) -> None:
        start = (self._folder or documents_folder()) / REQUEST_NAME
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Where to write the request"), str(start), "JSON (*.json)"
        )
        if name:
            target = Path(name)
            self._session.keep(
                lambda ctx, progress: exchange.write_request(ctx, target),
                lambda _nothing: self._on_asked(target),
                self._on_failed,
            )

    def _on_asked(self, target: Path) -> None:
        self._asked, self._office_shown = target, False
        self.retranslate()
        bring_into_view(self.sheet)

    def _show_office_words(self) -> None:
        self._asked, self._office_shown = None, not self._office_shown
        self.retranslate()
        if self._office_shown:
            bring_into_view(self.sheet)

    def _on_failed(self, error: Exception) -> None:
        show_error(self._messages, error)

    def retranslate(self) -> None:
        self.set_heading(_("This computer"))
        self.ask_button.setText(_("Ask to join…"))
        self.office_button.setText(_("Words of this office"))
        me = self.me
        for widget in (self.ask_button, self.office_button):
            widget.setEnabled(me is not None)
        if me is None:
            return
        joined = (
            _("{name}. It belongs to an office.") if me.joined else _("{name}. It has not joined another office.")
        )
        self.state.setText(joined.format(name=me.name))
        if self._asked is not None:
            note = _("The request was written: {file}. Pass it to the office. When it calls, read out these words:")
            self.note.setText(note.format(file=self._asked.name))
            self.words.show_words(me.words)
        else:
            self.note.setText(_("Read these words to the computer that you let join, when its person calls:"))
            self.words.show_words(me.office_words)
        self.sheet.setVisible(self._asked is not None or self._office_shown)


WHAT_JOINS = (
    ("laptop", N_("a computer of this office")),
    ("district", N_("the office of a district: only what may leave it comes up")),
    ("region", N_("the office of a region: only what may leave it comes up")),
)
"""Roles that the window offers, in words."""


class LetJoinCard(WordedCard):
    """The office's side: read a request, compare its words, write the answer beside it. ``joined()`` after."""

    joined = Signal()

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("let_join_card")
        self._session = session
        self._messages = messages
        self._folder: Path | None = None
        self._file: Path | None = None
        self._asking: tuple[str, tuple[str, ...]] | None = None
        self._answer: tuple[str, Sent] | None = None
        self.hint = paragraph(self, role="secondary")
        self.choose_button = button(self, "enrol_choose")
        self.sheet = Sheet(self)
        self.note = paragraph(self.sheet)
        self.words = BigWords(self.sheet)
        self.role = WHAT_JOINS[0][0]
        self.role_label = QLabel(self.sheet)
        self.role_button = button(self.sheet, "enrol_role")
        self.role_button.setMenu(QMenu(self.role_button))
        self.same_button = button(self.sheet, "enrol_same", "primary")
        self.differ_button = button(self.sheet, "enrol_differ")
        row = ButtonRow([self.same_button, self.differ_button], self.sheet)
        role = ButtonRow([self.role_label, self.role_button], self.sheet)
        self.sheet.fill(self.note, self.words, role, row)
        for outer in (self.hint, ButtonRow([self.choose_button], self), self.sheet):
            self.column.addWidget(outer)
        self.column.addStretch(1)
        self.choose_button.clicked.connect(self._choose)
        self.same_button.clicked.connect(self._enrol)
        self.differ_button.clicked.connect(self._refuse)
        self.retranslate()

    def show_plugged(self, plugged: Plugged) -> None:
        """Begin looking for requests on the stick."""
        self._folder = plugged.media[0].folder if plugged.media else None

    def look(self, path: Path) -> None:
        """Show whose request it is."""
        self._file, self._answer, self.role = path, None, WHAT_JOINS[0][0]
        language = current().language
        self._messages.dismiss()
        self._session.tasks.free(
            lambda progress: exchange.words_of_request(path, language), self._on_words, self._on_failed
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._asking is not None and self._file is not None:
            self.look(self._file)  # the words to compare are those of the language

    def _choose(self) -> None:
        start = str(self._folder or documents_folder())
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a request to join"), start, "JSON (*.json)")
        if name:
            self.look(Path(name))

    def _on_words(self, asking: tuple[str, tuple[str, ...]]) -> None:
        self._asking = asking
        self.retranslate()
        self.same_button.setFocus()
        bring_into_view(self.sheet, self.same_button)

    def _enrol(self) -> None:
        file = self._file
        if file is None or self._asking is None:
            return
        name, role = self._asking[0], self.role
        self.same_button.setEnabled(False)
        self._session.keep(
            lambda ctx, progress: exchange.enrol(ctx, file, file.parent, role=role),
            lambda sent: self._on_enrolled(name, sent),
            self._on_failed,
        )

    def _on_enrolled(self, name: str, sent: Sent) -> None:
        self._asking, self._answer = None, (name, sent)
        self.retranslate()
        bring_into_view(self.sheet)
        self.joined.emit()

    def choose_role(self, role: str) -> None:
        """Say what joins: it decides what it will see."""
        self.role = role
        self.retranslate()

    def _word_role(self) -> None:
        self.role_label.setText(_("It is:"))
        self.role_button.setText(f"{_(dict(WHAT_JOINS)[self.role])} ▾")
        menu = self.role_button.menu()
        menu.clear()
        for role, words in WHAT_JOINS:
            menu.addAction(_(words)).triggered.connect(lambda _checked=False, chosen=role: self.choose_role(chosen))

    def _refuse(self) -> None:
        self._asking = None
        self.retranslate()
        self._messages.warn(
            _("The computer was not let in. Ask by phone for a new request; nothing was changed here.")
        )

    def _on_failed(self, error: Exception) -> None:
        self._asking = None
        self.retranslate()
        show_error(self._messages, error)

    def retranslate(self) -> None:
        self.set_heading(_("Let a computer join"))
        self.hint.setText(
            _(
                "Choose the request that it wrote, call its person and compare six words. Both programs must speak "
                "the same language meanwhile."
            )
        )
        self.choose_button.setText(_("Choose the request…"))
        self.same_button.setText(_("The words are the same: let it join"))
        self.differ_button.setText(_("They differ"))
        self.same_button.setEnabled(True)
        self._word_role()
        asking = self._asking
        if asking is not None:
            self.note.setText(_("Asks to join: {name}. Its words:").format(name=asking[0]))
            self.words.show_words(asking[1])
        elif self._answer is not None:
            name, sent = self._answer
            files = ", ".join(one.name for one in sent.files)
            text = _(
                "Joined: {name}. The answer was written beside the request, read back and whole: {files}. "
                "Pass it on; there the words of this office are compared."
            )
            self.note.setText(text.format(name=name, files=files))
            self.words.show_words(())
        for one in (self.same_button, self.differ_button, self.role_label, self.role_button):
            one.setVisible(asking is not None)
        self.sheet.setVisible(asking is not None or self._answer is not None)
