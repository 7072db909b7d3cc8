"""The workspace of a meeting, driven as a person does: keys, ticks, typing."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.app import drafts, history
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.meetings import workspace as workspace_module
from ethnomed_desktop.ui.meetings.checks import check
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type


def test_a_new_meeting_lists_twelve_members(room: Room) -> None:
    work = room.new()
    assert work.attendance.table.people.rowCount() == 12
    assert work.attendance.table.people.data(work.attendance.table.people.index(0, 1)) == "Мүше00 Аян"


def test_twelve_presses_of_the_space_bar_and_the_quorum_turns_at_seven(room: Room) -> None:
    work = room.new()
    work.show_tab("attendance")
    table = work.attendance.table
    seen = []
    for _member in range(12):
        QTest.keyClick(table, Qt.Key.Key_Space)
        seen.append(work.attendance.quorum.text())
    assert work.sheet.present() == 12
    assert seen[:6] == ["Кворум жоқ. Отырыс өкілетті емес."] * 6
    assert seen[6:] == ["Кворум бар. Отырыс өкілетті."] * 6
    assert work.attendance.counts.text() == "Қатысқандар: 12 (барлығы 12). Қажеті: 7."
    QTest.keyClick(table, Qt.Key.Key_Space)  # the last row again: absent
    assert work.sheet.present() == 11


def test_a_guest_is_added_in_words_and_not_counted(room: Room, type_text: Type) -> None:
    work = room.new()
    type_text(work.attendance.person.editor, "Н. Қонақов, мұғалім")
    QTest.mouseClick(work.attendance.as_guest, Qt.MouseButton.LeftButton)
    assert work.sheet.attendance[-1].values == {"words": "Н. Қонақов, мұғалім", "capacity": "invited"}
    assert work.sheet.present() == 0


def test_a_member_who_is_listed_already_is_marked_and_not_listed_twice(room: Room) -> None:
    work = room.new()
    late = work.sheet.attendance[5].text("person")
    work.attendance.person.set_value(late)
    room.settle()
    QTest.mouseClick(work.attendance.as_member, Qt.MouseButton.LeftButton)
    assert len(work.sheet.attendance) == 12
    assert work.sheet.attendance[5].text("capacity") == "member"
    assert work.attendance.table.currentIndex().row() == 5
    assert work.sheet.present() == 1
    assert not work.attendance.person.draft()


def test_delete_takes_a_person_off_the_list(room: Room) -> None:
    work = room.new()
    QTest.keyClick(work.attendance.table, Qt.Key.Key_Delete)
    assert len(work.sheet.attendance) == 11


def test_items_are_added_moved_and_taken_out(room: Room, type_text: Type) -> None:
    work = room.new()
    for title in ("Су", "Мектеп", "Асар"):
        work.add_item()
        assert work.minutes.editor is not None
        type_text(work.minutes.editor.form.boxes["title"].editor, title)
    room.do("item_up")
    assert [one.text("title") for one in work.sheet.items] == ["Су", "Асар", "Мектеп"]
    assert work.agenda.place() == 2
    room.do("next_item")
    assert work.minutes.editor is not None
    assert work.minutes.editor.part.text("title") == "Мектеп"
    QTest.mouseClick(work.agenda.remove, Qt.MouseButton.LeftButton)
    assert [work.agenda.list.item(row).text() for row in range(2)] == ["1. Су", "2. Асар"]


def test_votes_that_do_not_add_up_are_warned_of_and_saved_all_the_same(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    assert written.minutes.editor is not None
    block = written.minutes.editor.decisions[0]
    type_text(block.votes.boxes["votes_for"].editor, "8")
    assert block.votes_text.text() == "Дауыс саны: 8. Қатысқан мүшелер: 9. Екеуі тең болуы керек."
    type_text(block.votes.boxes["votes_abstained"].editor, "1")
    assert block.votes_text.text() == "Дауыстар саны сәйкес келеді."
    written.attendance.toggle(0)
    assert block.votes_text.text() != "Дауыстар саны сәйкес келеді."
    room.do("save")
    assert len(room.records("meeting")) == 1


def test_f9_makes_a_task_that_stands_in_the_list_of_tasks(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    room.do("make_task")
    assert written.minutes.editor is not None
    row = written.minutes.editor.decisions[0].task_rows[0]
    assert row.part.text("text") == "Кесте бекітілсін."
    type_text(row.form.boxes["due"].editor, "05.12.2026")
    room.do("save")
    tasks = room.records("task")
    assert [(one["text"], one["due"]) for one in tasks] == [("Кесте бекітілсін.", "2026-12-05")]


def test_without_a_decision_f9_says_what_to_do(room: Room) -> None:
    work = room.new()
    work.add_item()
    room.do("make_task")
    assert work.messages.isVisible()
    assert not work.sheet.items[0].parts


def test_saving_says_when_and_is_one_step_of_undo(written: MeetingWorkspace, room: Room) -> None:
    room.do("save")
    assert written.bar.status.text().endswith("10:00")
    assert len(room.records("meeting")) == 1
    room.session.command(history.undo)
    room.settle()
    assert not room.records("meeting")


def test_saving_twice_makes_nothing_twice(written: MeetingWorkspace, room: Room) -> None:
    room.do("save")
    room.do("save")
    assert len(room.records("meeting")) == 1
    assert len(room.records("decision")) == 1


def test_what_is_typed_while_saving_stays_unsaved(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    written.save()
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.form.boxes["heard"].editor, "Тыңдалды.")
    room.settle()
    assert written.keeper.unsaved
    room.do("save")
    assert not written.keeper.unsaved
    items = room.records("agenda_item")
    assert items[0]["heard"] == "Тыңдалды."


def test_a_part_taken_out_while_saving_goes_to_the_trash_later(written: MeetingWorkspace, room: Room) -> None:
    written.save()
    written.agenda.remove_item()
    room.settle()
    room.do("save")
    assert not room.records("agenda_item")


def test_what_is_refused_is_listed_and_leads_to_its_place(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.decisions[0].form.boxes["due"].editor, "32.13.2026")
    written.show_tab("meeting")
    room.do("save")
    assert not room.records("meeting")
    assert len(written.summary.links) == 1
    QTest.mouseClick(written.summary.links[0], Qt.MouseButton.LeftButton)
    assert written.tab() == "minutes"


def test_the_minutes_are_shown_with_the_cursor_in_the_text(written: MeetingWorkspace, room: Room) -> None:
    """A space typed at once belongs to the text; on the button beside it, it would go on to the next item."""
    written.show_tab("attendance")
    written.head.tab_chosen.emit("minutes")
    assert written.minutes.editor is not None
    assert QApplication.focusWidget() is written.minutes.editor.form.boxes["heard"].editor


def test_what_is_refused_leads_to_the_very_part_and_not_to_its_namesake(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = written.minutes.editor
    assert editor is not None
    decision = editor.add_decision()
    type_text(decision.form.boxes["text"].editor, "Арық тазалансын")
    decision.make_task()
    speech = editor.add_speech("dissent")
    type_text(speech.form.boxes["text"].editor, "Қарсымын")
    due, about = decision.task_rows[0].form.boxes["due"], speech.form.boxes["decision"]
    type_text(due.editor, "32.13.2026")
    type_text(about.editor, "ешқандай")
    written.show_tab("meeting")
    room.do("save")
    reached, decisions = set(), len(editor.decisions)
    for link in written.summary.links:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
        reached.add(QApplication.focusWidget())
    assert reached == {due.editor, about.editor}
    assert len(editor.decisions) == decisions


def test_nobody_present_is_an_obstacle_said_plainly(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    work = room.new()
    work.show_tab("check")
    assert not work.check.finish.isEnabled()
    shown = [found.error.code for found in check(work.sheet, date(2026, 11, 21))]
    assert "meeting.nobody_present" in shown
    link = work.check.links()[shown.index("meeting.nobody_present")]
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert work.tab() == "attendance"


def test_a_meeting_in_the_future_is_refused(written: MeetingWorkspace, room: Room) -> None:
    written.sheet.meeting.put("starts", "2026-11-22T10:00")
    written.show_tab("check")
    assert not written.check.finish.isEnabled()


def finish(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def answer(parent: QWidget, text: str, **words: object) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(workspace_module, "ask", answer)
    room.work.show_tab("check")
    QTest.mouseClick(room.work.check.finish, Qt.MouseButton.LeftButton)
    room.settle()
    return asked


def test_finishing_asks_once_and_closes(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(finish(room, monkeypatch)) == 1
    assert room.page.currentWidget() is room.page.closed
    assert not room.page.actions_by_name["save"].isEnabled()
    meeting = room.records("meeting")[0]
    assert (meeting["number"], meeting["state"]) == ("1", "numbered")


def test_a_correction_asks_for_its_reason_and_is_version_two(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch, type_text: Type
) -> None:
    finish(room, monkeypatch)
    closed = room.page.closed
    QTest.mouseClick(closed.correct, Qt.MouseButton.LeftButton)
    assert closed.reason.error()
    type_text(closed.reason.editor, "Аты-жөні қате")
    QTest.mouseClick(closed.correct, Qt.MouseButton.LeftButton)
    room.settle()
    assert room.page.currentWidget() is room.work
    assert room.work.sheet.fixed["version"] == 2
    assert "Аты-жөні қате" in room.work.head.state.text()
    versions = room.records("meeting")
    assert sorted(str(one["version"]) for one in versions) == ["1", "2"]


def test_sixty_items_and_a_speech_of_fifty_thousand_letters(room: Room) -> None:
    work = room.new()
    for number in range(60):
        item = work.sheet.meeting.add(Part("agenda_item", {"title": f"Мәселе {number}"}))
        item.add(Part("speech", {"words": "Тұрғын", "text": "Сөз. " * (10_000 if number == 59 else 1)}))
    work.agenda.show_sheet(work.sheet)
    work.keeper.touch()
    work.agenda.go_to(60)
    assert work.minutes.editor is not None
    assert len(str(work.minutes.editor.speeches[0].form.boxes["text"].draft())) == 50_000
    room.do("save")
    assert len(room.records("agenda_item")) == 60


def test_typing_is_kept_as_a_draft_and_opened_again(written: MeetingWorkspace, room: Room) -> None:
    written.leave()
    room.settle()
    kept = room.ask(drafts.list_drafts)
    assert len(kept) == 1
    room.page.open_draft(kept[0])
    room.settle()
    assert room.work.sheet.items[0].text("title") == "Ағын су кезегі"
    assert room.work.sheet.present() == 9
    assert room.work.keeper.unsaved
    room.do("save")
    assert room.ask(drafts.list_drafts) == []


def test_a_meeting_goes_to_the_trash_with_a_reason(written: MeetingWorkspace, room: Room) -> None:
    room.do("save_and_leave")
    assert room.page.currentWidget() is room.page.list
    room.page.withdraw_current()
    QTest.mouseClick(room.page.list.reason.usual[0], Qt.MouseButton.LeftButton)
    room.settle()
    assert not room.records("meeting")


def test_the_newest_minutes_are_printed_from_the_list_in_one_click(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.do("save_and_leave")
    wanted: list[str] = []
    monkeypatch.setattr(room.page, "print_meeting", lambda uid, language: wanted.append(uid))
    QTest.mouseClick(room.page.list.print_button, Qt.MouseButton.LeftButton)
    assert wanted == [written.uid]


@pytest.mark.parametrize("typed", ["қорда", "корда", "kord", "Кордайск"])
def test_a_place_is_found_by_typing_in_any_of_three_languages(room: Room, typed: str) -> None:
    found = room.ask(lambda ctx: room.session.references.search("place", typed))
    assert any("Қордай" in one.title for one in found), [one.title for one in found]


def test_the_button_of_the_agenda_leads_to_the_title_of_the_new_item(room: Room) -> None:
    work = room.new()
    work.show_tab("attendance")
    QTest.mouseClick(work.agenda.add, Qt.MouseButton.LeftButton)
    assert work.tab() == "minutes"
    assert work.minutes.editor is not None
    assert work.minutes.editor.form.boxes["title"].editor.hasFocus()
    assert len(work.sheet.items) == 1


def test_a_click_on_an_item_of_the_agenda_shows_it(written: MeetingWorkspace, room: Room) -> None:
    written.add_item()
    written.show_tab("attendance")
    place = written.agenda.list.visualItemRect(written.agenda.list.item(0)).center()
    QTest.mouseClick(written.agenda.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    room.settle()
    assert written.tab() == "minutes"
    assert written.minutes.editor is not None
    assert written.minutes.editor.part is written.sheet.items[0]


def test_a_meeting_opens_with_the_cursor_in_its_date(room: Room) -> None:
    work = room.new()
    assert work.isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget().objectName() == "starts_input"
