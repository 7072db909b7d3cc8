"""The files of one record: attached by button, by dragging and by pasting; opened, saved, taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.app import attachments, opened_copies, records
from ethnomed_desktop.app.attachments import Attached, Held, Wish
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.domain.attachments import may_be_identity_paper
from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.i18n.current import _, ngettext
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.records.attachment_row import SIDE_UNITS, AttachmentRow
from ethnomed_desktop.ui.records.reason_bar import ReasonBar
from ethnomed_desktop.ui.session import Session

Shower = Callable[[Path], bool]
"""Asks another program to show a file; says whether there is one."""


def show_outside(path: Path) -> bool:
    """Ask the program that the desktop has for such files."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _veiled(held: Held, number: int) -> Held:
    """Return a file as it is shown while somebody looks over one's shoulder: neither name nor picture."""
    name = _("File {number}").format(number=number)
    return replace(held, name=name, note=None, state="hidden")


class AttachmentsCard(Card):
    """``listed`` comes when the files of the record are shown. ``shower`` is replaced by tests."""

    listed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attachments_card")
        self.setAcceptDrops(True)
        self._session = session
        self.shower: Shower = show_outside
        self.uid = ""
        self._fixed = False
        self.rows: list[AttachmentRow] = []
        self._removing: Held | None = None
        self._waiting = 0
        self._made: list[Attached] = []
        self._pictures: dict[tuple[str, int], tuple[bytes, int, int]] = {}
        """Small pictures by content and side in pixels."""
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "secondary")
        self.messages = MessageBar(self)
        self.reason = ReasonBar(self)
        self.reason.given.connect(self._on_reason)
        self.add_button, self.paste_button = PushButton(self), PushButton(self)
        self.as_it_is = QCheckBox(self)
        self._build()
        session.hub.published.connect(self._on_published)
        self.retranslate()

    def _build(self) -> None:
        self.add_button.setObjectName("attach_file")
        with_icon(self.add_button, "plus", "text", 5)
        self.paste_button.setObjectName("attach_paste")
        self.as_it_is.setObjectName("attach_as_it_is")
        self.add_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        self._bar = QWidget(self)
        flow = FlowLayout(self._bar)
        spaced(flow, 2)
        for widget in (self.add_button, self.paste_button, self.as_it_is):
            flow.addWidget(widget)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        holder = self._holder = QWidget(self)
        holder.hide()  # without rows it would leave a gap
        self._list = QVBoxLayout(holder)
        spaced(self._list, 2)
        for each in (self.messages, self.reason, holder, self.hint, self._bar):
            self.column.addWidget(each)

    def show_files(self, uid: str, *, fixed: bool = False) -> None:
        """Show the files of a record (none: hide); ``fixed``: it is in the trash, they are only looked at."""
        if uid != self.uid:
            self.messages.dismiss()
            self.reason.hide()
            self._pictures.clear()
        self.uid, self._fixed = uid, fixed
        if not uid:
            self.hide()
            return
        record = parse_uid(uid)
        self._session.query(
            lambda ctx: (uid, attachments.attached_to(ctx, record)), self._on_files, self._on_failed, owner=self
        )

    def retranslate(self) -> None:
        self.set_heading(_("Attached files"))
        self.add_button.setText(_("Attach a file…"))
        self.paste_button.setText(_("Paste"))
        self.paste_button.setToolTip(_("Attach the picture or the files that were copied"))
        self.as_it_is.setText(_("Keep photographs as they are"))
        self.as_it_is.setToolTip(_("Otherwise they are made smaller, and the place they were taken at is removed."))
        self.hint.setText(
            _(
                "Drag files here, paste them, or press the button. They are kept encrypted. Copies of identity "
                "papers must not be collected."
            )
        )
        if self.uid:
            self.show_files(self.uid, fixed=self._fixed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- attaching ------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files and attach them."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Attach a file…"), str(Path.home()))
        self.attach([Path(name) for name in names])

    def paste(self) -> None:
        """Attach what was copied: files, or a picture."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.messages.inform(_("There is no file and no picture to paste. Copy one first."))

    def take(self, data: QMimeData) -> bool:
        """Attach files or a picture that were dragged or copied; says whether there were any."""
        if self._fixed or not self.uid:
            return False
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.attach(paths)
        elif data.hasImage():
            self._attach_picture(QImage(data.imageData()))
        return bool(paths) or data.hasImage()

    def attach(self, paths: list[Path]) -> None:
        """Attach files one after the other, each in one transaction."""
        record = parse_uid(self.uid)
        for path in paths:
            doubtful = may_be_identity_paper(path.name)
            if doubtful and not self._is_lawful(path.name):
                continue
            wish = Wish(as_it_is=self.as_it_is.isChecked(), lawful_copy=doubtful)
            self._begin(partial(attachments.attach, uid=record, path=path, wish=wish))

    def _is_lawful(self, name: str) -> bool:
        """Ask about what sounds like a copy of an identity paper: collecting them is forbidden, as a rule."""
        words = _(
            "“{name}” sounds like a copy of an identity paper. The law forbids collecting such copies (No 94-V, "
            "article 7), save where it cannot be done otherwise. Attach it?"
        )
        return ask(self, words.format(name=name), do=_("Attach it all the same"), keep=_("Do not attach"))

    def _attach_picture(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt text
        data, record = bytes(buffer.data().data()), parse_uid(self.uid)
        moment = local_time(self._session.ctx.clock.now_ms())
        wish = Wish(name=f"{moment:%Y-%m-%d %H-%M-%S}.png")
        self._begin(lambda ctx: attachments.attach_bytes(ctx, record, data, wish))

    def _begin(self, job: Callable[[AppContext], Done[Attached]]) -> None:
        self._waiting += 1
        self.messages.inform(_("Attaching…"))
        self._session.command(job, self._on_attached, self._on_not_attached)

    def _on_attached(self, made: Attached) -> None:
        self._made.append(made)
        self._on_one_done()

    def _on_not_attached(self, error: Exception) -> None:
        self._waiting = max(0, self._waiting - 1)
        self._made.clear()
        show_error(self.messages, error)

    def _on_one_done(self) -> None:
        self._waiting = max(0, self._waiting - 1)
        if self._waiting or not self._made:
            return
        made, self._made = self._made, []
        said = [ngettext("{count} file was attached.", "{count} files were attached.", len(made))]
        text = said[0].format(count=len(made))
        if any(one.shrunk for one in made):
            text += " " + _("Photographs were made smaller.")
        if any(one.traces_removed for one in made):
            text += " " + _("The place they were taken at was removed.")
        if any(one.traces_left for one in made):
            self.messages.warn(text + " " + _("A file may say where it was recorded; that was not removed."))
        else:
            self.messages.succeed(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._fixed and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    # -- what is there --------------------------------------------------------

    def _on_files(self, answer: tuple[str, list[Held]]) -> None:
        uid, found = answer
        if uid != self.uid:
            return
        for row in self.rows:
            row.hide()
            row.deleteLater()
        rights = self._session.ctx.rights
        fixed = self._fixed or not rights.may_write("attachment")
        seen = found if rights.sees_all else [replace(one, state="hidden") for one in found]
        if appearance().names_hidden:
            seen = [_veiled(one, number) for number, one in enumerate(found, start=1)]
        self.rows = [AttachmentRow(one, fixed=fixed, parent=self) for one in seen]
        self._holder.setVisible(bool(seen))
        for row in self.rows:
            row.open_asked.connect(self._open)
            row.save_asked.connect(self._save)
            row.remove_asked.connect(self._remove)
            row.picture_asked.connect(self._fetch_picture)
            self._list.addWidget(row)
            row.show()
        self._bar.setVisible(not fixed)
        self.hint.setVisible(not fixed and not found)
        self.setHidden(fixed and not found)
        self.listed.emit()

    def _fetch_picture(self, row: AttachmentRow) -> None:
        """Read on the read lane, draw on the free lane, show here."""
        side = int(SIDE_UNITS * unit() * self.devicePixelRatioF())
        known = self._pictures.get((row.held.sha256, side))
        if known is not None:
            row.show_picture(*known)
            return
        held = row.held

        def on_bytes(data: bytes) -> None:
            self._session.tasks.free(
                lambda progress: attachments.small_picture(data, held.media_type, side), on_picture, owner=row
            )

        def on_picture(made: tuple[bytes, int, int] | None) -> None:
            if made is not None:
                self._pictures[held.sha256, side] = made
                row.show_picture(*made)

        self._session.query(
            lambda ctx: b"".join(attachments.content(ctx, held.uid)), on_bytes, lambda error: None, owner=row
        )

    def _open(self, held: Held) -> None:
        self._session.keep(
            lambda ctx, progress: opened_copies.open_copy(ctx, held.uid), self._show, self._on_failed
        )

    def _show(self, path: Path) -> None:
        if self.shower(path):
            self.messages.inform(
                _(
                    "Opened as a private copy: what you change in it is not kept. It is wiped by itself a quarter "
                    "of an hour later if no program has it open, at the latest when you lock. “Opened copies” at "
                    "the foot of the window wipes it at once."
                )
            )
        else:
            show_error(self.messages, UserError("attachment.no_program", name=path.name))

    def _save(self, held: Held) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a copy…"), str(Path.home() / held.name))
        if not name:
            return
        question = _("The copy will not be protected: whoever finds it can read it. Save it all the same?")
        if not ask(self, question, do=_("Save the copy"), keep=_("Do not save")):
            return
        target = Path(name)
        self._session.keep(
            lambda ctx, progress: attachments.save_copy(ctx, held.uid, target), self._on_saved, self._on_failed
        )

    def _on_saved(self, _size: int) -> None:
        self.messages.succeed(_("The copy was saved. Delete it when it is no longer needed."))

    def _remove(self, held: Held) -> None:
        self._removing = held
        self.reason.ask()

    def _on_reason(self, reason: str) -> None:
        held, self._removing = self._removing, None
        if held is not None:
            self._session.command(lambda ctx: records.withdraw(ctx, held.uid, reason), None, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        show_error(self.messages, error)

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        if self.uid and (changes.touches("attachment") or changes.action == Action.IMPORT.value):
            self.show_files(self.uid, fixed=self._fixed)
