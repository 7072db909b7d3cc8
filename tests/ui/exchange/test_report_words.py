"""What a report says line by line, in three languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ethnomed_desktop.app.exchange_receiving import Report
from ethnomed_desktop.i18n.current import current, use_language
from ethnomed_desktop.ui.exchange.report_words import contents_of

SAID = {"kk": "кепіл", "ru": "ручается", "en": "vouches"}


@pytest.fixture(params=sorted(SAID))
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = current().language
    use_language(request.param)
    yield request.param
    use_language(before)


def test_a_key_above_that_the_own_office_vouches_for_is_told(language: str) -> None:
    told = contents_of(Report("Қордай", 7, 0, vouched_for="Жамбыл облысы"))
    (line,) = [one for one in told if "Жамбыл облысы" in one]
    assert SAID[language] in line
    assert not [one for one in contents_of(Report("Қордай", 7, 0)) if SAID[language] in one]


def test_wrong_clocks_are_told_in_words(language: str) -> None:
    plain = contents_of(Report("Қордай", 7, 0))
    ahead = contents_of(Report("Қордай", 7, 0, clock_ahead=True))
    back = contents_of(Report("Қордай", 7, 0, clock_went_back=True))
    assert len(ahead) == len(back) == len(plain) + 1
    assert ahead != back


def test_closed_minutes_that_change_are_named(language: str) -> None:
    plain = contents_of(Report("Қордай", 7, 0))
    (line,) = [one for one in contents_of(Report("Қордай", 7, 0, closed_minutes=("5", "7/2"))) if one not in plain]
    assert "№ 5, 7/2" in line


def test_what_the_trash_did_not_take_is_told(language: str) -> None:
    plain = contents_of(Report("Қордай", 7, 0))
    told = contents_of(Report("Қордай", 7, 0, revived=3, under_trash=4))
    assert [one.rpartition(" ")[2] for one in told if one not in plain] == ["3", "4"]
