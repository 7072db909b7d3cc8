"""7 days, 4 weeks, 12 months."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.retention import kept_backups


def test_two_years_of_daily_backups() -> None:
    days = [date(2026, 11, 21) - timedelta(days=back) for back in range(730)]
    kept = [day for day, keep in zip(days, kept_backups(days), strict=True) if keep]
    assert kept[:7] == days[:7]
    assert date(2026, 10, 31) in kept
    assert date(2025, 12, 31) in kept
    assert date(2025, 11, 30) not in kept
    assert len(kept) <= 23


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=60))
def test_the_newest_is_always_kept_and_thinning_is_steady(days: list[date]) -> None:
    days.sort(reverse=True)
    kept = [day for day, keep in zip(days, kept_backups(days), strict=True) if keep]
    assert kept[:1] == days[:1]
    assert kept_backups(kept) == [True] * len(kept)
