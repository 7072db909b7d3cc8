"""In the whole window: somebody else numbers, the lid is closed, the screen is small and the text large."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QScrollArea, QWidget

from ethnomed_desktop.app import meetings, records
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.meetings import workspace as workspaces
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.test_in_the_window import kept, meeting


def ready(desk: Any) -> MeetingWorkspace:
    """A meeting that lacks nothing for its number, saved."""
    work = meeting(desk).workspace
    work.sheet.meeting.values.update(chair_words="Ә. Төраға", secretary_words="Б. Хатшы")
    work.sheet.meeting.put("starts", "2026-11-20T10:00+05:00")
    work.sheet.meeting.add(Part("attendance", {"words": "Мүше", "capacity": "member"}))
    work.keeper.touch()
    work.save()
    desk.settle()
    assert work.uid
    return work


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked whether to number says yes."""
    monkeypatch.setattr(workspaces, "ask", lambda *_given, **_named: True)


def test_a_series_that_another_computer_holds_is_said_in_words(desk: Any, agreed: None) -> None:
    work = ready(desk)
    body = work.sheet.meeting.text("organisation")

    def elsewhere(ctx: AppContext) -> Done[Any]:
        series = {"organisation": body, "series_kind": "minutes", "year": 2026, "last": 4, "holder": "ab" * 16}
        return records.record(ctx, "number_series", series)

    desk.work.session.command(elsewhere, lambda done: None)
    desk.settle()
    work.finish()
    desk.settle()
    assert work.summary.isVisible()
    words = " ".join(one.text() for one in work.summary.findChildren(QWidget) if hasattr(one, "text"))
    assert "даёт другой компьютер" in words
    assert kept(desk, "meeting")[0].get("number") is None
    assert work.sheet.items[0].text("title") == "Поливная вода"


def test_a_sitting_that_somebody_else_numbered_meanwhile_stays_with_one_number(desk: Any, agreed: None) -> None:
    work = ready(desk)
    uid = parse_uid(work.uid)
    editor = work.minutes.editor
    assert editor is not None
    desk.type("Сказанное сейчас.", editor.form.boxes["heard"].editor)
    assert work.keeper.unsaved
    desk.work.session.command(lambda ctx: meetings.finish_meeting(ctx, uid), lambda done: None)
    desk.settle()
    assert work.messages.isVisible(), "this meeting was changed elsewhere"
    work.finish()
    desk.settle()
    assert work.summary.isVisible()
    assert editor.part.text("heard") == "Сказанное сейчас.", "what was typed stays where it was typed"
    assert [one["number"] for one in kept(desk, "meeting")] == ["1"]


def test_a_lid_closed_over_the_minutes_loses_no_word(desk: Any) -> None:
    work = ready(desk)
    editor = work.minutes.editor
    assert editor is not None
    desk.type("Воды не хватает", editor.form.boxes["heard"].editor)
    window = desk.window
    wall = window.idle._wall
    window.idle._wall = lambda: wall() + 3 * 3600.0
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_J)
    desk.settle()
    assert window.work is None, "the first key after waking locks"
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    window.idle._wall = wall
    desk.unlock()
    (draft,) = desk.work.status.frame_known.drafts
    items = [one for one in draft.draft.body["sheet"]["meeting"]["parts"] if one["kind"] == "agenda_item"]
    assert items[0]["values"]["heard"] == "Воды не хватает"


def over(window: QWidget) -> list[QWidget]:
    """What is seen besides the window."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


@pytest.mark.parametrize("opened", ["print_minutes", "papers"])
def test_no_page_stays_open_over_the_locked_window(desk: Any, opened: str) -> None:
    """It would show names, print and save for whoever comes by, and keep the password from being typed."""
    ready(desk)
    window = desk.window
    act = desk.work.page("meetings").actions_by_name.get(opened) or window.actions_.by_key[opened]
    act.trigger()
    desk.settle()
    assert over(window)
    window.idle.idle.emit()
    desk.settle()
    assert window.work is None
    assert not over(window)
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    desk.unlock()
    assert window.work is not None


def test_a_question_is_answered_with_no_when_the_window_locks(desk: Any) -> None:
    work = ready(desk)
    window = desk.window
    asked: list[QWidget] = []

    def lock() -> None:
        asked.extend(over(window))
        window.idle.idle.emit()

    QTimer.singleShot(0, lock)
    work.finish()
    desk.settle()
    assert [type(one) for one in asked] == [QMessageBox]
    assert window.work is None
    assert not over(window)
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    desk.unlock()
    assert kept(desk, "meeting")[0].get("number") is None


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_small_screen_with_large_text_shows_every_tab_whole(
    desk: Any, qapp: DesktopApplication, language: str
) -> None:
    work = ready(desk)
    qapp.use_language(language)
    qapp.use_text_size(200)
    desk.settle()
    window = desk.window
    assert (window.width(), window.height()) == (1366, 768)
    for tab in work.shown_pages():
        work.show_tab(tab)
        desk.settle()
        for area in work.findChildren(QScrollArea):
            content: QWidget | None = area.widget()
            if area.isVisible() and content is not None:
                assert content.width() <= area.viewport().width(), (tab, area.objectName())
        save = work.head.save if work.head.save.isVisible() else work.bar.save
        corner = save.mapTo(window, save.rect().bottomRight())
        assert window.rect().contains(corner), tab
        assert not save.visibleRegion().isEmpty(), tab
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
