"""The workspace of one meeting: agenda, tabs, paper; drafts, saving, numbering."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import Opened, double_numbers, lenient, preview_minutes, reopen_sheet
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.joint_sittings import BODIES, is_joint
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.errors import show_error, words_of
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.error_summary import FieldProblem
from ethnomed_desktop.ui.meetings.carrying import Carrying
from ethnomed_desktop.ui.meetings.checks import Finding, check, doubles
from ethnomed_desktop.ui.meetings.member_listing import MemberListing
from ethnomed_desktop.ui.meetings.sheet_keeper import Refusal, SheetKeeper
from ethnomed_desktop.ui.meetings.workspace_view import WorkspaceView
from ethnomed_desktop.ui.session import Session

PREVIEW_PAUSE_MS = 500
EARLIER_DECISIONS = N_("On the execution of earlier decisions")


class MeetingWorkspace(WorkspaceView):
    """``left()`` the person goes back to the list; ``numbered(uid)``; ``print_wanted(uid, language)``.

    Everything typed stands in the sheet at once and in the draft at most five seconds later.
    """

    left = Signal()
    numbered = Signal(str)
    print_wanted = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None, *, pause_ms: int = 1000) -> None:
        super().__init__(session, parent)
        self._session = session
        self.sheet = Sheet(Part("meeting"))
        self._opened = Opened(self.sheet)
        self._refused: list[Refusal] = []
        self.keeper = SheetKeeper(session, self.draft_body, self, pause_ms=pause_ms)
        self.members = MemberListing(session, lambda: self.sheet, self.attendance, self.messages)
        self.carrying = Carrying(session, self.agenda, self.messages, self)
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE_MS)
        self._pause.timeout.connect(self.refresh_paper)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.head.back.connect(self.leave)
        self.head.tab_chosen.connect(self.show_tab)
        self.head.preview.toggled.connect(self._on_preview)
        self.agenda.chosen.connect(self._on_item)
        self.agenda.changed.connect(self._on_agenda)
        self.agenda.item_wanted.connect(self.add_item)
        self.carrying.edited.connect(self._on_edited)
        self.meeting.edited.connect(self._on_meeting)
        self.meeting.to_agenda.clicked.connect(self._on_tasks_to_agenda)
        self.attendance.changed.connect(self._on_attendance)
        self.minutes.edited.connect(self._on_edited)
        self.minutes.titled.connect(self.agenda.retitle)
        self.minutes.stepped.connect(self.step)
        self.minutes.item_wanted.connect(self.add_item)
        for tab in (self.meeting, self.minutes):
            tab.left.connect(self.keeper.clock.flush)
        self.check.sought.connect(self.go_to)
        self.check.finish_wanted.connect(self.finish)
        self.summary.chosen.connect(self._on_summary)
        self.paper.ordered.connect(self.refresh_paper)
        self.paper.languages.chosen.connect(self._on_language)
        self.keeper.draft_kept.connect(self.bar.draft_kept)
        self.keeper.saved.connect(self._on_saved)
        self.keeper.refused.connect(self._on_refused)
        self.keeper.failed.connect(self._on_failed)
        self.keeper.numbered.connect(self.numbered)
        self.head.save.clicked.connect(self.save)
        self.head.print_button.clicked.connect(self.print_minutes)
        self.bar.save.clicked.connect(self.save)
        self.bar.leave.clicked.connect(self.leave)
        self.bar.throw_away.clicked.connect(self.throw_away)
        self.bar.finish.clicked.connect(lambda: self.show_tab("check"))
        self.bar.print_button.clicked.connect(self.print_minutes)

    # -- showing --------------------------------------------------------------

    def show_meeting(
        self, opened: Opened, *, draft: bytes = b"", edited: bool = False, tab: str = "meeting", item: int = 1
    ) -> None:
        """Show a meeting; ``edited`` says that the sheet holds what is not saved (a draft)."""
        self.sheet, self._opened = opened.sheet, opened
        self.keeper.take(self.sheet, draft, edited=edited)
        self.summary.show_problems(())
        self.messages.dismiss()
        language = opened.language or current().language
        self.paper.languages.choose(language)
        self.minutes.language = language
        self.minutes.forget()
        self.meeting.show_sheet(self.sheet, opened.tasks)
        self.attendance.show_sheet(self.sheet, opened.names)
        self.agenda.show_sheet(self.sheet)
        if item > 1:
            self.agenda.go_to(item)
        self.carrying.show(opened)
        self.show_tab(tab if tab in self.shown_pages() else "meeting")
        if self.tab() == "meeting":
            self.meeting.focus_on("starts")  # else the way back would have it, and Enter would lead away
        self.bar.status.clear()
        self.retitle()
        self.paper.forget()
        self.bar.throw_away.setVisible(edited)
        self.fit()
        self.refresh_paper()

    @property
    def uid(self) -> str:
        """The meeting's uid as text; empty while it was never saved."""
        return self.sheet.meeting.uid

    def show_tab(self, key: str) -> None:
        """Show a tab."""
        self.keeper.clock.flush()
        if key == "check":
            self._show_findings()
        self.show_page(key)
        seen = self.paper.isHidden()
        self.fit()
        if seen and not self.paper.isHidden():
            self.refresh_paper()
        if key == "attendance":
            self.attendance.table.setFocus()
        elif key == "minutes":
            self.minutes.begin()  # else the button beside it would have it, and a typed space would press that

    def _show_findings(self) -> None:
        """Show what is missing at once; whether a typed number is a double is read meanwhile."""
        found, sheet = check(self.sheet, today(self._session.ctx.clock)), self.sheet.copy()
        self.check.show_findings(found)
        self.check.offer_comparison(bool(self.sheet.fixed.get("corrects")))

        def on_doubles(errors: Sequence[UserError]) -> None:
            if errors and self.tab() == "check":
                self.check.show_findings([*found, *doubles(errors)])

        self._session.query(lambda ctx: double_numbers(ctx, sheet), on_doubles, owner=self)

    def retitle(self) -> None:
        """Word title, state and counts anew."""
        typed = self.sheet.meeting.values
        values = lenient("meeting", {name: typed[name] for name in ("organisation", "starts") if name in typed})
        body = self._opened.names.get(str(values.get("organisation", "")), "")
        starts = values.get("starts")
        when = formatting.moment(str(starts), current().language) if starts else ""
        self.head.show_title(body, when)
        version = self.sheet.fixed.get("version")
        if isinstance(version, int) and version > 1:
            reason = str(self.sheet.fixed.get("correction_reason") or "")
            state = _("Correction, version {version}. Reason: {reason}").format(version=version, reason=reason)
        else:
            state = code_label("meeting_state", str(self.sheet.fixed.get("state") or "draft"), current())
        self.head.state.setText(state)
        listed = [one for one in self.sheet.attendance if one.text("capacity") != "invited"]
        present = f"{self.sheet.present()}/{len(listed)}" if listed else ""
        decided = sum(one.is_worded() for item in self.sheet.items for one in item.of("decision"))
        self.head.count(attendance=present, minutes=f"({decided})" if decided else "")

    def retranslate(self) -> None:
        self.retitle()
        self._pause.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            sheet, words, learn = self.sheet.copy(), self._session.words, self._learn_names
            self._session.query(lambda ctx: reopen_sheet(ctx, sheet, words).names, learn, owner=self)
        super().changeEvent(event)

    def _learn_names(self, names: Mapping[str, str]) -> None:
        """Take what bodies and people are called, in the language in use."""
        self._opened.names.update(names)
        self.attendance.name_bodies(self._opened.names)
        self.retitle()

    # -- editing --------------------------------------------------------------

    def _on_edited(self) -> None:
        self.keeper.touch()
        self.bar.throw_away.show()
        self._pause.start()
        self.retitle()

    def _on_meeting(self, name: str) -> None:
        if name in BODIES:
            self._learn_names(self.meeting.body_names())
            second = self.sheet.meeting.text("other_organisation")
            if name == "other_organisation" and is_joint(lenient("meeting", self.sheet.meeting.values)):
                self.members.list_members(joining=second)
        if name in (*BODIES, "starts"):
            self.carrying.look_again()
        self.attendance.recount()
        if self.minutes.editor is not None:
            self.minutes.editor.recount()
        self._on_edited()

    def _on_attendance(self) -> None:
        self.meeting.refresh("entitled", "other_entitled")
        if self.minutes.editor is not None:
            self.minutes.editor.recount()
        self._on_edited()

    def _on_agenda(self) -> None:
        self.minutes.show_item(self.sheet, self.agenda.current(), self.agenda.place())
        self._on_edited()

    def _on_item(self, part: Part | None) -> None:
        self.keeper.clock.flush()
        self.minutes.show_item(self.sheet, part, self.agenda.place())
        written = [one for one in self.sheet.items if not one.is_blank()]
        self.paper.item = written.index(part) + 1 if part in written else 1
        if self.paper.forms.key() == "extract":
            self._pause.start()

    def add_item(self) -> None:
        """Put a new item onto the agenda and write its title."""
        self.agenda.add_item()
        self.show_tab("minutes")
        if self.minutes.editor is not None:
            self.minutes.editor.form.focus_on("title")

    def step(self, steps: int) -> None:
        """Go to the next or previous item of the minutes."""
        if self.agenda.step(steps):
            self.show_tab("minutes")
            if self.minutes.editor is not None:
                self.minutes.editor.form.focus_on("heard")

    def make_task(self) -> None:
        """Make a task from the decision being written (F9)."""
        if self.tab() != "minutes" or self.minutes.editor is None or not self.minutes.editor.make_task():
            self.messages.inform(_("Write a decision first; then F9 makes a task from it."))

    def next_speaker(self) -> None:
        """Give the next speaker of the item the word (F8)."""
        if self.tab() != "minutes" or self.minutes.editor is None or not self.minutes.editor.next_speaker():
            self.messages.inform(
                _("Nobody waits for the word. Open the speaker list of the item to put people on it.")
            )

    def _on_tasks_to_agenda(self) -> None:
        lines = "\n".join(task.text for task in self._opened.tasks)
        words = Catalog.load(self.minutes.language[:2])
        part = Part("agenda_item", {"title": words.gettext(EARLIER_DECISIONS), "heard": lines})
        self.sheet.meeting.add(part)
        self.agenda.show_sheet(self.sheet)
        self._on_agenda()

    # -- paper ----------------------------------------------------------------

    def _on_preview(self, shown: bool) -> None:
        self._wants_paper = shown
        self.fit()
        self.refresh_paper()

    def _on_language(self, language: str) -> None:
        self.minutes.language = language

    def refresh_paper(self) -> None:
        """Lay out what is typed, if the paper is seen."""
        self._pause.stop()
        if self.paper.isHidden():
            return
        if appearance().names_hidden:
            self.paper.conceal()
            return
        sheet = self.sheet.copy()

        def gather(ctx: AppContext) -> Any:
            return preview_minutes(ctx, sheet)

        self.paper.show_minutes(gather)

    def print_minutes(self) -> None:
        """Save, then ask for the print dialog."""
        self.save_then(lambda: self.print_wanted.emit(self.uid, self.paper.languages.key()))

    def save_then(self, then: Callable[[], object]) -> None:
        """Save; ``then`` follows if nothing was refused."""
        self.keeper.save(then)

    # -- drafts and saving ----------------------------------------------------

    def draft_body(self) -> dict[str, Any]:
        """Return what a draft keeps: the sheet and where the person was."""
        return {"sheet": self.sheet.to_json(), "tab": self.tab(), "item": self.agenda.place()}

    def save(self) -> None:
        """Save now (Ctrl+S)."""
        self.keeper.save()

    def _on_saved(self, time: str, held_back: int) -> None:
        self.summary.show_problems(())
        self.bar.saved(time)
        self.meeting.show_files()
        self.bar.throw_away.setVisible(self.keeper.unsaved)
        self.retitle()
        if held_back:
            words = _("Saved. Without a title or text, so still a draft: {count}. “Check” names them.")
            self.messages.inform(words.format(count=held_back))

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _on_refused(self, refused: list[Refusal]) -> None:
        self._refused = refused
        self.summary.show_problems(
            [
                FieldProblem(f"{number}:{one.error.field or ''}", words_of(one.error))
                for number, one in enumerate(refused)
            ]
        )

    def _on_summary(self, name: str) -> None:
        number, _colon, field = name.partition(":")
        part = self._refused[int(number)].part
        item = next((place for place, one in enumerate(self.sheet.items, 1) if part in set(one.walk())), 0)
        if item:
            self.go_to_place("minutes", item, "")
            if self.minutes.editor is not None:
                self.minutes.editor.focus_on_part(part, field)
        else:
            self.go_to_place("attendance" if part.kind == "attendance" else "meeting", 0, field)

    def go_to(self, finding: Finding) -> None:
        """Go where a finding can be mended."""
        if finding.tab == "agenda":
            self.add_item()
        else:
            self.go_to_place(finding.tab, finding.item, finding.field, finding.decision)

    def go_to_place(self, tab: str, item: int, field: str, decision: int = 0) -> None:
        """Show a tab, an item of the agenda, and put the focus into a field."""
        if item:
            self.agenda.go_to(item)
        self.show_tab(tab)
        if tab == "minutes" and self.minutes.editor is not None:
            self.minutes.editor.focus_on(field, decision)
        elif tab == "meeting":
            self.meeting.focus_on(field)

    def finish(self) -> None:
        """Ask once, save, give the number and lock."""
        found = check(self.sheet, today(self._session.ctx.clock))
        if any(finding.obstacle for finding in found):
            self.show_tab("check")
            return
        text = _(
            "The minutes get their number and are locked. This cannot be undone; corrections are new versions."
        )
        if ask(self, text, do=_("Finish and number"), keep=_("Keep as a draft"), danger=False):
            self.keeper.number()

    def save_and_leave(self) -> None:
        """Save and go back to the list (Ctrl+Enter)."""
        self.keeper.save(self.leave)

    def leave(self) -> None:
        """Go back to the list; the draft is kept."""
        self.keeper.clock.flush()
        self.left.emit()

    def throw_away(self) -> None:
        """Forget what was typed since the last saving, and go back to the list."""
        self.keeper.throw_away()
        self.left.emit()
