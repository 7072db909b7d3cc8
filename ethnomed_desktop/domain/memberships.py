"""Rules of memberships: from when to when somebody serves in a body."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value


def problems_of(values: Mapping[str, Value], today: date) -> list[UserError]:
    """Return what is wrong with a membership: it may end on the day it begins, not before."""
    begins, ends = str(values.get("from_on") or ""), str(values.get("to_on") or "")
    if begins and ends and ends < begins:
        return [UserError("date.range_reversed", field="to_on", value=f"{begins}/{ends}")]
    return []


def is_former(values: Mapping[str, Value], today: date) -> bool:
    """Say whether the membership has ended before today; its last day still counts."""
    ends = values.get("to_on")
    return bool(ends) and str(ends) < today.isoformat()
