"""What a joint sitting leaves open is offered to both its bodies, and once where they sit together again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import carry_over, councils, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import items_left_open, new_sheet, reopen_sheet
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet

from .test_carry_over import WORDS, held, left, titles

Add = Callable[..., records.Recorded]


@pytest.fixture
def second(council: AppContext, add: Add) -> str:
    """Another body of ours (uid text)."""
    return uid_text(add("organisation", body_kind="council_of_mothers", name_kk="Аналар кеңесі", is_ours=True).uid)


@pytest.fixture
def joint(council: AppContext, second: str) -> Sheet:
    """A joint sitting of September with an item not discussed and one whose task is not done."""
    sheet = new_sheet(council, WORDS).sheet
    sheet.meeting.put("other_organisation", second)
    sheet.meeting.add(Part("agenda_item", {"title": "Мектеп"}))
    charged = sheet.meeting.add(Part("agenda_item", {"title": "Арық"}))
    charged.add(Part("decision", {"text": "Тазалансын."})).add(
        Part("task", {"text": "Тазалау", "due": "2026-10-01"})
    )
    return held(council, sheet, "2026-09-10")


def alone(ctx: AppContext, body: str, day: str = "") -> Sheet:
    """Return a new sheet of one body alone; with ``day`` held then, its items written otherwise and discussed."""
    councils.work_for(ctx, parse_uid(body))
    sheet = new_sheet(ctx, WORDS).sheet
    sheet.meeting.put("other_organisation", None)
    if day:
        for item in sheet.items:
            item.put("title", f"{item.text('title')} ({body[:4]})")
            item.put("heard", "Айтылды.")
        held(ctx, sheet, day)
    return sheet


def task_of(sheet: Sheet) -> bytes:
    return parse_uid(sheet.items[1].of("decision")[0].of("task")[0].uid)


def test_the_second_body_is_offered_items_and_tasks_of_a_joint_sitting(
    council: AppContext, joint: Sheet, second: str
) -> None:
    councils.work_for(council, parse_uid(second))
    opened = new_sheet(council, WORDS)
    assert opened.sheet.meeting.text("organisation") == second
    assert titles(opened.sheet) == ["Мектеп", "Арық"]
    assert [(one.title, one.why) for one in opened.open_items] == [("Мектеп", "not_discussed"), ("Арық", "tasks")]
    assert [one.text for one in opened.tasks] == ["Тазалау"]
    assert [title for title, _uid in opened.earlier_titles] == ["Мектеп", "Арық"]
    assert left(council) == ["Мектеп", "Арық"]


def test_each_body_closes_for_itself_and_a_task_that_is_done_closes_for_both(
    council: AppContext, joint: Sheet, second: str
) -> None:
    first = joint.meeting.text("organisation")
    alone(council, second, "2026-10-10")
    assert [one.split(" ")[0] for one in left(council)] == ["Арық"], "discussed; the task is not done"
    councils.work_for(council, parse_uid(first))
    assert left(council) == ["Мектеп", "Арық"], "the first body took up neither"
    records.revise(council, task_of(joint), {"state": "done"})
    assert left(council) == ["Мектеп"]
    councils.work_for(council, parse_uid(second))
    assert left(council) == []


def test_where_they_sit_together_again_one_matter_is_offered_once(
    council: AppContext, joint: Sheet, second: str
) -> None:
    first = joint.meeting.text("organisation")
    alone(council, first, "2026-10-10")
    alone(council, second, "2026-10-20")
    again = alone(council, first)
    again.meeting.put("other_organisation", second)
    assert [one.title for one in items_left_open(council, again)] == [f"Арық ({second[:4]})"], "that stood last"
    assert [one.text for one in reopen_sheet(council, again, WORDS).tasks] == ["Тазалау"], "of two bodies, once"
    again.meeting.parts[:] = [one for one in again.meeting.parts if one.kind != "agenda_item"]
    item = again.meeting.add(items_left_open(council, again)[0].as_part())
    item.put("title", "Су жолы")
    item.put("heard", "Айтылды.")
    held(council, again, "2026-11-10")
    for body in (first, second):
        councils.work_for(council, parse_uid(body))
        assert left(council) == ["Су жолы"], "not the item beside which it stood before"
    records.revise(council, task_of(joint), {"state": "done"})
    assert left(council) == []


def test_a_joint_sitting_closes_a_matter_for_good_in_both_bodies(
    council: AppContext, joint: Sheet, second: str
) -> None:
    first = joint.meeting.text("organisation")
    alone(council, first, "2026-10-10")
    alone(council, second, "2026-10-20")
    again = alone(council, first)
    again.meeting.put("other_organisation", second)
    again.meeting.put("not_carried", [one.uid for one in items_left_open(council, again)])
    again.meeting.parts[:] = [one for one in again.meeting.parts if one.kind != "agenda_item"]
    again.meeting.add(Part("agenda_item", {"title": "Есеп", "heard": "Тыңдалды."}))
    held(council, again, "2026-11-10")
    for body in (first, second):
        councils.work_for(council, parse_uid(body))
        assert left(council) == []


def test_what_one_body_left_open_alone_is_not_offered_to_the_other(
    council: AppContext, joint: Sheet, second: str
) -> None:
    sheet = alone(council, second)
    sheet.meeting.add(Part("agenda_item", {"title": "Көктем той"}))
    held(council, sheet, "2026-10-10")
    assert carry_over.left_open(council)[-1].title == "Көктем той"
    councils.work_for(council, parse_uid(joint.meeting.text("organisation")))
    assert left(council) == ["Мектеп", "Арық"]
