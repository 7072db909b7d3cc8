"""Rules of incidents: what is enough to record one, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.values import PartialDate


def problems_of(values: Mapping[str, Value], today: date) -> list[UserError]:
    """Return what is wrong with an incident. Two fields are enough to record one: where and what."""
    problems: list[UserError] = []
    if not values.get("place") and not values.get("settlement"):
        problems.append(UserError("incident.needs_place", field="settlement", kind="incident"))
    if not values.get("what_happened"):
        problems.append(UserError("field.required", field="what_happened", kind="incident"))
    happened = values.get("happened")
    if happened and PartialDate.parse(str(happened)).first > today:
        problems.append(UserError("incident.future_date", field="happened", date=str(happened)))
    return problems


def completed(values: dict[str, Value], today: date) -> dict[str, Value]:
    """Return the values with what goes without saying: today's date and the state of a new incident."""
    return {"happened": today.isoformat(), "state": "new", **values}


def number_text(year: int, number: int) -> str:
    """Return the number as it is spoken of: ``2026/118``."""
    return f"{year}/{number}"
