"""One input for a person from the list or in words: looking somebody up leaves nothing else behind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.meetings.person_field import PersonField
from tests.ui.meetings.conftest import Room, Type


def chair_of(room: Room) -> PersonField:
    """Return the input of the chair, emptied."""
    box = room.work.meeting.form.boxes["chair"]
    assert isinstance(box, PersonField)
    box.set_value(None)
    box.editor.setFocus()
    return box


def look_up(room: Room, type_text: Type, box: PersonField, letters: str) -> None:
    """Type a few letters as a person does, wait for the list and take its first row by Enter."""
    type_text(box.editor, letters)
    room.bot.waitUntil(box.chooser.is_open, timeout=20_000)
    room.settle()
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    room.settle()


def test_the_letters_typed_to_find_the_chair_do_not_stand_in_the_minutes(room: Room, type_text: Type) -> None:
    work = room.new()
    look_up(room, type_text, chair_of(room), "мүше0")
    assert work.sheet.meeting.text("chair")
    assert work.sheet.meeting.text("chair_words") == ""


def test_words_that_are_nobodys_stay_words(room: Room, type_text: Type) -> None:
    work = room.new()
    box = chair_of(room)
    type_text(box.editor, "Б. Төраға")
    assert work.sheet.meeting.text("chair") == ""
    assert work.sheet.meeting.text("chair_words") == "Б. Төраға"


def test_a_post_beside_a_person_stays_with_that_person_only(room: Room) -> None:
    first, second = "0199a1b2-0000-7000-8000-000000000001", "0199a1b2-0000-7000-8000-000000000002"
    room.new()
    box = chair_of(room)
    part = Part("meeting", {"chair": first, "chair_words": "ауыл әкімі"})
    box.show_part(part)
    box.chooser.write("мүш")
    box.store(part)
    assert (part.text("chair"), part.text("chair_words")) == ("", "мүш")
    for person, post in ((first, "ауыл әкімі"), (second, "")):
        box.set_value(person)
        box.store(part)
        assert (part.text("chair"), part.text("chair_words")) == (person, post)
    room.settle()
