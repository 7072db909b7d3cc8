"""One attached file: a small picture, its name and facts, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.app.attachments import Held
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon

SIDE_UNITS = 18
LONGEST_ENDING = 6


class AttachmentRow(QFrame):
    """``open_asked``, ``save_asked``, ``remove_asked``; ``picture_asked`` when first seen, and in another size."""

    open_asked = Signal(object)
    save_asked = Signal(object)
    remove_asked = Signal(object)
    picture_asked = Signal(object)

    def __init__(self, held: Held, *, fixed: bool, parent: QWidget | None = None) -> None:
        """``fixed``: the record is in the trash, nothing can be taken off."""
        super().__init__(parent)
        self.setObjectName(f"attachment_{held.uid.hex()}")
        self.held = held
        self._asked = False
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        with_icon(self.picture, "documents", "secondary", 8)
        self.name = QLabel(held.name, self)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        sized_font(self.name, 1.0, bold=True)
        self.facts = QLabel(facts_of(held), self)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setProperty("role", "secondary")
        self.open_button = PushButton(_("Open"), self)
        self.save_button = PushButton(_("Save a copy…"), self)
        self.remove_button = PushButton(_("Move to trash…"), self)
        self._word()
        self.open_button.setVisible(held.may_open)
        self.save_button.setVisible(held.state == "here")
        self.remove_button.setVisible(not fixed)
        self.open_button.clicked.connect(lambda: self.open_asked.emit(self.held))
        self.save_button.clicked.connect(lambda: self.save_asked.emit(self.held))
        self.remove_button.clicked.connect(lambda: self.remove_asked.emit(self.held))
        self._lay_out()
        self._fit()

    def _fit(self) -> None:
        """Follow the text; the small picture is asked for anew, in the size it is shown in now."""
        self.picture.setFixedSize(QSize(SIDE_UNITS * unit(), SIDE_UNITS * unit()))
        if self._asked:
            self.picture_asked.emit(self)

    def _word(self) -> None:
        name = self.held.name
        for button, words, object_name in (
            (self.open_button, _("Open: {title}"), "attachment_open"),
            (self.save_button, _("Save a copy: {title}"), "attachment_save"),
            (self.remove_button, _("Move to trash: {title}"), "attachment_remove"),
        ):
            button.setObjectName(object_name)
            button.setAccessibleName(words.format(title=name))

    def _lay_out(self) -> None:
        bar = QWidget(self)
        flow = FlowLayout(bar)
        spaced(flow, 2)
        for button in (self.open_button, self.save_button, self.remove_button):
            flow.addWidget(button)
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        spaced(words, 1)
        for widget in (self.name, self.facts, bar):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        spaced(row, 3, (0, 1, 0, 1))
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked and self.held.has_picture:
            self._asked = True
            self.picture_asked.emit(self)

    def show_picture(self, pixels: bytes, width: int, height: int) -> None:
        """Show the small picture; four bytes for each pixel."""
        image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBX8888).copy()
        shown = QPixmap.fromImage(image).scaled(
            self.picture.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self.picture.setPixmap(shown)


def facts_of(held: Held) -> str:
    """Return what is known of a file in a line: kind, size, day, note, and what is wrong with it."""
    language = current().language
    ending = held.name.rpartition(".")[2].upper() if "." in held.name else ""
    facts = [ending if len(ending) <= LONGEST_ENDING else "", formatting.file_size(held.size, language)]
    if held.taken_on:
        facts.append(formatting.partial_date(PartialDate.parse(held.taken_on), language))
    if held.note:
        facts.append(held.note)
    if held.contains_identity:
        facts.append(_("shows who somebody is"))
    if held.state == "not_come":
        facts.append(_("has not come by exchange yet"))
    elif held.state == "lost":
        facts.append(_("its content is lost: attach it again or restore a backup"))
    return " · ".join(fact for fact in facts if fact)
