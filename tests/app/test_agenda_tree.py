"""Items that are part of others: numbered 2.1, moved with the agenda, printed, corrected."""

from __future__ import annotations

import pytest

from ethnomed_desktop.app import meeting_saving, meetings
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import gather_minutes
from ethnomed_desktop.app.meeting_registers import RegisterQuestion, register_item, register_numbers, register_rows
from ethnomed_desktop.app.meeting_sheets import new_sheet, open_sheet, preview_minutes
from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet, item_labels
from ethnomed_desktop.i18n.catalogs import Catalog

WORDS = Catalog.load("ru")


@pytest.fixture
def sheet(council: AppContext) -> Sheet:
    """Four items, of which the third and the fourth are part of the second."""
    made = new_sheet(council, WORDS).sheet
    made.meeting.values.update(chair_words="А. Төраға", secretary_words="Б. Хатшы")
    made.meeting.add(Part("attendance", {"words": "Мүше", "capacity": "member"}))
    for title in ("Ашылуы", "Су", "Кесте", "Арық"):
        made.meeting.add(Part("agenda_item", {"title": title}))
    made.items[2].add(Part("decision", {"text": "Бекітілсін."}))
    made.put_under(made.items[2], True)
    made.put_under(made.items[3], True)
    return made


def save(ctx: AppContext, sheet: Sheet) -> bytes:
    saved = meeting_saving.save_sheet(ctx, sheet, "алынды").value
    for part, (uid, revision) in zip(sheet.meeting.walk(), saved.stamps, strict=True):
        part.uid, part.revision = uid, revision
    return parse_uid(saved.meeting)


def test_numbers_of_items_and_of_their_parts() -> None:
    assert item_labels([{}, {}, {"parent_item": "x"}, {"parent_item": "x"}, {}]) == ["1", "2", "2.1", "2.2", "3"]
    assert item_labels([{"parent_item": "x"}, {}]) == ["1", "2"], "the first is never a part"


def test_the_tree_is_saved_and_comes_back(council: AppContext, sheet: Sheet) -> None:
    uid = save(council, sheet)
    again = open_sheet(council, uid, WORDS).sheet
    assert again.labels() == ["1", "2", "2.1", "2.2"]
    assert again.items[2].text("parent_item") == again.items[1].uid
    assert meeting_saving.save_sheet(council, again, "").changes.touched == frozenset()


def test_parts_follow_the_item_above_when_the_order_changes(council: AppContext, sheet: Sheet) -> None:
    sheet.meeting.move(sheet.items[1], -1)
    sheet.settle_tree()
    assert [one.text("title") for one in sheet.items] == ["Су", "Ашылуы", "Кесте", "Арық"]
    assert sheet.labels() == ["1", "2", "2.1", "2.2"]
    assert sheet.items[2].text("parent_item") == sheet.items[1].named()
    sheet.remove(sheet.items[0])
    sheet.remove(sheet.items[0])
    sheet.settle_tree()
    assert sheet.labels() == ["1", "1.1"]


def test_the_minutes_print_the_numbers_of_the_tree(council: AppContext, sheet: Sheet) -> None:
    preview = preview_minutes(council, Sheet.from_json(sheet.to_json()))
    assert preview is not None
    assert [one.label for one in preview.agenda] == ["1", "2", "2.1", "2.2"]
    text = pages.flowing_text(minutes_pdf(gather_minutes(council, save(council, sheet)), ("ru",)))
    assert "2.1. Кесте" in text.replace("\u00a0", " ")
    assert "2.1. СЛУШАЛИ:" in text.replace("\u00a0", " ")
    assert "2.1.1. Бекітілсін." in text.replace("\u00a0", " ")


def test_a_correction_and_the_register_keep_the_numbers(council: AppContext, sheet: Sheet) -> None:
    said = {"words": "Қонақ", "speech_kind": "dissent", "text": "Қарсымын."}
    decision = sheet.items[2].of("decision")[0]
    sheet.items[2].add(Part("speech", {**said, "decision": decision.named()}))
    uid = save(council, sheet)
    (found,) = register_rows(council, register_numbers(council, RegisterQuestion("dissent")), WORDS)
    assert register_item(found, WORDS) == "2.1. Кесте · по решению 2.1.1"
    meetings.finish_meeting(council, uid)
    second = meetings.correct_meeting(council, uid, "Қате").value
    again = open_sheet(council, second, WORDS).sheet
    assert again.labels() == ["1", "2", "2.1", "2.2"]
    assert again.items[3].text("parent_item") == again.items[1].uid
