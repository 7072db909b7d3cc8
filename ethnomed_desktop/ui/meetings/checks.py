"""What a sheet says about itself: quorum, votes, what is missing and where to mend it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.app.meeting_sheets import findings, lenient
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.meeting_sheets import WORDED_BY, Part, Sheet


@dataclass(frozen=True)
class Finding:
    """One thing to look at: the refusal in its own words, the tab, the item (from 1), the field."""

    error: UserError
    tab: str
    field: str = ""
    item: int = 0
    obstacle: bool = True


def quorum_of(sheet: Sheet) -> meetings.Quorum:
    """Return the quorum of the members present."""
    values = lenient("meeting", sheet.meeting.values)
    entitled, rule = values.get("entitled"), values.get("quorum_rule")
    return meetings.quorum(
        str(rule) if rule else None, entitled if isinstance(entitled, int) else None, sheet.present()
    )


def votes_problem(sheet: Sheet, decision: Part) -> UserError | None:
    """Return the warning when a decision's votes are not those of the members present."""
    values = lenient("decision", decision.values)
    recused = values.get("recused")
    return meetings.votes_problem(values, sheet.present(), len(recused) if isinstance(recused, list) else 0)


def check(sheet: Sheet, today: date) -> list[Finding]:
    """Return obstacles to the number, then warnings, in the order of the minutes."""
    found = [_placed(error) for error in findings(sheet, today)]
    for place, item in enumerate(sheet.items, start=1):
        for part in item.walk():
            if not part.is_worded() and (part is item or not part.is_blank()):
                name = WORDED_BY[part.kind]
                error = UserError("field.required", field=name, kind=part.kind)
                found.append(Finding(error, "minutes", name, place))
    return found + _warnings(sheet)


def _placed(error: UserError) -> Finding:
    if error.code == "meeting.nobody_present":
        return Finding(error, "attendance")
    if error.code == "meeting.no_agenda":
        return Finding(error, "agenda")
    return Finding(error, "meeting", error.field or "")


def _warnings(sheet: Sheet) -> list[Finding]:
    found = []
    if quorum_of(sheet).reached is False:
        found.append(Finding(UserError("meeting.no_quorum"), "attendance", obstacle=False))
    for place, item in enumerate(sheet.items, start=1):
        if item.is_worded() and not any(one.is_worded() for one in item.of("decision")):
            error = UserError("meeting.no_decision", item=place)
            found.append(Finding(error, "minutes", "decision", place, obstacle=False))
        for decision in item.of("decision"):
            problem = votes_problem(sheet, decision)
            if problem is not None:
                found.append(Finding(problem, "minutes", "votes_for", place, obstacle=False))
    return found
