"""Clocks that are wrong are told: one that was set back here, and one of a sender."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import clock_check, exchange, home, records
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.i18n.catalogs import Catalog

from .offices import Computer, offices, pass_on

DAY, HOUR = 86_400_000, 3_600_000
WORDS = Catalog.load("kk")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Computer]]:
    made = offices(tmp_path, 2)
    yield made
    for one in made:
        one.close()


def told(computer: Computer) -> int | None:
    return home.first_page(computer.ctx, WORDS).worked_ms


def test_a_clock_that_was_set_back_is_told_until_somebody_says_it_is_right(two: list[Computer]) -> None:
    hub, _ = two
    hub.clock.advance(400 * DAY)
    records.record(hub.ctx, "person", {"surname": "Ли"})
    at = hub.clock.now_ms()
    assert told(hub) is None
    hub.clock.advance(-23 * HOUR)
    assert told(hub) is None, "less than a day"
    hub.clock.advance(-399 * DAY)
    assert told(hub) == at
    records.record(hub.ctx, "person", {"surname": "Ким"})
    assert told(hub) == at, "writing does not hide it"
    clock_check.believe(hub.ctx)
    assert told(hub) is None
    hub.clock.advance(900 * DAY)
    records.record(hub.ctx, "person", {"surname": "Пак"})
    hub.clock.advance(-600 * DAY)
    assert told(hub) is not None, "again, and later than what was believed"


def test_work_of_others_says_nothing_about_the_clock_here(two: list[Computer], tmp_path: Path) -> None:
    hub, laptop = two
    laptop.clock.advance(25 * 365 * DAY)
    records.record(laptop.ctx, "person", {"surname": "Ли"})
    (report,) = pass_on(laptop, hub, tmp_path / "stick")
    assert report.clock_ahead
    assert told(hub) is None


def test_the_clock_of_a_sender_is_told_when_it_is_ahead_or_went_back(two: list[Computer], tmp_path: Path) -> None:
    hub, laptop = two
    stick = tmp_path / "stick"
    stick.mkdir()

    def sent(by: int) -> Path:
        laptop.clock.advance(by)
        records.record(laptop.ctx, "person", {"surname": "Ли"})
        (file,) = exchange.send(laptop.ctx, hub.replica, stick).files
        return file

    first, second, third = sent(5 * 60_000), sent(-3 * DAY), sent(HOUR)
    for file, ahead, back in ((first, False, False), (second, False, True), (third, False, False)):
        for report in (preview(hub.ctx, file, "kk"), hub.receive(file)):
            assert (report.clock_ahead, report.clock_went_back) == (ahead, back), file.name
    assert not hub.receive(second).clock_went_back, "an older file that comes late is only late"
    assert preview(hub.ctx, sent(10 * DAY), "kk").clock_ahead
