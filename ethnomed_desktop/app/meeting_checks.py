"""What is worth a second look before minutes get their number; none of it is an obstacle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.joint_sittings import (
    OTHER_VOTES,
    VOTES,
    body_votes_problem,
    is_joint,
    reached,
    votes_apart,
)

if TYPE_CHECKING:
    from ethnomed_desktop.app.meetings import ItemParts, MeetingParts


@dataclass(frozen=True)
class Doubt:
    """A warning and where it stands: the item of the agenda (from 1; 0: the meeting itself), and its decision."""

    error: UserError
    item: int = 0
    decision: int = 0


def warnings(parts: MeetingParts, today: date) -> list[Doubt]:
    """Return all warnings in the order of the minutes: what is asked of them as a whole, then item by item."""
    values = parts.meeting.values
    found = [Doubt(one) for one in meetings.number_problems(values, today)]
    members, guests = (len(parts.present(capacity)) for capacity in ("member", "invited"))
    found += [Doubt(one) for one in meetings.requisite_problems(values, members, guests)]
    named = [one.values["person"] for one in parts.attendance if one.values.get("person")]
    if len(named) > len(set(named)):
        found.append(Doubt(UserError("meeting.listed_twice", field="attendance")))
    if any(one.entitled and one.quorum.present > one.entitled for one in parts.quorums()):
        found.append(Doubt(UserError("meeting.more_than_members", field="entitled")))
    if reached(parts.quorums()) is False:
        code = "meeting.no_quorum_of_a_body" if parts.counts_each_body() else "meeting.no_quorum"
        found.append(Doubt(UserError(code, field="attendance")))
    elif parts.counts_each_body() and not values.get("other_entitled") and parts.quorums()[1].required:
        found.append(Doubt(UserError("meeting.members_not_counted", field="other_entitled")))
    elif is_joint(values) and parts.present() and not parts.counts_each_body():
        found.append(Doubt(UserError("meeting.bodies_not_named", field="attendance")))
    if is_joint(values) and not values.get("joint_votes") and _voted(parts):
        found.append(Doubt(UserError("meeting.joint_votes_not_said", field="joint_votes")))
    there = (*parts.present(), *parts.present("invited"))
    remote = sum(bool(one.values.get("remote")) for one in there)
    mode = meetings.mode_problem(values.get("mode"), len(there), remote)
    if mode is not None:
        found.append(Doubt(mode))
    for place, item in enumerate(parts.items, start=1):
        found += _of_item(parts, item, place)
    return found


def _of_item(parts: MeetingParts, item: ItemParts, place: int) -> list[Doubt]:
    people = {str(one.values["person"]) for one in parts.present() if one.values.get("person")}
    named = item.item.values.get("recused")
    recused = named if isinstance(named, list) else []
    out = meetings.sitting_out(people, recused)
    found: list[Doubt] = []
    if out and reached(parts.quorums()):
        for one in parts.quorums(set(recused)):
            if one.quorum.reached is False:
                facts = {"item": place, "present": one.quorum.present, "needed": one.quorum.needed}
                found.append(Doubt(UserError("meeting.no_quorum_on_item", field="recused", **facts), place))
    if not item.decisions:
        found.append(Doubt(UserError("meeting.no_decision", field="decision", item=place), place))
    for number, decision in enumerate(item.decisions, start=1):
        problem = _of_votes(parts, recused, decision.values)
        if problem is not None:
            found.append(Doubt(problem, place, number))
    return found


def _voted(parts: MeetingParts) -> bool:
    """Say whether any votes were counted."""
    return any(
        name in one.values for item in parts.items for one in item.decisions for name in (*VOTES, *OTHER_VOTES)
    )


def _of_votes(parts: MeetingParts, recused: list[str], decision: Mapping[str, Value]) -> UserError | None:
    """Return what is doubtful about the votes on one decision, in common or of each body."""
    own = decision.get("recused")
    out = {*recused, *(own if isinstance(own, list) else ())}
    if votes_apart(parts.meeting.values):
        listed = [one.values for one in parts.attendance]
        return body_votes_problem(parts.meeting.values, listed, out, decision)
    people = {str(one.values["person"]) for one in parts.present() if one.values.get("person")}
    present, absent = len(parts.present()), len(out & people)
    problem = meetings.votes_problem(decision, present, absent)
    return problem or meetings.majority_problem(decision, present - absent)
