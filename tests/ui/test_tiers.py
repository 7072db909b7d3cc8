"""The section Requests: what an office above asks is seen on Home, answered, and stands with its answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ethnomed_desktop.app import exchange, exchange_receiving, lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.records.kind_pages import KindPages

from .conftest import COUNCIL, PASSPHRASE

NAMES = {"name_kk": "Жайылым шекарасы", "name_ru": "Граница выпаса", "name_en": "Border of pastures"}


@pytest.fixture(scope="session")
def below_template(council_template: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The window's council as a district: its region asks something, adds an entry, answers a recommendation."""
    folder = tmp_path_factory.mktemp("below")
    shutil.copytree(council_template[0], folder / "own")
    setup = {**COUNCIL, "bodies": [{**COUNCIL["bodies"][0], "name_kk": "Жамбыл облысының кеңесі"}]}
    region = vault.create_council(folder / "region", setup, PASSPHRASE, program="command", params=FLOOR).ctx
    own = vault.open_council(folder / "own", PASSPHRASE, program="command")

    def hand_over(giver: AppContext, taker: AppContext, name: str) -> None:
        (folder / name).mkdir()
        for file in exchange.send(giver, taker.vault.store.office.replica, folder / name).files:
            exchange_receiving.receive(taker, file, "ru")

    exchange.write_request(own, folder / "request.json")
    for file in exchange.enrol(region, folder / "request.json", folder, role="district").files:
        exchange_receiving.receive(own, file, "ru", root_confirmed=True)
    chair = uid_text(records.record(own, "person", {"surname": "Төраға"}).value.uid)
    advised = {"subject": "Су кестесін бекіту", "text": "Кестені наурызға дейін бекіту", "approved_by": chair}
    records.record(own, "recommendation", advised)
    hand_over(own, region, "1")
    (seen,) = lists.list_records(region, lists.ListQuestion("recommendation")).rows
    told = {"recommendation": uid_text(seen.uid), "outcome": "partly", "reason": "Қаражат келесі жылы бөлінеді"}
    records.record(region, "feedback", told)
    records.record(
        region, "request", {"subject": "Су дауларының саны", "text": "Тоқсан бойынша", "due": "2099-12-10"}
    )
    records.record(region, "code_entry", {"list": "trigger", **NAMES})
    hand_over(region, own, "2")
    vault.close(own)
    vault.close(region)
    return folder / "own"


@pytest.fixture
def below(desk: Any, below_template: Path) -> Callable[[str], Any]:
    """Opens the window of the district in a language."""

    def open_it(language: str) -> Any:
        shutil.rmtree(desk.folder)
        shutil.copytree(below_template, desk.folder)
        desk.unlocked(language)
        return desk

    return open_it


def section(desk: Any) -> Any:
    desk.window.act("section:tiers")
    desk.settle()
    return desk.work.page("tiers")


def words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def asked_line(desk: Any) -> QPushButton:
    home = desk.work.page("home")
    return next(line for line in home.attention.lines if "Су дауларының саны" in line.accessibleName())


def test_home_names_the_request_and_opens_it(below: Callable[[str], Any]) -> None:
    desk = below("ru")
    line = asked_line(desk)
    assert "Запрос сверху, ответить до 10.12.2099: Су дауларының саны" in line.accessibleName()
    line.click()
    desk.settle()
    pages = desk.work.page("tiers").current()
    assert isinstance(pages, KindPages)
    assert pages.page_name() == "card"
    assert pages.card.data is not None
    assert pages.card.data.closed == {"request"}
    assert not pages.card.buttons["edit"].isVisible()
    assert not pages.card.buttons["trash"].isVisible()
    assert any("Жамбыл облысының кеңесі" in text for text in words(pages.card))


def test_a_request_is_answered_on_its_card(below: Callable[[str], Any]) -> None:
    desk = below("kk")
    asked_line(desk).click()
    desk.settle()
    pages = desk.work.page("tiers").current()
    pages.card.findChild(QPushButton, "add_request_answer").click()
    desk.settle()
    form = pages.stack.currentWidget().form
    form.boxes["outcome"].set_value("data")
    form.boxes["text"].set_value("Үш дау")
    form.submit()
    desk.settle()
    assert pages.page_name() == "card"
    (answer,) = pages.card.data.parts["request_answer"]
    assert "Үш дау" in answer.text
    assert asked_line(desk), "nobody has approved the answer yet"


def test_feedback_stands_on_the_card_and_is_only_read(below: Callable[[str], Any]) -> None:
    desk = below("en")
    page = section(desk)
    page.tabs.setCurrentIndex(1)
    desk.settle()
    pages = page.current()
    pages.list.table.selectRow(0)
    pages.open_current()
    desk.settle()
    told = "\n".join(words(pages.card))
    assert "Қаражат келесі жылы бөлінеді" in told
    assert "Accepted in part" in told
    assert pages.card.findChild(QPushButton, "add_feedback") is None
    (part,) = pages.card.data.parts["feedback"]
    page.tabs.setCurrentIndex(0)
    page.open_record(part.uid)
    desk.settle()
    assert page.current() is pages
    assert pages.page_name() == "card", "the feedback is shown where the recommendation is"


def test_an_entry_from_above_is_offered_in_the_form(below: Callable[[str], Any]) -> None:
    desk = below("ru")
    desk.work.session.hub.new_requested.emit("incident")
    desk.settle()
    box = desk.incidents.form.form.boxes["triggers"]
    offered = [box.list.item(at).text() for at in range(box.list.count())]
    assert offered[-1] == NAMES["name_ru"]


@pytest.mark.parametrize(("language", "empty"), [("kk", "Әзірге сұрау салу жоқ"), ("ru", "Запросов пока нет")])
def test_without_requests_the_page_says_what_it_is_for(desk: Any, language: str, empty: str) -> None:
    desk.unlocked(language)
    page = section(desk)
    assert empty in words(page)
    names = [page.tabs.tabText(at) for at in range(page.tabs.count())]
    assert all(names)
    assert len(set(names)) == 3
