"""Meetings within the whole window: its keys, its line with the way back, what people do wrong."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.meetings import workspace as workspace_module
from ethnomed_desktop.ui.meetings.page import MeetingsPage

CONTROL = Qt.KeyboardModifier.ControlModifier


def meeting(desk: Any) -> MeetingsPage:
    """Unlock and begin a meeting with one item."""
    desk.unlocked("ru")
    desk.work.show_section("meetings")
    desk.settle()
    page = desk.work.page("meetings")
    assert isinstance(page, MeetingsPage)
    page.start_new()
    desk.settle()
    page.workspace.add_item()
    assert page.workspace.minutes.editor is not None
    desk.type("Поливная вода", page.workspace.minutes.editor.form.boxes["title"].editor)
    return page


def kept(desk: Any, kind: str) -> list[dict[str, Any]]:
    found: list[Any] = []
    desk.work.session.query(lambda ctx: list_records(ctx, ListQuestion(kind), limit=200).rows, found.append)
    desk.settle()
    return [dict(one.values) for one in found[0]]


def test_the_line_with_the_way_back_is_low_at_two_hundred_percent(desk: Any, qapp: DesktopApplication) -> None:
    page = meeting(desk)
    qapp.use_text_size(200)
    desk.settle()
    page.workspace.save()
    desk.settle()
    bar = desk.work.undo_bar
    bar.succeed("Записано: " + "Совет аксакалов села Масанчи, " * 9, action="Отменить", on_action=lambda: None)
    desk.settle()
    assert bar.height() <= 52, "one line of text and no more"
    assert bar.label.text().endswith("…")
    assert "Совет аксакалов" in bar.label.toolTip()
    assert page.workspace.minutes.area.height() > 220
    qapp.use_text_size(100)
    desk.settle()
    assert not bar.label.toolTip()


def test_ctrl_h_shows_the_history_of_the_meeting(desk: Any) -> None:
    page = meeting(desk)
    page.workspace.save()
    desk.settle()
    desk.key(Qt.Key.Key_H, CONTROL)
    assert page.currentWidget() is page.history
    assert page.history.table.rowCount() > 3


def test_after_f12_and_closing_ctrl_enter_goes_on(desk: Any) -> None:
    page = meeting(desk)
    desk.key(Qt.Key.Key_F12)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    desk.settle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    desk.key(Qt.Key.Key_Return, CONTROL)
    assert page.currentWidget() is page.list
    assert len(kept(desk, "meeting")) == 1


def test_sixty_items_and_a_long_speech_are_saved_and_printed_in_the_preview(desk: Any) -> None:
    page = meeting(desk)
    work = page.workspace
    for number in range(2, 61):
        work.sheet.meeting.add(Part("agenda_item", {"title": f"Вопрос {number}"}))
    work.sheet.items[59].add(Part("speech", {"words": "Житель", "text": "Слово. " * 7_143}))
    work.agenda.show_sheet(work.sheet)
    work.agenda.go_to(60)
    work.keeper.touch()
    work.save()
    desk.settle()
    assert len(kept(desk, "agenda_item")) == 60
    assert len(str(kept(desk, "speech")[0]["text"])) > 49_990
    work.refresh_paper()
    desk.settle()
    assert work.paper.printed is not None
    assert work.paper.printed.pages > 10


def test_a_speech_longer_than_the_field_is_refused_in_words_and_stays(desk: Any) -> None:
    page = meeting(desk)
    work = page.workspace
    assert work.minutes.editor is not None
    block = work.minutes.editor.add_speech()
    desk.type("я" * 100_001, block.form.boxes["text"].editor)
    work.save()
    desk.settle()
    assert work.summary.isVisible() or kept(desk, "speech"), "refused in words, or kept whole"
    assert len(block.part.text("text")) == 100_001
    assert work.keeper.unsaved or kept(desk, "speech")


def test_numbering_in_the_future_and_without_people_is_refused_in_words(desk: Any) -> None:
    page = meeting(desk)
    work = page.workspace
    work.sheet.meeting.put("starts", "2099-01-01T10:00+05:00")
    work.show_tab("check")
    desk.settle()
    codes = {found.error.code for found in work.check._findings if found.obstacle}
    assert {"meeting.future", "meeting.nobody_present"} <= codes
    assert not work.check.finish.isEnabled()
    work.finish()
    desk.settle()
    assert not any(one.get("number") for one in kept(desk, "meeting"))
    assert work.sheet.items[0].text("title") == "Поливная вода"


def test_votes_that_are_no_numbers_are_refused_in_words_and_stay(desk: Any) -> None:
    page = meeting(desk)
    work = page.workspace
    assert work.minutes.editor is not None
    block = work.minutes.editor.add_decision()
    desk.type("Утвердить график.", block.form.boxes["text"].editor)
    block.part.put("votes_for", "сто")
    work.save()
    desk.settle()
    assert work.summary.isVisible()
    assert not kept(desk, "meeting")
    assert block.part.text("votes_for") == "сто"


def test_numbering_takes_the_way_back_away_that_stood_there(desk: Any, monkeypatch: Any) -> None:
    page = meeting(desk)
    work = page.workspace
    for field in ("chair", "secretary"):
        work.sheet.meeting.put(f"{field}_words", "А. Біреу")
    work.sheet.meeting.add(Part("attendance", {"words": "Б. Біреу", "capacity": "member"}))
    work.save()
    desk.settle()
    bar = desk.work.undo_bar
    assert bar.isVisible()
    assert bar.button.isVisible()
    monkeypatch.setattr(workspace_module, "ask", lambda *_given, **_words: True)
    work.finish()
    desk.settle()
    assert page.currentWidget() is page.closed
    assert not bar.isVisible()


def test_a_meeting_opens_with_the_keyboard_in_its_first_date(desk: Any) -> None:
    desk.unlocked("ru")
    desk.work.show_section("meetings")
    page = desk.work.page("meetings")
    page.start_new()
    desk.settle()
    assert desk.window.focusWidget() is page.workspace.meeting.form.boxes["starts"].editor


def test_the_agenda_becomes_a_page_where_the_text_is_large(desk: Any, qapp: DesktopApplication) -> None:
    page = meeting(desk)
    work = page.workspace
    title = work.minutes.editor.form.boxes["title"].editor
    desk.window.resize(1366, 740)
    desk.settle()
    assert "agenda" not in work.shown_pages()
    assert work.agenda.isVisible()
    assert work.stack.isVisible()
    title.setFocus()
    desk.type("лы", title)
    qapp.use_text_size(200)
    desk.settle()
    assert next(iter(work.shown_pages())) == "agenda"
    assert work.head.tabs.isTabVisible(0)
    assert work.tab() == "minutes"
    assert not work.agenda.isVisible()
    assert QApplication.focusWidget() is title
    assert title.text() == "Поливная водалы"
    work.head.tabs.setCurrentIndex(0)
    desk.settle()
    assert work.agenda.isVisible()
    assert not work.stack.isVisible()
    assert QApplication.focusWidget() is work.agenda.list
    assert work.agenda.width() > 0.8 * work.width()
    qapp.use_text_size(100)
    desk.settle()
    assert work.tab() == "minutes"
    assert work.agenda.isVisible()
    assert work.stack.isVisible()
    assert work.agenda.width() < 0.3 * work.width()
    assert "agenda" not in work.shown_pages()


def test_the_arrows_pass_over_the_page_of_the_agenda_while_it_is_a_column(desk: Any) -> None:
    work = meeting(desk).workspace
    desk.window.resize(1366, 740)
    work.show_tab("meeting")
    desk.settle()
    work.head.tabs.setFocus()
    QTest.keyClick(work.head.tabs, Qt.Key.Key_Left)
    desk.settle()
    assert work.tab() == "meeting"
    assert work.head.tabs.currentIndex() == work.head._keys.index("meeting")
