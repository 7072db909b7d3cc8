"""Similar incidents are offered by place, day and words; a meeting about one is one deed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import history, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.incident_meetings import meeting_about
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.meeting_sheets import open_sheet
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.similar_incidents import MOST, similar_incidents
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., Recorded]
WORDS = Catalog.load("ru")
KNOWN = {
    "happened": "2026-11-20",
    "settlement": "Масаншы",
    "origin_type": "09",
    "what_happened": "Су бөлу туралы дау: жоғарғы арық жабылып қалған.",
}


def found(ctx: AppContext, own: str = "", **typed: object) -> list[str]:
    return [one.uid for one in similar_incidents(ctx, typed, WORDS, own)]  # type: ignore[arg-type]


def test_the_same_village_near_in_time_with_shared_words_is_offered(council: AppContext, add: Add) -> None:
    known = uid_text(add("incident", **KNOWN).uid)
    assert found(council, happened="2026-11-21", settlement="масаншы", what_happened="Арықтың суы жетпейді") == [
        known
    ]
    (one,) = similar_incidents(council, {"happened": "2026-11-21", "settlement": "Масаншы"}, WORDS)
    assert one.title.startswith("2026/1 ")
    assert "Масаншы" in one.about
    assert one.text.startswith("Су бөлу")


def test_half_a_form_and_broken_dates_are_enough(council: AppContext, add: Add) -> None:
    known = uid_text(add("incident", **KNOWN | {"happened": "2026-11"}).uid)
    assert found(council, settlement="Масаншы", happened="20.13.", origin_type="09", time="25:99") in (
        [],
        [known],
    )
    assert found(council) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"happened": "2026-08-01", "settlement": "Масаншы", "what_happened": "Су бөлу туралы дау"},
        {"happened": "2026-11-20", "settlement": "Сортөбе", "what_happened": "Дүкендегі ұрыс"},
    ],
    ids=["long ago", "another village"],
)
def test_what_is_not_alike_is_not_offered(council: AppContext, add: Add, typed: dict[str, object]) -> None:
    add("incident", **KNOWN)
    assert found(council, **typed) == []


def test_not_itself_not_the_trash_and_not_too_many(council: AppContext, add: Add) -> None:
    uids = [uid_text(add("incident", **KNOWN).uid) for _number in range(MOST + 2)]
    assert len(found(council, **KNOWN)) == MOST
    assert uids[-1] not in found(council, own=uids[-1], **KNOWN)
    for one in uids:
        records.withdraw(council, parse_uid(one), "қате")
    assert found(council, **KNOWN) == []


@pytest.mark.parametrize(("kind", "offered"), [("village", True), ("district", False)])
def test_a_village_chosen_from_the_list_is_as_exact_as_one_in_words(
    council: AppContext, add: Add, kind: str, offered: bool
) -> None:
    place = uid_text(add("place", name_kk="Мысалбұлақ", place_kind=kind).uid)
    told = {"place": place, "origin_type": "09", "what_happened": "Су бөлу туралы дау"}
    known = uid_text(add("incident", happened="2026-11-20", **told).uid)
    typed = {"happened": "2026-11-21", "place": place, "origin_type": "09"}
    assert found(council, **typed) == ([known] if offered else [])
    assert found(council, **typed | {"place": "не место"}) == []


def test_the_same_telephone_in_the_same_week(council: AppContext, add: Add) -> None:
    known = uid_text(add("incident", **KNOWN | {"phone": "8 701 123 45 67", "happened": "2026-11-19"}).uid)
    assert found(council, happened="2026-11-21", phone="701 123 45 67") == [known]


def test_a_meeting_about_an_incident_links_it_and_is_undone_as_one(council: AppContext, add: Add) -> None:
    incident = uid_text(add("incident", **KNOWN).uid)
    meeting = meeting_about(council, incident, WORDS).value
    sheet = open_sheet(council, parse_uid(meeting), WORDS).sheet
    assert sheet.meeting.values["incidents"] == [incident]
    (item,) = sheet.meeting.of("agenda_item")
    assert "2026/1" in str(item.values["title"])
    history.undo(council)
    assert records.show(council, parse_uid(meeting)).withdrawn
    assert records.show(council, parse_uid(item.uid)).withdrawn
    assert not records.show(council, parse_uid(incident)).withdrawn


def test_the_matter_is_worded_in_the_languages_of_the_minutes(council: AppContext, add: Add) -> None:
    incident = uid_text(add("incident", **KNOWN).uid)
    body = list_records(council, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid

    def matter() -> tuple[str, str]:
        meeting = meeting_about(council, incident, WORDS).value
        (item,) = open_sheet(council, parse_uid(meeting), WORDS).sheet.items[-1:]
        return item.text("title")[:8], item.text("title_second")[:11]

    assert matter() == ("Об инцид", "")
    records.revise(council, body, {"minutes_language": "kk"})
    assert matter() == ("Оқиға ту", "")
    records.revise(council, body, {"minutes_language": "kk|ru"})
    assert matter() == ("Оқиға ту", "Об инциденте"[:11])


def test_a_meeting_about_an_incident_in_the_trash_is_refused(council: AppContext, add: Add) -> None:
    incident = add("incident", **KNOWN)
    records.withdraw(council, incident.uid, "қате")
    with pytest.raises(UserError) as refused:
        meeting_about(council, uid_text(incident.uid), WORDS)
    assert refused.value.code == "record.withdrawn"
