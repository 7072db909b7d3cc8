"""The section Users: adding, another role, removing, a new key; what a role may not, is grey or refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.kit.chooser import Choice

SECOND = "жайлау қымыз домбыра күй шаңырақ"


def users(desk: Any) -> Any:
    desk.window.act("section:users")
    desk.settle()
    page = desk.work.page("users")
    page.params = FLOOR
    return page


def rows(page: Any) -> list[str]:
    return [page.list.item(at).text() for at in range(page.list.count())]


def add(desk: Any, page: Any, name: str, label: str, role: str) -> None:
    page.adding.name.line.setText(name)
    page.adding.label.line.setText(label)
    page.adding.role.choose(role)
    for field in (page.adding.password.first, page.adding.password.again):
        field.line.setText(SECOND)
    page.adding.add.click()
    desk.settle()


def as_second(desk: Any, language: str = "en") -> None:
    """Lock, and come in as the second user."""
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.settle()
    page = desk.window.door_pages.unlock
    assert page.who.isVisible()
    page.who.chooser.choose(Choice("екінші", "екінші"))
    desk.unlock(SECOND)


def said_yes(monkeypatch: pytest.MonkeyPatch, answer: bool = True) -> None:
    monkeypatch.setattr("ethnomed_desktop.ui.vault.users_page.ask", lambda *_args, **_words: answer)


def test_a_user_is_added_changed_and_removed(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.unlocked("en")
    page = users(desk)
    assert len(rows(page)) == 1
    assert "you" in rows(page)[0]
    page.adding.add.click()
    assert page.adding.name.error()
    add(desk, page, "Асқаров Бауыржан", "екінші", "mediator")
    assert page.messages.property("level") == "success"
    assert page.adding.password.first.secret() == ""
    assert any("Асқаров Бауыржан · Mediator · екінші" in row for row in rows(page))
    said_yes(monkeypatch)
    page.list.setCurrentRow(next(at for at, row in enumerate(rows(page)) if "Асқаров" in row))
    page.role.buttons["viewer"].click()
    desk.settle()
    assert any("Асқаров Бауыржан · Viewer" in row for row in rows(page))
    page.list.setCurrentRow(next(at for at, row in enumerate(rows(page)) if "Асқаров" in row))
    page.remove.click()
    desk.settle()
    assert any("removed" in row for row in rows(page))
    assert page.messages.button.isVisible()


def test_nobody_removes_himself(desk: Any) -> None:
    desk.unlocked("en")
    page = users(desk)
    page.list.setCurrentRow(0)
    assert not page.remove.isEnabled()
    assert not page.role.isEnabled()


def test_a_viewer_reads_and_is_told_why(desk: Any) -> None:
    desk.unlocked("en")
    add(desk, users(desk), "Қараушы", "екінші", "viewer")
    as_second(desk)
    assert desk.work.session.ctx.rights.role == "viewer"
    for key in ("incident", "new", "edit", "trash", "back_up", "print"):
        assert not desk.window.actions_.by_key[key].isEnabled()
    assert "Viewer" in desk.window.actions_.by_key["incident"].toolTip()
    assert "reading" in desk.work.notices.label.text()
    page = users(desk)
    assert not page.adding.isVisible()
    assert not page.new_key.isEnabled()
    assert "only be read" in page.reason.text()


def test_a_new_key_locks_and_the_old_password_opens(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.unlocked("en")
    page = users(desk)
    before = desk.work.session.ctx.vault.unlocked.vault_key
    said_yes(monkeypatch, answer=False)
    page.new_key.click()
    assert desk.work is not None
    said_yes(monkeypatch)
    page.new_key.click()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=60_000)
    desk.settle()
    desk.unlock()
    assert desk.work.session.ctx.vault.unlocked.vault_key != before
    assert not desk.work.session.ctx.vault.keys_were_replaced


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_rights_stands_there(desk: Any, language: str) -> None:
    desk.unlocked(language)
    page = users(desk)
    assert page.rights.table.text().count("<tr>") > 15
    assert page.rights.notes.text().count("\n\n") == 2


def test_the_sheets_of_trustees_open_at_the_door(desk: Any, tmp_path: Path) -> None:
    desk.unlocked("en")
    page = users(desk)
    page.trustees.params = FLOOR
    page.trustees.plan.choose("2")
    page.trustees.write_into(tmp_path)
    desk.settle()
    assert page.trustees.messages.isVisible()
    files = sorted(tmp_path.glob("part-*.pdf"))
    assert len(files) == 3
    texts = [pages.text(one.read_bytes(), 0) for one in files[1:]]
    parts = [" ".join(re.findall(r"\b\d{4}\b", text)[-23:]) for text in texts]
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.settle()
    desk.unlock(" ".join(parts))
    assert desk.work is not None
