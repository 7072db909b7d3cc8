"""Beside a meeting: its history, its versions compared, the register; and the way back to the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ethnomed_desktop.app.meeting_registers import RegisterQuestion, register_numbers, register_rows
from ethnomed_desktop.app.records import record
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.i18n.discreet import DiscreetCatalog
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type
from tests.ui.meetings.test_workspace import finish

LEFT = Qt.MouseButton.LeftButton


def corrected(room: Room, monkeypatch: pytest.MonkeyPatch, type_text: Type, text: str) -> None:
    """Number the minutes that are open, correct them, write another text of the decision."""
    finish(room, monkeypatch)
    type_text(room.page.closed.reason.editor, "Мерзімі қате")
    QTest.mouseClick(room.page.closed.correct, LEFT)
    room.settle()
    room.work.sheet.items[0].of("decision")[0].put("text", text)
    room.work._on_edited()


def test_history_of_a_meeting_tells_of_its_parts_too(written: MeetingWorkspace, room: Room) -> None:
    room.do("save")
    room.page.show_history()
    room.settle()
    assert room.page.currentWidget() is room.page.history
    table = room.page.history.table
    cells = [table.item(row, 3) for row in range(table.rowCount())]
    fields = {cell.text() for cell in cells if cell is not None}
    assert "Шешім 1.1: Мәтін" in fields
    assert "Күн тәртібіндегі мәселе 1: Мәселе" in fields
    assert not any(one.endswith("Реті") for one in fields)
    room.page.go_back()
    assert room.page.currentWidget() is room.work


def test_history_of_what_was_never_saved_says_so(room: Room) -> None:
    room.new()
    room.page.show_history()
    assert room.page.currentWidget() is room.work
    assert room.work.messages.isVisible()


def test_versions_stand_side_by_side_with_words_marked_and_the_reason(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch, type_text: Type
) -> None:
    corrected(room, monkeypatch, type_text, "Кесте қайта бекітілсін.")
    room.work.show_tab("check")
    QTest.mouseClick(room.work.check.compare, LEFT)
    room.settle()
    versions = room.page.versions
    assert room.page.currentWidget() is versions
    assert versions.reason.text().endswith("Мерзімі қате")
    assert versions.comparison is not None
    (row,) = versions.comparison.differing
    assert [one.text for one in row.after if one.changed] == [" қайта"]
    shown = versions.text.toHtml()
    assert "underline" in shown
    assert "Ағын су кезегі" not in versions.text.toPlainText()
    versions.everything.setChecked(True)
    assert "Ағын су кезегі" in versions.text.toPlainText()
    room.page.go_back()
    assert room.page.currentWidget() is room.work


def test_closed_minutes_lead_to_the_comparison_and_back(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch, type_text: Type
) -> None:
    corrected(room, monkeypatch, type_text, "Кесте бекітілмесін.")
    finish(room, monkeypatch)
    assert room.page.closed.compare.isVisible()
    QTest.mouseClick(room.page.closed.compare, LEFT)
    room.settle()
    assert room.page.versions.comparison is not None
    assert room.page.versions.comparison.older.version == 1
    QTest.mouseClick(room.page.versions.back, LEFT)
    assert room.page.currentWidget() is room.page.closed


def test_minutes_with_one_version_have_nothing_to_compare(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(room, monkeypatch)
    assert not room.page.closed.compare.isVisible()
    room.do("compare")
    assert room.page.versions.reason.text()
    assert not room.page.versions.text.toPlainText()


def test_the_register_lists_what_was_recorded_apart_and_opens_it(written: MeetingWorkspace, room: Room) -> None:
    item = written.sheet.items[0]
    item.add(Part("speech", {"words": "А. Қонақ", "speech_kind": "dissent", "text": "Келіспеймін."}))
    item.add(Part("speech", {"words": "Б. Тұрғын", "speech_kind": "spoke", "text": "Қолдаймын."}))
    written.keeper.touch()
    room.do("save_and_leave")
    QTest.mouseClick(room.page.list.register_button, LEFT)
    room.settle()
    page = room.page.register
    assert room.page.currentWidget() is page
    assert page.model.rowCount() == 1
    QTest.mouseClick(page.back, LEFT)
    assert room.page.currentWidget() is room.page.list
    QTest.mouseClick(room.page.list.register_button, LEFT)
    room.settle()
    assert page.back.x() < page.title.x(), "the way back stands before the heading"
    row = page.model.row(0)
    assert row is not None
    assert row.cells[1:5] == ("А. Қонақ", "Келіспеймін.", "Ерекше пікір", "1. Ағын су кезегі")
    year = next(box for box in page.filters.boxes if box.name == "year")
    for typed, rows in (("202", 1), ("2019", 0), ("2026", 1)):
        page.filters.set_filters((("year", typed),))
        room.settle()
        assert (year.draft(), page.model.rowCount()) == (typed, rows)
    page.opened.emit(row)
    room.settle()
    assert room.page.currentWidget() is room.work


def test_after_the_print_dialog_the_keys_of_the_meeting_work_again(written: MeetingWorkspace, room: Room) -> None:
    assert written.minutes.editor is not None
    heard = written.minutes.editor.form.boxes["heard"].editor
    heard.setFocus()
    room.do("print_minutes")
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    dialog.close()
    room.settle()
    focus = QApplication.focusWidget()
    assert focus is heard
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.page.currentWidget() is room.page.list


def test_the_series_of_another_computer_is_refused_in_words_and_nothing_is_lost(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = str(written.sheet.meeting.values["organisation"])
    values = {"organisation": body, "series_kind": "minutes", "year": 2026, "last": 4, "holder": "ab" * 16}
    room.session.command(lambda ctx: record(ctx, "number_series", values))
    room.settle()
    finish(room, monkeypatch)
    assert room.page.currentWidget() is room.work
    (link,) = written.summary.links
    assert "Қағаздағы нөмірі" in link.text()
    assert room.records("meeting")[0]["state"] == "draft"
    QTest.mouseClick(link, LEFT)
    assert written.tab() == "meeting"
    written.sheet.meeting.put("paper_number", "5")
    written._on_edited()
    finish(room, monkeypatch)
    assert room.page.currentWidget() is room.page.closed
    assert QApplication.focusWidget() is room.page.closed.print_button
    passed = []
    for _stop in range(3):
        QTest.keyClick(QApplication.focusWidget() or room.page, Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    closed = room.page.closed
    assert passed == [closed.history, closed.reason.editor, closed.correct], "by Tab as one reads"
    assert room.records("meeting")[0]["number"] == "5"


def test_while_names_are_hidden_the_register_shows_initials(written: MeetingWorkspace, room: Room) -> None:
    item = written.sheet.items[0]
    item.add(Part("speech", {"words": "Ахмет Қонақов", "speech_kind": "dissent", "text": "Келіспеймін."}))
    written.keeper.touch()
    room.do("save_and_leave")
    discreet = DiscreetCatalog(current())
    (row,) = room.ask(lambda ctx: register_rows(ctx, register_numbers(ctx, RegisterQuestion()), discreet))
    assert row.who == "А.\u00a0Қ."
