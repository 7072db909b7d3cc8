"""Home: what presses stands first, every line opens what it names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from ethnomed_desktop.app import clock_check, records
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.ids import uid_text

CTRL = Qt.KeyboardModifier.ControlModifier


def record(desk: Any, kind: str, **values: object) -> str:
    """Record one as another page would."""
    made: list[Any] = []
    desk.work.session.command(lambda ctx: records.record(ctx, kind, values), made.append)
    desk.settle()
    return uid_text(made[0].uid)


def meeting(desk: Any, days: int) -> str:
    """Record a meeting so many days from now."""
    found: list[str] = []

    def body(ctx: Any) -> str:
        with ctx.reading() as connection:
            return uid_text(own_bodies(connection)[0].uid)

    desk.work.session.query(body, found.append)
    desk.settle()
    day = today(desk.work.session.ctx.clock) + timedelta(days=days)
    return record(desk, "meeting", organisation=found[0], starts=f"{day.isoformat()}T10:00")


def words(card: Any) -> list[str]:
    return [line.words for line in card.lines]


def test_home_is_first_and_says_when_nothing_presses(desk: Any) -> None:
    desk.unlocked("en")
    home = desk.work.page("home")
    assert desk.work.section == "home"
    assert home.attention.nothing.text() == "Nothing presses today."
    assert words(home.attention) == []
    assert not home.print_last.isEnabled()
    assert QApplication.focusWidget() is home.record


def test_a_number_opens_its_list_and_a_row_its_record(desk: Any) -> None:
    desk.unlocked("en")
    grave = record(desk, "incident", settlement="Масанчи", what_happened="Су", severity="4")
    record(desk, "incident", settlement="Масанчи", what_happened="Су", severity="1")
    record(desk, "incident", settlement="Масанчи", what_happened="Су")
    record(desk, "task", text="Хат жазу", due="2020-01-01", state="pending")
    home = desk.work.page("home")
    assert words(home.attention) == [
        "Overdue tasks: 1",
        "Grave incidents that are not settled: 1",
        "Incidents without severity: 1",
    ]
    home.attention.lines[1].click()
    desk.settle()
    assert home.currentWidget() is home.list
    assert home.list.title.text() == "Grave incidents that are not settled: 1"
    assert home.list.model.rowCount() == 1
    desk.key(Qt.Key.Key_Return)
    assert desk.work.section == "incidents"
    assert desk.work.page("incidents").card.uid == grave
    desk.key(Qt.Key.Key_1, CTRL)
    assert home.currentWidget() is home.list
    desk.window.act("back")
    assert home.currentWidget() is home.front


def test_what_is_settled_presses_no_more(desk: Any) -> None:
    desk.unlocked("en")
    uid = record(desk, "incident", settlement="Масанчи", what_happened="Су", severity="5")
    home = desk.work.page("home")
    assert len(home.attention.lines) == 1
    desk.work.session.command(
        lambda ctx: records.revise(ctx, bytes.fromhex(uid.replace("-", "")), {"state": "closed"})
    )
    desk.settle()
    assert home.attention.lines == []
    assert home.attention.nothing.isVisible()


def test_the_last_minutes_are_printed_by_one_click(desk: Any) -> None:
    window = desk.unlocked("en")
    meeting(desk, 3)
    home = desk.work.page("home")
    assert not home.print_last.isEnabled()
    meeting(desk, -1)
    assert len(home.week.lines) == 2
    assert home.print_last.text() == "Print last draft minutes"
    home.print_last.click()
    desk.settle()
    dialog = window.findChild(object, "print_dialog")
    assert dialog is not None
    assert desk.work.section == "home"
    dialog.close()
    desk.settle()


def test_a_draft_goes_on_from_home(desk: Any) -> None:
    desk.unlocked("en")
    home = desk.work.page("home")
    home.record.click()
    desk.settle()
    desk.incidents.form.form.go_to("what_happened")
    desk.type("Базардағы дау")
    desk.incidents.form.form.clock.flush()
    desk.work.show_section("home")
    desk.settle()
    assert words(home.drafts)[0].startswith("Continue: Incident")
    home.drafts.lines[0].click()
    desk.settle()
    assert desk.work.section == "incidents"
    assert desk.incidents.form.form.boxes["what_happened"].draft() == "Базардағы дау"


def test_the_buttons_begin_records(desk: Any) -> None:
    desk.unlocked("ru")
    home = desk.work.page("home")
    home.meeting.click()
    desk.settle()
    assert desk.work.section == "meetings"
    assert desk.work.page("meetings").currentWidget() is desk.work.page("meetings").workspace


def test_what_one_changed_last_is_recent(desk: Any) -> None:
    desk.unlocked("ru")
    record(desk, "person", surname="Асқаров", given_name="Болат")
    home = desk.work.page("home")
    assert words(home.recent)[0] == "Человек · Асқаров Болат"
    home.recent.lines[0].click()
    desk.settle()
    assert desk.work.section == "people"


def test_home_speaks_another_language_at_once(desk: Any) -> None:
    window = desk.unlocked("ru")
    record(desk, "incident", settlement="Масанчи", what_happened="Су")
    home = desk.work.page("home")
    window.use_language("kk")
    desk.settle()
    assert words(home.attention) == ["Ауырлық деңгейі көрсетілмеген оқиғалар: 1"]
    assert home.record.text() == "Оқиғаны енгізу"


def test_at_double_size_the_cards_stand_in_one_column(desk: Any, qapp: Any) -> None:
    desk.unlocked("kk")
    home = desk.work.page("home")
    assert home.attention.x() != home.week.x()
    qapp.use_text_size(200)
    desk.settle()
    cards = (home.attention, home.week, home.drafts, home.recent)
    assert len({card.x() for card in cards}) == 1
    assert home.front.widget().width() <= home.front.viewport().width()


def test_the_severity_of_an_incident_is_seen_without_scrolling(desk: Any, qapp: Any) -> None:
    desk.unlocked("ru")
    record(desk, "incident", settlement="Масанчи", what_happened="Су", severity="3", happened="2026-11-01")
    qapp.use_text_size(125)
    desk.work.show_section("incidents")
    desk.settle()
    listed = desk.incidents.list
    names = [column.name for column in listed.model.columns]
    assert names[:4] == ["number", "happened", "place", "severity"]
    assert listed.model.row(0).cells[3] == "■ 3 Противостояние групп без насилия"
    right = listed.table.columnViewportPosition(3) + listed.table.columnWidth(3)
    assert 0 < right <= listed.table.viewport().width()


def test_every_line_of_home_can_be_reached_by_tab(desk: Any) -> None:
    desk.unlocked("en")
    record(desk, "incident", settlement="Масанчи", what_happened="Су")
    home = desk.work.page("home")
    buttons = [one for one in home.front.findChildren(QPushButton) if one.objectName() != "message_action"]
    for button in buttons:
        assert button.accessibleName() or button.text()
        if button.isVisible() and button.isEnabled():
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_differences_open_where_they_are_settled(desk: Any) -> None:
    desk.unlocked("en")
    desk.work.page("home")._open_pressing("conflicts")
    desk.settle()
    assert desk.work.section == "exchange"
    page = desk.work.page("exchange")
    assert page.stack.currentWidget() is page.conflicts


def test_recent_stands_in_the_menu_file_until_the_lock(desk: Any) -> None:
    window = desk.unlocked("en")
    done: list[Any] = []
    desk.work.session.tasks.write(
        lambda progress: records.record(desk.work.session.ctx, "person", {"surname": "Асқарова"}), done.append
    )
    desk.settle()
    file = window.actions_.menus["file"]
    file.aboutToShow.emit()
    desk.settle()
    menu = desk.work.recent
    assert menu.actions()[0].text() == "Person · Асқарова"
    menu.actions()[0].trigger()
    desk.settle()
    assert desk.work.section == "people"
    window.lock()
    assert not any("Асқарова" in action.text() for action in menu.actions())
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    assert "Recent" not in [action.text() for action in file.actions()]


def test_a_clock_that_was_set_back_is_told_until_it_is_said_to_be_right(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    asked: list[str] = []

    def answer(_parent: object, text: str, **_words: object) -> bool:
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr("ethnomed_desktop.ui.home.page.ask", answer)
    monkeypatch.setattr(clock_check, "DAY_MS", -(10**13))  # as if three hundred years had gone by since
    desk.unlocked("en")
    home = desk.work.page("home")
    home.reload()
    desk.settle()
    assert words(home.attention)[0].startswith("The clock here shows ")
    for left in (1, 0):
        home.attention.lines[0].click()
        desk.settle()
        assert len([one for one in words(home.attention) if "clock" in one]) == left
    assert all(text.startswith("Is it really ") for text in asked)
    assert len(asked) == 2
