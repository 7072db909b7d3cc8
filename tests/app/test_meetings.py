"""A meeting is edited as one sheet and saved as one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ethnomed_desktop.app import earlier_values, history, meeting_saving, meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import gather_minutes
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.meeting_sheets import findings, new_sheet, open_sheet, preview_minutes, warnings_of
from ethnomed_desktop.app.meeting_versions import versions_of
from ethnomed_desktop.domain.clock import FixedClock, today
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., records.Recorded]
WORDS = Catalog.load("kk")
NAMES = (
    "Әлиев Бектұров Ғабитов Дәуренов Ермеков Жұмабаев Зейнолла Исмаилов Қасымов Ләззатов Мұратов Нұрланов".split()
)


@pytest.fixture
def members(council: AppContext, add: Add) -> list[str]:
    """Twelve members of the council; the first is its chair."""
    body = uid_text(list_records(council, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid)
    uids = []
    for name in NAMES:
        uid = uid_text(add("person", surname=name, given_name="Аян").uid)
        add("membership", person=uid, organisation=body, role="member" if uids else "chair")
        uids.append(uid)
    return uids


@pytest.fixture
def sheet(council: AppContext, members: list[str]) -> Sheet:
    """A new sheet with the twelve members, nine of whom came, and one item."""
    made = new_sheet(council, WORDS).sheet
    made.meeting.values.update(chair=members[0], secretary=members[1])
    for one in made.attendance[:9]:
        one.put("capacity", "member")
    item = made.meeting.add(Part("agenda_item", {"title": "Ағын су кезегі"}))
    item.add(Part("speech", {"person": members[2], "text": "Арық тазаланды."}))
    decision = item.add(Part("decision", {"text": "Кесте бекітілсін.", "votes_for": "9"}))
    decision.add(Part("task", {"text": "Кестені ілу", "assignee": members[3], "due": "2026-12-05"}))
    return made


def save(ctx: AppContext, sheet: Sheet) -> meeting_saving.Saved:
    saved = meeting_saving.save_sheet(ctx, sheet, "алынды").value
    for part, (uid, revision) in zip(sheet.meeting.walk(), saved.stamps, strict=True):
        part.uid, part.revision = uid, revision
    sheet.removed.clear()
    return saved


def refused(call: Callable[[], object]) -> EthnomedError:
    with pytest.raises(EthnomedError) as caught:
        call()
    return caught.value


def test_a_new_meeting_lists_the_members_and_counts_them(council: AppContext, members: list[str]) -> None:
    opened = new_sheet(council, WORDS)
    assert [one.text("person") for one in opened.sheet.attendance] == members
    assert opened.sheet.meeting.values["entitled"] == 12
    assert opened.names[members[0]] == "Әлиев Аян"


def test_a_saved_sheet_comes_back_as_it_was(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    again = open_sheet(council, uid, WORDS).sheet
    assert [part.kind for part in again.meeting.walk()] == [part.kind for part in sheet.meeting.walk()]
    assert again.items[0].of("decision")[0].of("task")[0].text("due") == "2026-12-05"
    assert again.present() == 9


def test_saving_what_is_unchanged_writes_nothing(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    again = open_sheet(council, uid, WORDS).sheet
    assert meeting_saving.save_sheet(council, again, "").changes.touched == frozenset()


def test_saving_is_one_step_of_undo(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    sheet.items[0].put("title", "Су кестесі")
    sheet.items[0].of("decision")[0].put("text", "Кесте қайта қаралсын.")
    sheet.remove(sheet.items[0].of("speech")[0], sheet.items[0])
    save(council, sheet)
    history.undo(council)
    item = open_sheet(council, uid, WORDS).sheet.items[0]
    assert item.text("title") == "Ағын су кезегі"
    assert item.of("decision")[0].text("text") == "Кесте бекітілсін."
    assert len(item.of("speech")) == 1


def test_what_was_taken_out_lies_in_the_trash(council: AppContext, sheet: Sheet) -> None:
    save(council, sheet)
    item = sheet.items[0]
    sheet.remove(item)
    meeting_saving.save_sheet(council, sheet, "алынды")
    assert records.show(council, parse_uid(item.uid)).withdrawn
    assert not open_sheet(council, parse_uid(sheet.meeting.uid), WORDS).sheet.items


def test_the_order_of_the_agenda_is_kept(council: AppContext, sheet: Sheet) -> None:
    second = sheet.meeting.add(Part("agenda_item", {"title": "Мектеп"}))
    assert sheet.meeting.move(second, -1)
    uid = parse_uid(save(council, sheet).meeting)
    assert [one.text("title") for one in open_sheet(council, uid, WORDS).sheet.items] == [
        "Мектеп",
        "Ағын су кезегі",
    ]
    assert not sheet.meeting.move(second, -1)


def test_a_speech_without_text_waits_in_the_draft(council: AppContext, sheet: Sheet, members: list[str]) -> None:
    sheet.items[0].add(Part("speech", {"person": members[4]}))
    sheet.items[0].add(Part("speech", {"speech_kind": "spoke"}))
    saved = meeting_saving.save_sheet(council, sheet, "").value
    assert saved.held_back == 1
    assert len(open_sheet(council, parse_uid(saved.meeting), WORDS).sheet.items[0].of("speech")) == 1


def test_a_refusal_names_the_part_and_writes_nothing(council: AppContext, sheet: Sheet) -> None:
    sheet.items[0].of("decision")[0].put("due", "32.13.2026")
    sheet.meeting.put("ends", "кешке")
    error = refused(lambda: meeting_saving.save_sheet(council, sheet, ""))
    parts = list(sheet.meeting.walk())
    told = [(parts[int(str(one.facts["part"]))].kind, one.field) for one in getattr(error, "problems", ())]
    assert told == [("meeting", "ends"), ("decision", "due")]
    assert not list_records(council, ListQuestion("meeting")).rows


def test_what_somebody_changed_meanwhile_is_not_overwritten(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    records.revise(council, uid, {"venue": "Клуб"})
    sheet.meeting.put("venue", "Мектеп")
    assert refused(lambda: meeting_saving.save_sheet(council, sheet, "")).code == "record.changed_meanwhile"
    assert records.show(council, uid).values["venue"] == "Клуб"


def test_the_next_meeting_takes_over_members_place_and_hour(council: AppContext, sheet: Sheet) -> None:
    sheet.meeting.values.update(venue="Мәдениет үйі", starts="2026-10-16T15:30+05:00")
    save(council, sheet)
    opened = new_sheet(council, WORDS)
    values = opened.sheet.meeting.values
    assert values["starts"] == "2026-11-21T15:30+05:00"
    assert (values["venue"], values["chair"]) == ("Мәдениет үйі", sheet.meeting.values["chair"])
    assert [one.text("capacity") for one in opened.sheet.attendance] == ["absent"] * 12
    assert [task.text for task in opened.tasks] == ["Кестені ілу"]
    assert [title for title, _uid in opened.earlier_titles] == ["Ағын су кезегі"]


def test_what_is_still_open_goes_to_the_next_agenda(council: AppContext, sheet: Sheet, clock: FixedClock) -> None:
    sheet.items[0].of("decision")[0].parts.clear()
    sheet.meeting.add(Part("agenda_item", {"title": "Талқыланбаған мәселе", "title_second": "Не рассмотренный"}))
    often = sheet.meeting.add(Part("agenda_item", {"title": "Әртүрлі", "recurring": True, "heard": "Айтылды."}))
    charged = sheet.meeting.add(Part("agenda_item", {"title": "Арық"}))
    charged.add(Part("decision", {"text": "Тазалансын."})).add(Part("task", {"text": "Тазалау"}))
    save(council, sheet)
    assert not new_sheet(council, WORDS).sheet.items, "it is still to be held today"
    meetings.finish_meeting(council, parse_uid(sheet.meeting.uid))
    items = new_sheet(council, WORDS).sheet.items
    assert [one.text("title") for one in items] == ["Талқыланбаған мәселе", "Әртүрлі", "Арық"]
    assert items[0].text("title_second") == "Не рассмотренный"
    assert items[1].text("carried_from") == often.uid
    assert not items[2].parts
    task = parse_uid(charged.of("decision")[0].of("task")[0].uid)
    records.revise(council, task, {"state": "done"})
    assert [one.text("title") for one in new_sheet(council, WORDS).sheet.items] == [
        "Талқыланбаған мәселе",
        "Әртүрлі",
    ]


def test_without_anybody_present_there_is_no_number(council: AppContext, sheet: Sheet) -> None:
    for one in sheet.attendance:
        one.put("capacity", "absent")
    uid = parse_uid(save(council, sheet).meeting)
    assert refused(lambda: meetings.finish_meeting(council, uid)).code == "meeting.nobody_present"
    assert [one.code for one in findings(sheet, date(2026, 11, 21))] == ["meeting.nobody_present"]


def test_minutes_that_lack_place_total_or_members_are_numbered_after_a_word(
    council: AppContext, sheet: Sheet
) -> None:
    def codes() -> set[str]:
        return {one.error.code for one in warnings_of(sheet, today(council.clock))}

    asked = {"meeting.no_place", "meeting.members_not_stated", "meeting.no_member_present"}
    assert not codes() & asked
    sheet.meeting.put("place", None)
    sheet.meeting.put("entitled", None)
    for one in sheet.attendance[:9]:
        one.put("capacity", "invited")
    assert codes() >= asked
    sheet.meeting.put("venue", "Клуб")
    sheet.meeting.put("quorum_rule", "none")
    assert codes() & asked == {"meeting.no_member_present"}
    assert meetings.finish_meeting(council, parse_uid(save(council, sheet).meeting)).value.number == "1"


def test_somebody_listed_twice_is_said_before_the_number(council: AppContext, sheet: Sheet) -> None:
    def said() -> bool:
        return "meeting.listed_twice" in {one.error.code for one in warnings_of(sheet, today(council.clock))}

    assert not said()
    sheet.meeting.add(Part("attendance", {"person": sheet.attendance[10].text("person"), "capacity": "member"}))
    assert said()


def test_more_members_than_there_are_and_an_online_sitting_in_the_room_are_said(
    council: AppContext, sheet: Sheet
) -> None:
    def codes() -> set[str]:
        return {one.error.code for one in warnings_of(sheet, today(council.clock))}

    asked = {"meeting.more_than_members", "meeting.online_in_person"}
    assert not codes() & asked
    sheet.meeting.put("entitled", 9)
    sheet.meeting.put("mode", "online")
    assert not codes() & asked, "of an online sitting nobody need be marked"
    sheet.attendance[0].put("remote", True)
    assert codes() & asked == {"meeting.online_in_person"}
    sheet.meeting.put("entitled", 8)
    assert codes() & asked == asked


def test_a_meeting_in_the_future_gets_no_number(council: AppContext, sheet: Sheet) -> None:
    sheet.meeting.put("starts", "2026-11-22T10:00+05:00")
    uid = parse_uid(save(council, sheet).meeting)
    assert refused(lambda: meetings.finish_meeting(council, uid)).code == "meeting.future"


def test_numbered_minutes_are_closed(council: AppContext, sheet: Sheet, clock: FixedClock) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    meetings.finish_meeting(council, uid)
    sheet.items[0].put("title", "Басқа")
    with pytest.raises(NotAllowed) as caught:
        meeting_saving.save_sheet(council, sheet, "")
    assert caught.value.code in {"meeting.numbered", "record.changed_meanwhile"}
    assert open_sheet(council, uid, WORDS).sheet.items[0].text("title") == "Ағын су кезегі"
    first = history.history(council, uid)[0].transaction
    assert refused(lambda: earlier_values.put_back(council, uid, first, "secretary")).code == "meeting.numbered"


def test_a_correction_is_version_two_and_both_are_kept(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    number = meetings.finish_meeting(council, uid).value.number
    newer = meetings.correct_meeting(council, uid, "аты қате").value
    assert open_sheet(council, uid, WORDS).newer == uid_text(newer)
    opened = open_sheet(council, newer, WORDS)
    assert (opened.older, opened.sheet.fixed["version"]) == (uid_text(uid), 2)
    opened.sheet.items[0].put("title", "Түзетілген")
    save(council, opened.sheet)
    assert meetings.finish_meeting(council, newer).value.number == number
    assert open_sheet(council, uid, WORDS).sheet.items[0].text("title") == "Ағын су кезегі"


def test_a_corrected_version_prints_the_tasks_of_the_first(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    first = [task.text for task in gather_minutes(council, uid).tasks]
    assert first
    meetings.finish_meeting(council, uid)
    newer = meetings.correct_meeting(council, uid, "аты қате").value
    assert [task.text for task in gather_minutes(council, newer).tasks] == first
    opened = open_sheet(council, newer, WORDS).sheet
    previewed = preview_minutes(council, opened)
    assert previewed is not None
    assert [task.text for task in previewed.tasks] == first


def test_of_two_corrections_of_the_same_minutes_one_gets_the_number(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    meetings.finish_meeting(council, uid)
    first = meetings.correct_meeting(council, uid, "Аты қате").value
    records.withdraw(council, first, "керек емес")
    second = meetings.correct_meeting(council, uid, "Аты қате").value
    records.restore(council, first)
    meetings.finish_meeting(council, second)
    assert refused(lambda: meetings.finish_meeting(council, first)).code == "meeting.already_corrected"
    assert [one.uid for one in versions_of(council, uid)] == [uid_text(uid), uid_text(second)]


def test_a_correction_needs_a_reason(council: AppContext, sheet: Sheet) -> None:
    uid = parse_uid(save(council, sheet).meeting)
    meetings.finish_meeting(council, uid)
    with pytest.raises(UserError) as caught:
        meetings.correct_meeting(council, uid, "  ")
    assert caught.value.code == "record.reason_missing"


def test_sixty_items_are_saved_together(council: AppContext, sheet: Sheet) -> None:
    for number in range(59):
        item = sheet.meeting.add(Part("agenda_item", {"title": f"Мәселе {number}"}))
        item.add(Part("decision", {"text": f"Шешім {number}"}))
    uid = parse_uid(save(council, sheet).meeting)
    assert len(open_sheet(council, uid, WORDS).sheet.items) == 60
