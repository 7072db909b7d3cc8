"""Records on a stick: the line at the foot says so; locked, the window says when the stick can be pulled out."""

from __future__ import annotations

from typing import Any

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.app import data_place
from ethnomed_desktop.store.medium import Medium

DISK = Medium()


def on(monkeypatch: pytest.MonkeyPatch, found: Medium, program: Medium = DISK) -> None:
    monkeypatch.setattr(data_place, "medium_of", lambda folder: program if folder == paths.program_dir() else found)
    monkeypatch.setattr(data_place, "sync_all", lambda: None)


def locked(desk: Any) -> str:
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.settle()
    messages = desk.window.door_pages.unlock.messages
    return "" if messages.isHidden() else str(messages.label.text())


@pytest.mark.parametrize(("language", "words"), [("kk", "Флешкада"), ("ru", "На флешке"), ("en", "On a stick")])
def test_the_foot_of_the_window_names_the_stick(
    desk: Any, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    on(monkeypatch, Medium(removable=True))
    desk.unlocked(language)
    assert desk.work.status.parts["place"].text() == words


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "алуға болады"), ("ru", "можно вынуть"), ("en", "You can remove the stick")]
)
def test_locked_it_says_that_the_stick_can_be_removed(
    desk: Any, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    on(monkeypatch, Medium(removable=True))
    desk.unlocked(language)
    assert words in locked(desk)


def test_a_program_on_the_stick_is_closed_first(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, Medium(removable=True), Medium(removable=True))
    desk.unlocked("en")
    assert "close it, then remove the stick" in locked(desk)


def test_a_share_of_the_network_is_named(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, Medium(on_network=True))
    desk.unlocked("en")
    part = desk.work.status.parts["place"]
    assert (part.text(), "one computer only" in part.toolTip()) == ("On a network share", True)


def test_a_disk_is_nothing_to_speak_of(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, Medium())
    desk.unlocked("en")
    assert desk.work.status.parts["place"].isHidden()
    assert locked(desk) == ""
