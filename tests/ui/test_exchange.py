"""The section Exchange by clicks, between two real stores that meet only by files; clicks are counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from ethnomed_desktop.app import exchange, exchange_receiving, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.exchange import computers_tab, media, send_card
from ethnomed_desktop.ui.exchange.media import Medium, Plugged
from ethnomed_desktop.ui.exchange.page import COMPUTERS, CONFLICTS, FILES, ExchangePage

from .conftest import COUNCIL, PASSPHRASE

OFFICE = "Аудандық кеңес"


class Clicks:
    """Presses the mouse where a person would, waits for the lanes and counts."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.count = 0

    def on(self, target: QAbstractButton) -> None:
        assert target.isVisible(), f"{target.objectName()} is not shown"
        assert target.isEnabled(), f"{target.objectName()} is grey"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        self.count += 1
        self.desk.settle()

    def tab(self, page: ExchangePage, place: int) -> None:
        QTest.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=page.tabs.tabRect(place).center())
        self.count += 1
        self.desk.settle()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is plugged in as the only stick."""
    folder = tmp_path / "stick"
    folder.mkdir()

    def plugged() -> Plugged:
        if not folder.is_dir():
            return Plugged((), ())
        return Plugged((Medium(folder, "STICK", 7_200_000_000),), tuple(media.exchange_files(folder)))

    monkeypatch.setattr(media, "look_around", plugged)
    return folder


@pytest.fixture
def beside(no_statement_on_the_window_thread: None) -> Iterator[Callable[..., Any]]:
    """Works on the other store as another program would: on a thread of its own."""
    with ThreadPoolExecutor(1) as lane:
        yield lambda job, *given, **named: lane.submit(job, *given, **named).result()


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another council, made once."""
    folder = tmp_path_factory.mktemp("office") / "vault"
    setup = {**COUNCIL, "bodies": [{**COUNCIL["bodies"][0], "name_kk": OFFICE}]}
    vault.close(vault.create_council(folder, setup, PASSPHRASE, program="command", params=FLOOR).ctx)
    return folder


@pytest.fixture(scope="session")
def joined_template(
    council_template: tuple[Path, str], office_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The window's council joined to the office: folders ``own`` and ``office``."""
    folder = tmp_path_factory.mktemp("joined")
    shutil.copytree(council_template[0], folder / "own")
    shutil.copytree(office_template, folder / "office")
    own, other = (vault.open_council(folder / name, PASSPHRASE, program="command") for name in ("own", "office"))
    request = folder / "request.json"
    exchange.write_request(own, request)
    for file in exchange.enrol(other, request, folder).files:
        exchange_receiving.receive(own, file, "ru", root_confirmed=True)
    vault.close(own)
    vault.close(other)
    return folder


@pytest.fixture
def office(tmp_path: Path, office_template: Path, beside: Callable[..., Any]) -> Iterator[AppContext]:
    """The other council, open; it has not met the window's computer."""
    yield from opened(shutil.copytree(office_template, tmp_path / "office"), beside)


@pytest.fixture
def hub(tmp_path: Path, joined_template: Path, beside: Callable[..., Any]) -> Iterator[AppContext]:
    """The office, open, that the computer of ``joined`` belongs to."""
    yield from opened(shutil.copytree(joined_template / "office", tmp_path / "hub"), beside)


def opened(folder: Path, beside: Callable[..., Any]) -> Iterator[AppContext]:
    ctx = beside(vault.open_council, folder, PASSPHRASE, program="command")
    yield ctx
    beside(vault.close, ctx)


@pytest.fixture
def page(desk: Any, stick: Path) -> ExchangePage:
    desk.unlocked("ru")
    found = desk.work.page("exchange")
    assert isinstance(found, ExchangePage)
    return found


@pytest.fixture
def clicks(desk: Any) -> Clicks:
    return Clicks(desk)


@pytest.fixture
def joined(desk: Any, stick: Path, joined_template: Path) -> ExchangePage:
    """The page of a computer that belongs to the office."""
    shutil.rmtree(desk.folder)
    shutil.copytree(joined_template / "own", desk.folder)
    desk.unlocked("ru")
    found = desk.work.page("exchange")
    assert isinstance(found, ExchangePage)
    return found


def in_lane(desk: Any, job: Callable[[AppContext], Any]) -> Any:
    done: list[Any] = []
    session = desk.work.session
    session.tasks.write(lambda progress: job(session.ctx), done.append)
    desk.settle()
    return done[0]


def go(desk: Any, clicks: Clicks) -> None:
    clicks.on(desk.work.side_bar.buttons["exchange"])


def drop(page: ExchangePage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(page.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)  # Qt passes drops on only within a drag of its own
    assert event.isAccepted()


def shown(page: ExchangePage, name: str) -> QAbstractButton:
    found = page.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def me(desk: Any) -> bytes:
    return bytes(desk.work.session.ctx.vault.store.office.replica)


def incident(ctx: AppContext) -> Any:
    return records.record(ctx, "incident", {"settlement": "Масанчи", "what_happened": "Су дауы"}).value


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


def test_sending_to_the_last_partner_takes_four_clicks_with_copying(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    in_lane(desk, incident)
    go(desk, clicks)
    assert "STICK" in joined.send.place.text()
    clicks.on(joined.send.write_button)
    assert joined.send.result_text.text().startswith("Записано, прочитано обратно, всё цело. Флешку")
    clicks.on(joined.send.copy_button)
    assert clicks.count == 3
    (file,) = stick.glob("em-*.emx")
    assert [url.toLocalFile() for url in QGuiApplication.clipboard().mimeData().urls()] == [str(file)]
    assert beside(exchange_receiving.receive, hub, file, "ru").new >= 1


def test_the_folder_is_shown(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(send_card.QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    go(desk, clicks)
    clicks.on(joined.send.write_button)
    clicks.on(joined.send.show_button)
    assert shown == [str(stick)]


def test_a_stick_removed_says_so_and_nothing_counts_as_sent(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path
) -> None:
    go(desk, clicks)
    before = joined.send.partner
    assert before is not None
    shutil.rmtree(stick)
    clicks.on(joined.send.write_button)
    assert joined.messages.isVisible()
    assert joined.messages.property("level") == "warning"
    assert not joined.send.result.isVisible()
    joined.reload()
    desk.settle()
    after = joined.send.partner
    assert after is not None
    assert (after.sent, after.sent_ms, after.owed_lines) == (before.sent, before.sent_ms, before.owed_lines)


def test_taking_in_a_file_found_on_the_stick_takes_three_clicks(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    made = beside(incident, hub)
    beside(exchange.send, hub, me(desk), stick)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    assert joined.receive.report is not None
    assert f"Новые записи: {joined.receive.report.new}" in joined.receive.contents.text()
    assert in_lane(desk, exchange.state_digest) != beside(exchange.state_digest, hub)
    clicks.on(joined.receive.take_button)
    assert clicks.count == 3
    assert joined.receive.is_taken
    assert in_lane(desk, lambda ctx: records.show(ctx, made.uid)).values["what_happened"] == "Су дауы"
    clicks.on(desk.work.side_bar.buttons["incidents"])
    assert desk.incidents.list.model.rowCount() == 1


def test_a_file_already_taken_in_says_so(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    file = beside(exchange.send, hub, me(desk), stick).files[0]
    go(desk, clicks)
    for _time in range(2):
        drop(joined, file)
        desk.settle()
        clicks.on(joined.receive.take_button)
    assert "Уже принято" in joined.receive.contents.text()


def test_a_wrong_file_is_refused_in_words(desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path) -> None:
    wrong = stick / "letter.emx"
    wrong.write_bytes(b"Dear colleagues")
    before = in_lane(desk, exchange.state_digest)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    assert joined.messages.property("level") == "warning"
    assert "Ничего не принято" in joined.messages.label.text()
    assert not joined.receive.sheet.isVisible()
    assert in_lane(desk, exchange.state_digest) == before


@pytest.fixture
def contradicted(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> Any:
    """An incident whose severity both changed; the office's file with its change lies on the stick."""
    made = in_lane(desk, incident)
    hub_id = hub.vault.store.office.replica
    for file in in_lane(desk, lambda ctx: exchange.send(ctx, hub_id, stick)).files:
        beside(exchange_receiving.receive, hub, file, "ru")
        file.unlink()
    in_lane(desk, lambda ctx: records.revise(ctx, made.uid, {"what_happened": "Су дауы: біздің жазба"}))
    beside(records.revise, hub, made.uid, {"what_happened": "Су дауы: кеңсенің жазбасы"})
    beside(exchange.send, hub, me(desk), stick)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    clicks.on(joined.receive.take_button)
    return made


def test_a_conflict_is_settled_by_choosing_one_side(
    desk: Any, joined: ExchangePage, contradicted: Any, clicks: Clicks
) -> None:
    clicks.on(joined.receive.conflicts_button)
    assert joined.tabs.currentIndex() == CONFLICTS
    assert joined.tabs.tabText(CONFLICTS) == "Противоречия: 1"
    clicks.on(joined.conflicts.open_buttons[contradicted.uid])
    (field,) = joined.conflicts.fields
    assert {side.text.text() for side in field.sides} == {"Су дауы: біздің жазба", "Су дауы: кеңсенің жазбасы"}
    theirs = next(side for side in field.sides if not side.side.own)
    clicks.on(theirs.keep_button)
    stored = in_lane(desk, lambda ctx: records.show(ctx, contradicted.uid))
    assert stored.values["what_happened"] == "Су дауы: кеңсенің жазбасы"
    assert not stored.conflicts
    assert joined.conflicts.stack.currentWidget() is joined.conflicts.empty


def test_a_conflict_is_settled_by_words_of_ones_own(
    desk: Any, joined: ExchangePage, contradicted: Any, clicks: Clicks
) -> None:
    clicks.on(joined.receive.conflicts_button)
    clicks.on(joined.conflicts.open_buttons[contradicted.uid])
    (field,) = joined.conflicts.fields
    clicks.on(field.own_button)
    field.own.editor.clear()
    desk.type("Екеуі де", field.own.editor)
    clicks.on(field.own_keep)
    stored = in_lane(desk, lambda ctx: records.show(ctx, contradicted.uid))
    assert stored.values["what_happened"] == "Екеуі де"
    assert not stored.conflicts


def test_deciding_later_keeps_both(desk: Any, joined: ExchangePage, contradicted: Any, clicks: Clicks) -> None:
    clicks.on(joined.receive.conflicts_button)
    clicks.on(joined.conflicts.open_buttons[contradicted.uid])
    clicks.on(joined.conflicts.later_button)
    assert list(joined.conflicts.records) == [contradicted.uid]
    assert joined.conflicts.stack.currentWidget() is joined.conflicts.list_area


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


def test_the_page_speaks_another_language_at_once(desk: Any, joined: ExchangePage, clicks: Clicks) -> None:
    go(desk, clicks)
    desk.window.use_language("kk")
    desk.settle()
    assert joined.tabs.tabText(COMPUTERS) == "Компьютерлер"
    assert joined.tabs.tabText(FILES) == "Жіберу және қабылдау"
    assert joined.send.write_button.text() == "Файлды жазу"
