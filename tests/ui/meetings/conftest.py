"""The section Meetings over a real vault of twelve members."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ethnomed_desktop.app import vault as vaults
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.hub import ChangeHub
from ethnomed_desktop.ui.meetings.page import MeetingsPage
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.tasks import Tasks

PASSWORD = "тау өзен бұлақ дала аспан"
Type = Callable[[QWidget, str], None]


class Room:
    """The section over a real vault of twelve members; waits for the lanes, never for time."""

    def __init__(self, bot: QtBot, page: MeetingsPage, session: Session) -> None:
        self.bot = bot
        self.page = page
        self.session = session

    @property
    def ctx(self) -> AppContext:
        return self.session.ctx

    @property
    def work(self) -> MeetingWorkspace:
        return self.page.workspace

    def settle(self) -> None:
        """Wait until nothing is under way and every answer was shown."""
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.bot.waitUntil(self.session.tasks.is_idle, timeout=20_000)

    def new(self) -> MeetingWorkspace:
        """Begin a meeting by the button of the list."""
        QTest.mouseClick(self.page.list.action, Qt.MouseButton.LeftButton)
        self.settle()
        assert self.page.currentWidget() is self.work
        return self.work

    def do(self, action: str) -> None:
        """Do what an action of the menu does."""
        self.page.actions_by_name[action].trigger()
        self.settle()

    def ask(self, job: Callable[[AppContext], Any]) -> Any:
        """Return what a query says, asked on its lane."""
        answers: list[Any] = []
        self.session.query(job, answers.append)
        self.settle()
        return answers[0]

    def records(self, kind: str) -> list[Mapping[str, Value]]:
        """Return the values of what is stored of a kind."""
        page = self.ask(lambda ctx: list_records(ctx, ListQuestion(kind), limit=200))
        return [one.values for one in page.rows]


@pytest.fixture
def room(
    qtbot: QtBot, qapp: DesktopApplication, council_folder: Path, no_statement_on_the_window_thread: None
) -> Iterator[Room]:
    clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    tasks = Tasks()
    opened: list[AppContext] = []

    def open_vault() -> None:
        ctx = vaults.open_council(council_folder, PASSWORD, program="window", clock=clock)
        opened.append(ctx)
        body = uid_text(list_records(ctx, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid)
        items: list[tuple[str, dict[str, object]]] = []
        for number in range(12):
            items.append(("person", {"surname": f"Мүше{number:02d}", "given_name": "Аян", "@": f"p{number}"}))
            role = "member" if number else "chair"
            items.append(("membership", {"person": f"@p{number}", "organisation": body, "role": role}))
        record_many(ctx, items)

    tasks.write(lambda progress: open_vault())
    qtbot.waitUntil(tasks.is_idle, timeout=20_000)
    session = Session(opened[0], tasks, ChangeHub())
    page = MeetingsPage(session, pause_ms=10)
    page.resize(1180, 640)
    with qtbot.waitExposed(page):
        page.show()
    made = Room(qtbot, page, session)
    made.settle()
    yield made
    made.settle()
    page.close()
    page.deleteLater()
    tasks.write(lambda progress: vaults.close(opened[0]))
    qtbot.waitUntil(tasks.is_idle, timeout=20_000)
    tasks.close()


@pytest.fixture
def written(room: Room, type_text: Type) -> MeetingWorkspace:
    """A meeting with nine present and one item that is ready for its number."""
    work = room.new()
    work.sheet.meeting.put("secretary_words", "А. Хатшы")
    work.sheet.meeting.put("chair", None)  # typed over
    work.sheet.meeting.put("chair_words", "Б. Төраға")
    for row in range(9):
        work.attendance.toggle(row)
    work.add_item()
    editor = work.minutes.editor
    assert editor is not None
    type_text(editor.form.boxes["title"].editor, "Ағын су кезегі")
    decision = editor.add_decision()
    type_text(decision.form.boxes["text"].editor, "Кесте бекітілсін.")
    return work
