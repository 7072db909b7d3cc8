"""An open item stays open until it is closed: taken out of one agenda it is offered at the next ones."""

from __future__ import annotations

import pytest

from ethnomed_desktop.app import carry_over, meeting_saving, meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import items_left_open, new_sheet, open_sheet
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog

WORDS = Catalog.load("ru")


def titles(sheet: Sheet) -> list[str]:
    return [one.text("title") for one in sheet.items]


def left(ctx: AppContext) -> list[str]:
    return [one.title for one in carry_over.left_open(ctx)]


def held(ctx: AppContext, sheet: Sheet, day: str, *, number: bool = True) -> Sheet:
    """Save the meeting as held on a day, and number it."""
    sheet.meeting.put("starts", f"{day}T10:00+05:00")
    sheet.meeting.values.update(chair_words="А. Төраға", secretary_words="Б. Хатшы")
    if not sheet.attendance:
        sheet.meeting.add(Part("attendance", {"words": "Мүше"}))
    sheet.attendance[0].put("capacity", "member")
    saved = meeting_saving.save_sheet(ctx, sheet, "алынды").value
    for part, (uid, revision) in zip(sheet.meeting.walk(), saved.stamps, strict=True):
        part.uid, part.revision = uid, revision
    sheet.removed.clear()
    if number:
        meetings.finish_meeting(ctx, parse_uid(saved.meeting))
    return sheet


@pytest.fixture
def first(council: AppContext) -> Sheet:
    """A meeting with an item that was decided on, one not discussed and one whose task is not done."""
    sheet = new_sheet(council, WORDS).sheet
    done = sheet.meeting.add(Part("agenda_item", {"title": "Ашылуы"}))
    done.add(Part("decision", {"text": "Бекітілсін."}))
    sheet.meeting.add(Part("agenda_item", {"title": "Мектеп"}))
    charged = sheet.meeting.add(Part("agenda_item", {"title": "Арық"}))
    charged.add(Part("decision", {"text": "Тазалансын."})).add(Part("task", {"text": "Тазалау"}))
    return held(council, sheet, "2026-09-10")


def test_what_was_taken_out_once_comes_back_at_the_next_meeting(council: AppContext, first: Sheet) -> None:
    second = new_sheet(council, WORDS)
    assert titles(second.sheet) == ["Мектеп", "Арық"]
    assert [(one.title, one.why) for one in second.open_items] == [("Мектеп", "not_discussed"), ("Арық", "tasks")]
    second.sheet.take_out_item(second.sheet.items[0])
    held(council, second.sheet, "2026-10-10")
    assert titles(new_sheet(council, WORDS).sheet) == ["Мектеп", "Арық"], "left out once"
    third = new_sheet(council, WORDS).sheet
    third.items[0].put("heard", "Талқыланды.")
    held(council, third, "2026-11-10")
    assert left(council) == ["Арық"], "discussed at last: closed"


def test_it_is_offered_at_this_meeting_too_also_when_it_was_saved_without_it(
    council: AppContext, first: Sheet
) -> None:
    second = new_sheet(council, WORDS).sheet
    held(council, second, "2026-11-20", number=False)
    second.take_out_item(second.items[0])
    held(council, second, "2026-11-20", number=False)
    opened = open_sheet(council, parse_uid(second.meeting.uid), WORDS)
    assert titles(opened.sheet) == ["Арық"]
    assert [one.title for one in opened.open_items] == ["Мектеп", "Арық"]
    assert [one.title for one in items_left_open(council, opened.sheet)] == ["Мектеп", "Арық"]


def test_an_item_that_stands_on_a_later_agenda_is_not_offered_twice(council: AppContext, first: Sheet) -> None:
    planned = new_sheet(council, WORDS).sheet
    planned.items[0].put("title", "Мектеп туралы")
    planned.take_out_item(planned.items[1])
    planned.meeting.add(Part("agenda_item", {"title": "арық "}))
    held(council, planned, "2026-12-10", number=False)
    assert left(council) == [], "led back to it, or typed again"


def test_a_task_that_is_not_done_keeps_the_item_open_over_several_meetings(
    council: AppContext, first: Sheet
) -> None:
    second = new_sheet(council, WORDS).sheet
    for item in second.items:
        item.put("heard", "Айтылды.")
    held(council, second, "2026-10-10")
    assert left(council) == ["Арық"], "discussed again, but the task of September is not done"
    task = first.items[2].of("decision")[0].of("task")[0].uid
    records.revise(council, parse_uid(task), {"state": "done"})
    assert left(council) == []


def test_a_meeting_may_close_an_item_for_good(council: AppContext, first: Sheet) -> None:
    second = new_sheet(council, WORDS).sheet
    removal = second.take_out_item(second.items[0])
    second.meeting.put("not_carried", [removal.part.text("carried_from")])
    held(council, second, "2026-10-10")
    assert left(council) == ["Арық"]
    newer = meetings.correct_meeting(council, parse_uid(first.meeting.uid), "аты қате").value
    assert left(council) == ["Арық"], "a corrected version does not open it again"
    assert open_sheet(council, newer, WORDS).open_items == []


def test_what_nobody_took_up_for_a_year_is_left_to_history(
    council: AppContext, first: Sheet, clock: FixedClock
) -> None:
    assert left(council) == ["Мектеп", "Арық"]
    clock.advance(310 * 86_400_000)
    assert left(council) == []


def test_put_back_it_stands_where_it_stood(council: AppContext, first: Sheet) -> None:
    sheet = held(council, new_sheet(council, WORDS).sheet, "2026-11-20", number=False)
    under = sheet.meeting.add(Part("agenda_item", {"title": "Кесте"}))
    assert sheet.put_under(under, True)
    whole = sheet.items[1]
    uid = whole.uid
    removal = sheet.take_out_item(whole)
    assert sheet.removed == [uid]
    sheet.put_back(removal)
    assert (sheet.labels(), sheet.removed, whole.uid) == (["1", "2", "2.1"], [], uid)
    removal = sheet.take_out_item(whole)
    held(council, sheet, "2026-11-20", number=False)
    sheet.put_back(removal)
    held(council, sheet, "2026-11-20", number=False)
    again = open_sheet(council, parse_uid(sheet.meeting.uid), WORDS).sheet
    assert titles(again) == ["Мектеп", "Арық", "Кесте"]
    assert whole.uid not in ("", uid), "from the trash it comes back as a new one"


def test_many_open_items_do_not_flood_the_agenda_but_are_offered(council: AppContext) -> None:
    for day in ("2026-09-10", "2026-10-10"):
        sheet = new_sheet(council, WORDS).sheet
        sheet.meeting.parts[:] = []
        for number in range(12):
            sheet.meeting.add(Part("agenda_item", {"title": f"Мәселе {day} {number}"}))
        held(council, sheet, day)
    opened = new_sheet(council, WORDS)
    assert len(opened.open_items) == 24
    assert titles(opened.sheet) == [f"Мәселе 2026-10-10 {number}" for number in range(12)]
