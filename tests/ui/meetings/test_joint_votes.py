"""Votes of a joint sitting in the window: in common, or two rows of counts with one warning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type

SECOND = "01890000-0000-7000-8000-000000000001"


def make_joint(work: MeetingWorkspace) -> None:
    """Let the first five sit for the first body and the rest for another one."""
    meeting = work.sheet.meeting
    meeting.put("other_organisation", SECOND)
    for row, one in enumerate(work.sheet.attendance):
        one.put("bodies", [meeting.text("organisation") if row < 5 else SECOND])


def choose_apart(work: MeetingWorkspace, room: Room, type_text: Type) -> None:
    work.show_tab("meeting")
    work.meeting.focus_on("joint_votes")
    room.settle()
    box = work.meeting.joint_form.boxes["joint_votes"]
    type_text(box.editor, "әр орган")
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    room.settle()
    assert work.sheet.meeting.text("joint_votes") == "each", work.sheet.meeting.values
    work.show_tab("minutes")


def test_bodies_that_vote_apart_have_two_rows_and_are_judged_apart(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    make_joint(written)
    block = written.minutes.editor.decisions[0]  # type: ignore[union-attr]
    assert block.counting.other_votes is None, "in common there is one row"
    choose_apart(written, room, type_text)
    other = block.counting.other_votes
    assert other is not None
    assert other.isVisible()
    type_text(block.votes.boxes["votes_for"].editor, "5")
    assert block.votes_text.text().startswith("Әр орган бөлек дауыс береді, бірақ 2-органның дауыстары жазылмаған.")
    type_text(other.boxes["other_votes_for"].editor, "3")
    assert block.votes_text.text() == "2-органның дауыстары сәйкес келмейді. Дауыс саны: 3. Қатысатын мүшелері: 4."
    type_text(other.boxes["other_votes_against"].editor, "1")
    assert block.votes_text.text() == "Дауыстар саны сәйкес келеді."
    editor = block.votes.boxes["votes_abstained"].editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert other.boxes["other_votes_for"].editor.hasFocus(), "Tab goes as one reads"


def test_counted_in_common_again_the_second_row_is_hidden(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    make_joint(written)
    choose_apart(written, room, type_text)
    block = written.minutes.editor.decisions[0]  # type: ignore[union-attr]
    type_text(block.votes.boxes["votes_for"].editor, "9")
    written.sheet.meeting.put("joint_votes", "common")
    written._on_meeting("joint_votes")
    assert block.counting.other_votes is not None
    assert not block.counting.other_votes.isVisible()
    assert block.votes_text.text() == "Дауыстар саны сәйкес келеді."


def test_the_check_leads_to_where_the_way_of_counting_is_chosen(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    make_joint(written)
    block = written.minutes.editor.decisions[0]  # type: ignore[union-attr]
    type_text(block.votes.boxes["votes_for"].editor, "9")
    written.show_tab("check")
    place = [one.error.code for one in written.check._findings].index("meeting.joint_votes_not_said")
    QTest.mouseClick(written.check.links()[place], Qt.MouseButton.LeftButton)
    assert written.tab() == "meeting"
    assert written.meeting.joint_form.boxes["joint_votes"].editor.hasFocus()
