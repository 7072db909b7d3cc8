"""A dissenting opinion names the decision that the person does not share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import meeting_saving, meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import gather_minutes
from ethnomed_desktop.app.meeting_registers import RegisterQuestion, register_item, register_numbers, register_rows
from ethnomed_desktop.app.meeting_sheets import new_sheet, open_sheet, preview_minutes
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., records.Recorded]
WORDS = Catalog.load("ru")


@pytest.fixture
def sheet(council: AppContext) -> Sheet:
    """An item with two decisions, and a dissenting opinion on the second; nothing of it is saved."""
    made = new_sheet(council, WORDS).sheet
    made.meeting.values.update(chair_words="А. Төраға", secretary_words="Б. Хатшы")
    made.meeting.add(Part("attendance", {"words": "Мүше", "capacity": "member"}))
    item = made.meeting.add(Part("agenda_item", {"title": "Ағын су кезегі"}))
    speech = item.add(Part("speech", {"words": "Ы. Исмаилов", "speech_kind": "dissent", "text": "Бұлай болмайды."}))
    item.add(Part("decision", {"text": "Арық тазалансын."}))
    second = item.add(Part("decision", {"text": "Кесте бекітілсін."}))
    speech.put("decision", second.named())
    return made


def save(ctx: AppContext, sheet: Sheet) -> bytes:
    saved = meeting_saving.save_sheet(ctx, sheet, "алынды").value
    for part, (uid, revision) in zip(sheet.meeting.walk(), saved.stamps, strict=True):
        part.uid, part.revision = uid, revision
    return parse_uid(saved.meeting)


def about(ctx: AppContext, uid: bytes) -> int:
    (speech,) = gather_minutes(ctx, uid).agenda[0].speeches
    return speech.about


def test_decision_and_opinion_are_saved_together(council: AppContext, sheet: Sheet) -> None:
    uid = save(council, sheet)
    item = open_sheet(council, uid, WORDS).sheet.items[0]
    assert item.of("speech")[0].text("decision") == item.of("decision")[1].uid
    assert about(council, uid) == 2
    assert meeting_saving.save_sheet(council, sheet, "").changes.touched == frozenset()


def test_what_is_not_saved_prints_it_too(council: AppContext, sheet: Sheet) -> None:
    again = Sheet.from_json(sheet.to_json())
    data = preview_minutes(council, again)
    assert data is not None
    assert data.agenda[0].speeches[0].about == 2


def test_the_opinion_follows_its_decision_when_the_order_changes(council: AppContext, sheet: Sheet) -> None:
    uid = save(council, sheet)
    item = sheet.items[0]
    item.move(item.of("decision")[1], -1)
    save(council, sheet)
    assert about(council, uid) == 1


def test_an_opinion_on_a_decision_taken_out_is_on_none(council: AppContext, sheet: Sheet) -> None:
    uid = save(council, sheet)
    item = sheet.items[0]
    sheet.remove(item.of("decision")[1], item)
    save(council, sheet)
    assert about(council, uid) == 0
    assert not open_sheet(council, uid, WORDS).sheet.items[0].of("speech")[0].text("decision")


def test_an_opinion_waits_for_a_decision_that_has_no_words_yet(council: AppContext, sheet: Sheet) -> None:
    empty = sheet.items[0].add(Part("decision"))
    sheet.items[0].of("speech")[0].put("decision", empty.named())
    uid = save(council, sheet)
    assert about(council, uid) == 0
    empty.put("text", "Ереже қабылдансын.")
    save(council, sheet)
    assert about(council, uid) == 3


def test_a_correction_leads_to_its_own_decision(council: AppContext, sheet: Sheet) -> None:
    uid = save(council, sheet)
    meetings.finish_meeting(council, uid)
    second = meetings.correct_meeting(council, uid, "Сөзі қате").value
    item = open_sheet(council, second, WORDS).sheet.items[0]
    assert item.of("speech")[0].text("decision") == item.of("decision")[1].uid
    assert about(council, second) == 2


def test_the_register_names_the_decision(council: AppContext, sheet: Sheet) -> None:
    save(council, sheet)
    (found,) = register_rows(council, register_numbers(council, RegisterQuestion("dissent")), WORDS)
    assert found.decision == "1.2"
    assert register_item(found, WORDS) == "1. Ағын су кезегі · по решению 1.2"


def test_a_decision_of_another_item_is_refused(council: AppContext, add: Add) -> None:
    meeting = uid_text(add("meeting", starts="2026-11-20T10:00").uid)
    first, other = (
        uid_text(add("agenda_item", meeting=meeting, title=f"{place}-мәселе", position=place).uid)
        for place in (1, 2)
    )
    decision = uid_text(add("decision", agenda_item=first, text="Шешім", position=1).uid)
    said = {"words": "Қонақ", "speech_kind": "dissent", "text": "Қарсымын.", "decision": decision}
    with pytest.raises(UserError) as caught:
        add("speech", agenda_item=other, **said)
    assert caught.value.code == "meeting.decision_elsewhere"
    speech = add("speech", agenda_item=first, **said)
    with pytest.raises(UserError):
        records.revise(council, speech.uid, {"agenda_item": other})
