"""The key of the office: who may replace it, a change that waits for a second person, files for one elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMenu, QVBoxLayout, QWidget

from ethnomed_desktop.app import exchange_key_files, exchange_keys
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_key_files import KeyFile
from ethnomed_desktop.app.exchange_keys import Confirmed, KeyPerson, OfficeKey
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import joined
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.key_words import confirmed_words, pending_words, state_words
from ethnomed_desktop.ui.exchange.media import Plugged
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
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

CARD_NAME, CHANGE_NAME, SIGNED_NAME = "em-key-card.json", "em-key-change.json", "em-key-signed.json"


class KeyCard(WordedCard):
    """``changed()`` after anything about the key was changed or begun."""

    changed = Signal()

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_card")
        self._session = session
        self._messages = messages
        self._folder: Path | None = None
        self.key: OfficeKey | None = None
        self._file: tuple[Path, KeyFile] | None = None
        self._card_words: tuple[str, ...] = ()
        self._cards: list[KeyPerson] = []
        self._choosing = False
        self.boxes: dict[bytes, QCheckBox] = {}
        self.state = paragraph(self)
        self.name_button = button(self, "key_name")
        self.change_button = button(self, "key_change")
        self.files_button = button(self, "key_files")
        for one in (self.change_button, self.files_button):
            one.setMenu(QMenu(one))
        self.sheet = Sheet(self)
        self.note = paragraph(self.sheet)
        self.words = BigWords(self.sheet)
        self.people = QWidget(self.sheet)
        self.same_button = button(self.sheet, "key_same", "primary")
        self.named_button = button(self.sheet, "key_named", "primary")
        self.card_button = button(self.sheet, "key_read_card")
        self.carry_button = button(self.sheet, "key_carry")
        self.drop_button = button(self.sheet, "key_drop")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        spaced(QVBoxLayout(self.people), 1)
        row = [self.same_button, self.named_button, self.card_button, self.carry_button, self.drop_button]
        self.sheet.fill(self.note, self.words, self.people, ButtonRow(row, self.sheet))
        head = ButtonRow([self.name_button, self.change_button, self.files_button], self)
        for outer in (self.state, head, self.sheet):
            self.column.addWidget(outer)
        self.column.addStretch(1)
        self.name_button.clicked.connect(self._choose_people)
        self.named_button.clicked.connect(self._name)
        self.card_button.clicked.connect(self._read_card)
        self.carry_button.clicked.connect(self._carry)
        self.same_button.clicked.connect(self._confirm)
        self.drop_button.clicked.connect(self._drop)

    def show_key(self, key: OfficeKey) -> None:
        """Show how the key stands."""
        self.key = key
        self.retranslate()

    def show_plugged(self, plugged: Plugged) -> None:
        """Offer the stick for files."""
        self._folder = plugged.media[0].folder if plugged.media else None

    def look(self, path: Path) -> None:
        """Show what a file about keys holds: a card to name somebody by, or a change to confirm."""
        language = current().language
        self._messages.dismiss()
        self._session.tasks.free(
            lambda progress: exchange_key_files.read_key_file(path, language),
            lambda found: self._on_file(path, found),
            self._on_failed,
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_file"):
            self._card_words = ()
            if self._file is not None:
                self.look(self._file[0])  # the words to compare are those of the language

    # -- naming ---------------------------------------------------------------

    def _choose_people(self) -> None:
        self._choosing, self._file = not self._choosing, None
        self._card_words = ()
        self._list_people()
        self.retranslate()
        if self._choosing:
            bring_into_view(self.sheet, self.named_button)

    def _list_people(self) -> None:
        layout = self.people.layout()
        assert layout is not None
        clear(layout)
        self.boxes = {}
        for one in (*(self.key.candidates if self.key else ()), *self._cards):
            box = QCheckBox(one.name, self.people)
            box.setObjectName("key_person")
            box.setChecked(True)
            layout.addWidget(box)
            self.boxes[one.public] = box

    def _name(self) -> None:
        known = (*(self.key.candidates if self.key else ()), *self._cards)
        chosen = [one for one in known if self.boxes[one.public].isChecked()]
        self._run(lambda ctx: exchange_keys.name_persons(ctx, chosen), self._on_begun)

    def _read_card(self) -> None:
        self._open(_("Choose a card"), self.look)

    # -- changing -------------------------------------------------------------

    def _change(self, stolen: bool, checked: bool = False) -> None:
        text = _(
            "Replace the key of this office? Nothing changes until another of the people named has confirmed it "
            "with a password of their own."
        )
        if stolen:
            text = _(
                "Replace the key because it is in foreign hands? After the second person has confirmed it, this "
                "computer goes on under a new identifier, and every partner calls you to compare six words before "
                "it takes anything in."
            )
        if ask(self, text, do=_("Begin"), keep=_("Keep the key"), danger=stolen):
            self._run(lambda ctx: exchange_keys.change_key(ctx, stolen=stolen), self._on_begun)

    def _confirm(self) -> None:
        if self._file is None:
            self._run(exchange_keys.confirm_change, self._on_confirmed)
        elif self._file[1].person is not None:
            self._cards.append(self._file[1].person)
            self._file, self._choosing = None, True
            self._list_people()
            self.retranslate()
        else:
            self._save(SIGNED_NAME, self._sign_for_others)

    def _sign_for_others(self, target: Path) -> None:
        assert self._file is not None
        path = self._file[0]
        self._run(
            lambda ctx: exchange_key_files.confirm_elsewhere(ctx, path, target),
            lambda _nothing: self._on_written(
                _("Signed: {file}. Carry it back to the other office.").format(file=target.name)
            ),
        )

    def _drop(self) -> None:
        if self._file is not None or self._choosing or self._card_words:
            self._close()
        else:
            self._run(exchange_keys.drop_change, self._on_dropped)

    # -- files ----------------------------------------------------------------

    def _carry(self) -> None:
        self._save(CHANGE_NAME, self._write_change)

    def _write_change(self, target: Path) -> None:
        text = _("Written: {file}. The other person compares its words with yours, signs it and sends it back.")
        self._run(
            lambda ctx: exchange_key_files.write_change(ctx, target),
            lambda _nothing: self._messages.succeed(text.format(file=target.name)),
        )

    def _write_card(self, target: Path) -> None:
        language = current().language
        self._run(lambda ctx: exchange_key_files.write_card(ctx, target, language), self._on_card)

    def _take(self, path: Path) -> None:
        self._run(lambda ctx: exchange_key_files.take_confirmation(ctx, path), self._on_confirmed)

    def _save(self, name: str, then: Callable[[Path], None]) -> None:
        start = (self._folder or documents_folder()) / name
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Where to write the file"), str(start), "JSON (*.json)")
        if chosen:
            then(Path(chosen))

    def _open(self, title: str, then: Callable[[Path], None]) -> None:
        start = str(self._folder or documents_folder())
        chosen, _kind = QFileDialog.getOpenFileName(self, title, start, "JSON (*.json)")
        if chosen:
            then(Path(chosen))

    # -- answers --------------------------------------------------------------

    def _run(self, job: Callable[[AppContext], object], then: Callable[..., None]) -> None:
        self._messages.dismiss()
        self._session.keep(lambda ctx, progress: job(ctx), then, self._on_failed)

    def _on_begun(self, _nothing: object) -> None:
        self._cards = []
        self._close()
        self.changed.emit()

    def _on_confirmed(self, confirmed: Confirmed) -> None:
        self._close()
        self._messages.succeed(confirmed_words(confirmed))
        self.changed.emit()

    def _on_dropped(self, _nothing: object) -> None:
        self._messages.succeed(_("The change of the key was given up; everything is as it was."))
        self.changed.emit()

    def _on_written(self, text: str) -> None:
        self._close()
        self._messages.succeed(text)

    def _on_card(self, words: tuple[str, ...]) -> None:
        self._card_words, self._file, self._choosing = words, None, False
        self.retranslate()
        bring_into_view(self.sheet)

    def _on_file(self, path: Path, found: KeyFile) -> None:
        self._file, self._choosing = (path, found), False
        self._card_words = ()
        self.retranslate()
        bring_into_view(self.sheet, self.same_button)

    def _on_failed(self, error: Exception) -> None:
        show_error(self._messages, error)

    def _close(self) -> None:
        self._file, self._choosing = None, False
        self._card_words = ()
        self.retranslate()

    # -- words ----------------------------------------------------------------

    def retranslate(self) -> None:
        self.set_heading(_("Key of this office"))
        self.name_button.setText(_("Name people…"))
        self.change_button.setText(_("Replace the key") + " ▾")
        self.files_button.setText(_("By file") + " ▾")
        self.named_button.setText(_("Name these"))
        self.card_button.setText(_("Somebody of another office: read a card…"))
        self.carry_button.setText(_("For a person elsewhere: write a file…"))
        self._word_menus()
        key = self.key
        for one in (self.name_button, self.change_button, self.files_button):
            one.setEnabled(key is not None)
        self.setVisible(key is None or key.is_ours)
        if key is None:
            return
        self.name_button.setEnabled(key.pending is None)
        self.change_button.setEnabled(key.pending is None and bool(key.persons))
        self.state.setText(state_words(key))
        self._word_sheet(key)

    def _word_menus(self) -> None:
        change, files = self.change_button.menu(), self.files_button.menu()
        change.clear()
        change.addAction(_("As a precaution…")).triggered.connect(partial(self._change, False))
        change.addAction(_("It is in foreign hands…")).triggered.connect(partial(self._change, True))
        files.clear()
        files.addAction(_("Write my card…")).triggered.connect(lambda: self._save(CARD_NAME, self._write_card))
        title = _("Confirm for another office…")
        files.addAction(title).triggered.connect(lambda: self._open(_("Choose a change to confirm"), self.look))
        signed = _("Take a signed change…")
        files.addAction(signed).triggered.connect(lambda: self._open(_("Choose the signed change"), self._take))

    def _word_sheet(self, key: OfficeKey) -> None:
        pending = key.pending
        note, same = "", ""
        words: tuple[str, ...] = ()
        if self._choosing:
            note = _("These people may replace the key from then on, any two together:")
        elif self._card_words:
            note, words = (
                _("Your card was written. Read these words to the other office by phone:"),
                self._card_words,
            )
        elif self._file is not None:
            found = self._file[1]
            words = found.words
            if found.person is not None:
                note = _("Card of: {name}. Call that person and compare the words:").format(name=found.person.name)
                same = _("The words are the same: put on the list")
            else:
                names = joined(list(found.persons), current().language)
                text = _(
                    "Another office changes its key. People named there: {names}. Call them and compare the words:"
                )
                note, same = text.format(names=names), _("The words are the same: sign…")
        elif pending is not None:
            note, words = pending_words(pending), pending.words
            same = _("The words are the same: confirm") if pending.may_confirm else ""
        waits = pending is not None and self._file is None and not self._choosing and not self._card_words
        self.note.setText(note)
        self.words.show_words(words)
        self.same_button.setText(same)
        self.drop_button.setText(_("Give up the change") if waits else _("Close"))
        for widget, shown in (
            (self.people, self._choosing),
            (self.named_button, self._choosing),
            (self.card_button, self._choosing),
            (self.same_button, bool(same)),
            (self.carry_button, waits),
        ):
            widget.setVisible(shown)
        self.sheet.setVisible(bool(note))
