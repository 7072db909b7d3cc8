"""The first meeting of a body asks for nothing that its own records say already."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.meeting_saving import save_sheet
from ethnomed_desktop.app.meeting_sheets import new_sheet, open_sheet
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., records.Recorded]
WORDS = Catalog.load("kk")


@pytest.fixture
def body(council: AppContext) -> str:
    return uid_text(list_records(council, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid)


@pytest.fixture
def serve(add: Add, body: str) -> Callable[..., str]:
    def made(surname: str, role: str, **values: object) -> str:
        person = uid_text(add("person", surname=surname).uid)
        add("membership", person=person, organisation=body, role=role, **values)
        return person

    return made


def test_chair_secretary_and_place_come_from_the_body(
    council: AppContext, serve: Callable[..., str], body: str
) -> None:
    chair, secretary = serve("Асқаров", "chair"), serve("Сейтова", "secretary")
    serve("Ескі", "chair", to_on="2020-01-01")
    meeting = new_sheet(council, WORDS).sheet.meeting
    assert (meeting.text("chair"), meeting.text("secretary")) == (chair, secretary)
    place = records.show(council, parse_uid(body)).values.get("place")
    assert meeting.values.get("place") == place


def test_two_in_one_office_are_left_to_be_chosen(council: AppContext, serve: Callable[..., str]) -> None:
    for surname in ("Асқаров", "Исмаилов"):
        serve(surname, "secretary")
    assert new_sheet(council, WORDS).sheet.meeting.text("secretary") == ""


def test_what_the_last_meeting_says_goes_before_and_a_stored_one_stays_as_it_is(
    council: AppContext, serve: Callable[..., str]
) -> None:
    serve("Асқаров", "chair")
    sheet = new_sheet(council, WORDS).sheet
    sheet.meeting.put("chair", None)
    sheet.meeting.put("chair_words", "Б. Төраға")
    uid = save_sheet(council, sheet, "").value.meeting
    assert open_sheet(council, parse_uid(uid), WORDS).sheet.meeting.text("chair") == ""
    following = new_sheet(council, WORDS).sheet.meeting
    assert (following.text("chair"), following.text("chair_words")) == ("", "Б. Төраға")
