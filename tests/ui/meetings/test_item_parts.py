"""Within an item: who withdrew, who waits for the word, what is registered apart, how it was voted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ethnomed_desktop.app import drafts
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.ui.meetings.attendance_table import SITS_FOR
from ethnomed_desktop.ui.meetings.item_editor import ItemEditor
from ethnomed_desktop.ui.meetings.people_here import PeopleHere
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type


def editor_of(work: MeetingWorkspace) -> ItemEditor:
    assert work.minutes.editor is not None
    return work.minutes.editor


def person(work: MeetingWorkspace, row: int) -> str:
    return work.sheet.attendance[row].text("person")


def choose(room: Room, field: object, uid: str) -> None:
    """Choose a person of the list in an input for references."""
    box = field
    found = room.ask(lambda ctx: box._source.named("person", [uid]))  # type: ignore[attr-defined]
    box.choose(found[0])  # type: ignore[attr-defined]
    room.settle()


def test_who_withdraws_from_the_item_is_left_out_of_its_votes(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = editor_of(written)
    block = editor.decisions[0]
    type_text(block.votes.boxes["votes_for"].editor, "8")
    assert block.votes_text.text() == "Дауыс саны: 8. Қатысқан мүшелер: 9. Екеуі тең болуы керек."
    QTest.mouseClick(editor.recusal.button, Qt.MouseButton.LeftButton)
    choose(room, editor.recused.boxes["recused"], person(written, 0))
    assert block.votes_text.text() == "Дауыстар саны сәйкес келеді."
    assert editor.quorum.text() == "Бұл мәселеге қатысатындар: 8. Қажеті: 7. Кворум бар."


def test_the_quorum_on_an_item_is_lost_live_and_said_by_the_check(written: MeetingWorkspace, room: Room) -> None:
    editor = editor_of(written)
    for row in range(3):
        choose(room, editor.recused.boxes["recused"], person(written, row))
    assert editor.quorum.text() == "Бұл мәселеге қатысатындар: 6. Қажеті: 7. Кворум жоқ."
    written.show_tab("check")
    codes = [found.error.code for found in written.check._findings]
    assert "meeting.no_quorum_on_item" in codes
    assert written.check.finish.isEnabled()


def test_who_withdrew_but_did_not_come_is_not_left_out(written: MeetingWorkspace, type_text: Type) -> None:
    editor = editor_of(written)
    editor.part.put("recused", [person(written, 11)])
    type_text(editor.decisions[0].votes.boxes["votes_for"].editor, "9")
    assert editor.decisions[0].votes_text.text() == "Дауыстар саны сәйкес келеді."


def test_ballot_and_addressee_are_written_where_the_decision_stands(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    block = editor_of(written).decisions[0]
    assert not block.more.is_open()
    QTest.mouseClick(block.more.button, Qt.MouseButton.LeftButton)
    type_text(block.ballot.boxes["ballot_kind"].editor, "жасырын")
    QTest.keyClick(block.ballot.boxes["ballot_kind"].editor, Qt.Key.Key_Return)
    room.do("save")
    assert room.records("decision")[0]["ballot_kind"] == "secret"


def test_a_proposal_stands_apart_from_the_speeches(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    editor = editor_of(written)
    QTest.mouseClick(editor.add_proposal_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(editor.add_dissent_button, Qt.MouseButton.LeftButton)
    assert not editor.speeches
    assert [one.heading.text() for one in editor.apart] == ["1-ұсыныс", "2-ерекше пікір"]
    type_text(editor.apart[0].form.boxes["text"].editor, "Арықты көктемде тазалау керек.")
    type_text(editor.apart[1].form.boxes["text"].editor, "Кестемен келіспеймін.")
    room.do("save")
    kinds = {str(one["speech_kind"]): one["text"] for one in room.records("speech")}
    assert kinds == {"proposal": "Арықты көктемде тазалау керек.", "dissent": "Кестемен келіспеймін."}


def test_a_dissenting_opinion_names_one_of_the_decisions_of_its_item(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = editor_of(written)
    QTest.mouseClick(editor.add_dissent_button, Qt.MouseButton.LeftButton)
    room.settle()
    box = editor.apart[0].form.boxes["decision"]
    assert box.editor.text() == "1.1. Кесте бекітілсін.", "there is only one to choose"  # type: ignore[attr-defined]
    type_text(editor.add_decision().form.boxes["text"].editor, "Арық тазалансын.")
    box.editor.selectAll()  # type: ignore[attr-defined]
    type_text(box.editor, "арық")
    found = box.chooser.list  # type: ignore[attr-defined]
    room.bot.waitUntil(
        lambda: found.count() == 1 and found.item(0).text() == "1.2. Арық тазалансын.", timeout=5_000
    )
    found.itemClicked.emit(found.item(0))
    type_text(editor.apart[0].form.boxes["text"].editor, "Келіспеймін.")
    room.do("save")
    (speech,) = room.records("speech")
    assert speech["decision"] == editor.decisions[1].part.uid
    QTest.mouseClick(editor.decisions[1].remove, Qt.MouseButton.LeftButton)
    room.settle()
    assert not box.editor.text()  # type: ignore[attr-defined]
    room.do("save")
    assert "decision" not in room.records("speech")[0]


def test_a_speech_that_turns_out_to_be_a_proposal_changes_its_card(written: MeetingWorkspace, room: Room) -> None:
    editor = editor_of(written)
    block = editor.add_speech()
    box = block.form.boxes["speech_kind"]
    block.part.put("speech_kind", "proposal")
    box.set_value("proposal")
    block._on_edited("speech_kind")
    room.settle()
    assert not editor.speeches
    assert len(editor.apart) == 1
    assert "proposal_outcome" in editor.apart[0].form.boxes


def queue(work: MeetingWorkspace, room: Room, type_text: Type, *names: str) -> ItemEditor:
    editor = editor_of(work)
    QTest.mouseClick(editor.speakers.button, Qt.MouseButton.LeftButton)
    for name in names:
        type_text(editor.queue.person.editor, name)
        QTest.keyClick(editor.queue.person.editor, Qt.Key.Key_Return)
        room.settle()
    return editor


def rows(editor: ItemEditor) -> list[str]:
    return [editor.queue.list.item(row).text() for row in range(editor.queue.list.count())]


def test_two_letters_find_who_sits_here(written: MeetingWorkspace, room: Room) -> None:
    people = PeopleHere(written.sheet, room.session.references)
    found = room.ask(lambda ctx: people.search("person", "мү"))
    assert [one.title for one in found][:9] == [f"Мүше{row:02d} Аян" for row in range(9)]
    voting = PeopleHere(written.sheet, room.session.references, voting=True)
    assert len(room.ask(lambda ctx: voting.search("person", ""))) == 9


def test_speakers_wait_are_moved_by_keys_and_get_the_word(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = queue(written, room, type_text, "А. Қонақ", "Б. Тұрғын", "В. Мұғалім")
    assert rows(editor) == ["1. А. Қонақ", "2. Б. Тұрғын", "3. В. Мұғалім"]
    QTest.keyClick(editor.queue.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert rows(editor) == ["1. А. Қонақ", "2. В. Мұғалім", "3. Б. Тұрғын"]
    room.do("next_speaker")
    assert rows(editor) == ["1. В. Мұғалім", "2. Б. Тұрғын"]
    speech = editor.speeches[0]
    assert speech.part.text("words") == "А. Қонақ"
    assert speech.time.words.text() == "Сөз берілген уақыт: 10:00"
    room.do("next_speaker")
    assert speech.time.words.text() == "Сөйлеген уақыты: 10:00 – 10:00"
    assert editor.speeches[1].is_speaking()
    QTest.keyClick(editor.queue.list, Qt.Key.Key_Delete)
    assert not editor.queue.list.isVisible()
    room.do("next_speaker")
    assert not editor.speeches[1].is_speaking()
    room.do("next_speaker")
    assert written.messages.isVisible()


def test_who_waits_is_kept_in_the_draft_and_the_check_says_so(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    queue(written, room, type_text, "А. Қонақ")
    room.do("save")
    kept = room.ask(drafts.list_drafts)
    assert kept[0].body["sheet"]["meeting"]["parts"][-1]["waiting"][0]["values"]["words"] == "А. Қонақ"
    written.show_tab("check")
    assert "meeting.still_waiting" in [found.error.code for found in written.check._findings]
    assert not room.records("speech")


def test_remote_people_are_counted_and_the_mode_is_looked_at(written: MeetingWorkspace) -> None:
    written.show_tab("attendance")
    table = written.attendance.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert written.sheet.attendance[0].values["remote"] is True
    assert written.attendance.counts.text().endswith("Оның ішінде қашықтан: 1")
    written.show_tab("check")
    assert "meeting.remote_in_person" in [found.error.code for found in written.check._findings]
    written.sheet.meeting.put("mode", "mixed")
    written.show_tab("check")
    assert "meeting.remote_in_person" not in [found.error.code for found in written.check._findings]


def test_waiting_speakers_make_no_blank_item_worded() -> None:
    item = Part("agenda_item", {"title": "Су"}, waiting=[Part("speech", {"words": "А"})])
    again = Part.from_json(item.to_json())
    assert again.waiting[0].text("words") == "А"
    assert "waiting" not in Part("agenda_item").to_json()


def test_a_joint_sitting_lists_the_members_of_both_bodies_once(room: Room) -> None:
    work = room.new()
    own = work.sheet.attendance[0].text("person")

    def second(ctx: AppContext) -> Done[str]:
        items: list[tuple[str, dict[str, object]]] = [
            ("organisation", {"body_kind": "council_of_mothers", "name_kk": "Аналар кеңесі", "@": "b"}),
            ("person", {"surname": "Анаева", "given_name": "Айша", "@": "p"}),
            ("membership", {"person": "@p", "organisation": "@b", "role": "chair"}),
            ("membership", {"person": own, "organisation": "@b", "role": "member"}),
        ]
        done = record_many(ctx, items)
        return Done(uid_text(done.value[0].uid), done.changes)

    made: list[str] = []
    room.session.command(second, made.append)
    room.settle()
    work.show_tab("meeting")
    QTest.mouseClick(work.meeting.joint.button, Qt.MouseButton.LeftButton)
    chooser = work.meeting.joint_form.boxes["other_organisation"]
    found = room.ask(lambda ctx: room.session.references.named("organisation", made))
    chooser.choose(found[0])  # type: ignore[attr-defined]
    room.settle()
    people = [one.text("person") for one in work.sheet.attendance]
    assert len(people) == len(set(people)) == 13
    assert (work.sheet.meeting.values["entitled"], work.sheet.meeting.values["other_entitled"]) == (12, 2)
    work.show_tab("attendance")
    table = work.attendance.table
    assert not table.isColumnHidden(SITS_FOR)
    assert [table.people.data(table.people.index(row, SITS_FOR)) for row in (0, 1, 12)] == ["1, 2", "1", "2"]
    for row in (*range(1, 8), 12):
        work.attendance.toggle(row)
    own = work.sheet.meeting.text("organisation")
    first = work.attendance.table.people.names[own]
    assert work.attendance.counts.text().splitlines() == [
        f"1. {first}: Қатысқандар: 7 (барлығы 12). Қажеті: 7.",
        "2. Аналар кеңесі: Қатысқандар: 1 (барлығы 2). Қажеті: 2.",
    ]
    assert work.attendance.quorum.text() == "Кворум жоқ: Аналар кеңесі. Бірлескен отырыс өкілетті емес."
    work.attendance.toggle(0)
    assert work.attendance.quorum.text() == "Кворум бар. Отырыс өкілетті."


def test_an_item_becomes_part_of_the_one_above_and_a_whole_one_again(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    written.add_item()
    type_text(editor_of(written).form.boxes["title"].editor, "Кесте")
    rows = written.agenda.list
    assert written.agenda.under.isEnabled()
    QTest.mouseClick(written.agenda.under, Qt.MouseButton.LeftButton)
    assert rows.item(1).text().strip() == "1.1. Кесте"
    written.add_item()
    assert written.sheet.labels() == ["1", "1.1", "1.2"], "what is added below a part is a part too"
    room.do("item_whole")
    assert written.sheet.labels() == ["1", "1.1", "2"]
    rows.setCurrentRow(0)
    assert not written.agenda.under.isEnabled()
    rows.setCurrentRow(1)
    room.do("save")
    stored = {one["title"]: one.get("parent_item") for one in room.records("agenda_item")}
    assert stored == {"Ағын су кезегі": None, "Кесте": written.sheet.items[0].uid}


def test_the_check_names_the_decision_and_leads_to_it(
    written: MeetingWorkspace, room: Room, type_text: Type
) -> None:
    editor = editor_of(written)
    type_text(editor.decisions[0].votes.boxes["votes_for"].editor, "9")
    editor.add_decision()
    third = editor.add_decision()
    type_text(third.form.boxes["text"].editor, "Арық тазалансын.")
    type_text(third.votes.boxes["votes_for"].editor, "7")
    written.show_tab("check")
    place = [found.error.code for found in written.check._findings].index("meeting.votes_do_not_add_up")
    words = [label.text() for label in written.check.rows[place].findChildren(QLabel)]
    assert any(one.startswith("1.2-шешім: ") for one in words), "the one without a text is not printed"
    QTest.mouseClick(written.check.links()[place], Qt.MouseButton.LeftButton)
    assert third.votes.boxes["votes_for"].editor.hasFocus()
