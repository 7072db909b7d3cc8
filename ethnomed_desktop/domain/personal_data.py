"""Rules of consents (law No 94-V of 21 May 2013): dates that fit, and when a withdrawal must be answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value

WORKING_DAYS = 15
"""Article 8(7): use stops within so many working days of a withdrawal, or a reasoned refusal is given."""

_SATURDAY = 5


def consent_problems(values: Mapping[str, Value], today: date) -> list[UserError]:
    """Return what is wrong with the dates of a consent."""
    given = _day(values.get("given_on"))
    problems = []
    if given is not None and given > today:
        problems.append(UserError("consent.future_date", field="given_on", date=given.isoformat()))
    for name in ("until", "withdrawn_on"):
        day = _day(values.get(name))
        if given is not None and day is not None and day < given:
            problems.append(UserError("consent.before_it_was_given", field=name, date=day.isoformat()))
    withdrawn, stopped = _day(values.get("withdrawn_on")), _day(values.get("stopped_on"))
    if stopped is not None and (withdrawn is None or stopped < withdrawn):
        problems.append(UserError("consent.not_withdrawn", field="stopped_on", date=stopped.isoformat()))
    return problems


def answer_due(withdrawn_on: date) -> date:
    """Return the last day to stop using the data, counting Monday to Friday.

    Public holidays are not counted out: the day named may be earlier than the law's, never later.
    """
    day, left = withdrawn_on, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None
