"""Settings: what is chosen is in force at once and remembered; backups, the password, the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from ethnomed_desktop.app import backups, records
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault import export_card

PASSPHRASE = "тау өзен бұлақ дала аспан"
NEW = "жайлау қымыз домбыра күй шаңырақ"


def settings(desk: Any, language: str = "en") -> Any:
    desk.unlocked(language)
    desk.work.show_section("settings")
    desk.settle()
    page = desk.work.page("settings")
    page.params = FLOOR
    return page


def remembered(desk: Any) -> WindowSettings:
    return WindowSettings.read(desk.folder / "settings")


def locked(desk: Any) -> None:
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.settle()


def test_what_is_chosen_is_in_force_and_remembered(desk: Any) -> None:
    look = settings(desk).look
    look.theme.buttons["dark"].click()
    look.text_size.buttons["150"].click()
    look.letters.click()
    look.idle.buttons["5"].click()
    desk.settle()
    assert (appearance().theme, appearance().text_size, appearance().letter_palette) == ("dark", 150, False)
    known = remembered(desk)
    assert (known.theme, known.text_size, known.letters, known.idle_minutes) == ("dark", 150, False, 5)
    assert desk.window.idle._timer.interval() == 5 * 60 * 1000
    assert desk.window.actions_.by_key["theme:dark"].isChecked()
    assert not desk.window.actions_.by_key["letters"].isChecked()


def test_the_settings_follow_the_menu(desk: Any) -> None:
    look = settings(desk).look
    desk.window.act("theme:contrast")
    desk.window.act("larger")
    assert look.theme.buttons["contrast"].isChecked()
    assert look.text_size.buttons["125"].isChecked()


def test_the_changed_password_opens_and_the_old_one_does_not(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = settings(desk)
    monkeypatch.setattr("ethnomed_desktop.ui.vault.settings_page.ask", lambda *_args, **_words: True)
    page.password.first.line.setText("short")
    page.change.click()
    assert page.password.first.error()
    assert page.password.old.error()
    for field in (page.password.first, page.password.again):
        field.line.setText(NEW)
    page.password.old.line.setText("бөтен адамның болжаған сөзі")
    page.change.click()
    desk.settle()
    assert page.password.old.error()
    assert page.password.first.secret() == NEW
    page.password.old.line.setText(PASSPHRASE)
    page.change.click()
    desk.settle()
    assert page.password.first.secret() == ""
    locked(desk)
    desk.unlock(PASSPHRASE)
    assert desk.window.work is None
    desk.unlock(NEW)
    assert desk.window.work is not None


def test_who_keeps_the_old_sheet_changes_nothing(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = settings(desk)
    monkeypatch.setattr("ethnomed_desktop.ui.vault.settings_page.ask", lambda *_args, **_words: False)
    page.renew.click()
    desk.settle()
    assert page.currentWidget() is page.area


def test_a_new_recovery_sheet_opens_the_records(
    desk: Any, monkeypatch: pytest.MonkeyPatch, council_template: tuple[Path, str]
) -> None:
    page = settings(desk)
    monkeypatch.setattr("ethnomed_desktop.ui.vault.settings_page.ask", lambda *_args, **_words: True)
    page.renew.click()
    desk.settle()
    code = page.sheet.code.text()
    assert code
    assert code != council_template[1]
    assert not desk.window.idle._timer.isActive()  # no idle lock takes the code away
    page.sheet.to_typing.click()
    assert page.sheet.code.isHidden()
    desk.type("ABCD-EFGH", page.sheet.typed.line)
    page.sheet.go_on.click()
    assert page.sheet.typed.error()
    page.sheet.typed.line.setText(code.replace("-", " ").lower())
    page.sheet.go_on.click()
    desk.settle()
    assert page.currentWidget() is page.area
    assert page.sheet.code.text() == ""
    assert desk.window.idle._timer.isActive()
    assert not desk.work.session.ctx.vault.keys_were_replaced
    desk.work.show_section("home")
    desk.settle()
    assert desk.work.page("home").standing.isHidden()
    locked(desk)
    desk.unlock(council_template[1])
    assert desk.window.work is None
    desk.unlock(code)
    assert desk.window.work is not None


def test_a_sheet_put_off_or_lost_is_told_on_the_first_page_until_confirmed(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settings(desk)
    monkeypatch.setattr("ethnomed_desktop.ui.vault.settings_page.ask", lambda *_args, **_words: True)
    page.renew.click()
    desk.settle()
    code = page.sheet.code.text()
    locked(desk)  # by hand, or by a power cut: the code is gone from the screen
    desk.unlock()
    home = desk.work.page("home")
    desk.settle()
    assert home.standing.isVisible()
    home.standing.button.click()
    desk.settle()
    page = desk.work.page("settings")
    assert desk.work.section == "settings"
    page.typed.line.setText("0000 0000")
    page.confirm.click()
    desk.settle()
    assert page.typed.error()
    page.typed.line.setText(code)
    page.confirm.click()
    desk.settle()
    assert page.typed.error() == ""
    desk.work.show_section("home")
    desk.settle()
    assert home.standing.isHidden()


def test_a_backup_to_a_stick_is_restored_at_the_door(desk: Any, tmp_path: Path) -> None:
    page = settings(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backups.back_up_to(stick)
    desk.settle()
    (file,) = stick.glob("*.emb")
    assert file.name in page.backups.messages.label.text()
    values = {"surname": "Кейінгі"}
    desk.work.session.command(lambda ctx: records.record(ctx, "person", values))
    desk.settle()
    desk.window.act("restore")
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    door = desk.window.door_pages
    restore = door.restore
    assert door.stack.currentWidget() is restore
    restore.go.click()
    assert "first" in restore.messages.label.text()
    restore.choose_file(file)
    restore.secret.line.setText("қате құпиясөз")
    restore.go.click()
    desk.settle()
    assert restore.go.isEnabled()
    assert restore.messages.isVisible()
    restore.secret.line.setText(PASSPHRASE)
    restore.go.click()
    desk.settle()
    assert door.stack.currentWidget() is door.unlock
    assert "kept in the folder" in door.unlock.messages.label.text()
    desk.unlock()
    desk.work.show_section("people")
    desk.settle()
    assert desk.work.page("people").current().list.model.rowCount() == 0


def test_the_daily_backup_is_copied_to_the_place_chosen(desk: Any, tmp_path: Path) -> None:
    page = settings(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backups.use_place(stick)
    desk.settle()
    assert str(stick) in page.backups.place.text()
    locked(desk)
    (copy,) = stick.glob("*.emb")
    assert copy.read_bytes() == next((desk.folder / "backups").glob("*.emb")).read_bytes()


def test_a_stick_that_is_not_in_keeps_nobody_from_locking(desk: Any, tmp_path: Path) -> None:
    page = settings(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backups.use_place(stick)
    desk.settle()
    stick.rmdir()
    locked(desk)
    desk.unlock()
    assert desk.window.work is not None


def test_locking_makes_the_backup_of_the_day(desk: Any, council_folder: Path) -> None:
    desk.unlocked("en")
    assert desk.work.status.parts["backup"].text() == "No backup yet"
    locked(desk)
    assert len(backups.list_backups(council_folder / "backups")) == 1
    desk.unlock()
    assert desk.work.status.parts["backup"].text().startswith("Backup ")
    desk.work.status.parts["backup"].click()
    desk.settle()
    assert desk.work.section == "settings"
    assert desk.work.page("settings").backups.list.count() == 1


def test_a_backup_that_fails_locks_all_the_same_and_is_told_once(
    desk: Any, monkeypatch: pytest.MonkeyPatch, council_folder: Path
) -> None:
    desk.unlocked("en")

    def full(_ctx: object) -> None:
        raise StorageError("storage.full", path="x")

    with monkeypatch.context() as patch:
        patch.setattr("ethnomed_desktop.ui.session.back_up_by_itself", full)
        locked(desk)
        assert remembered(desk).backup_failed
    desk.unlock()
    assert "was not made" in desk.work.notices.label.text()
    assert remembered(desk).backup_failed == ""


def test_the_menu_leads_to_the_cards(desk: Any) -> None:
    window = desk.unlocked("en")
    for key in ("password", "recovery", "back_up"):
        window.act(key)
        desk.settle()
        assert desk.work.section == "settings"
    assert desk.work.page("settings").backups.now.hasFocus()


def test_checking_the_data_leads_to_the_page_that_tells(desk: Any) -> None:
    desk.unlocked("en").act("check")
    desk.settle()
    assert desk.work.section == "audit"


@pytest.mark.parametrize("form", ["xlsx", "pdf", "jsonl"])
def test_everything_is_written_as_a_file(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    card = settings(desk).export
    target = tmp_path / f"all.{form}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target.with_suffix("")), ""))
    monkeypatch.setattr(export_card, "ask", lambda *_args, **_words: False)
    card.buttons[form].click()
    desk.settle()
    assert not target.exists()
    monkeypatch.setattr(export_card, "ask", lambda *_args, **_words: True)
    card.buttons[form].click()
    desk.settle()
    assert target.stat().st_size > 100
    assert f"all.{form}" in card.messages.label.text()
    assert all(button.isEnabled() for button in card.buttons.values())
