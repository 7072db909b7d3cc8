"""An item taken out of the agenda is put back, offered again, or closed for good."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ethnomed_desktop.app import carry_over
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type


@pytest.fixture
def begun(room: Room) -> MeetingWorkspace:
    """A new meeting after one of September with two items that nobody discussed."""
    body = uid_text(room.ask(_own_body))

    def earlier(ctx: object) -> None:
        items: list[tuple[str, dict[str, object]]] = [
            ("meeting", {"@": "m", "starts": "2026-09-10T10:00", "organisation": body}),
            ("agenda_item", {"meeting": "@m", "title": "Мектеп", "position": 1, "@": "a"}),
            ("agenda_item", {"meeting": "@m", "title": "Арық", "position": 2, "@": "b"}),
        ]
        record_many(ctx, items)  # type: ignore[arg-type]

    room.session.tasks.write(lambda progress: earlier(room.ctx))
    room.settle()
    return room.new()


def _own_body(ctx: object) -> bytes:
    from ethnomed_desktop.app.lists import ListQuestion, list_records

    return list_records(ctx, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid  # type: ignore[arg-type]


def titles(work: MeetingWorkspace) -> list[str]:
    return [one.text("title") for one in work.sheet.items]


def entry(work: MeetingWorkspace, *words: str) -> QAction:
    """Return the entry of the menu at the button, in a menu of its own where two words are given."""
    menu = work.carrying.menu()
    for depth, word in enumerate(words):
        found = next(one for one in menu.actions() if one.text().startswith(word))
        if depth == len(words) - 1:
            return found
        inner = found.menu()
        assert isinstance(inner, QMenu)
        menu = inner
    raise AssertionError(words)


def test_what_was_taken_out_is_put_back_by_one_click(begun: MeetingWorkspace, room: Room, type_text: Type) -> None:
    assert titles(begun) == ["Мектеп", "Арық"]
    begun.show_tab("minutes")
    type_text(begun.minutes.editor.form.boxes["heard"].editor, "Айтылды.")  # type: ignore[union-attr]
    QTest.mouseClick(begun.agenda.remove, Qt.MouseButton.LeftButton)
    assert titles(begun) == ["Арық"]
    assert "Мектеп" in begun.messages.label.text()
    assert "әлі ашық" in begun.messages.label.text()
    assert begun.agenda.take_over.text() == "Өткен мәселелер (1)…"
    QTest.mouseClick(begun.messages.button, Qt.MouseButton.LeftButton)
    assert titles(begun) == ["Мектеп", "Арық"]
    assert begun.sheet.items[0].text("heard") == "Айтылды."
    assert begun.agenda.take_over.text() == "Өткен мәселелер…"


def test_the_button_offers_what_is_open_here_and_at_the_next_meeting(begun: MeetingWorkspace, room: Room) -> None:
    begun.agenda.remove_item()
    begun.agenda.remove_item()
    assert titles(begun) == []
    QTest.mouseClick(begun.agenda.take_over, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "Мектеп · 10.09.2026 · әлі талқыланбаған"
    menu.close()
    room.do("save")
    room.page.show_list()
    room.settle()
    again = room.new()
    assert titles(again) == ["Мектеп", "Арық"], "left out of one agenda, not for ever"
    again.agenda.remove_item()
    again.agenda.remove_item()
    entry(again, "Мектеп").trigger()
    assert titles(again) == ["Мектеп"]
    assert again.sheet.items[0].text("carried_from")
    again.agenda.remove_item()
    entry(again, "Барлық ашық мәселе").trigger()
    assert titles(again) == ["Мектеп", "Арық"]


def test_an_item_is_closed_for_good_and_opened_again(begun: MeetingWorkspace, room: Room) -> None:
    begun.agenda.remove_item()
    entry(begun, "Біржола жабу", "Мектеп").trigger()
    assert begun.agenda.take_over.text() == "Өткен мәселелер…"
    assert begun.draft_body()["sheet"]["meeting"]["values"]["not_carried"]
    QTest.mouseClick(begun.messages.button, Qt.MouseButton.LeftButton)
    assert begun.agenda.take_over.text() == "Өткен мәселелер (1)…"
    entry(begun, "Біржола жабу", "Мектеп").trigger()
    room.do("save")
    assert room.ask(carry_over.left_open) == [], "one is closed, the other stands on this agenda"
    begun.sheet.meeting.put("starts", "2026-11-20T10:00+05:00")
    begun.keeper.touch()
    room.do("save")
    assert [one.title for one in room.ask(carry_over.left_open)] == ["Арық"]


def test_another_day_offers_what_was_open_then(begun: MeetingWorkspace, room: Room) -> None:
    assert len(begun.carrying.left_out()) == 0
    begun.agenda.remove_item()
    assert len(begun.carrying.left_out()) == 1
    begun.sheet.meeting.put("starts", "2026-09-01T10:00+05:00")
    begun._on_meeting("starts")
    room.settle()
    assert begun.carrying.left_out() == [], "it was not raised yet"


def test_an_item_of_this_meeting_alone_is_put_back_too(written: MeetingWorkspace, room: Room) -> None:
    room.do("save")
    uid = written.sheet.items[0].uid
    written.agenda.remove_item()
    assert "әлі ашық" not in written.messages.label.text()
    QTest.mouseClick(written.messages.button, Qt.MouseButton.LeftButton)
    assert [one.uid for one in written.sheet.items] == [uid]
    room.do("save")
    assert len(room.records("agenda_item")) == 1


def test_with_a_second_body_what_it_left_open_is_offered_too(begun: MeetingWorkspace, room: Room) -> None:
    values = {"body_kind": "council_of_mothers", "name_kk": "Аналар кеңесі", "is_ours": True}

    def earlier(ctx: object) -> str:
        made = record_many(
            ctx,  # type: ignore[arg-type]
            [
                ("organisation", {"@": "o", **values}),
                ("meeting", {"@": "m", "starts": "2026-09-20T10:00", "organisation": "@o"}),
                ("agenda_item", {"meeting": "@m", "title": "Балабақша", "position": 1}),
            ],
        )
        return uid_text(made.value[0].uid)

    second = room.ask(earlier)
    assert begun.carrying.left_out() == []
    begun.sheet.meeting.put("other_organisation", second)
    begun._on_meeting("other_organisation")
    room.settle()
    assert [one.title for one in begun.carrying.left_out()] == ["Балабақша"]
