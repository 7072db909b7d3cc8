"""What is worth a second look before minutes get their number; none of it is an obstacle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from ethnomed_desktop.app.meetings import ItemParts, MeetingParts


@dataclass(frozen=True)
class Doubt:
    """A warning and where it stands: the item of the agenda (from 1; 0: the meeting itself)."""

    error: UserError
    item: int = 0


def warnings(parts: MeetingParts, today: date) -> list[Doubt]:
    """Return all warnings in the order of the minutes: numbers, quorum, who was remote, then item by item."""
    values = parts.meeting.values
    found = [Doubt(one) for one in meetings.number_problems(values, today)]
    if parts.quorum().reached is False:
        found.append(Doubt(UserError("meeting.no_quorum", field="attendance")))
    present = parts.present()
    remote = sum(bool(one.values.get("remote")) for one in (*present, *parts.present("invited")))
    mode = meetings.mode_problem(values.get("mode"), len(present), remote)
    if mode is not None:
        found.append(Doubt(mode))
    for place, item in enumerate(parts.items, start=1):
        found += [Doubt(one, place) for one in _of_item(parts, item, place)]
    return found


def _of_item(parts: MeetingParts, item: ItemParts, place: int) -> list[UserError]:
    people = {str(one.values["person"]) for one in parts.present() if one.values.get("person")}
    present, recused = len(parts.present()), item.item.values.get("recused")
    out = meetings.sitting_out(people, recused)
    found: list[UserError] = []
    if out and parts.quorum().reached and parts.quorum(without=out).reached is False:
        facts = {"item": place, "present": present - out, "needed": parts.quorum().needed or 0}
        found.append(UserError("meeting.no_quorum_on_item", field="recused", **facts))
    if not item.decisions:
        found.append(UserError("meeting.no_decision", field="decision", item=place))
    for decision in item.decisions:
        out = meetings.sitting_out(people, recused, decision.values.get("recused"))
        problem = meetings.votes_problem(decision.values, present, out)
        if problem is not None:
            found.append(problem)
    return found
