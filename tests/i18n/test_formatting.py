"""Dates, numbers and lists as official papers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n import formatting as words

DAY = date(2026, 11, 21)


def test_numeric_dates_are_the_same_everywhere() -> None:
    assert words.numeric_date(date(2026, 3, 5)) == "05.03.2026"


@pytest.mark.parametrize(
    ("language", "text"),
    [("kk", "2026 жылғы 21 қараша"), ("ru", "21 ноября 2026 года"), ("en", "21 November 2026")],
)
def test_long_dates(language: str, text: str) -> None:
    assert words.long_date(DAY, language) == text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_month_and_day_of_the_week_has_its_own_name(language: str) -> None:
    assert len({words.month_name(month, language) for month in range(1, 13)}) == 12
    assert len({words.long_date(date(2026, month, 1), language) for month in range(1, 13)}) == 12
    assert len({words.weekday(date(2026, 11, day), language) for day in range(1, 8)}) == 7


def test_days_of_the_week() -> None:
    assert [words.weekday(DAY, language) for language in ("kk", "ru", "en")] == ["сенбі", "суббота", "Saturday"]


@pytest.mark.parametrize(
    ("text", "kk", "ru", "en"),
    [
        ("2026-11-21", "21.11.2026", "21.11.2026", "21.11.2026"),
        ("2026-11", "2026 жылғы қараша", "ноябрь 2026 года", "November 2026"),
        ("2026", "2026 жыл", "2026 год", "2026"),
        ("2026~", "шамамен 2026 жыл", "примерно 2026 год", "about 2026"),
        ("2026-11-01/2026-11-05", "01.11.2026 – 05.11.2026", "01.11.2026 – 05.11.2026", "01.11.2026 – 05.11.2026"),
        (
            "2026-10/2026-11",
            "2026 жылғы қазан – 2026 жылғы қараша",
            "октябрь 2026 года – ноябрь 2026 года",
            "October 2026 – November 2026",
        ),
        ("2025/2026-02", "2025 жыл – 2026 жылғы ақпан", "2025 год – февраль 2026 года", "2025 – February 2026"),
    ],
)
def test_partial_dates(text: str, kk: str, ru: str, en: str) -> None:
    value = PartialDate.parse(text)
    assert [words.partial_date(value, language) for language in ("kk", "ru", "en")] == [kk, ru, en]


def test_partial_dates_spelt_out() -> None:
    assert words.partial_date(PartialDate.parse("2026-11-21"), "ru", long=True) == "21 ноября 2026 года"


@pytest.mark.parametrize(
    "text", ["2026-11-21T10:00+05:00", "2026-11-21T05:00+00:00", "2026-11-21T10:00", "2026-11-21T05:00:30Z"]
)
def test_moments_are_those_of_kazakhstan(text: str) -> None:
    assert words.moment(text, "kk") == "21.11.2026 10:00"
    assert words.moment(text, "kk", long=True) == "2026 жылғы 21 қараша, 10:00"


@pytest.mark.parametrize(
    ("value", "places", "ru", "en"),
    [
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (1234567, None, "1\u00a0234\u00a0567", "1\u00a0234\u00a0567"),
        (-1234, None, "\u22121\u00a0234", "\u22121\u00a0234"),
        (1234.5, None, "1\u00a0234,5", "1\u00a0234.5"),
        (1234.5, 2, "1\u00a0234,50", "1\u00a0234.50"),
        (2.0, None, "2", "2"),
        (100.0, None, "100", "100"),
    ],
)
def test_numbers(value: float, places: int | None, ru: str, en: str) -> None:
    assert words.number(value, "ru", places=places) == ru
    assert words.number(value, "kk", places=places) == ru
    assert words.number(value, "en", places=places) == en


def test_money_percentages_and_sizes() -> None:
    assert words.money(1_500_000, "kk") == "1\u00a0500\u00a0000\u00a0₸"
    assert words.money(Decimal("10.5"), "ru") == "10,50\u00a0₸"
    assert words.percent(0.125, "ru", places=1) == "12,5\u00a0%"
    assert words.file_size(0, "en") == "0\u00a0bytes"
    assert words.file_size(1_500, "ru") == "1,5\u00a0КБ"
    assert words.file_size(18_000_000, "kk") == "18\u00a0МБ"
    assert words.file_size(5 * 10**12, "en") == "5\u00a0000\u00a0GB"


@pytest.mark.parametrize(
    ("items", "kk", "either"),
    [
        ([], "", ""),
        (["а"], "а", "а"),
        (["а", "б"], "а және б", "а немесе б"),
        (["а", "б", "в"], "а, б және в", "а, б немесе в"),
    ],
)
def test_lists_in_words(items: list[str], kk: str, either: str) -> None:
    assert words.joined(items, "kk") == kk
    assert words.joined_or(items, "kk") == either


def test_yes_and_no() -> None:
    assert [words.yes_no(value, language) for language in ("kk", "ru") for value in (True, False)] == [
        *("иә", "жоқ", "да", "нет")
    ]
