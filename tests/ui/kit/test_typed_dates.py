from __future__ import annotations

from datetime import date

import pytest

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.ui.kit.typed_dates import read_day, read_partial, read_time, show_partial

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("211125", "2025-11-21"),
        ("21112025", "2025-11-21"),
        ("21.11", "2026-11-21"),
        ("2111", "2026-11-21"),
        ("21", "2026-11-21"),
        ("21 11 2025", "2025-11-21"),
        ("21.11.2025", "2025-11-21"),
        ("21/11/25", "2025-11-21"),
        ("21,11,25", "2025-11-21"),
        ("2025-11-21", "2025-11-21"),
        ("1.2.49", "2049-02-01"),
        ("1.2.50", "1950-02-01"),
        ("кеше", "2026-11-20"),
        ("Вчера", "2026-11-20"),
        ("бүгін", "2026-11-21"),
        ("сегодня", "2026-11-21"),
        ("ертең", "2026-11-22"),
        ("tomorrow", "2026-11-22"),
        ("", ""),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "code"), [("30.02.2026", "date.impossible"), ("жаз", "date.malformed"), ("1.2.3.4", "date.malformed")]
)
def test_what_is_no_day_is_refused(typed: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        read_day(typed, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "meant", "shown"),
    [
        ("11.2025", "2025-11", "11.2025"),
        ("2025", "2025", "2025"),
        ("шамамен 2025", "2025~", "~ 2025"),
        ("01.11.2025 – 05.11.2025", "2025-11-01/2025-11-05", "01.11.2025 – 05.11.2025"),
        ("01.11.2025 - 05.11.2025", "2025-11-01/2025-11-05", "01.11.2025 – 05.11.2025"),
        ("кеше", "2026-11-20", "20.11.2026"),
    ],
)
def test_uncertain_dates(typed: str, meant: str, shown: str) -> None:
    assert read_partial(typed, TODAY) == meant
    assert show_partial(meant) == shown


@pytest.mark.parametrize(("typed", "meant"), [("9", "09:00"), ("930", "09:30"), ("14.05", "14:05"), ("", "")])
def test_times(typed: str, meant: str) -> None:
    assert read_time(typed) == meant


def test_an_impossible_time_is_refused() -> None:
    with pytest.raises(UserError):
        read_time("25:00")
