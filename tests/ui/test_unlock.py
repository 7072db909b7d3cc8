"""The door: a new council, unlocking, refusing, locking."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ethnomed_desktop.app.vault import close, open_council

PASSPHRASE = "тау өзен бұлақ дала аспан"


def test_the_right_password_opens_the_records(desk: Any) -> None:
    window = desk.unlocked()
    assert window.stack.currentWidget() is desk.work
    assert desk.work.section == "home"
    assert desk.work.status.parts["user"].text() == "Сейітова Раушан"
    assert desk.work.status.parts["body"].text() == "Совет аксакалов"


def test_a_wrong_password_is_told_in_plain_words_and_can_be_typed_over(desk: Any) -> None:
    window = desk.open("ru")
    desk.unlock("қате құпиясөз")
    page = window.door_pages.unlock
    assert window.work is None
    assert "Неверный пароль" in page.messages.label.text()
    assert page.secret.line.selectedText() != ""
    assert page.button.isEnabled()
    desk.unlock(PASSPHRASE)
    assert window.work is not None


def test_an_empty_password_asks_for_one(desk: Any) -> None:
    window = desk.open("en")
    window.door_pages.unlock.button.click()
    assert "Password" in window.door_pages.unlock.secret.error()
    assert window.door_pages.tasks.is_idle()


def test_the_recovery_code_opens_too(desk: Any, council_template: tuple[Path, str]) -> None:
    window = desk.open()
    desk.unlock(council_template[1])
    assert window.work is not None


def test_the_password_is_hidden_until_one_asks(desk: Any) -> None:
    page = desk.open().door_pages.unlock
    assert page.secret.line.echoMode() == QLineEdit.EchoMode.Password
    page.secret.eye.click()
    assert page.secret.line.echoMode() == QLineEdit.EchoMode.Normal


def test_the_page_speaks_another_language_at_once_and_keeps_what_is_typed(desk: Any) -> None:
    window = desk.open("ru")
    page = window.door_pages.unlock
    desk.type("тау өзен", page.secret.line)
    assert page.button.text() == "Открыть"
    window.door_pages.languages.buttons["kk"].click()
    assert page.button.text() == "Ашу"
    assert page.secret.secret() == "тау өзен"


def test_several_names_at_the_door_are_a_choice(desk: Any) -> None:
    page = desk.open().door_pages.unlock
    assert not page.who.isVisible()
    page.offer_labels(["Раушан", "Болат"], "Болат")
    asked = []
    page.unlock_requested.disconnect()
    page.unlock_requested.connect(lambda secret, label: asked.append(label))
    desk.type("x", page.secret.line)
    page.button.click()
    assert page.who.isVisible()
    assert asked == ["Болат"]
    page.begin()


def test_locking_hides_everything_and_closes_the_vault(desk: Any, council_folder: Path) -> None:
    window = desk.unlocked()
    desk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.work is None
    assert window.stack.currentWidget() is window.door_pages
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    with ThreadPoolExecutor(1) as lane:  # nobody holds it any more
        ctx = lane.submit(lambda: open_council(council_folder, PASSPHRASE, program="command")).result()
        lane.submit(close, ctx).result()
    desk.unlock()
    assert window.work is not None


def test_nobody_at_the_computer_locks_the_window(desk: Any) -> None:
    window = desk.unlocked()
    assert window.idle._timer.isActive()
    assert window.idle._timer.interval() == 10 * 60 * 1000
    window.idle.idle.emit()
    assert window.work is None


def test_a_closed_lid_locks_and_what_was_typed_is_kept(desk: Any) -> None:
    """Timers stand still while a computer sleeps; the clock on the wall does not."""
    window = desk.unlocked()
    desk.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.incidents.form.form.go_to("what_happened")
    desk.type("Көпір жанындағы дау")
    slept = [0.0]
    wall = window.idle._wall
    window.idle._wall = lambda: wall() + slept[0]
    assert not window.idle.look()
    slept[0] = 3 * 3600.0
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_J)
    desk.settle()
    assert window.work is None, "the first key after waking locks"
    assert not window.idle._timer.isActive()
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
    window.idle._wall = wall
    desk.unlock()
    (kept,) = desk.work.status.frame_known.drafts
    assert kept.draft.body["values"]["what_happened"] == "Көпір жанындағы дау"


def test_a_computer_that_woke_locks_without_a_key(desk: Any) -> None:
    window = desk.unlocked()
    wall = window.idle._wall
    window.idle._wall = lambda: wall() + 3600
    window.idle._pulse.timeout.emit()
    assert window.work is None


def test_a_key_puts_the_lock_off(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.unlocked()
    begun: list[bool] = []
    monkeypatch.setattr(window.idle._timer, "start", lambda: begun.append(True))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert begun


def test_a_vault_open_elsewhere_is_told_with_the_name(desk: Any, council_folder: Path) -> None:
    other = desk.unlocked("en")
    window = desk.open("en")
    desk.unlock()
    assert window.work is None
    assert "Раушан" in window.door_pages.unlock.messages.label.text()
    assert other.work is not None


def test_practice_is_one_click_and_says_so(desk: Any, tmp_path: Path) -> None:
    desk.folder = tmp_path / "practice"
    window = desk.open("en")
    window.door_pages.founding.practice.click()
    desk._bot.waitUntil(lambda: window.work is not None, timeout=60_000)
    desk.settle()
    assert desk.work.findChild(type(desk.work.status), "status_parts") is not None
    band = [one for one in desk.work.children() if one.objectName() == "practice_band"]
    assert len(band) == 1
    assert "PRACTICE" in band[0].text()
    window.lock()
    desk._bot.waitUntil(lambda: window.stack.count() == 1, timeout=20_000)
