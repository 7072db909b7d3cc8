"""After each step the keyboard stands on what is likely next, and file dialogs open where files are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.ui.exchange.page import ExchangePage
from ethnomed_desktop.ui.kit.folders import documents_folder

from .conftest import Clicks, drop, go, incident, me


def test_taking_in_and_giving_back_leave_the_keyboard_on_the_card(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    beside(incident, hub)
    file = beside(exchange.send, hub, me(desk), stick).files[0]
    go(desk, clicks)
    drop(joined, file)
    desk.settle()
    assert desk.window.focusWidget() is joined.receive.take_button
    clicks.on(joined.receive.take_button)
    assert desk.window.focusWidget() is joined.receive.choose_button
    clicks.on(joined.receive.undo_button)
    assert desk.window.focusWidget() is joined.receive.choose_button


def test_a_file_that_cannot_be_written_leaves_the_keyboard_on_its_button(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path
) -> None:
    go(desk, clicks)
    stick.rmdir()
    clicks.on(joined.send.write_button)
    assert joined.messages.property("level") == "warning"
    assert desk.window.focusWidget() is joined.send.write_button


def test_files_are_looked_for_on_the_stick_first(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def chosen(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        asked.append(start)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    go(desk, clicks)
    clicks.on(joined.receive.choose_button)
    assert asked == [str(stick)]


def test_without_a_folder_for_documents_files_go_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    documents = tmp_path / "Documents"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(documents))
    assert documents_folder() == Path.home()
    documents.mkdir()
    assert documents_folder() == documents
