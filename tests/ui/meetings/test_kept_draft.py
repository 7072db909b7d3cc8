"""A draft of minutes that were closed elsewhere is shown with them: nothing typed is out of reach."""

from __future__ import annotations

from ethnomed_desktop.app import drafts, meetings
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type


def test_words_typed_before_the_number_came_are_shown_and_thrown_away(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    written.save()
    room.settle()
    uid = written.uid
    editor = written.minutes.editor
    assert editor is not None
    type_text(editor.form.boxes["heard"].editor, "Кешке тағы айтылды.")
    written.leave()
    room.settle()
    room.session.tasks.write(lambda progress: meetings.finish_meeting(room.ctx, parse_uid(uid)))
    room.settle()
    (kept,) = room.ask(lambda ctx: drafts.list_drafts(ctx, "meeting"))
    room.page.open_draft(kept)
    room.settle()
    card = room.page.closed.kept
    assert room.page.currentWidget() is room.page.closed
    assert card.isVisible()
    assert "Кешке тағы айтылды." in card.text.toPlainText()
    assert "Ағын су кезегі" in card.text.toPlainText()
    for hidden in (True, False):
        appearance().names_hidden = hidden
        card.retranslate()
        assert card.text.isVisible() is not hidden
    card.throw_away.click()
    room.settle()
    assert not card.isVisible()
    assert room.ask(lambda ctx: drafts.list_drafts(ctx, "meeting")) == []
    room.page.open_record(uid)
    room.settle()
    assert not card.isVisible()
