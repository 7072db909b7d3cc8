"""The section Meetings: the list, the workspace of one meeting, numbered minutes, printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app import drafts, meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import Opened, meeting_of, new_sheet, open_sheet, reopen_sheet
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import LINKS, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.rows import TableRow
from ethnomed_desktop.ui.meetings.meeting_actions import ACTIONS, EVERYWHERE, made_actions
from ethnomed_desktop.ui.meetings.meeting_pages import MeetingPages
from ethnomed_desktop.ui.meetings.moving import move_part
from ethnomed_desktop.ui.session import Session

if TYPE_CHECKING:
    from ethnomed_desktop.app.drafts import Draft

PARTS = ("meeting", *LINKS)


class MeetingsPage(MeetingPages):
    """The page of the section; make one per session, show it, and `open_record` as asked."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, pause_ms: int = 1000) -> None:
        super().__init__(session, parent, pause_ms=pause_ms)
        self._wanted = 0
        self._drafts_offered = ""
        self.list.opened.connect(self._on_row)
        self.list.started.connect(self.start_new)
        self.list.print_wanted.connect(self.print_current)
        self.list.reason.given.connect(self._on_reason)
        self.register.opened.connect(self._on_row)
        self.register.started.connect(self.show_list)
        self.workspace.left.connect(self.show_list)
        self.workspace.numbered.connect(self._on_numbered)
        self.closed.back.connect(self.show_list)
        self.closed.correction_asked.connect(self._on_correction)
        self.closed.version_asked.connect(self.open_record)
        self.actions_by_name = self._made_actions()
        self.currentChanged.connect(self._enable)
        session.hub.published.connect(self._on_published)
        self.list.start("starts", descending=True)
        self._enable()
        self.retranslate()

    # -- what the window asks -------------------------------------------------

    def open_record(self, uid: str) -> None:
        """Open a meeting, or the meeting that a part of one (a task, a decision) belongs to."""
        own, catalog = parse_uid(uid), self._session.words
        self._session.note_opened(uid)

        def found(ctx: AppContext) -> tuple[Opened | None, Draft | None]:
            meeting = meeting_of(ctx, own)
            if meeting is None:
                return None, None
            uid = parse_uid(meeting)
            kept = next((one for one in drafts.list_drafts(ctx, "meeting") if one.uid == uid), None)
            opened = open_sheet(ctx, uid, catalog)
            if kept is not None and not opened.numbered:
                sheet = Sheet.from_json(kept.body["sheet"])
                sheet.fixed = opened.sheet.fixed
                opened = replace(reopen_sheet(ctx, sheet, catalog), older=opened.older)
            return opened, kept

        self._ask(found, self._on_opened)

    def start_new(self) -> None:
        """Begin a meeting after the last one of the body the user works for."""
        catalog = self._session.words
        if not self._refused():
            self._ask(lambda ctx: (new_sheet(ctx, catalog), None), self._on_opened)

    def open_draft(self, draft: Draft) -> None:
        """Show the meeting as it was typed."""
        if draft.uid is not None:
            self.open_record(uid_text(draft.uid))
            return
        catalog = self._session.words
        sheet = Sheet.from_json(draft.body["sheet"])
        self._ask(lambda ctx: (reopen_sheet(ctx, sheet, catalog), draft), self._on_opened)

    def keep_drafts(self) -> None:
        """Keep at once what is typed: the vault is being locked or the window closed."""
        self.workspace.keeper.clock.flush()

    def record_actions(self) -> Sequence[QAction]:
        """Return what can be done with a meeting, for the menu."""
        return list(self.actions_by_name.values())

    def print_current(self) -> None:
        """Print the meeting that is shown."""
        if self.currentWidget() is self.workspace:
            self.workspace.print_minutes()
        elif self.currentWidget() is self.closed:
            self.print_meeting(self._closed_uid, self.closed.paper.languages.key())
        elif row := self.current_row():
            self.print_meeting(row.uid, "")

    def extract_current(self) -> None:
        """Offer the extract of one item without names, to be given away (the menu's one-way extract)."""
        self._offer_extract(nameless=True)

    def extract_item(self) -> None:
        """Offer the extract of one item of the minutes that are shown."""
        self._offer_extract(nameless=False)

    def _offer_extract(self, *, nameless: bool) -> None:
        if self.currentWidget() is self.workspace:
            self.workspace.save_then(lambda: self._extract_of_written(nameless))
        elif uid := self._uid_shown():
            self.print_meeting(uid, "", 1, nameless=nameless)
        else:
            self.list.messages.inform(_("Choose a meeting first: the extract is made from its minutes."))

    def _extract_of_written(self, nameless: bool) -> None:
        language, current = self.workspace.paper.languages.key(), self.workspace.agenda.current()
        stored = [one for one in self.workspace.sheet.items if one.uid]  # a blank one is not on the paper
        item = stored.index(current) + 1 if current in stored else 1
        self.print_meeting(self.workspace.uid, language, item, nameless=nameless)

    def save_current(self) -> None:
        """Save the meeting that is written."""
        if self.currentWidget() is self.workspace:
            self.workspace.save()

    def open_current(self) -> None:
        """Open the meeting of the current row."""
        if row := self.current_row():
            self.open_record(row.uid)

    def withdraw_current(self) -> None:
        """Move the meeting of the current row to the trash, after asking why."""
        if self.current_row() and not self._refused():
            self.list.reason.ask()

    def _refused(self) -> bool:
        if why_not := self._session.why_not("meeting"):
            self.list.messages.inform(why_not)
        return bool(why_not)

    def _on_reason(self, reason: str) -> None:
        if row := self.current_row():
            uid = parse_uid(row.uid)
            self._session.command(lambda ctx: records.withdraw(ctx, uid, reason), None, self._on_failed)

    def reload(self) -> None:
        """Read the list anew."""
        self.list.model.reload()

    def go_back(self) -> None:
        """Go to the list; what is typed is kept."""
        if self.currentWidget() is self.workspace:
            self.workspace.leave()
        elif self.currentWidget() in (self.history, self.versions):
            self._leave_beside()
        else:
            self.show_list()

    def show_list(self) -> None:
        """Go back to the list."""
        self._wanted += 1
        self.setCurrentWidget(self.list)
        self.list.table.setFocus()
        self._offer_drafts()

    # -- opening --------------------------------------------------------------

    def _ask(
        self, job: Callable[[AppContext], tuple[Opened | None, Draft | None]], then: Callable[..., object]
    ) -> None:
        self.workspace.keeper.clock.flush()
        self._wanted += 1
        wanted = self._wanted
        # On the write lane: a draft that was just kept must be seen.
        self._session.tasks.write(
            lambda progress: job(self._session.ctx), partial(then, wanted), self._on_failed, owner=self
        )

    def _on_opened(self, wanted: int, answer: tuple[Opened | None, Draft | None]) -> None:
        opened, draft = answer
        if wanted != self._wanted:
            return
        if opened is None:
            self.show_list()
            self.list.messages.inform(_("This record belongs to no meeting."))
        elif opened.numbered or self._session.why_not("meeting"):
            self._show_closed(opened)
            self.closed.kept.show_draft(draft if opened.numbered else None)
        else:
            self._show_open(opened, draft)

    def _show_closed(self, opened: Opened) -> None:
        self._closed_uid = opened.sheet.meeting.uid
        language = opened.language or self._session.catalog.language
        self.closed.show_meeting(
            self._closed_uid, language, opened.numbered, title=opened.title, older=opened.older, newer=opened.newer
        )
        self.setCurrentWidget(self.closed)
        self.closed.print_button.setFocus()

    def _show_open(self, opened: Opened, draft: Draft | None) -> None:
        if draft is None:
            self.workspace.show_meeting(opened)
        else:
            tab, item = str(draft.body.get("tab", "")), int(draft.body.get("item") or 1)
            self.workspace.show_meeting(opened, draft=draft.draft, edited=True, tab=tab, item=item)
        self.setCurrentWidget(self.workspace)
        self.workspace.fit()
        if self.workspace.tab() == "meeting":  # else the way back would have it, and Enter would leave
            self.workspace.meeting.focus_on("starts")
        if draft is not None:
            time = f"{local_time(draft.changed_ms):%H:%M}"
            self.workspace.messages.inform(
                _("This is the draft as it was at {time}. It is not saved yet.").format(time=time)
            )

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            self.show_list()
            show_error(self.list.messages, error)

    def _on_numbered(self, uid: str) -> None:
        self.open_record(uid)

    def _on_correction(self, reason: str) -> None:
        uid = parse_uid(self._closed_uid)
        self._session.command(
            lambda ctx: meetings.correct_meeting(ctx, uid, reason), self._on_corrected, self._on_failed, origin=self
        )

    def _on_corrected(self, uid: bytes) -> None:
        self.open_record(uid_text(uid))

    # -- drafts ---------------------------------------------------------------

    def _offer_drafts(self) -> None:
        self._session.tasks.write(
            lambda progress: drafts.list_drafts(self._session.ctx, "meeting"), self._on_drafts, owner=self
        )

    def _on_drafts(self, kept: Sequence[Draft]) -> None:
        if not kept or self.currentWidget() is not self.list:
            return
        time = f"{local_time(kept[0].changed_ms):%d.%m.%Y %H:%M}"
        words = _("Meetings with a kept draft: {count}. Last change: {time}").format(count=len(kept), time=time)
        self._drafts_offered = words
        self.list.messages.tell(
            "info",
            words,
            action=_("Open the draft"),
            on_action=partial(self.open_draft, kept[0]),
        )

    # -- list and actions -----------------------------------------------------

    def _on_row(self, row: TableRow) -> None:
        self.open_record(row.uid)

    def _made_actions(self) -> dict[str, QAction]:
        work = self.workspace
        calls: dict[str, Callable[[], object]] = {
            "save": work.save,
            "save_and_leave": work.save_and_leave,
            "next_item": partial(work.step, 1),
            "previous_item": partial(work.step, -1),
            "item_down": partial(work.agenda.move_item, 1),
            "item_up": partial(work.agenda.move_item, -1),
            "item_under": partial(work.agenda.put_under, True),
            "item_whole": partial(work.agenda.put_under, False),
            "part_down": partial(move_part, work, 1),
            "part_up": partial(move_part, work, -1),
            "make_task": work.make_task,
            "next_speaker": work.next_speaker,
            "preview": work.toggle_paper,
            "print_minutes": self.print_current,
            "extract_item": self.extract_item,
            "compare": self.show_versions,
            "register": self.show_register,
            "throw_away": work.throw_away,
        }
        return made_actions(self, calls)

    def _enable(self) -> None:
        writing = self.currentWidget() is self.workspace
        for name, action in self.actions_by_name.items():
            action.setEnabled(writing or name in EVERYWHERE)

    def retranslate(self) -> None:
        for name, label, _keys in ACTIONS:
            self.actions_by_name[name].setText(_(label))
        if self._drafts_offered and self.list.messages.label.text() == self._drafts_offered:
            self._offer_drafts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_published(self, changes: object, origin: QObject | None) -> None:
        if not isinstance(changes, ChangeSet):
            return
        if changes.touches("meeting", "organisation"):
            self.list.changed()
        if origin is self.workspace or self.currentWidget() is not self.workspace or not changes.touches(*PARTS):
            return
        own = {bytes(parse_uid(part.uid)) for part in self.workspace.sheet.meeting.walk() if part.uid}
        if any(changes.touches_record(uid) for uid in own):
            if self.workspace.keeper.unsaved:
                self.workspace.messages.warn(_("This meeting was changed elsewhere while you were writing."))
            else:
                self.open_record(self.workspace.uid)
