"""The first start in steps: nothing is made before the end, nothing typed is lost going back and forth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ethnomed_desktop.app.backup_place import backup_place
from ethnomed_desktop.app.vault_secrets import recovery_is_open
from ethnomed_desktop.ui.kit.appearance import appearance


def wizard(desk: Any, tmp_path: Path, language: str = "ru") -> Any:
    desk.folder = tmp_path / "new"
    window = desk.open(language)
    if hasattr(window, "furnished"):
        desk._bot.waitUntil(lambda: window.door_pages.founding is not None, timeout=20_000)
    return window.door_pages.founding


def filled(desk: Any, page: Any) -> str:
    """Go through all steps as a person does; return the passphrase proposed."""
    page.next.click()
    desk.type("Сейітова Раушан", page.who.user["name"].editor)
    for kind in ("council_of_elders", "house_of_friendship"):
        page.who.bodies.buttons[kind].click()
        desk.settle()
    page.next.click()
    page.password.secret.propose.click()
    words: str = page.password.secret.passphrase()
    page.next.click()
    assert page.step == 3
    return words


def test_language_and_text_size_are_in_force_at_once(desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    page.look.languages.buttons["kk"].click()
    page.look.sizes.buttons["150"].click()
    desk.settle()
    assert page.next.text() == "Жалғастыру"
    assert appearance().text_size == 150
    assert (desk.window._settings.language, desk.window._settings.text_size) == ("kk", 150)


def test_a_step_says_what_it_lacks_and_keeps_what_was_typed(desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    page.next.click()
    page.next.click()
    assert page.step == 1
    assert page.summary.isVisible()
    words = filled_from_step_two(desk, page)
    page.show_step(1)
    assert page.who.user["name"].draft() == "Сейітова Раушан"
    assert [form.boxes["name_ru"].draft() for form in page.who.bodies.forms] == ["Совет аксакалов"]
    page.show_step(2)
    assert page.password.secret.passphrase() == words
    assert not (desk.folder / "keys.json").exists()
    assert not (desk.folder / "store.db").exists()


def filled_from_step_two(desk: Any, page: Any) -> str:
    desk.type("Сейітова Раушан", page.who.user["name"].editor)
    page.who.bodies.buttons["council_of_elders"].click()
    desk.settle()
    page.next.click()
    assert page.step == 2
    page.password.secret.propose.click()
    words: str = page.password.secret.passphrase()
    page.next.click()
    return words


def test_a_council_of_two_bodies_is_made_and_its_sheet_confirmed(qtbot: Any, desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    words = filled(desk, page)
    assert "Дом дружбы" in page.place.lines.text()
    stick = tmp_path / "stick"
    stick.mkdir()
    page.place.use_folder(stick)
    page.button.click()
    qtbot.waitUntil(lambda: desk.window.door_pages.recovery is not None, timeout=60_000)
    sheet = desk.window.door_pages.recovery
    assert not desk.window.door_pages.restore_button.isVisible(), "it does nothing until the sheet is kept"
    code = sheet.code.text()
    assert len(code.split("-")) == 9
    sheet.to_typing.click()
    sheet.typed.line.setText(code)
    sheet.go_on.click()
    qtbot.waitUntil(lambda: desk.window.work is not None, timeout=20_000)
    desk.settle()
    found: list[Any] = []
    desk.work.session.query(lambda ctx: (recovery_is_open(ctx), backup_place(ctx)), found.append)
    desk.settle()
    assert found == [(False, stick)]
    assert len(desk.work.status.frame_known.bodies) == 2
    desk.window.lock()
    qtbot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    assert len(list(stick.glob("*.emb"))) == 1
    assert desk.window.door_pages.restore_button.isVisible()
    desk.unlock(words)
    assert desk.window.work is not None


def test_a_sheet_put_off_stands_on_the_first_page(qtbot: Any, desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    filled(desk, page)
    page.button.click()
    qtbot.waitUntil(lambda: desk.window.door_pages.recovery is not None, timeout=60_000)
    desk.window.door_pages.recovery.later.click()
    qtbot.waitUntil(lambda: desk.window.work is not None, timeout=20_000)
    desk.settle()
    assert desk.work.page("home").standing.isVisible()


def test_a_stop_before_the_first_records_leaves_nothing(
    qtbot: Any, desk: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    """The power goes after the store was founded: the next start begins anew, with no half council."""

    def cut(*_args: object) -> None:
        raise OSError(5, "power")

    page = wizard(desk, tmp_path)
    filled(desk, page)
    with monkeypatch.context() as patched:
        patched.setattr("ethnomed_desktop.store.vault.write_keys", cut)
        page.button.click()
        qtbot.waitUntil(page.button.isEnabled, timeout=60_000)
    assert page.summary.isVisible()
    assert not (desk.folder / "keys.json").exists()
    page.button.click()
    qtbot.waitUntil(lambda: desk.window.door_pages.recovery is not None, timeout=60_000)
    desk.window.door_pages.recovery.later.click()
    qtbot.waitUntil(lambda: desk.window.work is not None, timeout=20_000)
    desk.settle()
    assert len(desk.work.status.frame_known.bodies) == 2


def test_two_different_passwords_are_refused(desk: Any, tmp_path: Path) -> None:
    card = wizard(desk, tmp_path, "en").password.secret
    desk.type("one two three four five", card.first.line)
    desk.type("one two three four six", card.again.line)
    assert [problem.name for problem in card.problems()] == ["passphrase_again"]
    assert card.meter.text().startswith("Strength:")


def test_the_practice_council_is_three_clicks_away(desk: Any, tmp_path: Path) -> None:
    """T1: Kazakh, 150 %, practice data; one page."""
    page = wizard(desk, tmp_path)
    clicks = (page.look.languages.buttons["kk"], page.look.sizes.buttons["150"], page.practice)
    for one in clicks:
        assert one.isVisible()
        one.click()
        desk.settle()
    desk._bot.waitUntil(lambda: desk.window.work is not None, timeout=60_000)
    desk.settle()
    band = [one for one in desk.work.children() if one.objectName() == "practice_band"]
    assert len(band) == 1
    assert len(clicks) <= 10


def test_the_steps_are_gone_through_by_enter_alone(desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    desk.key(Qt.Key.Key_Return)
    assert page.step == 1
    name = page.who.user["name"]
    desk.type("Сейітова Раушан", name.editor)
    QTest.keyClick(name.editor, Qt.Key.Key_Return)
    role = page.who.user["role"].editor
    assert desk.window.focusWidget() is role
    QTest.keyClick(role, Qt.Key.Key_Return)
    assert page.step == 1  # a body is lacking: the focus goes on to what chooses one
    assert desk.window.focusWidget() is not role
    page.who.bodies.buttons["council_of_elders"].click()
    desk.settle()
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.step == 2
    first, again = page.password.fields().values()
    desk.type("тау өзен бұлақ дала аспан", first.editor)
    QTest.keyClick(first.editor, Qt.Key.Key_Return)
    assert desk.window.focusWidget() is again.editor
    desk.type("тау өзен бұлақ дала аспан", again.editor)
    QTest.keyClick(again.editor, Qt.Key.Key_Return)
    assert page.step == 3


def test_what_is_wrong_in_the_wizard_is_no_draft_that_was_kept(desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    page.next.click()
    page.next.click()
    assert page.summary.isVisible()
    assert page.summary.heading.text() == "Проверьте эти поля."


def test_what_lacks_a_body_leads_to_the_usual_ones(desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    page.next.click()
    desk.type("Сейітова Раушан", page.who.user["name"].editor)
    page.next.click()
    (link,) = page.summary.links
    link.click()
    desk.settle()
    assert QApplication.focusWidget() is page.who.bodies.buttons["council_of_elders"]


def test_the_line_of_waiting_stands_over_no_button(desk: Any, tmp_path: Path) -> None:
    page = wizard(desk, tmp_path)
    filled(desk, page)
    page._set_busy("create")
    desk.settle()
    line, button = page.busy_line, page.button
    assert line.mapTo(page, line.rect().bottomLeft()).y() < button.mapTo(page, button.rect().topLeft()).y()
    assert line.height() < button.height() / 2
    page._set_busy("")
