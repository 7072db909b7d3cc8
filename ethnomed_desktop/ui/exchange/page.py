"""The section Exchange: send and receive side by side, computers, conflicts. Files may be dropped anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange import PartnerView, WhoAmI
from ethnomed_desktop.app.exchange_key_files import is_key_file
from ethnomed_desktop.app.exchange_keys import OfficeKey, office_key
from ethnomed_desktop.app.exchange_status import Late, Unaware, late_partners, unaware
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange import media
from ethnomed_desktop.ui.exchange.computers_tab import ComputersTab
from ethnomed_desktop.ui.exchange.conflicts_tab import ConflictsTab
from ethnomed_desktop.ui.exchange.journal_tab import JournalTab
from ethnomed_desktop.ui.exchange.leaving_card import LeavingCard
from ethnomed_desktop.ui.exchange.parts import paragraph, scrolling
from ethnomed_desktop.ui.exchange.receive_card import ReceiveCard
from ethnomed_desktop.ui.exchange.send_card import SendCard
from ethnomed_desktop.ui.exchange.table_tab import TableTab, is_table
from ethnomed_desktop.ui.kit.columns_layout import ColumnsLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.reminders import late_words
from ethnomed_desktop.ui.session import Session

FILES, COMPUTERS, CONFLICTS, JOURNAL, TABLE = range(5)
LOOK_EVERY_MS = 3_000
"""How soon a stick that is plugged in appears on the page."""

_Standing = tuple[WhoAmI, list[PartnerView], list[Late], OfficeKey, list[Unaware]]


class ExchangePage(QWidget):
    """The page. Who takes part is asked on the write lane: what was written since is sealed by that."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exchange_page")
        self.setProperty("role", "page")
        self.setAcceptDrops(True)
        self._session = session
        self._stale = True
        self._looking = False
        self._conflicts = 0
        self.messages = MessageBar(self)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("exchange_tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.send = SendCard(session, self.messages)
        self.receive = ReceiveCard(session, self.messages)
        self.computers = ComputersTab(session, self.messages)
        self.conflicts = ConflictsTab(session, self.messages)
        self.leaving = LeavingCard(session, self.messages)
        self.journal = JournalTab(session, self.messages)
        self.table = TableTab(session, self.messages)
        self.late = QFrame(self)
        self.late_text = paragraph(self.late)
        self._late: list[Late] = []
        self.stack = QStackedWidget(self)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._build()
        self._connect()
        self.retranslate()
        self.conflicts.reload()

    def _build(self) -> None:
        area, column = scrolling(self)
        both = QWidget(area)
        cards = ColumnsLayout(both, 2, 110)
        spaced(cards, 3)
        cards.addWidget(self.send)
        cards.addWidget(self.receive)
        self.late.setProperty("level", "warning")
        inside = QVBoxLayout(self.late)
        spaced(inside, 1, (3, 2, 3, 2))
        inside.addWidget(self.late_text)
        self.late.hide()
        for widget in (self.late, both, self.leaving):
            column.addWidget(widget)
        column.addStretch(1)
        for page in (area, self.computers, self.conflicts, self.journal, self.table):
            self.tabs.addTab("")
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        spaced(whole, 0, (0, 1, 0, 0))
        head = QVBoxLayout()
        spaced(head, 1, (4, 0, 4, 0))
        head.addWidget(self.tabs)
        head.addWidget(self.messages)
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.tabs.currentChanged.connect(self._on_tab)
        self.send.sent.connect(self._ask_standing)
        self.send.sent.connect(self.leaving.hide)
        self.send.leaving_wanted.connect(self.leaving.look)
        self.send.joining_wanted.connect(lambda: self.tabs.setCurrentIndex(COMPUTERS))
        self.receive.taken.connect(self._on_taken)
        self.receive.conflicts_wanted.connect(lambda: self.tabs.setCurrentIndex(CONFLICTS))
        self.computers.changed.connect(self._ask_standing)
        self.conflicts.counted.connect(self._on_counted)
        self._timer.timeout.connect(self._look_around)
        self._session.hub.published.connect(self._on_published)

    # -- what the window asks -------------------------------------------------

    def open_record(self, uid: str) -> None:
        """Show the conflicts of a record."""
        self.tabs.setCurrentIndex(CONFLICTS)
        self.conflicts.open_record(bytes(parse_uid(uid)))

    def show_conflicts(self) -> None:
        """Show all records that were changed in two places."""
        self.tabs.setCurrentIndex(CONFLICTS)

    def receive_files(self, paths: list[Path]) -> None:
        """Show what files hold; a request to join goes to its own card."""
        requests = [path for path in paths if path.suffix.lower() == ".json"]
        if requests:
            self.tabs.setCurrentIndex(COMPUTERS)
            card = self.computers.key if is_key_file(requests[0]) else self.computers.let_join
            card.look(requests[0])
        elif paths and is_table(paths[0]):
            self.tabs.setCurrentIndex(TABLE)
            self.table.card.look(paths[0])
        elif paths:
            self.tabs.setCurrentIndex(FILES)
            self.receive.look(paths)

    def reload(self) -> None:
        """Look anew at partners, sticks and conflicts."""
        self._ask_standing()
        self._look_around()
        self.conflicts.reload()

    def go_back(self) -> None:
        """From one conflict to their list."""
        self.conflicts.leave()

    # -- what is known --------------------------------------------------------

    def _ask_standing(self) -> None:
        self._stale = False
        language = current().language

        def job(ctx: AppContext) -> _Standing:
            return (
                exchange.who_am_i(ctx, language),
                exchange.partners(ctx),
                late_partners(ctx),
                office_key(ctx, language),
                unaware(ctx),
            )

        self._session.tasks.write(lambda progress: job(self._session.ctx), self._on_standing, self._on_failed)

    def _on_standing(self, standing: _Standing) -> None:
        me, partners, self._late, key, unaware_of = standing
        self._word_late()
        self.computers.show_me(me)
        self.computers.show_partners(partners)
        self.computers.show_key(key, unaware_of)
        self.send.show_partners(partners)
        self.receive.show_result()

    def _on_tab(self, place: int) -> None:
        if place == JOURNAL:
            self.journal.reload()

    def _word_late(self) -> None:
        self.late.setVisible(bool(self._late))
        self.late_text.setText("\n".join(late_words(one) for one in self._late))

    def _look_around(self) -> None:
        if not self._looking:
            self._looking = True
            look: Callable[[], media.Plugged] = media.look_around
            self._session.tasks.free(lambda progress: look(), self._on_plugged, self._on_look_failed)

    def _on_plugged(self, plugged: media.Plugged) -> None:
        self._looking = False
        self.send.show_plugged(plugged)
        self.receive.show_plugged(plugged)
        self.computers.show_plugged(plugged)

    def _on_look_failed(self, error: Exception) -> None:
        self._looking = False
        self._on_failed(error)

    def _on_taken(self) -> None:
        self._ask_standing()
        self.conflicts.reload()

    def _on_counted(self, records: int) -> None:
        self._conflicts = records
        self.retranslate()

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self.conflicts.reload()
        if self.isVisible():
            self._ask_standing()
        else:
            self._stale = True

    def _on_failed(self, error: Exception) -> None:
        show_error(self.messages, error)

    # -- events ---------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_around()
        self._timer.start()
        if self._stale:
            self._ask_standing()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.receive_files(paths)

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(_("Exchange"))
        conflicts = _("Conflicts")
        if self._conflicts:
            conflicts = _("Conflicts: {count}").format(count=self._conflicts)
        for place, words in enumerate(
            (_("Files"), _("Computers"), conflicts, _("Journal"), _("From a spreadsheet"))
        ):
            self.tabs.setTabText(place, words)
        self._word_late()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_timer"):
            self.retranslate()
            if self.isVisible():
                self._ask_standing()
            else:
                self._stale = True
        super().changeEvent(event)
