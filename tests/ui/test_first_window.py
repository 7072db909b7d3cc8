"""The first picture: how little is loaded for it, that no key is lost over it, and help at the door."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ethnomed_desktop.app import help_pages

ROOT = Path(__file__).resolve().parent.parent.parent
PASSPHRASE = "тау өзен бұлақ дала аспан"
OWN = "ethnomed_desktop."
LATER = (
    *("sqlalchemy", "alembic", "sqlcipher3", "argon2", "cryptography", "reportlab", "pypdfium2", "babel"),
    *("dataclasses", "tomllib", "concurrent.futures", "sysconfig", "PySide6.QtSvg", "PySide6.QtPrintSupport"),
    *(f"{OWN}{name}" for name in ("cli.main", "domain.registry", "domain.kinds", "i18n.conventions")),
    *(f"{OWN}ui.{name}" for name in ("actions", "features", "tasks", "work_area", "session", "founding")),
    *(f"{OWN}ui.kit.{name}" for name in ("field_box", "message_bar", "chooser", "icons", "layout_keys")),
)
"""Imported after the first picture, in `MainWindow._furnish` or when it is needed."""

AT_THE_FIRST_PICTURE = f"""
import os, sys
from PySide6.QtWidgets import QApplication
from ethnomed_desktop.ui.main_window import MainWindow
def tell(window):
    print(*[name for name in {LATER!r} if name in sys.modules])
    sys.stdout.flush()
    os._exit(0)
MainWindow._furnish = tell
QApplication.exec = staticmethod(lambda: [QApplication.processEvents() for _ in range(20)])
from ethnomed_desktop.__main__ import main
main(["--data-dir", sys.argv[1]])
"""


@pytest.mark.parametrize("vault", [True, False])
def test_the_first_picture_waits_for_no_heavy_module(vault: bool, council_folder: Path, tmp_path: Path) -> None:
    folder = council_folder if vault else tmp_path / "empty"
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_FIRST_PICTURE, str(folder)],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": ":none", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n"), "the window was never painted"
    assert done.stdout.split() == []


def test_who_types_before_the_first_picture_is_let_in(desk: Any, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(desk, "settle", lambda: None)
    window = desk.open("ru")
    assert "actions_" not in vars(window)
    line = window.door_pages.unlock.secret.line
    assert window.focusWidget() is line
    desk.type(PASSPHRASE, line)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.work is not None, timeout=20_000)
    monkeypatch.undo()
    desk.settle()
    assert window.actions_.by_key["incident"].isEnabled()


def test_what_is_typed_while_the_window_is_furnished_stays(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(desk, "settle", lambda: None)
    window = desk.open("kk")
    desk.type("тау ", window.door_pages.unlock.secret.line)
    monkeypatch.undo()
    desk.settle()
    desk.type("өзен")
    assert window.door_pages.unlock.secret.secret() == "тау өзен"


def test_the_menus_stand_there_before_their_entries(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(desk, "settle", lambda: None)
    window = desk.open("ru")
    bar = window.menuBar()
    high = bar.sizeHint().height()
    assert [action.text() for action in bar.actions()][:2] == ["&Файл", "&Изменить"]
    assert not window._menus["file"].actions()
    monkeypatch.undo()
    desk.settle()
    assert window._menus["file"].actions()
    assert bar.sizeHint().height() == high


def test_the_form_of_a_new_council_takes_the_place_of_its_head(desk: Any, tmp_path: Path, monkeypatch: Any) -> None:
    desk.folder = tmp_path / "new"
    monkeypatch.setattr(desk, "settle", lambda: None)
    door = desk.open("ru").door_pages
    assert door.founding is None
    assert door.stack.currentWidget().objectName() == "greeting"
    assert desk.window.focusWidget() is door.stack.currentWidget()
    monkeypatch.undo()
    desk.settle()
    assert door.stack.currentWidget() is door.founding
    assert door.founding.isAncestorOf(QApplication.focusWidget())
    assert door.stack.count() == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_f1_at_the_locked_door_tells_of_passwords(desk: Any, language: str) -> None:
    window = desk.open(language)
    door = window.door_pages
    desk.type("тау", door.unlock.secret.line)
    desk.key(Qt.Key.Key_F1)
    assert door.stack.currentWidget() is door.help
    assert heading(door) == next(one.title for one in help_pages.list_pages(language) if one.name == "vault")
    desk.key(Qt.Key.Key_Escape)
    assert door.stack.currentWidget() is door.unlock
    assert door.unlock.secret.line.hasFocus()
    assert door.unlock.secret.secret() == "тау"


def test_f1_before_there_is_a_vault_tells_how_to_begin(desk: Any, tmp_path: Path) -> None:
    desk.folder = tmp_path / "new"
    window = desk.open("kk")
    door = window.door_pages
    desk.key(Qt.Key.Key_F1)
    assert heading(door) == next(one.title for one in help_pages.list_pages("kk") if one.name == "start")
    window.use_language("ru")
    assert heading(door) == next(one.title for one in help_pages.list_pages("ru") if one.name == "start")
    door.help.back.click()
    assert door.stack.currentWidget() is door.founding


def heading(door: Any) -> str:
    return str(door.help.pages.text.toPlainText()).partition("\n")[0]
