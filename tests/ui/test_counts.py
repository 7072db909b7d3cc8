"""Clicks and keys that the tasks of a council's day cost: driven by mouse and keyboard, and counted.

Free typing is not among the counts. Seconds are those of the keystroke-level model (Card, Moran, Newell 1980) for
somebody who types 25 words a minute: thinking 1.35, pointing 1.1, a press of the mouse 0.2, the hand from mouse to
keys 0.4, a key or letter 0.48. They are what the hand needs; waiting for the program is measured elsewhere.
``pytest -s tests/ui/test_counts.py`` prints the table.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabBar, QWidget

from ethnomed_desktop.app import documents, printing
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.meetings import workspace as workspace_module

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MEMBERS = 12
MOST_FIELDS = 12


THINK, POINT, PRESS, HOME, STROKE = 1.35, 1.1, 0.2, 0.4, 0.48

AIMS = {"T1": 120, "T2": 90, "T7": 300, "T16": 16}
"""Seconds that the task may take (T7: a minute for each item); the others have aims in clicks and keys alone."""


class Hand:
    """Presses and counts: a click is one press of the mouse, a key one key or chord outside free text."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.clicks = 0
        self.keys = 0
        self.seconds = 0.0
        self._holds = ""
        self._last_key: object = None

    def take(self, what: str) -> None:
        """Move the hand to the mouse or to the keys."""
        if self._holds and self._holds != what:
            self.seconds += HOME
        self._holds = what
        self._last_key = None if what == "mouse" else self._last_key

    def press(self) -> None:
        """Think, point and press the mouse."""
        self.take("mouse")
        self.clicks += 1
        self.seconds += THINK + POINT + PRESS

    def click(self, target: QWidget) -> None:
        assert target.isVisible(), f"{target.objectName()} is not shown"
        assert target.isEnabled(), f"{target.objectName()} is grey"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        self.press()
        self.desk.settle()

    def tab(self, bar: QTabBar, place: int) -> None:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
        self.press()
        self.desk.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.desk.key(key, modifiers)
        self.take("keys")
        self.keys += 1
        self.seconds += STROKE * (1 + bin(modifiers.value).count("1"))
        if key != self._last_key:  # a row of the same key is thought of once
            self.seconds += THINK
        self._last_key = key

    def write(self, text: str, widget: QWidget | None = None) -> None:
        """Type; into an input without the focus the hand goes by one more key."""
        if widget is not None and QApplication.focusWidget() is not widget:
            self.seconds += STROKE
        self.desk.type(text, widget)
        self.take("keys")
        self._last_key = None
        self.seconds += THINK + STROKE * len(text)

    def tell(self, task: str, what: str) -> None:
        """Print the row of the table; where the task has an aim in seconds, hold it."""
        aim = AIMS.get(task)
        aimed = f" | aim {aim} s" if aim else ""
        row = f"{task} | {what} | clicks {self.clicks} | keys {self.keys} | {self.seconds:.1f} s{aimed}"
        sys.stdout.write(f"\n{row}\n")
        assert aim is None or self.seconds <= aim


@pytest.fixture
def hand(desk: Any) -> Hand:
    return Hand(desk)


def in_lane(desk: Any, job: Any) -> Any:
    done: list[Any] = []
    desk.work.session.tasks.write(lambda progress: job(desk.work.session.ctx), done.append)
    desk.settle()
    return done[0]


def kept(desk: Any, kind: str) -> list[Any]:
    rows = in_lane(desk, lambda ctx: list_records(ctx, ListQuestion(kind), limit=200).rows)
    return [one.values for one in rows]


def with_members(desk: Any) -> None:
    """Unlock, and give the body twelve members."""

    def members(ctx: Any) -> None:
        with ctx.reading() as connection:
            body = uid_text(own_bodies(connection)[0].uid)
        items: list[tuple[str, dict[str, object]]] = []
        for number in range(MEMBERS):
            items.append(("person", {"surname": f"Мүше{number:02d}", "given_name": "Аян", "@": f"p{number}"}))
            role = "member" if number else "chair"
            items.append(("membership", {"person": f"@p{number}", "organisation": body, "role": role}))
        record_many(ctx, items)

    desk.unlocked("ru")
    in_lane(desk, members)


def new_meeting(desk: Any, hand: Hand) -> Any:
    hand.click(desk.work.page("home").meeting)
    return desk.work.page("meetings").workspace


def ready_meeting(desk: Any, hand: Hand) -> Any:
    """A meeting with nine present and one item, as far as it needs to be finished; its keys are not counted."""
    work = new_meeting(desk, hand)
    work.sheet.meeting.put("secretary_words", "А. Хатшы")
    work.sheet.meeting.put("chair", None)  # typed over
    work.sheet.meeting.put("chair_words", "Б. Төраға")
    for row in range(9):
        work.attendance.toggle(row)
    work.add_item()
    desk.type("Ағын су кезегі", work.minutes.editor.form.boxes["title"].editor)
    desk.type("Кесте бекітілсін.", work.minutes.editor.add_decision().form.boxes["text"].editor)
    work.save()
    desk.settle()
    return work


def test_t1_practice_in_kazakh_at_150(desk: Any, hand: Hand, tmp_path: Path) -> None:
    desk.folder = tmp_path / "new"
    window = desk.open("ru")
    desk._bot.waitUntil(lambda: window.door_pages.founding is not None, timeout=20_000)
    page = window.door_pages.founding
    for button in (page.look.languages.buttons["kk"], page.look.sizes.buttons["150"], page.practice):
        hand.click(button)
    desk._bot.waitUntil(lambda: window.work is not None, timeout=60_000)
    desk.settle()
    hand.tell("T1", "first run in kk, 150 %, practice data")
    assert appearance().text_size == 150
    assert hand.clicks + hand.keys <= 10


TOLD = (
    "Масаншы мен Сортөбе арасында ағын су кезегіне байланысты сөз болды, ешкім жарақат алған жоқ, ақсақалдар барды."
)
"""What somebody says on the telephone: fourteen words, forty seconds at 25 words a minute and more."""


def test_t2_an_incident_by_keys_only(desk: Any, hand: Hand) -> None:
    desk.unlocked("ru")
    hand.key(Qt.Key.Key_I, CTRL | SHIFT)
    form = desk.incidents.form.form
    fields = [one for one in form.boxes.values() if one.field.page == 1]
    while QApplication.focusWidget() is not form.boxes["what_happened"].editor:
        hand.key(Qt.Key.Key_Tab)
        assert hand.keys < 40, "the field is not reached"
    hand.write(TOLD)
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.tell("T2", f"incident by keys only, {len(fields)} fields on the first page")
    assert hand.clicks == 0
    assert len(fields) <= MOST_FIELDS
    assert len(kept(desk, "incident")) == 1


def test_t3_an_empty_incident_is_refused_and_leads_to_its_field(desk: Any, hand: Hand) -> None:
    desk.unlocked("ru")
    hand.key(Qt.Key.Key_I, CTRL | SHIFT)
    hand.key(Qt.Key.Key_Return, CTRL)
    form = desk.incidents.form.form
    assert form.summary.isVisible()
    hand.click(form.summary.links[0])
    hand.tell("T3", "save an empty incident, go to what is missing")
    assert QApplication.focusWidget() is form.boxes["what_happened"].editor
    assert hand.clicks + hand.keys <= 3


def test_t4_a_draft_after_a_restart_is_one_click_away(desk: Any, hand: Hand) -> None:
    desk.unlocked("ru")
    desk.key(Qt.Key.Key_I, CTRL | SHIFT)
    desk.incidents.form.form.go_to("what_happened")
    desk.type("Базардағы дау")
    desk.close()
    desk.unlocked("ru")
    hand.click(desk.work.notices.button)
    hand.tell("T4", "draft after a restart")
    assert desk.incidents.form.form.boxes["what_happened"].draft() == "Базардағы дау"
    assert hand.clicks == 1


def test_t6_a_meeting_with_twelve_members_by_space_bar(desk: Any, hand: Hand) -> None:
    with_members(desk)
    work = new_meeting(desk, hand)
    hand.tab(work.head.tabs, work.head._keys.index("attendance"))
    assert work.attendance.table.isVisible()
    hand.click(work.attendance.table.viewport())
    work.attendance.table.selectRow(0)
    seen = []
    for _member in range(MEMBERS):
        hand.key(Qt.Key.Key_Space)
        seen.append(work.attendance.quorum.text())
    hand.tell("T6", "new meeting, 12 members marked present")
    assert work.sheet.present() == MEMBERS
    assert [place for place in range(1, MEMBERS) if seen[place] != seen[place - 1]] == [6]
    assert hand.keys == MEMBERS


def test_t7_five_items_with_decisions_and_tasks(desk: Any, hand: Hand) -> None:
    with_members(desk)
    work = new_meeting(desk, hand)
    for number in range(5):
        hand.click(work.agenda.add)
        if work.tab() != "minutes":
            hand.tab(work.head.tabs, work.head._keys.index("minutes"))
        editor = work.minutes.editor
        hand.write(f"{number}. Ағын су кестесі туралы", editor.form.boxes["title"].editor)
        hand.click(editor.add_decision_button)
        block = editor.decisions[0]
        hand.write("Кесте бекітіліп, көрнекі жерге ілінсін.", block.form.boxes["text"].editor)
        block.form.boxes["text"].editor.setFocus()
        hand.key(Qt.Key.Key_F9)
        hand.write("05.12.2026", block.task_rows[0].form.boxes["due"].editor)
    hand.key(Qt.Key.Key_S, CTRL)
    hand.tell("T7", "five items, each with a decision and a task")
    assert len(kept(desk, "task")) == 5
    assert hand.clicks <= 12, "one opens the meeting, one its minutes, two for each item"
    assert hand.keys == 6


def test_t8_the_last_minutes_are_printed_in_two_clicks(
    desk: Any, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[bytes] = []
    monkeypatch.setattr(printing, "can_use_lp", lambda: True)
    monkeypatch.setattr(printing, "lp_printers", lambda: ["office"])
    monkeypatch.setattr(printing, "printer_trouble", lambda name: None)
    monkeypatch.setattr(printing, "print_by_lp", lambda pdf, *_rest: got.append(pdf))
    with_members(desk)
    ready_meeting(desk, Hand(desk))
    desk.work.show_section("home")
    desk.settle()
    hand.click(desk.work.page("home").print_last)
    dialog: Any = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
    )
    desk._bot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    hand.click(dialog.print_button)
    hand.tell("T8", "print the last minutes from Home")
    dialog.close()
    assert hand.clicks <= 3
    assert "Кесте бекітілсін." in documents.read_back(got[0])


def test_t10_finish_number_and_correct(desk: Any, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(*_given: object, **_words: object) -> bool:
        hand.press()
        return True

    with_members(desk)
    work = ready_meeting(desk, Hand(desk))
    monkeypatch.setattr(workspace_module, "ask", answered)
    hand.tab(work.head.tabs, work.head._keys.index("check"))
    hand.click(work.check.finish)
    numbering = hand.clicks
    closed = desk.work.page("meetings").closed
    hand.write("Мерзімі қате", closed.reason.editor)
    hand.click(closed.correct)
    hand.tell("T10", f"finish and number ({numbering}), then a correction as version 2")
    assert work.sheet.fixed["version"] == 2
    assert {one["number"] for one in kept(desk, "meeting") if one.get("number")} == {"1"}
    assert hand.clicks <= 5


def test_t16_the_language_is_switched_while_typing(desk: Any, hand: Hand) -> None:
    with_members(desk)
    work = new_meeting(desk, Hand(desk))
    work.add_item()
    editor = work.minutes.editor.form.boxes["heard"].editor
    editor.setFocus()
    desk.type("Мұрап баянд", editor)
    place = editor.textCursor().position()
    for language in ("kk", "ru", "en", "kk"):
        hand.click(desk.work.top_bar.languages.buttons[language])
        still = work.minutes.editor.form.boxes["heard"].editor
        assert (still.toPlainText(), still.textCursor().position()) == ("Мұрап баянд", place)
        assert still.document().isUndoAvailable()
        assert QApplication.focusWidget() is still, "the next letter goes where the last one went"
    hand.tell("T16", "kk, ru, en, kk while typing minutes")
    assert hand.clicks == 4
