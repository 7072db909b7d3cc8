"""The section Home: read in ten seconds, every line opens what it names. No charts, nothing blinks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app import clock_check, home
from ethnomed_desktop.app.home import Home, Line
from ethnomed_desktop.app.vault_secrets import recovery_is_open
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.home.cards import Entry, LinesCard
from ethnomed_desktop.ui.home.pressing_list import PRESSING, PressingList
from ethnomed_desktop.ui.kit.appearance import appearance, restyle
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.columns_layout import ColumnsLayout
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.reminders import asked_words, clock_words, late_words
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.standing import KeptDraft, kept_drafts

CARD_UNITS = 110
ICONS = {
    "overdue": "warning",
    "severe": "error",
    "unrated": "info",
    "conflicts": "warning",
    "withdrawn_consents": "warning",
    "kept_too_long": "info",
}


class HomePage(QStackedWidget):
    """``front`` is the page itself, ``list`` the list behind a number."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home_page")
        self._session = session
        self._home: Home | None = None
        self._drafts: tuple[KeptDraft, ...] = ()
        self.messages = MessageBar(self)
        self.standing = MessageBar(self)
        self.standing.setObjectName("home_standing")
        self.standing.close_button.hide()
        self.record, self.meeting, self.print_last = (
            self._big(name, icon)
            for name, icon in (("record", "incidents"), ("meeting", "meetings"), ("print_last", "print"))
        )
        self.attention, self.week, self.drafts, self.recent = (
            LinesCard(name, self) for name in ("attention", "week", "drafts", "recent")
        )
        self._build()
        self.record.clicked.connect(partial(session.hub.new_requested.emit, "incident"))
        self.meeting.clicked.connect(partial(session.hub.new_requested.emit, "meeting"))
        self.print_last.clicked.connect(self.print_current)
        session.hub.published.connect(self._on_published)
        session.kept.connect(self._on_changed)
        appearance().changing.connect(self._make_room)
        self._make_room()
        self.retranslate()

    def _big(self, name: str, icon: str) -> PushButton:
        button = PushButton(self)
        button.setObjectName(f"home_{name}")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if name == "record":
            button.setProperty("role", "primary")
        with_icon(button, icon, "on_accent" if name == "record" else "accent", 6, apart=True)
        sized_font(button, 1.1, bold=True)
        return button

    def _make_room(self) -> None:
        """What one comes for most stands out by its size; in a low window all of it has the height of a button."""
        for button in (self.record, self.meeting, self.print_last):
            button.setProperty("tall", not appearance().low)
        restyle(self.record, self.meeting, self.print_last)

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        buttons = FlowLayout(QWidget(content))
        spaced(buttons, 3)
        for button in (self.record, self.meeting, self.print_last):
            buttons.addWidget(button)
        cards = ColumnsLayout(QWidget(content), 2, CARD_UNITS)
        spaced(cards, 3)
        for card in (self.attention, self.week, self.drafts, self.recent):
            cards.addWidget(card)
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 4, 6, 4))
        column.addWidget(self.standing)
        column.addWidget(self.messages)
        for layout in (buttons, cards):
            around = layout.parentWidget()
            assert around is not None
            column.addWidget(around)
        column.addStretch(1)
        self.front = QScrollArea(self)
        self.front.setObjectName("home_front")
        self.front.setWidgetResizable(True)
        self.front.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.front.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.front.setWidget(content)
        self.addWidget(self.front)

    @cached_property
    def list(self) -> PressingList:
        """The list behind a number."""
        made = PressingList(self._session, self)
        made.left.connect(self.go_back)
        self.addWidget(made)
        return made

    # -- what the window asks -------------------------------------------------

    def open_record(self, uid: str) -> None:
        """Show the first page: no kind of record opens here."""
        self.go_back()

    def start_new(self) -> None:
        """Record an incident: what a new record is most often."""
        self._session.hub.new_requested.emit("incident")

    def print_current(self) -> None:
        """Print the last minutes."""
        minutes = self._home.minutes if self._home is not None else None
        if minutes is not None:
            self._session.hub.print_requested.emit("meeting", minutes.uid)

    def open_current(self) -> None:
        """Open the current row of the list behind a number."""
        if self.currentWidget() is not self.front:
            self.list.open_current()

    def reload(self) -> None:
        """Count and list anew."""
        words = self._session.catalog
        self._session.query(
            lambda ctx: (home.first_page(ctx, words), kept_drafts(ctx, words), recovery_is_open(ctx)),
            self._on_home,
            self._on_failed,
            owner=self,
        )
        if self.currentWidget() is not self.front:
            self.list.model.reload()

    def go_back(self) -> None:
        """Go from a list back to the page."""
        self.setCurrentWidget(self.front)
        self.record.setFocus()

    def show_pressing(self, what: str) -> None:
        """Show the records behind a number."""
        self.setCurrentWidget(self.list)
        self.list.show_pressing(what)

    # -- showing --------------------------------------------------------------

    def retranslate(self) -> None:
        self.record.setText(_("Record incident"))
        self.record.setToolTip("Ctrl+Shift+I")
        self.meeting.setText(_("New meeting"))
        self.attention.set_heading(_("Needs attention"))
        self.week.set_heading(_("This week"))
        self.drafts.set_heading(_("My drafts"))
        self.recent.set_heading(_("Recent"))
        self._show_minutes()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "front"):
            self.retranslate()
            self.reload()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Reload what changed meanwhile; the day may have changed too."""
        super().showEvent(event)
        for button, kind in ((self.record, "incident"), (self.meeting, "meeting")):
            button.setVisible(not self._session.why_not(kind))
        self.print_last.setVisible(self._session.ctx.may(Act.PRINT))
        QTimer.singleShot(0, self, self._on_shown)

    def _on_shown(self) -> None:
        """Ask only for who stays: one that goes straight on to a list must not wait for our numbers."""
        if self.isVisible():
            self.reload()
            self._focus()

    def _focus(self) -> None:
        if self.currentWidget() is self.front and not self.isAncestorOf(
            self.window().focusWidget() or self.window()
        ):
            self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_home(self, answer: tuple[Home, tuple[KeptDraft, ...], bool]) -> None:
        self._home, self._drafts, unconfirmed = answer
        self._remind(unconfirmed)
        self._show_minutes()
        self.attention.show_entries(self._pressing(self._home), _("Nothing presses today."))
        week = [
            *self._lines(self._home.week, "{title}"),
            *self._lines(self._home.unfinished, _("Minutes not finished: {title}")),
        ]
        self.week.show_entries(week, _("No meetings in the next seven days."))
        drafts = [
            Entry(
                one.draft.draft.hex(),
                _("Continue: {title} · {time}").format(title=one.title, time=one.time),
                partial(self._session.hub.draft_requested.emit, one.draft),
            )
            for one in self._drafts
        ]
        self.drafts.show_entries(drafts, _("There are no drafts"))
        self.recent.show_entries(
            self._lines(self._home.recent, "{about} · {title}"), _("What you record and change will stand here.")
        )

    def _remind(self, unconfirmed: bool) -> None:
        """Say so on every visit until the recovery sheet is confirmed: without it a lost password is the end."""
        text = _("The recovery sheet is not confirmed yet. Type its code, or make a new sheet if there is none.")
        if not unconfirmed:
            self.standing.dismiss()
        elif self.standing.isHidden() or self.standing.label.text() != text:
            act = self._session.hub.act_requested.emit
            self.standing.tell(
                "warning", text, action=_("Recovery sheet"), on_action=lambda: act("confirm_recovery")
            )

    def _ask_clock(self) -> None:
        """Let a person say that the clock is right; then nobody is reminded until it goes back again."""
        found = self._home
        if found is None or found.worked_ms is None:
            return
        text = clock_words(found.now_ms, found.worked_ms)[1]
        if ask(self, text, do=_("The clock is right"), keep=_("I will check it"), danger=False):
            self._session.keep(lambda ctx, progress: clock_check.believe(ctx), self._on_believed, self._on_failed)

    def _on_believed(self, _nothing: object) -> None:
        self.reload()

    def _pressing(self, found: Home) -> Sequence[Entry]:
        return (
            [
                Entry(
                    what,
                    _(words).format(count=found.pressing[what]),
                    partial(self._open_pressing, what),
                    ICONS[what],
                    ICONS[what],
                )
                for what, words in PRESSING.items()
                if found.pressing[what]
            ]
            + [
                Entry("clock", clock_words(found.now_ms, last)[0], self._ask_clock, "warning", "warning")
                for last in (found.worked_ms,)
                if last is not None
            ]
            + [
                Entry(
                    f"late_{one.replica.hex()}",
                    late_words(one),
                    partial(self._session.hub.act_requested.emit, "section:exchange"),
                    "warning",
                    "warning",
                )
                for one in found.late
            ]
            + [
                Entry(
                    one.uid,
                    asked_words(one),
                    partial(self._session.hub.open, "request", one.uid),
                    "info",
                    "info",
                )
                for one in found.asked
            ]
        )

    def _open_pressing(self, what: str) -> None:
        """Show what is behind a number; what is settled elsewhere is shown there."""
        if what == "conflicts":
            self._session.hub.act_requested.emit("conflicts")
        elif what == "kept_too_long":
            self._session.hub.act_requested.emit("section:personal")
        else:
            self.show_pressing(what)

    def _lines(self, lines: Sequence[Line], words: str) -> Sequence[Entry]:
        hub = self._session.hub
        return [
            Entry(
                line.uid, words.format(title=line.title, about=line.about), partial(hub.open, line.kind, line.uid)
            )
            for line in lines
        ]

    def _show_minutes(self) -> None:
        minutes = self._home.minutes if self._home is not None else None
        self.print_last.setEnabled(minutes is not None)
        if minutes is not None and minutes.number:
            text = _("Print last minutes № {number}").format(number=minutes.number)
        elif minutes is not None:
            text = _("Print last draft minutes")
        else:
            text = _("Print last minutes")
        self.print_last.setText(text.replace("&", "&&"))

    # -- what comes in --------------------------------------------------------

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self._on_changed()

    def _on_changed(self) -> None:
        if self.isVisible():
            self.reload()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)
