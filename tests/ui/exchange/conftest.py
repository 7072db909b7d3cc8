"""Two real stores that meet only by files, and a hand that counts its clicks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from ethnomed_desktop.app import exchange, exchange_receiving, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.exchange import media
from ethnomed_desktop.ui.exchange.media import Medium, Plugged
from ethnomed_desktop.ui.exchange.page import ExchangePage

from ..conftest import COUNCIL, PASSPHRASE

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
