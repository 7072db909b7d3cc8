"""Rules of meetings: quorum, votes, what minutes need before they get their number."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value

NUMBERED = "numbered"
_SIGN = re.compile(r"^\s*(?:№|#|No\.?(?=[\s\d]))[\s\u00a0]*", re.IGNORECASE)
_RULES = {"half": (1, 2), "two_thirds": (2, 3), "tenth": (1, 10)}


@dataclass(frozen=True)
class Quorum:
    """How many are needed and whether they were there; ``reached`` is None when it cannot be said."""

    needed: int | None
    present: int
    reached: bool | None


def quorum(rule: str | None, entitled: int | None, present: int) -> Quorum:
    """Return the quorum. "More than half" needs one more than half; the other rules need the share itself.

    Shares: two thirds as the councils' rules have it; a tenth for a gathering of the local
    community (Law No 148 of 23.01.2001, art. 39-3 (9)).
    """
    if rule in (None, "none") or not entitled:
        return Quorum(None, present, None)
    share, of = _RULES[str(rule)]
    needed = entitled // 2 + 1 if rule == "half" else -(-entitled * share // of)
    return Quorum(needed, present, present >= needed)


def sitting_out(present: Collection[str], *recused: Value) -> int:
    """Return how many of those present (uids of people) are named in any of the lists of recused people.

    Who withdrew from the matter and did not come at all is not there to be left out.
    """
    named = {uid for one in recused if isinstance(one, list) for uid in one}
    return len(named & set(present))


def votes_problem(values: Mapping[str, Value], present: int, recused: int) -> UserError | None:
    """Return the warning when the votes are not those of the members present, or None.

    Nothing is said where no vote was counted; those who took no part in the vote are left out.
    """
    counts = [values.get(name) for name in ("votes_for", "votes_against", "votes_abstained")]
    if all(count is None for count in counts) or values.get("ballot_kind") == "none":
        return None
    total = sum(int(count) for count in counts if isinstance(count, int))
    if total == present - recused:
        return None
    return UserError("meeting.votes_do_not_add_up", field="votes_for", votes=total, present=present - recused)


def majority_problem(values: Mapping[str, Value], taking_part: int) -> UserError | None:
    """Return the warning when a decision has no more than half of the votes of those who take part, or None.

    More than half is needed in a gathering of the local community (Law No 148, art. 39-3 (11)) and, unless its
    own rules say otherwise, in a council; so this is said and never refused.
    """
    given = values.get("votes_for")
    if not isinstance(given, int) or values.get("ballot_kind") == "none" or given * 2 > taking_part:
        return None
    return UserError("meeting.no_majority", field="votes_for", votes=given, present=taking_part)


def mode_problem(mode: Value, present: int, remote: int) -> UserError | None:
    """Return the warning when the mode of the meeting is not how people took part, or None.

    ``present`` and ``remote`` count members and guests. Of an online meeting nobody need be marked.
    """
    if mode == "online" and 0 < remote < present:
        return UserError("meeting.online_in_person", field="remote", count=present - remote)
    if mode in (None, "in_person") and remote:
        return UserError("meeting.remote_in_person", field="mode", count=remote)
    if mode == "mixed" and present and not remote:
        return UserError("meeting.mixed_without_remote", field="remote")
    return None


def number_problems(values: Mapping[str, Value], today: date) -> list[UserError]:
    """Return what is worth a look about the numbers before they are given; never an obstacle.

    Minutes of an earlier year mostly stand on paper with a number; the second body of a joint sitting
    has a number of its own.
    """
    problems: list[UserError] = []
    year = held_on(values).year
    if values.get("corrects"):
        typed = bare_number(values.get("paper_number"))
        number = bare_number(values.get("number"))
        if typed and typed != number:
            problems.append(UserError("meeting.number_is_kept", field="paper_number", number=number))
        return problems
    if year < today.year and not values.get("paper_number"):
        problems.append(UserError("meeting.earlier_year", field="paper_number", year=year))
    if values.get("other_organisation") and values.get("paper_number") and not values.get("other_number"):
        problems.append(UserError("meeting.other_number_missing", field="other_number"))
    return problems


def bare_number(typed: Value) -> str:
    """Return a number as it stands after «№»: people copy the sign from the paper, and it is printed anyway."""
    return _SIGN.sub("", str(typed or "")).strip()


def held_on(values: Mapping[str, Value]) -> date:
    """Return the day of the sitting: the date that minutes carry, whenever they are written."""
    return datetime.fromisoformat(str(values["starts"])).date()


def carries_over(*, discussed: bool, recurring: bool, open_tasks: int) -> bool:
    """Say whether an item of the agenda goes to the next meeting by itself.

    The rule of 4Minitz: what was not discussed, what recurs, and what has tasks that are not done.
    """
    return not discussed or recurring or open_tasks > 0


def completed(values: dict[str, Value]) -> dict[str, Value]:
    """Return the values with what goes without saying for a new meeting."""
    return {
        "meeting_kind": "sitting",
        "mode": "in_person",
        "quorum_rule": "half",
        "state": "draft",
        "version": 1,
        "form": "full",
        **values,
    }


def time_problem(values: Mapping[str, Value]) -> UserError | None:
    """Return what is wrong with the times of a meeting, or None."""
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and str(ends) < str(starts):
        return UserError("meeting.ends_before_it_begins", field="ends", kind="meeting")
    return None


def requisite_problems(values: Mapping[str, Value], members: int, guests: int) -> list[UserError]:
    """Return what minutes name beside what they need for their number; never an obstacle.

    Place, total number of those entitled and who of them came: Law No 148, art. 39-3 (10-1 to 10-3).
    ``members`` and ``guests`` are how many came; where no quorum is asked for, the total is not either.
    """
    problems: list[UserError] = []
    if not values.get("place") and not values.get("venue"):
        problems.append(UserError("meeting.no_place", field="place"))
    if not values.get("entitled") and values.get("quorum_rule") != "none":
        problems.append(UserError("meeting.members_not_stated", field="entitled"))
    if guests and not members:
        problems.append(UserError("meeting.no_member_present", field="attendance"))
    return problems


def bodies_problem(values: Mapping[str, Value]) -> UserError | None:
    """Return what is wrong with the bodies that sit, or None: nobody sits jointly with itself."""
    second = values.get("other_organisation")
    if second and second == values.get("organisation"):
        return UserError("meeting.same_body_twice", field="other_organisation", kind="meeting")
    return None


def missing_for_number(
    values: Mapping[str, Value], *, today: date, present: int, items: Sequence[Mapping[str, Value]]
) -> list[UserError]:
    """Return what minutes still need before "finish and number" (requisites: Law No 148, art. 39-3 (10))."""
    problems: list[UserError] = []
    if held_on(values) > today:
        problems.append(UserError("meeting.future", field="starts", date=held_on(values).isoformat()))
    if not present:
        problems.append(UserError("meeting.nobody_present", field="attendance"))
    for name in ("chair", "secretary"):
        if not values.get(name) and not values.get(f"{name}_words"):
            problems.append(UserError("field.required", field=name, kind="meeting"))
    if not items:
        problems.append(UserError("meeting.no_agenda", field="agenda"))
    return problems
