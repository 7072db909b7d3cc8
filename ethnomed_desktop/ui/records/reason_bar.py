"""Why a record goes into the trash: one click on a usual reason, or words of one's own. No question besides."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced
from ethnomed_desktop.ui.kit.text_field import TextField

USUAL = (N_("Entered by mistake"), N_("Recorded twice"))


class ReasonBar(QFrame):
    """``given(reason)``; the bar closes by the reason or by Keep."""

    given = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reason_bar")
        self.setProperty("level", "warning")
        self.heading = QLabel(self)
        self.heading.setWordWrap(True)
        sized_font(self.heading, 1.0, bold=True)
        self.usual = [PushButton(self) for _reason in USUAL]
        for button, reason in zip(self.usual, USUAL, strict=True):
            button.clicked.connect(lambda _checked=False, said=reason: self._give(_(said)))
        self.words = TextField(Field("reason", 1, Text(500), N_("Another reason")), self)
        self.words.entered.connect(lambda _name: self._on_words())
        self.move_button = PushButton(self)
        self.move_button.setObjectName("reason_move")
        self.move_button.clicked.connect(self._on_words)
        self.keep = PushButton(self)
        self.keep.setObjectName("reason_keep")
        self.keep.clicked.connect(self.dismiss)
        column = QVBoxLayout(self)
        spaced(column, 2, (4, 3, 4, 3))
        column.addWidget(self.heading)
        row = QWidget(self)
        flow = FlowLayout(row)
        spaced(flow, 2)
        at_least(self.words, width=60)
        for widget in (*self.usual, self.words, self.move_button, self.keep):
            flow.addWidget(widget)
            flow.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.retranslate()
        self.hide()

    def ask(self) -> None:
        """Show the bar; Enter takes the first usual reason."""
        self.words.set_value(None)
        self.words.set_error("")
        self.show()
        self.usual[0].setFocus()

    def dismiss(self) -> None:
        """Close the bar; nothing was moved."""
        self.hide()
        self.closed.emit()

    def retranslate(self) -> None:
        self.heading.setText(_("Why does it go into the trash? It can be taken out again at any time."))
        for button, reason in zip(self.usual, USUAL, strict=True):
            button.setText(_(reason))
            button.setDefault(True)
        self.move_button.setText(_("Move to trash"))
        self.keep.setText(_("Keep the record"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_words(self) -> None:
        said = str(self.words.draft() or "").strip()
        if said:
            self._give(said)
        else:
            self.words.set_error(_("Fill in: {label}").format(label=self.words.title()))

    def _give(self, reason: str) -> None:
        self.hide()
        self.given.emit(reason)
