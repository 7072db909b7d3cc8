"""Keeps a sheet safe: drafts while it is typed, one transaction when it is saved, the number at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app import drafts, meetings
from ethnomed_desktop.app.meeting_saving import Saved, save_sheet
from ethnomed_desktop.domain.errors import EthnomedError, Problems
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.draft_clock import DraftClock
from ethnomed_desktop.ui.session import Session

Follow = Callable[[], object]


@dataclass(frozen=True)
class Refusal:
    """What a saving refused: the error and the part it is about."""

    error: EthnomedError
    part: Part


class SheetKeeper(QObject):
    """One for each workspace. Signals on the window's thread.

    ``draft_kept(time)``; ``saved(time, held_back)``; ``refused(refusals)``; ``failed(error)`` for what
    nobody foresaw; ``numbered(uid)``. ``body`` gives what a draft keeps.
    """

    draft_kept = Signal(str)
    saved = Signal(str, int)
    refused = Signal(list)
    failed = Signal(object)
    numbered = Signal(str)

    def __init__(
        self, session: Session, body: Callable[[], Mapping[str, Any]], parent: QObject, *, pause_ms: int = 1000
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._body = body
        self.sheet = Sheet(Part("meeting"))
        self._edits = 0
        self._draft = b""
        self._focus: QWidget | None = None
        self.clock = DraftClock(self, pause_ms=pause_ms)
        self.clock.due.connect(self.keep_draft)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed since the last saving."""
        return self._edits > 0

    def take(self, sheet: Sheet, draft: bytes, *, edited: bool) -> None:
        """Keep another sheet from now on; ``draft`` is the draft it came from (empty: none yet)."""
        self.sheet = sheet
        self._edits = 1 if edited else 0
        self._draft = draft or self._session.new_draft_id()
        self.clock.forget()

    def touch(self) -> None:
        """Something was typed: the draft follows in a second, or in five at the latest."""
        self._edits += 1
        self.clock.touch()

    def keep_draft(self) -> None:
        """Keep everything typed, on the write lane."""
        if not self._edits:
            return
        body, draft = self._body(), self._draft
        own = self.sheet.meeting.uid
        uid = bytes(parse_uid(own)) if own else None
        self._session.keep(
            lambda ctx, progress: drafts.keep_draft(ctx, "meeting", body, draft_id=draft, uid=uid),
            self._on_kept,
            self._on_not_kept,
        )

    def save(self, then: Follow | None = None) -> None:
        """Save all parts in one transaction; ``then`` follows if nothing was refused."""
        self.clock.flush()
        sent, live, edits = self.sheet.copy(), list(self.sheet.meeting.walk()), self._edits
        reason = _("Taken out of the meeting")
        self._session.command(
            lambda ctx: save_sheet(ctx, sent, reason),
            partial(self._on_saved, live, list(sent.removed), edits, then),
            partial(self._on_refused, live),
            origin=self.parent(),
        )

    def number(self) -> None:
        """Save, then give the number and lock. Nothing is typed meanwhile: it would go with the draft."""
        self._hold(True)
        self.save(self._number)

    def throw_away(self) -> None:
        """Forget what was typed since the last saving."""
        self.clock.forget()
        self._edits = 0
        draft = self._draft
        self._session.keep(lambda ctx, progress: drafts.throw_draft_away(ctx, draft))

    def _number(self) -> None:
        uid = bytes(parse_uid(self.sheet.meeting.uid))
        self._session.command(
            lambda ctx: meetings.finish_meeting(ctx, uid),
            self._on_numbered,
            partial(self._on_refused, []),
            origin=self.parent(),
        )

    def _hold(self, held: bool) -> None:
        """Take no typing while minutes get their number; where it is refused the focus comes back."""
        view = self.parent()
        if not isinstance(view, QWidget):
            return
        if held:
            self._focus = view.window().focusWidget()
        view.setEnabled(not held)
        if not held and self._focus is not None:
            if shiboken6.isValid(self._focus) and self._focus.isVisible():
                self._focus.setFocus()
            self._focus = None

    def _on_numbered(self, numbered: meetings.Numbered) -> None:
        self._hold(False)
        self.throw_away()  # nothing of a closed meeting is a draft
        self.numbered.emit(self.sheet.meeting.uid)

    def _on_not_kept(self, error: object) -> None:
        if shiboken6.isValid(self):
            self.failed.emit(error)

    def _on_kept(self, draft: bytes) -> None:
        if shiboken6.isValid(self) and self._edits and draft == self._draft:
            self.draft_kept.emit(self._session.now_words())

    def _on_saved(
        self, live: list[Part], removed: list[str], edits: int, then: Follow | None, saved: Saved
    ) -> None:
        for part, (uid, revision) in zip(live, saved.stamps, strict=True):
            if uid:
                part.uid, part.revision = uid, revision
        here = set(self.sheet.meeting.walk())
        if live[0] not in here:
            self._hold(False)
            return  # another meeting is shown by now
        gone = [part.uid for part in live if part not in here and part.uid]
        stored = [uid for uid in (*self.sheet.removed, *gone) if uid not in removed]
        self.sheet.removed[:] = list(dict.fromkeys(stored))
        self._edits -= edits
        waiting = any(item.waiting for item in self.sheet.items)  # the draft alone knows who waits for the word
        if saved.held_back or stored or waiting:
            self._edits = max(1, self._edits)
            self.keep_draft()
        elif not self._edits:
            self.throw_away()
        self.saved.emit(self._session.now_words(), saved.held_back)
        if then is not None:
            then()

    def _on_refused(self, live: list[Part], error: object) -> None:
        self._hold(False)
        if not isinstance(error, EthnomedError):
            self.failed.emit(error)
            return
        found = []
        for one in error.problems if isinstance(error, Problems) else (error,):
            part = one.facts.get("part")
            found.append(Refusal(one, live[part] if isinstance(part, int) else self.sheet.meeting))
        self.refused.emit(found)
