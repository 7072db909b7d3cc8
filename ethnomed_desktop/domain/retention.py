"""Which backups are kept: 7 days, 4 weeks, 12 months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def kept_backups(days: Sequence[date]) -> list[bool]:
    """Say for each backup (newest first, by its day) whether it is kept.

    Of each of the last 7 days, 4 weeks and 12 months that have backups, the newest is kept.
    """
    kept = [False] * len(days)
    rules: tuple[tuple[int, Callable[[date], object]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: tuple(day.isocalendar()[:2])),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    for most, period in rules:
        seen: list[object] = []
        for position, day in enumerate(days):
            one = period(day)
            if one not in seen and len(seen) < most:
                seen.append(one)
                kept[position] = True
    return kept
