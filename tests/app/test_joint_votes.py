"""Votes of a joint sitting: in common, or of each body apart, which both must adopt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import meetings
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import new_sheet, open_sheet, warnings_of
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.joint_sittings import body_votes_problem, votes_apart
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.app.test_joint_sittings import WORDS, bodies, codes, come, printed, save, sheet

__all__ = ["bodies", "sheet"]


@pytest.fixture
def apart(sheet: Sheet) -> Part:
    """The decision of a sitting at which each body votes apart: four elders and three mothers, one in both."""
    come(sheet, 0, 1, 2, 4, 5, 6)
    sheet.meeting.put("joint_votes", "each")
    decision = sheet.items[0].of("decision")[0]
    decision.values.update(votes_for=4, votes_against=0, votes_abstained=0)
    decision.values.update(other_votes_for=2, other_votes_against=1)
    return decision


def doubt(ctx: AppContext, sheet: Sheet, field: str) -> Any:
    return next((one.error for one in warnings_of(sheet, today(ctx.clock)) if one.error.field == field), None)


def test_votes_of_each_body_are_held_against_its_own_members(
    council: AppContext, sheet: Sheet, apart: Part
) -> None:
    assert codes(council, sheet) == [], "who serves in both bodies votes in both"
    apart.put("other_votes_for", 3)
    found = doubt(council, sheet, "other_votes_for")
    assert (found.code, found.facts) == (
        "meeting.body_votes_do_not_add_up",
        {"votes": 4, "present": 3, "body": 2},
    )
    apart.values.update(votes_for=3, other_votes_for=2)
    assert doubt(council, sheet, "votes_for").facts == {"votes": 3, "present": 4, "body": 1}


def test_both_bodies_must_adopt_a_decision(council: AppContext, sheet: Sheet, apart: Part) -> None:
    apart.values.update(other_votes_for=1, other_votes_against=2)
    found = doubt(council, sheet, "other_votes_for")
    assert (found.code, found.facts["body"]) == ("meeting.body_has_no_majority", 2)
    sheet.meeting.put("joint_votes", "common")
    apart.values.update(votes_for=6)
    assert codes(council, sheet) == [], "in common it has six of six"


def test_the_votes_of_one_body_alone_are_not_enough(council: AppContext, sheet: Sheet, apart: Part) -> None:
    for name in ("other_votes_for", "other_votes_against"):
        apart.put(name, None)
    assert doubt(council, sheet, "other_votes_for").code == "meeting.votes_of_one_body"
    apart.put("ballot_kind", "none")
    assert codes(council, sheet) == []


def test_who_withdrew_is_left_out_of_the_bodies_where_they_sit(
    council: AppContext, sheet: Sheet, apart: Part
) -> None:
    both = sheet.attendance[4].text("person")
    sheet.items[0].put("recused", [both])
    assert doubt(council, sheet, "votes_for").facts == {"votes": 4, "present": 3, "body": 1}
    apart.values.update(votes_for=3, other_votes_for=2, other_votes_against=0)
    assert "meeting.body_votes_do_not_add_up" not in codes(council, sheet)


def test_where_nobody_said_it_the_check_asks_and_counts_in_common(council: AppContext, sheet: Sheet) -> None:
    come(sheet, 0, 1, 2, 4, 5, 6)
    assert codes(council, sheet) == ["meeting.joint_votes_not_said"]
    sheet.meeting.put("joint_votes", "common")
    assert codes(council, sheet) == []
    sheet.items[0].of("decision")[0].put("votes_for", 4)
    assert codes(council, sheet) == ["meeting.votes_do_not_add_up"]


def test_without_bodies_in_the_attendance_only_the_majority_is_judged() -> None:
    meeting = {"organisation": "a", "other_organisation": "b", "joint_votes": "each"}
    assert votes_apart(meeting)
    assert not votes_apart({"organisation": "a", "joint_votes": "each"})
    listed: list[dict[str, Any]] = [{"capacity": "member", "person": "p"}]
    votes = {"votes_for": 5, "other_votes_for": 2, "other_votes_against": 2}
    found = body_votes_problem(meeting, listed, (), votes)
    assert found is not None
    assert (found.code, found.facts["body"]) == ("meeting.body_has_no_majority", 2)
    assert body_votes_problem(meeting, listed, (), {**votes, "other_votes_for": 3}) is None


@pytest.mark.parametrize(
    ("language", "way", "wanted"),
    [
        ("ru", "each", ["Каждый орган голосует отдельно", "Совет матерей. Голосовали: «за» – 2, «против» – 1"]),
        ("kk", "each", ["Әр орган бөлек дауыс береді", "Аналар кеңесі. Дауыс берілді: жақтағандар – 2"]),
        ("ru", "common", ["Голоса обоих органов подсчитываются вместе.", "Голосовали: «за» – 4"]),
    ],
)
def test_the_paper_tells_how_votes_were_counted(
    council: AppContext, sheet: Sheet, apart: Part, language: str, way: str, wanted: list[str]
) -> None:
    sheet.meeting.put("joint_votes", way)
    text = printed(council, save(council, sheet), language)
    for words in wanted:
        assert words in text
    assert ("Совет матерей. Голосовали" in text) is (way == "each" and language == "ru")


def test_the_way_is_kept_copied_and_corrected(
    council: AppContext, sheet: Sheet, apart: Part, tmp_path: Path
) -> None:
    uid = save(council, sheet)
    again = open_sheet(council, uid, WORDS).sheet
    assert again.items[0].of("decision")[0].values["other_votes_against"] == 1
    meetings.finish_meeting(council, uid)
    assert new_sheet(council, Catalog.load("kk")).sheet.meeting.values["joint_votes"] == "each"
    newer = meetings.correct_meeting(council, uid, "дауыс қате").value
    assert open_sheet(council, newer, WORDS).sheet.items[0].of("decision")[0].values["other_votes_for"] == 2
