"""While minutes get their number nothing can be typed: it would go with the draft of a closed meeting."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from ethnomed_desktop.app import meetings
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.ui.meetings import workspace as workspace_module
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room


@pytest.fixture(autouse=True)
def agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_module, "ask", lambda *_given, **_words: True)


def test_the_workspace_takes_no_typing_until_the_number_is_given(written: MeetingWorkspace, room: Room) -> None:
    editor = written.minutes.editor
    assert editor is not None
    heard = editor.form.boxes["heard"].editor
    written.finish()
    assert not written.isEnabled()
    QTest.keyClick(heard, "x")
    assert written.sheet.items[0].text("heard") == ""
    room.settle()
    assert room.page.currentWidget() is room.page.closed
    assert written.isEnabled()


def test_where_the_number_is_refused_one_goes_on_typing(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_ctx: Any, _uid: bytes) -> Any:
        raise UserError("meeting.future")

    monkeypatch.setattr(meetings, "finish_meeting", refuse)
    editor = written.minutes.editor
    assert editor is not None
    written.show_tab("minutes")
    heard = editor.form.boxes["heard"].editor
    heard.setFocus()
    written.finish()
    room.settle()
    assert written.isEnabled()
    assert room.page.currentWidget() is written
    assert written.window().focusWidget() is written.summary  # it says why, and leads to the place
