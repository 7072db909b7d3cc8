"""Numbers of minutes: those on paper stay, the series goes on, joint sittings have two, doubles are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ethnomed_desktop.app import meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.meetings import number_problems

Add = Callable[..., records.Recorded]


@pytest.fixture
def body(council: AppContext) -> str:
    return uid_text(list_records(council, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid)


@pytest.fixture
def held(council: AppContext, add: Add, body: str) -> Callable[..., bytes]:
    """Record a meeting that only lacks its number."""

    def make(starts: str = "2026-11-20T10:00", **values: object) -> bytes:
        uid = add("meeting", organisation=body, starts=starts, chair_words="Ә", secretary_words="Б", **values).uid
        add("attendance", meeting=uid_text(uid), words="Мүше", capacity="member")
        add("agenda_item", meeting=uid_text(uid), title="Су", position=1)
        return bytes(uid)

    return make


def number(council: AppContext, uid: bytes) -> str:
    return meetings.finish_meeting(council, uid).value.number


def codes(council: AppContext, uid: bytes) -> list[str]:
    return [one.code for one in meetings.check_meeting(council, uid)[1]]


def test_the_number_on_the_paper_is_kept_and_the_series_does_not_jump(
    council: AppContext, held: Callable[..., bytes]
) -> None:
    assert number(council, held()) == "1"
    assert number(council, held(paper_number="57")) == "57"
    assert number(council, held()) == "2"


def test_the_series_steps_over_a_number_that_stands_on_paper(
    council: AppContext, held: Callable[..., bytes]
) -> None:
    assert number(council, held(paper_number="1")) == "1"
    assert number(council, held(paper_number="2")) == "2"
    assert number(council, held()) == "3"


@pytest.mark.parametrize("typed", ["№ 14", "№14", " No 14", "No.14", "# 14", "№\u00a014"])
def test_the_sign_before_a_number_on_paper_is_no_part_of_it(
    council: AppContext, held: Callable[..., bytes], typed: str
) -> None:
    assert number(council, held(paper_number=typed)) == "14"
    assert "meeting.number_double" in codes(council, held(paper_number="14"))


def test_a_number_that_begins_with_letters_is_left_alone(council: AppContext, held: Callable[..., bytes]) -> None:
    assert number(council, held(paper_number="NO-3")) == "NO-3"
    assert number(council, held(paper_number="Н-14/а")) == "Н-14/а"


def test_minutes_of_an_earlier_year_have_their_own_series(council: AppContext, held: Callable[..., bytes]) -> None:
    assert number(council, held()) == "1"
    old = held("2019-03-05T10:00")
    assert "meeting.earlier_year" in codes(council, old)
    paper = held("2019-04-05T10:00", paper_number="14/а")
    assert "meeting.earlier_year" not in codes(council, paper)
    assert number(council, paper) == "14/а"
    assert number(council, old) == "1"
    assert records.show(council, paper).values["year"] == 2019
    assert number(council, held()) == "2"


def test_a_double_number_is_shown_and_not_refused(council: AppContext, held: Callable[..., bytes]) -> None:
    number(council, held(paper_number="7"))
    second = held(paper_number="7")
    assert "meeting.number_double" in codes(council, second)
    finished = meetings.finish_meeting(council, second).value
    assert finished.number == "7"
    assert "meeting.number_double" in [one.code for one in finished.warnings]


def test_the_same_number_of_another_year_is_no_double(council: AppContext, held: Callable[..., bytes]) -> None:
    number(council, held(paper_number="7"))
    assert "meeting.number_double" not in codes(council, held("2025-05-01T10:00", paper_number="7"))


def test_a_joint_sitting_takes_numbers_of_both_own_bodies(
    council: AppContext, add: Add, held: Callable[..., bytes]
) -> None:
    other = uid_text(add("organisation", body_kind="council_of_mothers", name_kk="Аналар кеңесі", is_ours=True).uid)
    number(council, held())
    joint = held(other_organisation=other)
    assert number(council, joint) == "2"
    assert records.show(council, joint).values["other_number"] == "1"


def test_a_body_elsewhere_gives_its_number_by_hand(
    council: AppContext, add: Add, held: Callable[..., bytes]
) -> None:
    other = uid_text(add("organisation", body_kind="akimat", name_kk="Әкімдік").uid)
    joint = held(other_organisation=other, other_number="03-11", paper_number="5")
    assert codes(council, joint).count("meeting.other_number_missing") == 0
    number(council, joint)
    assert records.show(council, joint).values["other_number"] == "03-11"
    assert "meeting.other_number_missing" in codes(council, held(other_organisation=other, paper_number="6"))


def test_a_series_of_another_computer_is_refused_but_not_the_number_on_paper(
    council: AppContext, add: Add, body: str, held: Callable[..., bytes]
) -> None:
    add("number_series", organisation=body, series_kind="minutes", year=2026, last=4, holder="ab" * 16)
    meeting = held()
    with pytest.raises(NotAllowed) as caught:
        meetings.finish_meeting(council, meeting)
    assert caught.value.code == "number.held_elsewhere"
    assert records.show(council, meeting).values["state"] == "draft"
    assert number(council, held(paper_number="5")) == "5"


def test_a_correction_keeps_the_number_on_the_paper(council: AppContext, held: Callable[..., bytes]) -> None:
    first = held(paper_number="57")
    number(council, first)
    second = meetings.correct_meeting(council, first, "Аты қате").value
    assert codes(council, second).count("meeting.number_double") == 0
    assert number(council, second) == "57"


def test_a_number_typed_into_a_correction_is_said_to_be_left_out(
    council: AppContext, held: Callable[..., bytes]
) -> None:
    first = held(paper_number="№ 57")
    number(council, first)
    second = meetings.correct_meeting(council, first, "Нөмірі қате").value
    assert "meeting.number_is_kept" not in codes(council, second)
    kept_with_its_sign = {"corrects": uid_text(first), "number": "№ 57", "paper_number": "№ 57"}
    assert not number_problems({**kept_with_its_sign, "starts": "2026-11-20T10:00+05:00"}, date(2026, 11, 21))
    records.revise(council, second, {"paper_number": "75"})
    assert "meeting.number_is_kept" in codes(council, second)
    assert number(council, second) == "57"


def test_a_correction_brings_the_number_that_the_second_body_gave_later(
    council: AppContext, add: Add, held: Callable[..., bytes]
) -> None:
    other = uid_text(add("organisation", body_kind="akimat", name_kk="Әкімдік").uid)
    first = held(other_organisation=other)
    number(council, first)
    second = meetings.correct_meeting(council, first, "Әкімдіктің нөмірі белгілі болды").value
    records.revise(council, second, {"other_number": "03-11"})
    assert number(council, second) == "1"
    assert records.show(council, second).values["other_number"] == "03-11"


def test_a_correction_keeps_the_number_that_our_second_body_was_given(
    council: AppContext, add: Add, held: Callable[..., bytes]
) -> None:
    other = uid_text(add("organisation", body_kind="council_of_mothers", name_kk="Аналар кеңесі", is_ours=True).uid)
    first = held(other_organisation=other)
    number(council, first)
    second = meetings.correct_meeting(council, first, "Аты қате").value
    records.revise(council, second, {"other_number": "9"})
    number(council, second)
    assert records.show(council, second).values["other_number"] == "1"


def test_a_correction_that_names_our_second_body_gives_it_its_number(
    council: AppContext, add: Add, held: Callable[..., bytes]
) -> None:
    other = uid_text(add("organisation", body_kind="council_of_mothers", name_kk="Аналар кеңесі", is_ours=True).uid)
    first = held()
    number(council, first)
    second = meetings.correct_meeting(council, first, "Отырыс бірлескен еді").value
    records.revise(council, second, {"other_organisation": other})
    number(council, second)
    assert records.show(council, second).values["other_number"] == "1"


def test_no_body_sits_jointly_with_itself(council: AppContext, body: str, held: Callable[..., bytes]) -> None:
    with pytest.raises(UserError) as caught:
        held(other_organisation=body)
    assert (caught.value.code, caught.value.field) == ("meeting.same_body_twice", "other_organisation")
