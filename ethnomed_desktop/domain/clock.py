"""Time as a dependency: nothing below reads the computer's clock by itself."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

KAZAKHSTAN = timezone(timedelta(hours=5))
"""One zone for the whole country since 1 March 2024; civil dates are read in it."""

HLC_COUNTER_BITS = 16


class Clock(Protocol):
    """Where the time comes from; `SystemClock` in earnest, `FixedClock` in tests and practice."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self._ms = int(moment.timestamp() * 1000)

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return self._ms

    def advance(self, milliseconds: int) -> None:
        """Move the clock forward (or back, with a negative number)."""
        self._ms += milliseconds


def today(clock: Clock) -> date:
    """Return the civil date in Kazakhstan."""
    return local_time(clock.now_ms()).date()


def local_time(at_ms: int) -> datetime:
    """Return the instant as a Kazakhstan datetime."""
    return datetime.fromtimestamp(at_ms / 1000, KAZAKHSTAN)


def next_stamp(last: int, now_ms: int) -> int:
    """Return the next hybrid logical stamp: 48 bits of milliseconds, 16 bits of counter.

    Never smaller than ``last`` + 1, so a clock set back cannot reorder one's own writes.
    """
    return max(now_ms << HLC_COUNTER_BITS, last + 1)


def stamp_ms(stamp: int) -> int:
    """Return the milliseconds UTC within a hybrid stamp."""
    return stamp >> HLC_COUNTER_BITS
