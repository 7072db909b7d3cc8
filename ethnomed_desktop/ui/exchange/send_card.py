"""Sending: the last partner and the stick are chosen already, one button writes, then copy or show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QMenu, QProgressBar, QVBoxLayout, QWidget

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange import PartnerView, Sent
from ethnomed_desktop.app.exchange_place import last_place, remember_place
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import file_size, number
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.media import Medium, Plugged, files_for_pasting
from ethnomed_desktop.ui.exchange.parts import ButtonRow, WordedCard, bring_into_view, button, paragraph
from ethnomed_desktop.ui.exchange.report_words import runs, when
from ethnomed_desktop.ui.kit.field_box import announce
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

PART_SIZES = (5_000_000, 18_000_000, 60_000_000)
"""Largest sizes offered: for slow lines, for mail, for a stick. Mail programs add a third to what is attached."""


class SendCard(WordedCard):
    """``sent()`` after a file was written; ``joining_wanted()`` when there is nobody to send to.

    ``leaving_wanted(replica)`` when a person wants to see what leaves before it does.
    """

    sent = Signal()
    joining_wanted = Signal()
    leaving_wanted = Signal(bytes)

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("send_card")
        self._session = session
        self._messages = messages
        self.partners: tuple[PartnerView, ...] = ()
        self.partner: PartnerView | None = None
        self._media: tuple[Medium, ...] = ()
        self._own_folder: Path | None = None
        self._last_folder: Path | None = None
        self._medium: Medium | None = None
        self._done: Sent | None = None
        self._done_on_medium = False
        self._writing = False
        self.to_label, self.where_label = QLabel(self), QLabel(self)
        self.recipient = button(self, "send_to")
        self.place = button(self, "send_where")
        self.size_button = button(self, "send_size", "link")
        self.part_bytes = PART_SIZES[1]
        self.what = paragraph(self)
        self.look_button = button(self, "send_look", "link")
        self.missing = paragraph(self, role="secondary")
        self.asked = paragraph(self)
        self.again_button = button(self, "send_again", "primary")
        self.lock_note = paragraph(self, role="secondary")
        self.nobody = paragraph(self)
        self.write_button = button(self, "send_write", "primary")
        self.join_button = button(self, "send_join")
        self.busy = QProgressBar(self)
        self.result = QFrame(self)
        self.result_text = paragraph(self.result)
        self.copy_button = button(self.result, "send_copy")
        self.sheet_button = button(self.result, "send_sheet")
        self.show_button = button(self.result, "send_show")
        self._build()
        self.retranslate()
        session.query(last_place, self._on_last_place, owner=self)

    def _build(self) -> None:
        self.recipient.setMenu(QMenu(self.recipient))
        self.place.setMenu(QMenu(self.place))
        self.size_button.setMenu(QMenu(self.size_button))
        self.busy.setRange(0, 0)
        self.busy.hide()
        self.result.setProperty("level", "success")
        inside = QVBoxLayout(self.result)
        spaced(inside, 2, (3, 2, 3, 2))
        inside.addWidget(self.result_text)
        inside.addWidget(ButtonRow([self.copy_button, self.show_button, self.sheet_button], self.result))
        self.result.hide()
        for widget in (
            self.nobody,
            ButtonRow([self.join_button], self),
            ButtonRow([self.to_label, self.recipient], self),
            self.what,
            ButtonRow([self.look_button], self),
            self.missing,
            self.asked,
            ButtonRow([self.where_label, self.place, self.size_button], self),
            self.lock_note,
            ButtonRow([self.write_button, self.again_button], self),
            self.busy,
            self.result,
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.write_button.clicked.connect(self._write)
        self.again_button.clicked.connect(self._write)
        self.join_button.clicked.connect(self.joining_wanted)
        self.look_button.clicked.connect(self._look)
        self.copy_button.clicked.connect(self._copy)
        self.sheet_button.clicked.connect(lambda: self._session.hub.act_requested.emit("papers:phone-sheet"))
        self.show_button.clicked.connect(self._show)

    # -- what is chosen -------------------------------------------------------

    def show_partners(self, partners: Sequence[PartnerView]) -> None:
        """Offer these; the one chosen stays, else the last one a file was written for or came from."""
        self.partners = tuple(one for one in partners if not one.revoked)
        before = self.partner.replica if self.partner else None
        kept = next((one for one in self.partners if one.replica == before), None)
        self.partner = kept or max(self.partners, key=_used_last, default=None)
        self.retranslate()

    def show_plugged(self, plugged: Plugged) -> None:
        """Offer these media; a single one is chosen, unless the person has chosen a folder."""
        self._media = plugged.media
        folder = self._medium.folder if self._medium else None
        self._medium = next((one for one in self._media if one.folder == folder), None)
        if self._own_folder is None and self._medium is None and len(self._media) == 1:
            self._medium = self._media[0]
        self.retranslate()

    @property
    def folder(self) -> Path | None:
        """Where the file goes; None while there are several sticks and none was chosen."""
        if self._medium is not None:
            return self._medium.folder
        if self._own_folder is not None:
            return self._own_folder
        return None if self._media else self._last_folder or documents_folder()

    def _on_last_place(self, folder: Path | None) -> None:
        """Offer the folder of the last time where no stick is in."""
        self._last_folder = folder
        self.retranslate()

    def _choose_partner(self, partner: PartnerView) -> None:
        self.partner = partner
        self.result.hide()
        self.retranslate()

    def _look(self) -> None:
        if self.partner is not None:
            self.leaving_wanted.emit(self.partner.replica)

    def _choose_medium(self, medium: Medium) -> None:
        self._medium, self._own_folder = medium, None
        self.retranslate()

    def choose_size(self, part_bytes: int) -> None:
        """Write files no larger than this; what does not fit goes into several."""
        self.part_bytes = part_bytes
        self._word_size()

    def _word_size(self) -> None:
        language = current().language
        shown = _("Largest size: {size}").format(size=file_size(self.part_bytes, language))
        self.size_button.setText(f"{shown} ▾")
        self.size_button.setAccessibleName(shown)
        self.size_button.setToolTip(_("Files no larger than this; what does not fit goes into several"))
        menu = self.size_button.menu()
        menu.clear()
        for size in PART_SIZES:
            action = menu.addAction(file_size(size, language))
            action.triggered.connect(lambda _checked=False, chosen=size: self.choose_size(chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where to write the file"), str(self.folder or ""))
        if chosen:
            self._medium, self._own_folder = None, Path(chosen)
            self.retranslate()

    # -- writing --------------------------------------------------------------

    def _write(self) -> None:
        partner, folder = self.partner, self.folder
        if partner is None or folder is None or self._writing:
            return
        most = self.part_bytes
        self._set_writing(True)
        on_medium = self._done_on_medium = self._medium is not None

        def job(ctx: AppContext, progress: object) -> Sent:
            if not on_medium:  # a stick is found by itself
                remember_place(ctx, folder)
            return exchange.send(ctx, partner.replica, folder, most_bytes=most)

        self._session.keep(job, self._on_sent, self._on_failed)

    def _on_sent(self, done: Sent) -> None:
        self._set_writing(False)
        self._done = done
        self.result.show()
        self.retranslate()
        announce(self.result, self.result_text.text())
        self.copy_button.setFocus()
        bring_into_view(self.result, self.copy_button)
        self.sent.emit()

    def _on_failed(self, error: Exception) -> None:
        self._set_writing(False)
        (self.again_button if self.write_button.isHidden() else self.write_button).setFocus()
        show_error(self._messages, error)

    def _set_writing(self, writing: bool) -> None:
        self._writing = writing
        self.busy.setVisible(writing)
        if writing:
            self._messages.dismiss()
            self.result.hide()
        self._enable()

    def _copy(self) -> None:
        if self._done is not None:
            QGuiApplication.clipboard().setMimeData(files_for_pasting(self._done.files))
            self._messages.succeed(_("Copied. Paste it into the chat or the letter (Ctrl+V)."))

    def _show(self) -> None:
        if self._done is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.files[0].parent)))

    # -- words ----------------------------------------------------------------

    def retranslate(self) -> None:
        self.set_heading(_("Send"))
        self.to_label.setText(_("To:"))
        self.where_label.setText(_("Where:"))
        self.nobody.setText(_("There is nobody to exchange with yet. Join an office, or let a computer join."))
        self.join_button.setText(_("Join an office…"))
        self.lock_note.setText(_("Only the recipient can open the file; it needs no password."))
        self.look_button.setText(_("Show what leaves…"))
        self.write_button.setText(_("Write file"))
        self.copy_button.setText(_("Copy file"))
        self.sheet_button.setText(_("How to pass it on by messenger…"))
        self.copy_button.setToolTip(_("For pasting into a chat or a letter"))
        self.show_button.setText(_("Show in folder"))
        self.busy.setAccessibleName(_("The file is being written"))
        self._word_partner()
        self._word_place()
        self._word_size()
        self._word_result()
        self._enable()

    def _word_partner(self) -> None:
        partner = self.partner
        for widget in (self.nobody, self.join_button):
            widget.setVisible(partner is None)
        there = (self.to_label, self.recipient, self.what, self.look_button, self.where_label, self.place)
        for widget in (*there, self.size_button, self.lock_note, self.write_button):
            widget.setVisible(partner is not None)
        self.missing.setVisible(partner is not None and bool(partner.missing))
        asks = partner is not None and bool(partner.asked or partner.wanted)
        self.asked.setVisible(asks or (partner is not None and bool(partner.stale_summaries)))
        self.again_button.setVisible(asks)
        self.write_button.setVisible(partner is not None and not asks)
        if partner is None:
            return
        self.recipient.setText(f"{partner.name} ▾".replace("&", "&&"))
        self.recipient.setAccessibleName(_("To: {name}").format(name=partner.name))
        menu = self.recipient.menu()
        menu.clear()
        for one in self.partners:
            action = menu.addAction(one.name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=one: self._choose_partner(chosen))
        self.what.setText(_what(partner))
        self.missing.setText(_("Have not come from there: № {numbers}").format(numbers=runs(partner.missing)))
        self.asked.setText(_asked(partner))
        again = _("Send № {numbers} again").format(numbers=runs(partner.asked))
        self.again_button.setText(again if partner.asked else _("Send the attached files again"))

    def _word_place(self) -> None:
        language = current().language
        names = [
            _("Stick {name}, free: {size}").format(name=one.name, size=file_size(one.free, language))
            for one in self._media
        ]
        menu = self.place.menu()
        menu.clear()
        for words, medium in zip(names, self._media, strict=True):
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=medium: self._choose_medium(chosen))
        menu.addAction(_("Another folder…")).triggered.connect(self._choose_folder)
        chosen = self._medium
        shown = _("Choose a stick or a folder…")
        if chosen is not None:
            shown = names[self._media.index(chosen)]
        elif self.folder is not None:
            shown = _("Folder {name}").format(name=self.folder.name or str(self.folder))
        self.place.setText(f"{shown} ▾".replace("&", "&&"))
        self.place.setToolTip(str(self.folder or ""))
        self.place.setAccessibleName(_("Where: {place}").format(place=shown))

    def _word_result(self) -> None:
        done = self._done
        if done is None:
            return
        numbers = runs([(done.numbers[0], done.numbers[-1])])
        files = _("File № {numbers}: {names}").format(
            numbers=numbers, names=", ".join(one.name for one in done.files)
        )
        good = _("Written, read back and whole.")
        if self._done_on_medium:
            good = _("Written, read back and whole. You can remove the stick.")
        self.result_text.setText(f"{good}\n{files}")

    def _enable(self) -> None:
        for one in (self.write_button, self.again_button):
            one.setEnabled(self.partner is not None and self.folder is not None and not self._writing)


def _used_last(partner: PartnerView) -> tuple[int, int]:
    return partner.sent_ms or 0, partner.heard_ms or 0


def _asked(partner: PartnerView) -> str:
    lines = []
    if partner.asked:
        lines.append(_("Your files that have not come there: № {numbers}").format(numbers=runs(partner.asked)))
    if partner.stale_summaries:
        count = number(partner.stale_summaries, current().language)
        lines.append(
            _("Texts changed after they were approved: {count}. They stay here until approved again.").format(
                count=count
            )
        )
    if partner.wanted:
        count = number(partner.wanted, current().language)
        lines.append(_("Attached files that have not come there: {count}").format(count=count))
    return "\n".join(lines)


def _what(partner: PartnerView) -> str:
    if not partner.owed_lines:
        return _("Nothing new since what was confirmed; the file only confirms what came from there.")
    count = number(partner.owed_lines, current().language)
    if partner.sent_ms is None:
        return _("What leaves: everything so far, changes: {count}").format(count=count)
    return _("What leaves: changes not confirmed yet: {count}. Sent last: {time}").format(
        count=count, time=when(partner.sent_ms)
    )
