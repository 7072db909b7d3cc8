"""What goes from one meeting to the next by itself: items that nobody discussed, that recur, or with open tasks."""

from __future__ import annotations

from datetime import date

from ethnomed_desktop.app.meetings import ItemParts, MeetingParts
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import tasks_from

_TAKEN = ("title", "title_second", "reporter", "reporter_words", "recurring")
_OPEN = ("pending", "in_work")


def carried_items(connection: Reading, last: MeetingParts, day: date) -> list[Part]:
    """Return the items for the agenda of a meeting after ``last``, each leading back to where it comes from.

    Nothing is taken from a meeting that is still to be held on ``day`` or later and is not numbered.
    """
    values = last.meeting.values
    if values.get("state") != meetings.NUMBERED and meetings.held_on(values) >= day:
        return []
    return [_carried(one) for one in last.items if _goes_on(connection, one)]


def _goes_on(connection: Reading, parts: ItemParts) -> bool:
    states = [one.values.get("state") for one in tasks_from(connection, [one.rid for one in parts.decisions])]
    said = bool(parts.item.values.get("heard") or parts.speeches or parts.decisions)
    return meetings.carries_over(
        discussed=said,
        recurring=parts.item.values.get("recurring") is True,
        open_tasks=sum(state in _OPEN for state in states),
    )


def _carried(parts: ItemParts) -> Part:
    taken = {name: parts.item.values[name] for name in _TAKEN if name in parts.item.values}
    return Part("agenda_item", {**taken, "carried_from": uid_text(parts.item.uid)})
