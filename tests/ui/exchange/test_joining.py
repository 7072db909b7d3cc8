"""Joining an office by six words, letting a computer join, shutting one out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from ethnomed_desktop.app import exchange, exchange_receiving
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.ui.exchange import computers_tab
from ethnomed_desktop.ui.exchange.page import COMPUTERS, ExchangePage

from .conftest import OFFICE, Clicks, drop, go, in_lane


def test_joining_an_office_by_six_words(
    desk: Any,
    page: ExchangePage,
    clicks: Clicks,
    office: AppContext,
    stick: Path,
    beside: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = stick / "request.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(request), ""))
    go(desk, clicks)
    assert not page.send.write_button.isVisible()
    clicks.on(page.send.join_button)
    own = page.computers.own
    clicks.on(own.ask_button)
    name, words = exchange.words_of_request(request, "ru")
    assert own.words.text().split(" · ") == list(words)
    assert name in own.state.text()
    answer = beside(exchange.enrol, office, request, stick).files[0]
    drop(page, answer)
    desk.settle()
    office_words = beside(exchange.who_am_i, office, "ru").office_words
    assert page.receive.words.text().split(" · ") == list(office_words)
    assert not exchange_is_joined(desk)
    clicks.on(page.receive.take_button)
    assert exchange_is_joined(desk)
    assert page.send.partner is not None
    assert page.send.partner.name == OFFICE


def exchange_is_joined(desk: Any) -> bool:
    return bool(in_lane(desk, lambda ctx: exchange.who_am_i(ctx, "ru")).joined)


def test_an_answer_whose_words_differ_is_not_taken_in(
    desk: Any, page: ExchangePage, clicks: Clicks, office: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    request = stick / "request.json"
    in_lane(desk, lambda ctx: exchange.write_request(ctx, request))
    answer = beside(exchange.enrol, office, request, stick).files[0]
    go(desk, clicks)
    drop(page, answer)
    desk.settle()
    clicks.on(page.receive.leave_button)
    assert "Ничего не принято" in page.messages.label.text()
    assert not exchange_is_joined(desk)


def test_letting_a_computer_join(
    desk: Any,
    page: ExchangePage,
    clicks: Clicks,
    office: AppContext,
    stick: Path,
    beside: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = stick / "request.json"
    beside(exchange.write_request, office, request)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (str(request), ""))
    go(desk, clicks)
    clicks.tab(page, COMPUTERS)
    card = page.computers.let_join
    clicks.on(card.choose_button)
    assert card.words.text().split(" · ") == list(beside(exchange.who_am_i, office, "ru").words)
    assert not page.computers.cards
    clicks.on(card.same_button)
    assert list(page.computers.cards) == [office.vault.store.office.replica]
    answer = next(stick.glob("em-*.emx"))
    clicks.on(page.computers.own.office_button)
    seen = beside(exchange_receiving.preview, office, answer, "ru")
    assert page.computers.own.words.text().split(" · ") == list(seen.root_words)


def test_the_office_of_a_district_is_let_in_as_one(
    desk: Any, page: ExchangePage, clicks: Clicks, office: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    request = stick / "request.json"
    beside(exchange.write_request, office, request)
    go(desk, clicks)
    drop(page, request)
    desk.settle()
    card = page.computers.let_join
    assert "этого офиса" in card.role_button.text()
    card.role_button.menu().actions()[1].trigger()
    assert "района" in card.role_button.text()
    clicks.on(card.same_button)
    (seen,) = in_lane(desk, exchange.partners)
    assert seen.tier == "district"
    drop(page, request)
    desk.settle()
    assert "этого офиса" in card.role_button.text(), "each request is asked about anew"


def test_words_that_differ_let_nobody_in(
    desk: Any, page: ExchangePage, clicks: Clicks, office: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    request = stick / "request.json"
    beside(exchange.write_request, office, request)
    go(desk, clicks)
    drop(page, request)
    desk.settle()
    clicks.on(page.computers.let_join.differ_button)
    assert page.messages.isVisible()
    assert not page.computers.cards
    assert not list(stick.glob("em-*.emx"))


def test_a_computer_is_shut_out_after_one_question(
    desk: Any,
    page: ExchangePage,
    clicks: Clicks,
    office: AppContext,
    stick: Path,
    beside: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = stick / "request.json"
    beside(exchange.write_request, office, request)
    in_lane(desk, lambda ctx: exchange.enrol(ctx, request, stick))
    asked: list[str] = []
    answers = iter([False, True])

    def answer(parent: object, text: str, **buttons: str) -> bool:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(computers_tab, "ask", answer)
    go(desk, clicks)
    clicks.tab(page, COMPUTERS)
    (card,) = page.computers.cards.values()
    clicks.on(card.shut_out_button)
    assert page.send.partner is not None
    clicks.on(card.shut_out_button)
    assert len(asked) == 2
    assert card.partner is not None
    assert card.partner.revoked
    assert page.send.partner is None
