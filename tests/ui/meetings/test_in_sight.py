"""What is asked for is seen: new blocks scroll into sight, columns fold where the text is large."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.meetings.attendance_table import REASON, REMOTE, SITS_FOR
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room


@pytest.fixture
def large(room: Room, qapp: DesktopApplication) -> Room:
    """The section at 200 % in the window of a small screen."""
    qapp.use_window_height(740)
    qapp.use_text_size(200)
    room.page.resize(1240, 560)
    room.settle()
    return room


@pytest.mark.parametrize("button", ["add_speech_button", "add_decision_button", "add_dissent_button"])
def test_what_a_button_adds_comes_into_sight(large: Room, written: MeetingWorkspace, button: str) -> None:
    editor = written.minutes.editor
    assert editor is not None
    written.minutes.area.verticalScrollBar().setValue(0)
    QTest.mouseClick(getattr(editor, button), Qt.MouseButton.LeftButton)
    large.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert editor.isAncestorOf(focus)
    assert not focus.visibleRegion().isEmpty()


def test_a_finding_leads_to_a_field_that_is_seen(large: Room, written: MeetingWorkspace) -> None:
    written.show_tab("meeting")
    written.go_to_place("meeting", 0, "other_number")
    large.settle()
    box = written.meeting.joint_form.boxes["other_number"]
    assert written.meeting.joint.is_open()
    assert not box.editor.visibleRegion().isEmpty()


def test_a_narrow_list_at_the_door_keeps_the_names(large: Room, written: MeetingWorkspace) -> None:
    written.show_tab("attendance")
    table = written.attendance.table
    large.settle()
    assert table.isColumnHidden(REMOTE)
    assert table.isColumnHidden(REASON)
    assert table.isColumnHidden(SITS_FOR)
    written.attendance.toggle_remote(0)
    assert table.people.data(table.people.index(0, 0)) == "Қашықтан"
    width = table.columnWidth(1)
    assert width > table.fontMetrics().horizontalAdvance("Мүше00 Аян")
    assert table.viewport().height() > 3 * table.rowHeight(0)


def test_the_history_puts_who_did_what_under_the_time(large: Room, written: MeetingWorkspace) -> None:
    large.do("save")
    large.page.show_history()
    large.settle()
    table = large.page.history.table
    assert table.isColumnHidden(1)
    item = table.item(0, 0)
    assert item is not None
    assert len(item.text().splitlines()) == 3
    day = item.text().splitlines()[0].split()[0]
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(day + "mm")


def test_the_list_tells_day_hour_and_version_at_every_size(large: Room, written: MeetingWorkspace) -> None:
    large.do("save_and_leave")
    table = large.page.list.table
    names = [one.name for one in table.paged.columns]
    shown = [name for place, name in enumerate(names) if not table.isColumnHidden(place)]
    assert shown[:4] == ["starts", "number", "version", "state"]
    metrics = table.fontMetrics()
    for name in ("starts", "state"):
        index = table.paged.index(0, names.index(name))
        assert table.columnWidth(names.index(name)) > metrics.horizontalAdvance(str(index.data()))
