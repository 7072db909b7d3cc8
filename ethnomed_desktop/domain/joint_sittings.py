"""Sittings of two bodies: who sits for which, and the quorum that each must have of its own.

A body decides with its own members only, so a joint sitting is competent when each body has its
quorum. Somebody who serves in both counts in each, and once among all present. Where the attendance
names no bodies at all, as in minutes written before it could, the sitting is counted in common.

No law that was read says how votes are counted then. They are counted in common unless the meeting
says that each body votes apart: a decision is then taken when both adopt it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.meetings import Quorum, majority_problem, quorum, votes_problem

Values = Mapping[str, Value]

BODIES = ("organisation", "other_organisation")
_RULES = ("quorum_rule", "other_quorum_rule")
_ENTITLED = ("entitled", "other_entitled")


VOTES = ("votes_for", "votes_against", "votes_abstained")
OTHER_VOTES = tuple(f"other_{name}" for name in VOTES)
APART = "each"


@dataclass(frozen=True)
class BodyQuorum:
    """The quorum of one body; ``body`` is its uid text (empty: none was chosen, or all are counted in common).

    ``required`` says whether its rule asks for one; without the number of members it cannot be counted.
    """

    body: str
    entitled: int | None
    quorum: Quorum
    required: bool = True


def is_joint(meeting: Values) -> bool:
    """Whether two bodies sit."""
    first, second = (meeting.get(name) for name in BODIES)
    return bool(first and second) and first != second


def counts_each(meeting: Values, listed: Iterable[Values]) -> bool:
    """Whether each body has a quorum of its own; ``listed`` is the attendance, whoever came or not."""
    return is_joint(meeting) and any(one.get("bodies") for one in listed)


def seats_of(meeting: Values, listed: Values) -> tuple[int, ...]:
    """Return for which bodies (0, 1) somebody listed sits: for the first where none of the two is named."""
    named = listed.get("bodies")
    known = named if isinstance(named, list) else []
    return tuple(place for place, name in enumerate(BODIES) if meeting.get(name) in known) or (0,)


def quorums(
    meeting: Values, attendance: Sequence[Values], without: Collection[str] = frozenset()
) -> tuple[BodyQuorum, ...]:
    """Return the quorum of each body that sits; ``without`` people (uids) who take no part in an item."""
    present = [
        one
        for one in attendance
        if one.get("capacity") == "member" and (not one.get("person") or one["person"] not in without)
    ]
    if not counts_each(meeting, attendance):
        return (_counted("", meeting, 0, len(present)),)
    counted = []
    for place, name in enumerate(BODIES):
        here = sum(place in seats_of(meeting, one) for one in present)
        counted.append(_counted(str(meeting[name]), meeting, place, here))
    return tuple(counted)


def reached(counted: Iterable[BodyQuorum]) -> bool | None:
    """Return whether all bodies have their quorum; None where no rule asks for one, or one cannot be counted."""
    found = [one.quorum.reached for one in counted if one.required]
    if False in found:
        return False
    return None if None in found or not found else True


def _counted(body: str, meeting: Values, place: int, present: int) -> BodyQuorum:
    """Count by the body's own rule; the second body has that of the first where it states none."""
    number = meeting.get(_ENTITLED[place])
    entitled = number if isinstance(number, int) else None
    given = meeting.get(_RULES[place]) or meeting.get(_RULES[0])
    rule = str(given) if given else None
    return BodyQuorum(body, entitled, quorum(rule, entitled, present), rule not in (None, "none"))


def votes_apart(meeting: Values) -> bool:
    """Whether each body of a joint sitting votes apart."""
    return is_joint(meeting) and meeting.get("joint_votes") == APART


def votes_of(decision: Values, place: int) -> dict[str, Value]:
    """Return the votes of one body (0, 1) under the names of the first one's, with the kind of ballot."""
    given = OTHER_VOTES if place else VOTES
    found = {name: decision[own] for name, own in zip(VOTES, given, strict=True) if own in decision}
    return {**found, **({"ballot_kind": decision["ballot_kind"]} if decision.get("ballot_kind") else {})}


def body_votes_problem(
    meeting: Values, attendance: Sequence[Values], out: Collection[str], decision: Values
) -> UserError | None:
    """Return the first warning about votes that the bodies gave apart, or None; ``out`` take no part (uids).

    Codes: ``meeting.votes_of_one_body``, ``meeting.body_votes_do_not_add_up``, ``meeting.body_has_no_majority``;
    the fact ``body`` is the number of the body, which the attendance shows too. Where the attendance names no
    bodies only the majority is judged, by the votes given.
    """
    given = [any(name in decision for name in names) for names in (VOTES, OTHER_VOTES)]
    if decision.get("ballot_kind") == "none" or not any(given):
        return None
    if not all(given):
        place = given.index(False)
        return UserError("meeting.votes_of_one_body", field=(OTHER_VOTES if place else VOTES)[0], body=place + 1)
    each = counts_each(meeting, attendance)
    present = [one for one in attendance if one.get("capacity") == "member" and one.get("person") not in out]
    for place, names in enumerate((VOTES, OTHER_VOTES)):
        votes = votes_of(decision, place)
        if each:
            there = sum(place in seats_of(meeting, one) for one in present)
        else:
            there = sum(count for count in (votes.get(name) for name in VOTES) if isinstance(count, int))
        for code, problem in (
            ("meeting.body_votes_do_not_add_up", votes_problem(votes, there, 0)),
            ("meeting.body_has_no_majority", majority_problem(votes, there)),
        ):
            if problem is not None:
                return UserError(code, field=names[0], **{**problem.facts, "body": place + 1})
    return None
