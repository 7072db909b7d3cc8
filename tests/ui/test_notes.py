"""The section Notes in confidence: kept, changed, released, thrown away; kept also when the program locks."""

from __future__ import annotations

from typing import Any

import pytest

from ethnomed_desktop.app.private_notes import list_notes


def notes(desk: Any) -> Any:
    desk.window.act("section:notes")
    desk.settle()
    return desk.work.page("notes")


def rows(page: Any) -> list[str]:
    return [page.list.item(at).text() for at in range(page.list.count())]


def write(desk: Any, page: Any, text: str) -> None:
    page.fields["text"].set_value(text)
    page.fields["said_by"].set_value("A-1")
    page.save.click()
    desk.settle()


def said_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ethnomed_desktop.ui.notes.page.ask", lambda *_args, **_words: True)


def test_a_note_is_kept_changed_and_thrown_away(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.unlocked("en")
    page = notes(desk)
    page.save.click()
    assert page.fields["text"].error()
    assert not page.release.isEnabled()
    write(desk, page, "Құпия сөз")
    assert len(rows(page)) == 1
    write(desk, page, "Құпия сөз екі")
    assert len(rows(page)) == 1
    assert "Құпия сөз екі" in rows(page)[0]
    page.new.click()
    write(desk, page, "Үшінші")
    assert len(rows(page)) == 2
    said_yes(monkeypatch)
    page.drop.click()
    desk.settle()
    assert len(rows(page)) == 1


def test_released_it_leaves_the_list(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.unlocked("en")
    page = notes(desk)
    write(desk, page, "Құпия сөз")
    said_yes(monkeypatch)
    page.release.click()
    desk.settle()
    assert rows(page) == []
    assert page.messages.property("level") == "success"


def test_what_is_typed_is_kept_sealed_when_the_program_locks(desk: Any) -> None:
    desk.unlocked("en")
    page = notes(desk)
    page.fields["text"].set_value("Жартылай жазылған")
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.settle()
    desk.unlock()
    found: list[Any] = []
    desk.work.session.query(list_notes, found.extend)
    desk.settle()
    assert [one.values["text"] for one in found] == ["Жартылай жазылған"]
