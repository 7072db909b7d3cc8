"""Files of a meeting: none before its first saving; closed minutes take the signed scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app.meetings import finish_meeting
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace

from .conftest import Room


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "қол қойылған хаттама.pdf"
    path.write_bytes(b"%PDF-1.7 signed")
    return path


def test_a_new_meeting_takes_files_once_it_is_saved(room: Room, written: MeetingWorkspace, scan: Path) -> None:
    files = written.meeting.files
    assert files.isHidden()
    room.do("save")
    assert not files.isHidden()
    files.attach([scan])
    room.settle()
    assert [row.held.name for row in files.rows] == [scan.name]


def test_closed_minutes_take_the_signed_scan(room: Room, written: MeetingWorkspace, scan: Path) -> None:
    room.do("save")
    uid = parse_uid(written.sheet.meeting.uid)
    room.session.command(lambda ctx: finish_meeting(ctx, uid))
    room.settle()
    room.page.open_record(uid_text(uid))
    room.settle()
    assert room.page.currentWidget() is room.page.closed
    files = room.page.closed.files
    assert not files.isHidden()
    files.attach([scan])
    room.settle()
    assert [row.held.name for row in files.rows] == [scan.name]
