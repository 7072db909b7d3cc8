"""Words in the second language are typed where the first ones stand, and printed beside them."""

from __future__ import annotations

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.meeting_sheets import preview_minutes
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type


def words(room: Room, work: MeetingWorkspace) -> str:
    sheet = work.sheet.copy()
    data = room.ask(lambda ctx: preview_minutes(ctx, sheet))
    printed = documents.lay_out(data, documents.Order("kk|ru"), room.ctx)
    return " ".join(" ".join(documents.page_texts(printed)).split())


def test_an_item_takes_its_second_language(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    editor = written.minutes.editor
    assert editor is not None
    assert not editor.second.is_open()
    editor.second.button.click()
    item, decision = editor.second.forms
    type_text(item.boxes["title_second"].editor, "Очередь на воду")
    type_text(decision.boxes["text_second"].editor, "Утвердить график.")
    text = words(room, written)
    assert "Ағын су кезегі Очередь на воду" in text
    assert "1.1. Кесте бекітілсін. 1.1. Утвердить график." in text


def test_what_was_decided_meanwhile_is_there_when_it_is_opened_again(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = written.minutes.editor
    assert editor is not None
    editor.second.button.click()
    assert len(editor.second.forms) == 2
    block = editor.add_decision()
    type_text(block.form.boxes["text"].editor, "Жиында түсіндірілсін.")
    editor.second.button.click()
    editor.second.button.click()
    assert len(editor.second.forms) == 3


def test_annexes_are_typed_with_their_pages(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    tab = written.meeting
    tab.more.button.click()
    type_text(tab.more_form.boxes["annexes"].editor, "Су кестесі; 2")
    assert "1-қосымша. Су кестесі (2 бет)" in words(room, written)
