"""Recording an incident as on the telephone, keeping what is typed, saving, taking back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.ids import parse_uid
from tests.ui.incident_hands import CTRL, begin, in_lane, record


def test_an_incident_is_recorded_by_keys_only(desk: Any) -> None:
    desk.unlocked("ru")
    keys = 1
    form = begin(desk)
    page_one = [name for name, box in form.boxes.items() if box.field.page == 1]
    assert len(page_one) == 12
    assert [name for name in page_one if form.boxes[name].required] == ["happened", "what_happened"]
    assert form.boxes["place"].draft() is not None  # the place of the body, so that it need not be typed
    assert QApplication.focusWidget() is form.boxes["time"].editor
    desk.type("14:20")
    while QApplication.focusWidget() is not form.boxes["what_happened"].editor:
        desk.key(Qt.Key.Key_Return)
        keys += 1
    desk.type("Су бөлу туралы дау")
    desk.key(Qt.Key.Key_Return, CTRL)
    keys += 1
    assert keys <= 14
    assert desk.incidents.page_name() == "card"
    assert desk.incidents.card.title.text().startswith("2026/1 ")
    assert desk.work.status.parts["saved"].text().startswith("Сохранено")
    desk.incidents.show_list()
    desk.settle()
    assert desk.incidents.list.model.rowCount() == 1


def test_saving_an_empty_form_lists_what_is_missing_and_keeps_the_focus_on_it(desk: Any) -> None:
    desk.unlocked("en")
    form = begin(desk)
    form.boxes["place"].set_value(None)
    form.submit()
    assert form.summary.isVisible()
    assert [link.property("field") for link in form.summary.links] == ["what_happened"]
    form.summary.links[0].click()
    assert QApplication.focusWidget() is form.boxes["what_happened"].editor
    desk.type("A quarrel over water")
    form.submit()
    desk.settle()
    assert "place" in form.boxes["settlement"].error()  # neither place nor village: refused by the rule itself
    assert in_lane(desk, lambda ctx: ctx) is not None


def test_what_is_typed_survives_a_closed_window(desk: Any) -> None:
    desk.unlocked("ru")
    form = begin(desk)
    form.go_to("what_happened")
    desk.type("Базардағы дау")
    desk.close()
    desk.unlocked("ru")
    assert "Сохранён 1 черновик" in desk.work.notices.label.text()
    desk.work.notices.button.click()
    desk.settle()
    form = desk.incidents.form.form
    assert form.boxes["what_happened"].draft() == "Базардағы дау"
    assert desk.work.status.parts["drafts"].text() == "Черновики: 1"
    form.submit()
    desk.settle()
    assert desk.incidents.page_name() == "card"
    assert desk.work.status.parts["drafts"].text() == ""


def test_what_is_typed_survives_the_lock(desk: Any) -> None:
    window = desk.unlocked("ru")
    begin(desk).go_to("what_happened")
    desk.type("Жайылым дауы")
    window.lock()
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    desk.unlock()
    assert [kept.draft.body["values"]["what_happened"] for kept in desk.work.status.frame_known.drafts] == [
        "Жайылым дауы"
    ]


def test_a_draft_thrown_away_is_gone(desk: Any) -> None:
    desk.unlocked("ru")
    form = begin(desk)
    form.go_to("what_happened")
    desk.type("Қате")
    form.clock.flush()
    desk.settle()
    assert form.bar.status.text().startswith("Черновик сохранён")
    form.bar.throw_away.click()
    desk.settle()
    assert desk.incidents.page_name() == "list"
    assert desk.work.status.frame_known.drafts == ()


def test_each_deed_has_its_way_back(desk: Any) -> None:
    desk.unlocked("ru")
    uid = record(desk)
    bar = desk.work.undo_bar
    assert bar.label.text().startswith("Внесено: Инцидент 2026/1")
    desk.incidents.withdraw_current()
    desk.settle()
    desk.incidents.card.reason.usual[0].click()
    desk.settle()
    assert bar.label.text().startswith("Перемещено в корзину: Инцидент 2026/1")
    assert desk.incidents.page_name() == "list"
    assert desk.incidents.list.model.rowCount() == 0
    bar.button.click()
    desk.settle()
    assert desk.incidents.list.model.rowCount() == 1
    desk.incidents.list.table.setFocus()
    assert bar.label.text().startswith("Действие отменено: Инцидент 2026/1")
    desk.key(Qt.Key.Key_Y, CTRL)
    assert in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).withdrawn)
    assert bar.label.text().startswith("Действие возвращено: Инцидент 2026/1"), "what was done, not its opposite"
    assert desk.window.actions_.by_key["undo"].text().startswith("Отменить – Перемещено в корзину")
    assert bar.button.text() == "Отменить действие"
    desk.key(Qt.Key.Key_Z, CTRL)
    assert not in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).withdrawn)
    assert desk.window.actions_.by_key["undo"].text().startswith("Отменить – Внесено")


def test_in_a_text_field_undo_is_that_of_the_text(desk: Any) -> None:
    desk.unlocked("ru")
    record(desk)
    form = begin(desk)
    form.go_to("settlement")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "Masanchi")
    desk.key(Qt.Key.Key_Z, CTRL)
    assert line.text() == ""
    desk.incidents.show_list()
    desk.settle()
    assert desk.incidents.list.model.rowCount() == 1


def test_another_language_in_mid_word_keeps_text_and_cursor(desk: Any) -> None:
    window = desk.unlocked("ru")
    form = begin(desk)
    form.go_to("what_happened")
    desk.type("Базардағы дау")
    text = form.boxes["what_happened"].editor
    assert isinstance(text, QPlainTextEdit)
    cursor = text.textCursor()
    cursor.setPosition(4)
    text.setTextCursor(cursor)
    form.go_to("what_happened")
    for language, label in (("kk", "Не болды *"), ("en", "What happened *"), ("ru", "Что произошло *")):
        window.use_language(language)
        desk.settle()
        assert form.boxes["what_happened"].label.text() == label
        assert text.toPlainText() == "Базардағы дау"
        assert text.textCursor().position() == 4
        assert QApplication.focusWidget() is text
    form.clock.flush()
    desk.settle()
    kept = desk.work.status.frame_known.drafts
    assert [one.draft.body["values"]["what_happened"] for one in kept] == ["Базардағы дау"]


def test_a_record_changed_meanwhile_shows_the_change_and_saves_on_the_second_try(desk: Any) -> None:
    desk.unlocked("en")
    uid = record(desk, "A quarrel over water")
    desk.incidents.edit_current()
    desk.settle()
    form = desk.incidents.form.form
    in_lane(
        desk,
        lambda ctx: records.revise(ctx, parse_uid(uid), {"severity": "3", "what_happened": "Theirs"}),
    )
    form.go_to("what_happened")
    text = form.boxes["what_happened"].editor
    text.selectAll()
    desk.type("Mine")
    form.boxes["people_involved"].set_value(6)
    form.submit()
    desk.settle()
    assert desk.incidents.page_name() == "form"
    assert "Confrontation" in form.messages.label.text()
    assert "Theirs" in form.boxes["what_happened"].error()
    assert form.boxes["severity"].draft() == "3"  # I did not touch it: theirs stands
    form.submit()
    desk.settle()
    assert desk.incidents.page_name() == "card"
    values = in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).values)
    assert (values["what_happened"], values["severity"], values["people_involved"]) == ("Mine", "3", 6)


def test_only_what_was_changed_is_written(desk: Any) -> None:
    desk.unlocked("en")
    record(desk, "A quarrel over water")
    desk.incidents.edit_current()
    desk.settle()
    form = desk.incidents.form.form
    form.go_to("settlement")
    desk.type("Масаншы")
    form.submit()
    desk.settle()
    desk.incidents.show_history()
    desk.settle()
    table = desk.incidents.history.table
    cells = [[table.item(row, column).text() for column in range(6)] for row in range(table.rowCount())]
    assert cells[0][1:] == ["Сейітова Раушан", "Changed", "Village or town", "", "Масаншы"]
    assert {row[2] for row in cells[1:]} == {"Recorded"}


def test_saving_without_a_change_writes_nothing(desk: Any) -> None:
    desk.unlocked("en")
    uid = record(desk, "A quarrel over water")
    before = in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).revision)
    desk.incidents.edit_current()
    desk.settle()
    desk.incidents.save_current()
    desk.settle()
    assert desk.incidents.page_name() == "card"
    assert in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).revision) == before


def test_a_party_is_added_on_the_card(desk: Any) -> None:
    desk.unlocked("en")
    record(desk, "A quarrel over water")
    card = desk.incidents.card
    card.part_requested.emit("incident_party", "")
    desk.settle()
    assert desk.incidents.page_name() == "part"
    form = desk.incidents._forms["incident_party"].form
    assert "incident" not in form.boxes
    form.boxes["side"].set_value("A")
    form.go_to("group_words")
    desk.type("Жоғарғы көше тұрғындары")
    form.submit()
    desk.settle()
    assert desk.incidents.page_name() == "card"
    assert [part.text for part in card.data.parts["incident_party"]] == ["Side A · Жоғарғы көше тұрғындары"]


def test_a_person_is_made_on_the_way_and_chosen(desk: Any) -> None:
    desk.unlocked("en")
    form = begin(desk)
    desk.incidents.form._on_new("reported_by", "person", "Асқаров")
    quick = desk.incidents.form.quick
    assert quick.form.boxes["surname"].draft() == "Асқаров"
    quick.form.submit()
    desk.settle()
    assert desk.incidents.form.quick is None
    assert form.boxes["reported_by"].chooser.text() == "Асқаров"
    assert form.isEnabled()


def test_save_and_add_another_begins_the_next_one(desk: Any) -> None:
    desk.unlocked("en")
    form = begin(desk)
    form.go_to("what_happened")
    desk.type("One")
    desk.incidents.form.another.click()
    desk.settle()
    assert desk.incidents.page_name() == "form"
    assert form.boxes["what_happened"].draft() is None
    assert form.boxes["place"].draft() is not None
    form.go_to("what_happened")
    desk.type("Two")
    form.submit()
    desk.settle()
    desk.incidents.show_list()
    desk.settle()
    assert desk.incidents.list.model.rowCount() == 2


def test_filters_that_find_nothing_say_so(desk: Any) -> None:
    desk.unlocked("en")
    record(desk, "One")
    desk.incidents.show_list()
    desk.incidents.list.filters.set_filters((("severity", "5"),))
    desk.settle()
    assert desk.incidents.list.empty.isVisible()
    assert desk.incidents.list.empty.heading.text() == "Nothing found"
    desk.incidents.list.filters.clear()
    desk.settle()
    assert desk.incidents.list.table.isVisible()


def test_the_empty_list_offers_the_first_incident(desk: Any) -> None:
    desk.unlocked("kk")
    desk.work.show_section("incidents")
    desk.settle()
    empty = desk.incidents.list.empty
    assert empty.isVisible()
    empty.button.click()
    desk.settle()
    assert desk.incidents.page_name() == "form"


def test_the_guard_of_the_window_thread_bites(desk: Any) -> None:
    desk.unlocked("en")
    with pytest.raises(AssertionError, match="window's thread"), desk.work.session.ctx.reading():
        pass
