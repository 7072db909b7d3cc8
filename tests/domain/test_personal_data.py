"""Consents: dates that fit, and the day by which a withdrawal is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.personal_data import WORKING_DAYS, answer_due, consent_problems

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"given_on": "2026-11-22"}, []),
        ({"given_on": "2026-11-23"}, ["consent.future_date"]),
        ({"given_on": "2026-11-01", "until": "2026-11-01", "withdrawn_on": "2026-11-01"}, []),
        ({"given_on": "2026-11-02", "until": "2026-11-01"}, ["consent.before_it_was_given"]),
        ({"given_on": "2026-11-02", "withdrawn_on": "2026-11-01"}, ["consent.before_it_was_given"]),
        ({"given_on": "2026-11-02", "stopped_on": "2026-11-03"}, ["consent.not_withdrawn"]),
        (
            {"given_on": "2026-11-02", "withdrawn_on": "2026-11-04", "stopped_on": "2026-11-03"},
            ["consent.not_withdrawn"],
        ),
        ({"given_on": "2026-11-02", "withdrawn_on": "2026-11-04", "stopped_on": "2026-11-04"}, []),
    ],
)
def test_dates_fit_together(values: dict[str, str], codes: list[str]) -> None:
    assert [problem.code for problem in consent_problems(values, TODAY)] == codes


def test_three_weeks_when_no_holiday_is_counted() -> None:
    assert answer_due(date(2026, 11, 20)) == date(2026, 12, 11)  # Friday to Friday
    assert answer_due(date(2026, 11, 21)) == date(2026, 12, 11)  # a Saturday begins on Monday


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_fifteen_working_days_lie_between(day: date) -> None:
    due = answer_due(day)
    between = [day + timedelta(days=step) for step in range(1, (due - day).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == WORKING_DAYS
    assert due.weekday() < 5
