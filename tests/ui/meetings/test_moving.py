"""Speeches and decisions are put in another order; Tab goes as one reads, also through what was just made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.app.history import undo
from ethnomed_desktop.app.meeting_sheets import preview_minutes
from ethnomed_desktop.app.meetings import meeting_parts
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.meeting_sheets import Sheet
from ethnomed_desktop.ui.meetings.item_editor import ItemEditor
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type

ALT = Qt.KeyboardModifier.AltModifier


def three_speeches(work: MeetingWorkspace, type_text: Type) -> ItemEditor:
    editor = work.minutes.editor
    assert editor is not None
    for words in ("бірінші", "екінші", "үшінші"):
        type_text(editor.add_speech().form.boxes["text"].editor, words)
    return editor


def said(editor: ItemEditor) -> list[str]:
    return [one.part.text("text") for one in editor.speeches]


def stored(room: Room, kind: str) -> list[str]:
    """Return the words of the stored parts in their order."""
    uid = parse_uid(room.work.uid)

    def words(ctx: object) -> list[str]:
        with ctx.reading() as connection:  # type: ignore[attr-defined]
            (item,) = meeting_parts(connection, uid).items
            parts = item.speeches if kind == "speech" else item.decisions
            return [str(one.values["text"]) for one in parts]

    found: list[str] = room.ask(words)
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_alt_with_an_arrow_moves_the_speech_being_written(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = three_speeches(written, type_text)
    text = editor.speeches[2].form.boxes["text"].editor
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Up, ALT)
    room.settle()
    assert said(editor) == ["бірінші", "үшінші", "екінші"]
    assert [one.heading.text() for one in editor.speeches] == ["1-сөз", "2-сөз", "3-сөз"]
    heights = [one.y() for one in editor.speeches]
    assert heights == sorted(heights), "they stand as they are numbered"
    assert focused() is text, "one goes on writing"
    QTest.keyClick(text, Qt.Key.Key_Up, ALT)
    QTest.keyClick(text, Qt.Key.Key_Up, ALT)
    assert said(editor) == ["үшінші", "бірінші", "екінші"], "above the first there is nothing"
    room.do("part_down")
    assert said(editor) == ["бірінші", "үшінші", "екінші"]


def test_the_order_is_saved_printed_kept_in_the_draft_and_undone(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = three_speeches(written, type_text)
    room.do("save")
    assert stored(room, "speech") == ["бірінші", "екінші", "үшінші"]
    QTest.mouseClick(editor.speeches[0].down, Qt.MouseButton.LeftButton)
    moved = ["екінші", "бірінші", "үшінші"]
    kept = Sheet.from_json(written.draft_body()["sheet"])
    assert [one.text("text") for one in kept.items[0].of("speech")] == moved
    data = room.ask(lambda ctx: preview_minutes(ctx, written.sheet.copy()))
    assert [one.text for one in data.agenda[0].speeches] == moved
    room.do("save")
    assert stored(room, "speech") == moved
    room.session.command(undo, lambda done: None)
    room.settle()
    assert stored(room, "speech") == ["бірінші", "екінші", "үшінші"]


def test_an_opinion_names_the_decision_by_its_new_number(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = written.minutes.editor
    assert editor is not None
    opinion = editor.add_speech("dissent")
    type_text(editor.add_decision().form.boxes["text"].editor, "Арық тазалансын.")
    editor.decisions[0].form.focus_on("text")
    room.do("part_down")
    room.settle()
    assert opinion.form.boxes["decision"].editor.text() == "1.2. Кесте бекітілсін."  # type: ignore[attr-defined]
    room.do("save")
    assert stored(room, "decision") == ["Арық тазалансын.", "Кесте бекітілсін."]


def test_buttons_move_too_and_stand_only_where_there_is_something_to_move(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = three_speeches(written, type_text)
    alone = editor.decisions[0]
    assert not alone.up.isVisible()
    assert not alone.down.isVisible()
    assert [one.up.isEnabled() for one in editor.speeches] == [False, True, True]
    assert [one.down.isEnabled() for one in editor.speeches] == [True, True, False]
    second = editor.speeches[1]
    second.up.setFocus()
    QTest.keyClick(second.up, Qt.Key.Key_Space)
    assert said(editor)[0] == "екінші"
    assert focused() is second.down, "the button that can do no more hands the cursor on"
    QTest.mouseClick(editor.speeches[2].remove, Qt.MouseButton.LeftButton)
    QTest.mouseClick(editor.speeches[1].remove, Qt.MouseButton.LeftButton)
    assert not second.down.isVisible()


def test_alt_with_an_arrow_says_what_it_needs_and_moves_items_in_their_list(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    written.minutes.editor.form.focus_on("heard")  # type: ignore[union-attr]
    room.do("part_up")
    assert "Alt+↑" in written.messages.label.text()
    written.add_item()
    type_text(written.minutes.editor.form.boxes["title"].editor, "Әртүрлі")  # type: ignore[union-attr]
    written.agenda.list.setFocus()
    QTest.keyClick(written.agenda.list, Qt.Key.Key_Up, ALT)
    assert [one.text("title") for one in written.sheet.items] == ["Әртүрлі", "Ағын су кезегі"]


def test_in_an_input_with_a_list_alt_down_opens_it(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    editor = three_speeches(written, type_text)
    person = editor.speeches[0].form.boxes["person"]
    person.editor.setFocus()
    QTest.keyClick(person.editor, Qt.Key.Key_Down, ALT)
    room.settle()
    assert said(editor)[0] == "бірінші"
    due = editor.decisions[0].form.boxes["due"]
    due.editor.setFocus()
    QTest.keyClick(due.editor, Qt.Key.Key_Down, ALT)
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the calendar"
    popup.close()


def tabbed(start: QWidget, *, back: bool = False, most: int = 400) -> list[QWidget]:
    """Press Tab until it comes round and return where it stopped, ``start`` first."""
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    start.setFocus()
    seen = [focused()]
    for _press in range(most):
        QTest.keyClick(
            focused(), key, Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
        )
        if focused() is seen[0]:
            return seen
        seen.append(focused())
    raise AssertionError("Tab never came round")


def as_read(editor: ItemEditor, stops: list[QWidget]) -> list[tuple[int, int]]:
    """Return the places of the stops within the editor, in units of lines."""
    from PySide6.QtCore import QPoint

    within = [one for one in stops if editor.isAncestorOf(one)]
    return [
        (one.mapTo(editor, QPoint(0, one.height())).y() // 8, one.mapTo(editor, QPoint(0, 0)).x()) for one in within
    ]


def full_item(written: MeetingWorkspace, room: Room, type_text: Type) -> ItemEditor:
    """Write in the order in which a sitting goes, which is not the order of the page."""
    written.add_item()
    editor = written.minutes.editor
    assert editor is not None
    type_text(editor.form.boxes["title"].editor, "Мектеп")
    decision = editor.add_decision()
    type_text(decision.form.boxes["text"].editor, "Жөндеу басталсын.")
    type_text(decision.votes.boxes["votes_for"].editor, "9")
    room.do("make_task")
    type_text(editor.add_speech("dissent").form.boxes["text"].editor, "Келіспеймін.")
    type_text(editor.add_speech().form.boxes["text"].editor, "Қолдаймын.")
    type_text(editor.add_decision().form.boxes["text"].editor, "Есеп берілсін.")
    type_text(editor.add_speech().form.boxes["text"].editor, "Сұрағым бар.")
    room.settle()
    return editor


def test_tab_goes_through_a_fresh_item_as_one_reads(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    room.page.resize(1000, 4000)
    editor = full_item(written, room, type_text)
    stops = tabbed(editor.form.boxes["title"].editor)
    places = as_read(editor, stops)
    assert len(places) > 30
    assert places == sorted(places), [one.objectName() for one in stops]
    names = [one.objectName() for one in stops]
    assert names.index("back_to_meetings") > names.index("second_language"), names
    back = tabbed(editor.form.boxes["title"].editor, back=True)
    assert [back[0], *reversed(back[1:])] == stops


def test_tab_follows_what_was_moved_taken_out_and_opened(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    room.page.resize(1000, 4000)
    editor = full_item(written, room, type_text)
    editor.move_block(editor.speeches[1], -1)
    editor.move_block(editor.decisions[0], 1)
    QTest.mouseClick(editor.speeches[1].remove, Qt.MouseButton.LeftButton)
    QTest.mouseClick(editor.second.button, Qt.MouseButton.LeftButton)
    written.step(-1)
    written.step(1)
    room.settle()
    assert written.minutes.editor is not None
    places = as_read(written.minutes.editor, tabbed(written.minutes.editor.form.boxes["title"].editor))
    assert len(places) > 30
    assert places == sorted(places)
