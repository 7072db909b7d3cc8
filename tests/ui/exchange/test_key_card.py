"""Replacing the office's key in the window: one person begins, another one comes in and confirms the words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from ethnomed_desktop.app import exchange, exchange_key_files, exchange_keys, users
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.exchange import key_card
from ethnomed_desktop.ui.exchange.page import COMPUTERS, ExchangePage
from ethnomed_desktop.ui.kit.chooser import Choice

from .conftest import Clicks, drop, go, in_lane, me

SECOND = "екінші адамның ұзын құпиясөзі"


def open_keys(desk: Any, clicks: Clicks) -> key_card.KeyCard:
    go(desk, clicks)
    page = desk.work.page("exchange")
    clicks.tab(page, COMPUTERS)
    found = page.computers.key
    assert isinstance(found, key_card.KeyCard)
    return found


def as_other(desk: Any, label: str, secret: str) -> None:
    """Lock, and come in as somebody else."""
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.settle()
    desk.window.door_pages.unlock.who.chooser.choose(Choice(label, label))
    desk.unlock(secret)


def choose(card: key_card.KeyCard, desk: Any, menu: str, place: int) -> None:
    getattr(card, menu).menu().actions()[place].trigger()
    desk.settle()


def test_two_people_name_themselves_and_replace_the_key(
    desk: Any, page: ExchangePage, clicks: Clicks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_card, "ask", lambda *given, **named: True)
    in_lane(
        desk, lambda ctx: users.add_user(ctx, "Асқаров Бауыржан", "chair", SECOND, label="Бауыржан", params=FLOOR)
    )
    card = open_keys(desk, clicks)
    assert not card.change_button.isEnabled(), "nobody is named yet"
    clicks.on(card.name_button)
    assert len(card.boxes) == 2
    clicks.on(card.named_button)
    words = card.words.text()
    assert len(words.split(" · ")) == 6
    assert "Бауыржан" in card.note.text()
    assert not card.same_button.isVisible(), "who began it cannot confirm it"
    as_other(desk, "Бауыржан", SECOND)
    card = open_keys(desk, clicks)
    assert card.words.text() == words
    clicks.on(card.same_button)
    assert "Бауыржан" in card.state.text()
    assert not card.sheet.isVisible()
    choose(card, desk, "change_button", 0)
    assert card.sheet.isVisible()
    clicks.on(card.drop_button)
    assert not card.sheet.isVisible()
    assert in_lane(desk, lambda ctx: exchange_keys.office_key(ctx, "ru")).changes == 1


def test_a_neighbour_is_named_by_a_card_and_signs_a_file(
    desk: Any,
    page: ExchangePage,
    clicks: Clicks,
    office: AppContext,
    stick: Path,
    beside: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = [stick / "change.json"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target[0]), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (str(target[0]), ""))
    words = beside(exchange_key_files.write_card, office, stick / "card.json", "ru")
    card = open_keys(desk, clicks)
    drop(page, stick / "card.json")
    desk.settle()
    assert card.words.text().split(" · ") == list(words)
    clicks.on(card.same_button)
    clicks.on(card.named_button)
    clicks.on(card.carry_button)
    beside(exchange_key_files.confirm_elsewhere, office, stick / "change.json", stick / "signed.json")
    target[0] = stick / "signed.json"
    choose(card, desk, "files_button", 2)
    assert "Дом" in card.state.text() or "Аудандық" in card.state.text()
    assert in_lane(desk, lambda ctx: exchange_keys.office_key(ctx, "ru")).changes == 1
    target[0] = stick / "mine.json"
    choose(card, desk, "files_button", 0)
    assert exchange_key_files.is_key_file(stick / "mine.json")
    assert len(card.words.text().split(" · ")) == 6


def test_a_computer_that_joined_sees_no_key_and_compares_words_after_a_theft(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    def stolen() -> list[Path]:
        users.add_user(hub, "Асқаров Бауыржан", "chair", SECOND, label="Бауыржан", params=FLOOR)
        second = exchange_keys.Signer.generate()
        person = exchange_keys.KeyPerson("Көрші", second.public)
        mine = next(one for one in exchange_keys.office_key(hub, "ru").candidates if one.is_me)
        exchange_keys.name_persons(hub, [mine, person])
        sign(hub, second)
        exchange_keys.change_key(hub, stolen=True)
        sign(hub, second)
        return list(exchange.send(hub, to, stick).files)

    to = me(desk)
    (file,) = beside(stolen)
    go(desk, clicks)
    assert not joined.computers.key.isVisible()
    drop(joined, file)
    desk.settle()
    assert joined.receive.words.text().split(" · ") == list(beside(exchange.who_am_i, hub, "ru").office_words)
    assert "украли" in joined.receive.words_note.text()
    clicks.on(joined.receive.take_button)
    assert joined.receive.is_taken


def sign(hub: AppContext, second: Any) -> None:
    """Let a person elsewhere sign what waits."""
    from ethnomed_desktop.exchange.statements import add_signature

    with hub.writing(None) as connection:
        draft = exchange_keys.required_draft(connection)
        own = exchange_keys.identity.standing(hub, connection)
        said = exchange_keys.Draft(add_signature(draft.said, second), draft.seed, draft.stolen)
        confirmed = exchange_keys.settle(hub, connection, own, said)
    assert exchange_keys.finish(hub, confirmed).done
