"""What the minutes print is the same before and after saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ethnomed_desktop.app import meeting_saving
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import Order, gather_minutes, lay_out, read_back
from ethnomed_desktop.app.meeting_sheets import new_sheet, preview_minutes
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.documents.minutes_data import Annex, MinutesData
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., Recorded]


@pytest.fixture
def sheet(council: AppContext, add: Add) -> Sheet:
    speaker = uid_text(add("person", surname="Исмаилов", given_name="Ахмет", post="мұрап").uid)
    made = new_sheet(council, Catalog.load("kk")).sheet
    made.meeting.add(Part("attendance", {"person": speaker, "capacity": "member"}))
    made.meeting.add(Part("attendance", {"words": "Н. Қонақов, қонақ", "capacity": "invited"}))
    item = made.meeting.add(Part("agenda_item", {"title": "Су", "reporter": speaker, "heard": "Баяндады."}))
    item.add(Part("speech", {"words": "Тұрғын", "text": "Қолдаймын.", "speech_kind": "spoke"}))
    decision = item.add(Part("decision", {"text": "Бекітілсін.", "votes_for": "1", "responsible": speaker}))
    decision.add(Part("task", {"text": "Ілу", "assignee": speaker, "due": "2026-12-05"}))
    return made


def without_code(data: MinutesData) -> MinutesData:
    """Return what a preview can know: a record that is not saved has no code yet."""
    assert data.code
    return replace(data, code="")


def test_the_preview_prints_what_is_saved_later(council: AppContext, sheet: Sheet) -> None:
    before = preview_minutes(council, sheet)
    saved = meeting_saving.save_sheet(council, sheet, "").value
    assert without_code(gather_minutes(council, parse_uid(saved.meeting))) == before


def test_people_are_named_with_their_post(council: AppContext, sheet: Sheet) -> None:
    data = preview_minutes(council, sheet)
    assert data is not None
    assert (data.present[0].name, data.present[0].post) == ("Исмаилов Ахмет", "мұрап")
    assert data.invited[0].name == "Н. Қонақов, қонақ"
    speaker = data.agenda[0].speeches[0].speaker
    assert speaker is not None
    assert speaker.name == "Тұрғын"


def test_half_a_date_is_left_out_and_nothing_fails(council: AppContext, sheet: Sheet) -> None:
    whole = preview_minutes(council, sheet)
    assert whole is not None
    sheet.items[0].of("decision")[0].put("due", "05.1")
    assert preview_minutes(council, sheet) == whole
    sheet.meeting.put("starts", "21.1")
    assert preview_minutes(council, sheet) is None


def test_a_decision_without_text_is_not_printed(council: AppContext, sheet: Sheet) -> None:
    whole = preview_minutes(council, sheet)
    assert whole is not None
    sheet.items[0].add(Part("decision", {"votes_for": "3"}))
    assert preview_minutes(council, sheet) == whole


def test_a_speech_of_fifty_thousand_letters_is_printed_whole(council: AppContext, sheet: Sheet) -> None:
    text = "Сөз. " * 10_000
    sheet.items[0].of("speech")[0].put("text", text)
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.agenda[0].speeches[0].text == text.strip()


def test_minutes_of_a_draft_say_so(council: AppContext, sheet: Sheet) -> None:
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.draft
    sheet.fixed["state"] = "numbered"
    assert preview_minutes(council, sheet) == replace(data, draft=False)


def test_the_second_language_is_taken_where_it_was_written(council: AppContext, sheet: Sheet) -> None:
    item = sheet.items[0]
    item.put("title", "Ағын су кезегі туралы")
    item.put("title_second", "Об очереди на поливную воду")
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.second is not None
    assert (data.content_language, data.second.content_language, data.second.partly) == ("kk", "ru", True)
    assert data.second.agenda[0].title == "Об очереди на поливную воду"
    assert data.second.agenda[0].heard == "Баяндады."
    assert data.agenda[0].title == "Ағын су кезегі туралы"
    assert (data.agenda[0].partly, data.second.agenda[0].partly) == (False, True), "what was heard is missing"
    assert (data.heading_partly, data.second.heading_partly) == (False, bool(data.heading))


def test_the_second_language_of_russian_minutes_is_kazakh(council: AppContext, sheet: Sheet) -> None:
    sheet.meeting.put("content_language", "ru")
    for name, text in (("heading", "О воде"), ("heading_second", "Су туралы")):
        sheet.meeting.put(name, text)
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.second is not None
    assert (data.second.content_language, data.second.heading) == ("kk", "Су туралы")


def test_without_a_word_in_a_second_language_there_is_no_second_text(council: AppContext, sheet: Sheet) -> None:
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.second is None


def test_recusals_and_what_became_of_proposals_are_handed_to_the_printing(
    council: AppContext, sheet: Sheet
) -> None:
    item = sheet.items[0]
    speaker = sheet.attendance[-2].text("person")
    item.put("recused", [speaker])
    body = sheet.meeting.text("organisation")
    item.add(
        Part(
            "speech",
            {
                **{"words": "Тұрғын", "text": "Тазалау керек.", "speech_kind": "proposal"},
                **{"addressee_body": body, "proposal_outcome": "passed_on"},
            },
        )
    )
    data = preview_minutes(council, sheet)
    assert data is not None
    assert [one.name for one in data.agenda[0].recused] == ["Исмаилов Ахмет"]
    proposal = data.agenda[0].speeches[-1]
    assert proposal.outcome == "passed_on"
    assert proposal.addressee is not None
    saved = meeting_saving.save_sheet(council, sheet, "").value
    assert without_code(gather_minutes(council, parse_uid(saved.meeting))) == data


def test_annexes_are_numbered_with_their_pages(council: AppContext, sheet: Sheet) -> None:
    sheet.meeting.put("annexes", "Су кестесі; 2\n\nКелісім; көшірме\nСурет ;")
    sheet.meeting.put("annexes_second", "График полива; 2")
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.annexes == (Annex("Су кестесі", 2), Annex("Келісім; көшірме"), Annex("Сурет ;"))
    assert data.second is not None
    assert data.second.annexes == (Annex("График полива", 2), *data.annexes[1:])


def test_parts_that_stand_in_the_second_language_only_do_not_stop_the_printing(
    council: AppContext, sheet: Sheet
) -> None:
    values = {"outcome_second": "Итог", "heading_second": "О воде", "annexes": "Кесте", "annexes_second": "А\nБ\nВ"}
    for name, text in values.items():
        sheet.meeting.put(name, text)
    data = preview_minutes(council, sheet)
    assert data is not None
    assert data.second is not None
    assert (data.outcome, data.second.outcome, data.partly) == ("Итог", "Итог", True)
    assert [len(one.annexes) for one in (data, data.second)] == [3, 3]
    printed = lay_out(data, Order("kk|ru"), council)
    assert "Итог" in read_back(printed.pdf)
