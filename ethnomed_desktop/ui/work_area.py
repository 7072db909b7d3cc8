"""The open vault: side bar, top bar, pages, the way back, the foot. Made while the password is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ethnomed_desktop.app.attachments import bearer_of
from ethnomed_desktop.app.checks import finding_sentence
from ethnomed_desktop.app.drafts import Draft
from ethnomed_desktop.app.search import Hit, search
from ethnomed_desktop.app.vault import Finding, look_after_cut_off, put_back
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.ui.actions import Actions
from ethnomed_desktop.ui.dialog_help import help_by_f1
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.features import (
    BELOW,
    FEATURES,
    HasActions,
    KeepsDrafts,
    MakesRecords,
    PrintsRecords,
    feature_of,
)
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.picture import picture
from ethnomed_desktop.ui.kit.practice_band import PracticeBand
from ethnomed_desktop.ui.kit.reading_band import ReadingBand
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.kit.side_bar import SideBar
from ethnomed_desktop.ui.page_stack import PageStack
from ethnomed_desktop.ui.recent_menu import RecentMenu
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.standing import KeptDraft
from ethnomed_desktop.ui.status_line import StatusLine
from ethnomed_desktop.ui.top_bar import TopBar
from ethnomed_desktop.ui.undo_bar import UndoBar

MOST_HITS = 12
SETTINGS = ("back_up", "password", "recovery", "confirm_recovery", "update")
"""Actions of the menu File that lead to a card of the settings."""


PAGE_UNITS = 40


class WorkArea(QWidget):
    """``shown(key)`` when a section's page is shown."""

    shown = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("work_area")
        self.session = session
        self._actions = actions
        self._borrowed: list[QAction] = []
        self._told_drafts = False
        self.pages: dict[str, QWidget] = {}
        self.section = ""
        self.side_bar = SideBar([one.section for one in FEATURES], [one.section for one in BELOW], self)
        self.top_bar = TopBar(self)
        self.notices = MessageBar(self)
        self.notices.setObjectName("notices")
        self.stack = PageStack(PAGE_UNITS, self)
        self.undo_bar = UndoBar(session, actions, self)
        self.status = StatusLine(session, self)
        self.recent: RecentMenu | None = None
        self.band: PracticeBand | None = None
        self._build()
        self._connect()

    def begin(self) -> None:
        """The vault is open: show the first section; what stands around it is asked for after its rows."""
        if self.session.ctx.practice:
            self.band = PracticeBand(self)
            self._middle.insertWidget(1, self.band)
        if self.session.ctx.reading_only:
            self._middle.insertWidget(1, ReadingBand(self))
        appearance().changing.connect(self._make_room)
        self._make_room()
        self.recent = RecentMenu(self.session, self._actions, self)
        self.show_section(FEATURES[0].key)
        self._tell_of_files()
        ctx = self.session.ctx
        if ctx.vault.was_cut_off:
            self.session.tasks.free(lambda progress: look_after_cut_off(ctx), self._tell_of_cut_off, owner=self)
        QTimer.singleShot(0, self, self._await_rows)

    def _await_rows(self) -> None:
        """Let what the page asked for be answered and painted before what stands around it is asked for."""
        query, ask = self.session.query, self._ask_around
        query(lambda ctx: None, lambda _none: QTimer.singleShot(0, self, ask), owner=self)

    def _ask_around(self) -> None:
        self.status.refresh()
        self.status.refresh_backup()
        self.undo_bar.refresh()

    def _build(self) -> None:
        middle = self._middle = QVBoxLayout()
        spaced(middle, 0)
        bars = QVBoxLayout()
        spaced(bars, 1, (6, 1, 6, 1))
        middle.addWidget(self.top_bar)
        middle.addLayout(bars)
        bars.addWidget(self.notices)
        middle.addWidget(self.stack, 1)
        below = QVBoxLayout()
        spaced(below, 1, (6, 1, 6, 1))
        below.addWidget(self.undo_bar)
        middle.addLayout(below)
        row = QHBoxLayout()
        spaced(row, 0)
        row.addWidget(self.side_bar)
        row.addLayout(middle, 1)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addLayout(row, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.side_bar.chosen.connect(self.show_section)
        self.top_bar.search.asked.connect(self._search)
        self.top_bar.search.picked.connect(self._on_found)
        self.status.draft_chosen.connect(self.open_draft)
        self.status.counted.connect(self._on_drafts)
        hub = self.session.hub
        hub.open_requested.connect(self.open_record)
        hub.new_requested.connect(self.begin_record)
        hub.draft_requested.connect(self.open_draft)
        hub.print_requested.connect(self.print_record)
        self.session.tasks.unhandled.connect(self._on_unhandled)

    # -- pages ----------------------------------------------------------------

    def page(self, key: str) -> QWidget:
        """Return the page of a section, made when it is first asked for."""
        if key not in self.pages:
            feature = next(one for one in (*FEATURES, *BELOW) if one.key == key)
            self.pages[key] = feature.make_page(self.session)
            self.stack.addWidget(self.pages[key])
        return self.pages[key]

    def section_name(self) -> str:
        """Return what the section shown is called; the side bar may hear later than others of a new language."""
        return next((_(one.section.label) for one in (*FEATURES, *BELOW) if one.key == self.section), "")

    def show_section(self, key: str) -> None:
        """Show a section as it was left."""
        page = self.page(key)
        self.section = key
        self.stack.setCurrentWidget(page)
        self.side_bar.choose(key)
        self._lend_actions(page)
        self.shown.emit(key)

    def open_record(self, kind: str, uid: str) -> None:
        """Show a record in the section it belongs to."""
        if kind == "attachment":  # shown on the card of what it is attached to
            self.session.query(
                lambda ctx: bearer_of(ctx, parse_uid(uid)), lambda bearer: self.open_record(*bearer), owner=self
            )
            return
        feature = feature_of(kind)
        if feature is not None:
            self.show_section(feature.key)
            self._call("open_record", uid)

    def open_draft(self, draft: Draft) -> None:
        """Show a draft in the form it was typed into."""
        feature = feature_of(draft.kind)
        if feature is not None:
            self.show_section(feature.key)
            page = self.page(feature.key)
            if isinstance(page, MakesRecords):
                page.open_draft(draft)

    def start_new(self, key: str = "") -> None:
        """Begin a record in a section (the present one)."""
        if key:
            self.show_section(key)
        page = self.page(self.section)
        if isinstance(page, MakesRecords):
            page.start_new()

    def begin_record(self, kind: str) -> None:
        """Begin a record of a kind in the section it belongs to."""
        feature = feature_of(kind)
        if feature is not None:
            self.start_new(feature.key)

    def print_record(self, kind: str, uid: str) -> None:
        """Open the print dialog of a record over the section that is shown."""
        feature = feature_of(kind)
        page = self.page(feature.key) if feature is not None else None
        if isinstance(page, PrintsRecords):
            page.print_meeting(uid, "")

    def scan_papers(self, paths: Sequence[Path] = ()) -> None:
        """Show which records scanned papers belong to, over the section that is shown."""
        from ethnomed_desktop.ui.records.scan_dialog import ScanDialog

        dialog = ScanDialog(self.session, paths, self)
        help_by_f1(dialog, self.session, "attachments")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_papers(self, key: str = "") -> None:
        """Show forms and registers, over the section that is shown; ``key`` chooses one."""
        from ethnomed_desktop.ui.meetings.papers_dialog import PapersDialog

        dialog = PapersDialog(self.session, key, self)
        help_by_f1(dialog, self.session, "printing")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def keep_drafts(self) -> None:
        """Have every page hand on what is typed."""
        if self.recent is not None:
            self.recent.leave()
        for page in self.pages.values():
            if isinstance(page, KeepsDrafts):
                page.keep_drafts()

    def act(self, key: str) -> None:
        """Do what an action of the menu bar says; what the page cannot do is passed over."""
        plain: dict[str, Callable[[], object]] = {
            "new": self.start_new,
            "incident": lambda: self.start_new("incidents"),
            "drafts": self.status.show_drafts,
            "undo": self.undo_bar.undo,
            "redo": self.undo_bar.redo,
            "search": self.top_bar.focus_search,
            "check": self._check,
            "conflicts": self._show_conflicts,
            "scans": self.scan_papers,
            "papers": self.show_papers,
        }
        if key in plain:
            plain[key]()
        elif key == "section:help":
            topic = self.section
            self.show_section("help")
            self._call("show_topic", topic)
        elif key.startswith("help:"):
            self.act("section:help")
            self._call("show_page", key.removeprefix("help:"))
        elif key.startswith("papers:"):
            self.show_papers(key.removeprefix("papers:"))
        elif key.startswith("section:"):
            self.show_section(key.removeprefix("section:"))
        elif key in SETTINGS:
            self.show_section("settings")
            self._call("go_to", key)
        else:
            self._call(_VERBS[key])

    def _check(self) -> None:
        """Look everything over on the page that says what was found."""
        self.show_section("audit")
        self._call("check")

    def _tell_of_files(self) -> None:
        """Say at once when store or key file were exchanged behind the program's back."""
        for one in put_back(self.session.ctx):
            if not one.sound:
                text = finding_sentence(one, self.session.catalog)
                self.notices.tell("warning", text, action=_("Audit trail"), on_action=self._check)

    def _tell_of_cut_off(self, found: Sequence[Finding]) -> None:
        """After a power cut: say that everything is whole, or what is not."""
        for one in found:
            text = finding_sentence(one, self.session.catalog)
            if not one.sound:
                self.notices.tell("error", text, action=_("Audit trail"), on_action=self._check)
            elif not self.notices.isVisible():  # what was typed and not saved matters more
                self.notices.inform(text)

    def _show_conflicts(self) -> None:
        self.show_section("exchange")
        self._call("show_conflicts")

    def _call(self, verb: str, *arguments: Any) -> None:
        method = getattr(self.page(self.section), verb, None)
        if callable(method):
            method(*arguments)

    def _lend_actions(self, page: QWidget) -> None:
        """Put the page's own actions at the end of the menu Record."""
        menu: QMenu = self._actions.menus["record"]
        for action in self._borrowed:
            menu.removeAction(action)
        own: Sequence[QAction] = page.record_actions() if isinstance(page, HasActions) else ()
        self._borrowed = [menu.addSeparator(), *own] if own else []
        menu.addActions(list(own))

    # -- search ---------------------------------------------------------------

    def _search(self, text: str) -> None:
        words = self.session.catalog

        def on_hits(hits: Sequence[Hit]) -> None:
            self.top_bar.search.offer(text, [self._choice(hit) for hit in hits])

        self.session.query(
            lambda ctx: search(ctx, text, words, limit=MOST_HITS), on_hits, owner=self.top_bar.search
        )

    def _choice(self, hit: Hit) -> Choice:
        about = kind_label(KINDS[hit.kind], current())
        return Choice(f"{hit.kind}:{uid_text(hit.uid)}", hit.title, " · ".join(filter(None, (about, hit.excerpt))))

    def _on_found(self, key: str) -> None:
        kind, _sign, uid = key.partition(":")
        self.open_record(kind, uid)

    # -- what comes in --------------------------------------------------------

    def _on_drafts(self, drafts: tuple[KeptDraft, ...]) -> None:
        """Once, at the start: what was typed before and not saved is offered again."""
        if self._told_drafts:
            return
        self._told_drafts = True
        if drafts:
            newest = drafts[0]
            text = ngettext(
                "{count} draft was kept, last change {time}",
                "{count} drafts were kept, last change {time}",
                len(drafts),
            ).format(count=len(drafts), time=newest.time)
            self.notices.tell("info", text, action=_("Open"), on_action=lambda: self.open_draft(newest.draft))

    def _on_unhandled(self, error: Exception) -> None:
        show_error(self.notices, error)

    def _make_room(self) -> None:
        """In a low window the lines at the foot are low, and the band stands beside the menus."""
        low = appearance().low
        self.undo_bar.tighten(low)
        self.status.tighten(low)
        if self.band is not None:
            self.band.setVisible(not low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self.side_bar.fit_to(self.window().width()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "undo_bar"):
            picture().then(self.undo_bar.refresh, self.undo_bar)
        super().changeEvent(event)


_VERBS = {
    "back": "go_back",
    "refresh": "reload",
    "open": "open_current",
    "edit": "edit_current",
    "save": "save_current",
    "another": "save_and_add_another",
    "history": "show_history",
    "trash": "withdraw_current",
    "extract": "extract_current",
    "print": "print_current",
}
"""Menu actions that the page itself carries out, by its method."""
