"""Numbered minutes: the paper itself, nothing to edit; printing and correcting are the ways on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.tab_chain import put_in_chain
from ethnomed_desktop.ui.kit.text_field import TextField
from ethnomed_desktop.ui.meetings.kept_draft_card import KeptDraftCard
from ethnomed_desktop.ui.meetings.paper import Paper
from ethnomed_desktop.ui.records.attachments_card import AttachmentsCard
from ethnomed_desktop.ui.session import Session

SIDE_UNITS = 68
"""Least width of the column beside the paper: its buttons are never cut."""
PAPER_UNITS = 90
"""Least width of the paper and its choices."""


class ClosedPanel(QWidget):
    """``correction_asked(reason)``; ``version_asked(uid)`` for another version of the same minutes.

    ``back()`` to the list, ``print_wanted(uid, language)``, ``compare_wanted()`` with another version,
    ``history_wanted()``.
    """

    correction_asked = Signal(str)
    version_asked = Signal(str)
    print_wanted = Signal(str, str)
    compare_wanted = Signal()
    history_wanted = Signal()
    back = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closed_panel")
        self._session = session
        self._uid = ""
        self._numbered = True
        self._concealed = False
        self._other = ("", "")
        self._corrected = False
        self.card = Card(self)
        self.words = QLabel(self.card)
        self.words.setWordWrap(True)
        self.reason = TextField(Field("correction_reason", 1, Text(500), N_("Reason of the correction")), self.card)
        self.correct = PushButton(self.card)
        self.correct.setObjectName("make_correction")
        self.correct.clicked.connect(self._on_correct)
        self.other = PushButton(self.card)
        self.other.setProperty("role", "link")
        self.other.clicked.connect(self._on_other)
        self.back_button = PushButton(self)
        self.back_button.setProperty("role", "plain")
        with_icon(self.back_button, "back", "accent")
        self.back_button.clicked.connect(self.back)
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        sized_font(self.title, 1.2, bold=True)
        self.print_button = PushButton(self.card)
        self.print_button.setObjectName("print_closed")
        self.print_button.setProperty("role", "primary")
        self.print_button.clicked.connect(self._on_print)
        self.compare = PushButton(self.card)
        self.compare.setObjectName("compare_versions")
        self.compare.clicked.connect(self.compare_wanted)
        self.history = PushButton(self.card)
        self.history.setObjectName("meeting_history")
        self.history.setProperty("role", "link")
        self.history.clicked.connect(self.history_wanted)
        buttons = (self.words, self.print_button, self.compare, self.other, self.history, self.reason, self.correct)
        for widget in buttons:
            self.card.column.addWidget(widget)
        self.kept = KeptDraftCard(session, self)
        self.files = AttachmentsCard(session, self)
        self.paper = Paper(session, "kk", self)
        self.paper.ordered.connect(self.refresh)
        self._build()
        put_in_chain((self.back_button, *buttons[1:], self.kept, self.files, self.paper))
        self.retranslate()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        spaced(row, 4, (6, 2, 6, 2))
        content = QWidget()
        content.setProperty("role", "page")
        side = QVBoxLayout(content)
        spaced(side, 3, (0, 1, 2, 1))
        side.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self.title)
        side.addWidget(self.card)
        side.addWidget(self.kept)
        side.addWidget(self.files)
        side.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        at_least(area, width=SIDE_UNITS)
        self._area = area
        row.addWidget(area, 1)
        row.addWidget(self.paper, 2)

    def show_meeting(
        self, uid: str, language: str, numbered: bool = True, *, title: str = "", older: str = "", newer: str = ""
    ) -> None:
        """Show minutes to be read; ``older`` and ``newer`` are uids of the versions beside them.

        To who may write none drafts are shown here, too, with a line why.
        """
        self._numbered = numbered
        self._uid = uid
        self.files.show_files(uid)  # the signed paper, scanned, belongs to minutes that are closed
        self.title.setText(title)
        self._corrected = bool(newer)
        self._other = (newer, "newer") if newer else (older, "older") if older else ("", "")
        self.reason.set_value(None)
        self.reason.set_error("")
        self.paper.languages.choose(language)
        self.retranslate()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        content = self._area.widget()
        if content is None:
            return
        bar = self._area.verticalScrollBar().sizeHint().width()
        least = max(SIDE_UNITS * unit(), content.minimumSizeHint().width() + bar)
        self._area.setMinimumWidth(least)
        # Large words are never cut; where there is no room beside them, the print dialog shows the paper.
        self.paper.setHidden(self.width() < least + PAPER_UNITS * unit())

    def refresh(self) -> None:
        """Lay the minutes out in the chosen language and form."""
        self._concealed = appearance().names_hidden
        if self._concealed:
            self.paper.conceal()
            return
        uid = parse_uid(self._uid)

        def gather(ctx: AppContext) -> object:
            return documents.gather_minutes(ctx, uid)

        self.paper.show_minutes(gather)

    def retranslate(self) -> None:
        self.card.set_heading(_("Numbered and closed") if self._numbered else _("Draft minutes"))
        why_not = self._session.why_not("meeting") if self._uid else ""
        self.words.setText(
            why_not
            if why_not
            else _("A newer version exists; this one stays as it is.")
            if self._corrected
            else _("Nothing can be changed here. A correction is a new version of the minutes, with a reason.")
        )
        for widget in (self.reason, self.correct):
            widget.setVisible(not self._corrected and not why_not)
        self.print_button.setVisible(not self._uid or self._session.ctx.may(Act.PRINT))
        self.correct.setText(_("Make a correction"))
        self.back_button.setText(_("Meetings"))
        self.print_button.setText(_("Print…"))
        self.compare.setText(_("Compare versions"))
        self.compare.setVisible(bool(self._other[0]))
        self.history.setText(_("History"))
        self.other.setVisible(bool(self._other[0]))
        self.other.setText(
            _("Open the newer version") if self._other[1] == "newer" else _("Open the version before this one")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if self._uid and self._concealed != appearance().names_hidden:
                self.refresh()
        super().changeEvent(event)

    def _on_correct(self) -> None:
        reason = str(self.reason.draft() or "").strip()
        if not reason:
            self.reason.set_error(_("Write the reason of the correction."))
            self.reason.editor.setFocus()
            return
        self.correction_asked.emit(reason)

    def _on_print(self) -> None:
        self.print_wanted.emit(self._uid, self.paper.languages.key())

    def _on_other(self) -> None:
        if self._other[0]:
            self.version_asked.emit(self._other[0])
