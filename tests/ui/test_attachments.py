"""Files on the card of a record: attached by drag, paste and button; opened privately, saved after a warning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from ethnomed_desktop.app import attachments, opened_copies
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.records import attachments_card

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def files_of(desk: Any, language: str = "ru") -> Any:
    """Record an incident; return the files on its card."""
    desk.unlocked(language)
    desk.key(Qt.Key.Key_I, CTRL | SHIFT)
    desk.incidents.form.form.go_to("what_happened")
    desk.type("Су бөлу туралы дау")
    desk.key(Qt.Key.Key_Return, CTRL)
    return desk.incidents.card.files


def picture(folder: Path, name: str = "сурет.png", width: int = 640) -> Path:
    image = QImage(width, width // 2, QImage.Format.Format_RGB32)
    image.fill(QColor("#338855"))
    path = folder / name
    assert image.save(str(path))
    return path


def dropped(widget: Any, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action = QPointF(20, 20), Qt.DropAction.CopyAction
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where.toPoint(), action, data, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(where, action, data, left, none))


def test_files_are_dragged_in_shown_and_drawn(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk)
    assert card.isVisible()
    assert card.hint.isVisible()
    paper = tmp_path / "Хаттама.txt"
    paper.write_text("қол қойылған", encoding="utf-8")
    dropped(card, [picture(tmp_path), paper])
    desk.settle()
    assert [row.held.name for row in card.rows] == ["сурет.png", "Хаттама.txt"]
    assert card.messages.label.text().startswith("Приложены 2 файла")
    assert not card.hint.isVisible()
    shown = card.rows[0].picture.pixmap().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).name() == "#338855"


def test_a_copied_picture_is_pasted(desk: Any) -> None:
    card = files_of(desk)
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    card.paste_button.click()
    desk.settle()
    (row,) = card.rows
    assert row.held.media_type == "image/png"
    QGuiApplication.clipboard().setText("only words")
    card.paste_button.click()
    desk.settle()
    assert len(card.rows) == 1
    assert card.messages.label.text() == _("There is no file and no picture to paste. Copy one first.")


def test_the_button_asks_for_files(desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = files_of(desk)
    path = picture(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    card.add_button.click()
    desk.settle()
    assert [row.held.name for row in card.rows] == ["сурет.png"]


def test_what_cannot_be_attached_is_said_and_the_rest_is_kept(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk, "kk")
    (tmp_path / "бос.pdf").touch()
    dropped(card, [picture(tmp_path), tmp_path / "бос.pdf"])
    desk.settle()
    assert "бос.pdf" in card.messages.label.text()
    assert [row.held.name for row in card.rows] == ["сурет.png"]


def test_a_file_is_opened_as_a_private_copy_that_locking_wipes(desk: Any, tmp_path: Path, memory: Path) -> None:
    card = files_of(desk)
    dropped(card, [picture(tmp_path)])
    desk.settle()
    seen: list[bytes] = []

    def shower(path: Path) -> bool:
        seen.append(path.read_bytes())
        return True

    card.shower = shower
    card.rows[0].open_button.click()
    desk.settle()
    assert len(seen) == 1
    assert seen[0].startswith(b"\x89PNG")
    assert len(list(memory.rglob("*.png"))) == 1
    assert "через четверть часа" in card.messages.label.text()
    desk.close()
    assert list(memory.iterdir()) == []


def test_the_foot_of_the_window_says_what_lies_open_and_wipes_it(desk: Any, tmp_path: Path, memory: Path) -> None:
    card = files_of(desk)
    card.shower = lambda path: True
    dropped(card, [picture(tmp_path), picture(tmp_path, "екінші.png", 320)])
    desk.settle()
    status = desk.work.status
    assert status.parts["copies"].text() == ""
    for row in list(card.rows):
        row.open_button.click()
        desk.settle()
    assert status.parts["copies"].text() == "Открытые копии: 2"
    assert status.copies.timer.isActive()
    menu = QMenu()
    status.copies.fill(menu)
    lines = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert sorted(line.split(" · ")[0] for line in lines[:-1]) == [
        "Стереть сейчас: екінші.png",
        "Стереть сейчас: сурет.png",
    ]
    menu.actions()[0].trigger()
    desk.settle()
    assert (status.parts["copies"].text(), len(list(memory.rglob("*.png")))) == ("Открытые копии: 1", 1)
    menu.actions()[-1].trigger()
    desk.settle()
    assert (status.parts["copies"].text(), list(memory.iterdir())) == ("", [])
    assert not status.copies.timer.isActive()


def test_a_copy_that_nobody_shows_goes_by_itself(
    desk: Any, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = files_of(desk)
    card.shower = lambda path: True
    dropped(card, [picture(tmp_path)])
    desk.settle()
    card.rows[0].open_button.click()
    desk.settle()
    monkeypatch.setattr(opened_copies, "WIPE_AFTER_MS", 0)
    desk.work.status.copies.timer.timeout.emit()
    desk.settle()
    assert (desk.work.status.parts["copies"].text(), list(memory.iterdir())) == ("", [])


def test_a_desktop_without_a_program_for_it_says_so(desk: Any, tmp_path: Path, memory: Path) -> None:
    card = files_of(desk)
    dropped(card, [picture(tmp_path)])
    desk.settle()
    card.shower = lambda path: False
    card.rows[0].open_button.click()
    desk.settle()
    assert "нет программы" in card.messages.label.text()


@pytest.mark.parametrize("agreed", [True, False])
def test_a_copy_is_saved_after_a_warning(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    card = files_of(desk)
    dropped(card, [picture(tmp_path)])
    desk.settle()
    asked: list[str] = []
    target = tmp_path / "copy.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(attachments_card, "ask", lambda _parent, text, **_words: asked.append(text) or agreed)
    card.rows[0].save_button.click()
    desk.settle()
    assert asked == ["Копия не будет защищена: кто её найдёт, тот прочтёт. Всё равно сохранить?"]
    assert target.exists() == agreed


def test_a_file_is_taken_off_with_a_reason_and_undo_brings_it_back(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk)
    dropped(card, [picture(tmp_path)])
    desk.settle()
    card.rows[0].remove_button.click()
    card.reason.usual[0].click()
    desk.settle()
    assert card.rows == []
    desk.key(Qt.Key.Key_Z, CTRL)
    assert [row.held.name for row in card.rows] == ["сурет.png"]


def test_what_may_be_a_program_has_no_open_button(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk)
    (tmp_path / "хат.pdf").write_bytes(b"MZ\x90\x00")
    dropped(card, [tmp_path / "хат.pdf"])
    desk.settle()
    assert not card.rows[0].open_button.isVisible()
    assert card.rows[0].save_button.isVisible()


def test_a_found_file_opens_the_card_it_is_on(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk)
    uid = card.uid
    dropped(card, [picture(tmp_path)])
    desk.settle()
    found = uid_text(card.rows[0].held.uid)
    desk.work.show_section("home")
    desk.work.open_record("attachment", found)
    desk.settle()
    assert desk.incidents.page_name() == "card"
    assert desk.incidents.card.uid == uid


def test_a_record_in_the_trash_keeps_its_files_but_takes_no_more(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk)
    dropped(card, [picture(tmp_path)])
    desk.settle()
    uid = parse_uid(card.uid)
    desk.incidents.card._on_reason("Ошибка")
    desk.settle()
    desk.incidents.open_record(card.uid)
    desk.settle()
    assert [row.held.name for row in card.rows] == ["сурет.png"]
    assert not card.add_button.isVisible()
    assert not card.rows[0].remove_button.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "сурет.png"))])
    assert not card.take(data)
    done: list[Any] = []
    desk.work.session.query(lambda ctx: attachments.attached_to(ctx, uid), done.append)
    desk.settle()
    assert len(done[0]) == 1


def test_hidden_names_hide_files_too(desk: Any, tmp_path: Path) -> None:
    card = files_of(desk)
    dropped(card, [picture(tmp_path, "Асқаров.png")])
    desk.settle()
    desk.window._turn_names()
    desk.settle()
    (row,) = card.rows
    assert row.name.text() == "Файл 1"
    assert "Асқаров" not in row.open_button.accessibleName()
    assert not row.open_button.isVisible()
    desk.window._turn_names()
    desk.settle()
    assert card.rows[0].name.text() == "Асқаров.png"
