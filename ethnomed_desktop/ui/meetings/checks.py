"""What a sheet says about itself: quorum, votes, what is missing and where to mend it. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ethnomed_desktop.app.meeting_checks import Doubt
from ethnomed_desktop.app.meeting_sheets import findings, lenient, warnings_of
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.joint_sittings import BodyQuorum, body_votes_problem, counts_each, quorums, votes_apart
from ethnomed_desktop.domain.meeting_sheets import WORDED_BY, Part, Sheet


@dataclass(frozen=True)
class Finding:
    """One thing to look at: the refusal in its own words, the tab, the item (from 1), the field.

    ``decision`` is the one of the item (from 1, of those with a text) that it is about, if it is about one;
    ``label`` is the number under which the item, or that decision, is printed.
    """

    error: UserError
    tab: str
    field: str = ""
    item: int = 0
    obstacle: bool = True
    label: str = ""
    decision: int = 0


def quorums_of(sheet: Sheet, without: Collection[str] = frozenset()) -> tuple[BodyQuorum, ...]:
    """Return the quorum of each body of the members present, ``without`` those who take no part."""
    return quorums(lenient("meeting", sheet.meeting.values), _attendance(sheet), without)


def counts_each_body(sheet: Sheet) -> bool:
    """Whether each body of a joint sitting has a quorum of its own."""
    return counts_each(lenient("meeting", sheet.meeting.values), _attendance(sheet))


def _attendance(sheet: Sheet) -> list[Mapping[str, Value]]:
    return [one.values for one in sheet.attendance if one.is_worded()]


def votes_problem(sheet: Sheet, item: Part, decision: Part) -> UserError | None:
    """Return the warning when a decision's votes are not those of the members who take part in it."""
    values, meeting = lenient("decision", decision.values), lenient("meeting", sheet.meeting.values)
    if votes_apart(meeting):
        named = (item.values.get("recused"), values.get("recused"))
        away = {uid for one in named if isinstance(one, list) for uid in one}
        return body_votes_problem(meeting, _attendance(sheet), away, values)
    out = meetings.sitting_out(sheet.present_people(), item.values.get("recused"), values.get("recused"))
    return meetings.votes_problem(values, sheet.present(), out)


def bodies_vote_apart(sheet: Sheet) -> bool:
    """Whether each body of a joint sitting votes apart."""
    return votes_apart(lenient("meeting", sheet.meeting.values))


def quorum_on(sheet: Sheet, item: Part) -> tuple[int, tuple[BodyQuorum, ...]]:
    """Return how many members present take no part in an item, and the quorum of the others in each body."""
    named = item.values.get("recused")
    recused = set(named) if isinstance(named, list) else set()
    return meetings.sitting_out(sheet.present_people(), named), quorums_of(sheet, recused)


def check(sheet: Sheet, today: date) -> list[Finding]:
    """Return obstacles to the number, then warnings, in the order of the minutes."""
    found = [_placed(error) for error in findings(sheet, today)]
    for place, item in enumerate(sheet.items, start=1):
        for part in item.walk():
            if not part.is_worded() and (part is item or not part.is_blank()):
                name = WORDED_BY[part.kind]
                error = UserError("field.required", field=name, kind=part.kind)
                found.append(Finding(error, "minutes", name, place))
    waiting = sum(bool(item.waiting) for item in sheet.items)
    if waiting:
        place = next(place for place, item in enumerate(sheet.items, 1) if item.waiting)
        found.append(
            Finding(UserError("meeting.still_waiting", field="waiting"), "minutes", "waiting", place, False)
        )
    found += [_warning(doubt) for doubt in warnings_of(sheet, today)]
    labels = sheet.labels()
    return [replace(one, label=_number(labels[one.item - 1], one)) if one.item else one for one in found]


def _number(item: str, finding: Finding) -> str:
    return f"{item}.{finding.decision}" if finding.decision else item


def _placed(error: UserError) -> Finding:
    if error.code == "meeting.nobody_present":
        return Finding(error, "attendance")
    if error.code == "meeting.no_agenda":
        return Finding(error, "agenda")
    return Finding(error, "meeting", error.field or "")


def _warning(doubt: Doubt) -> Finding:
    error = doubt.error
    if doubt.item:
        return Finding(error, "minutes", error.field or "", doubt.item, False, decision=doubt.decision)
    if error.field in {"attendance", "remote"}:
        return Finding(error, "attendance", obstacle=False)
    return Finding(error, "meeting", error.field or "", obstacle=False)


def doubles(errors: Sequence[UserError]) -> list[Finding]:
    """Return the findings for numbers that other minutes carry."""
    return [Finding(one, "meeting", one.field or "", obstacle=False) for one in errors]
