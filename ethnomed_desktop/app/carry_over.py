"""What goes from one meeting to the next by itself: items that nobody discussed, that recur, or with open tasks.

By the rules of 4Minitz an item stays open until it is closed: whoever takes it out of one agenda leaves it out
once, and it is offered again – at this meeting and at the next. It is closed when it was discussed and nothing is
left to be done, or when a meeting says that it is not carried over any more (``not_carried``).

What a joint sitting leaves open goes on in both bodies: each closes it for itself. Where they sit together
again, one matter is offered once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import working_body
from ethnomed_desktop.domain import meetings
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import items_behind, items_of, meetings_since, tasks_from
from ethnomed_desktop.store.queries.records import StoredRecord, children_of, rid_of

LOOKING_BACK_DAYS = 366
"""What nobody took up for longer is left to the minutes in which it stands."""

MOST_BY_THEMSELVES = 20
"""More open items than this are not put onto an agenda by themselves, only those of the last meeting: elsewhere
minutes were entered by their titles alone, and the rest is offered."""

WHY = {
    "tasks": N_("has open tasks"),
    "recurring": N_("stands on every agenda"),
    "not_discussed": N_("not discussed yet"),
}
"""Why an item is open, in words."""

_TAKEN = ("title", "title_second", "reporter", "reporter_words", "recurring")
_OPEN = ("pending", "in_work")


@dataclass(frozen=True)
class OpenItem:
    """An item that is still open, and when it last stood on an agenda (ISO day); ``why`` is a key of `WHY`.

    ``matter`` are the uids (text) of the item and of those it was carried over from.
    """

    uid: str
    title: str
    held: str
    why: str
    taken: dict[str, Value] = field(default_factory=dict)
    matter: frozenset[str] = field(default=frozenset(), repr=False)

    def is_about(self, other: OpenItem) -> bool:
        """Whether two bodies have the same matter open: it comes from one item, or has one title."""
        return not self.matter.isdisjoint(other.matter) or _folded(self.title) == _folded(other.title)

    def as_part(self) -> Part:
        """Return the item for another agenda, leading back to where it comes from."""
        return Part("agenda_item", {**self.taken, "carried_from": self.uid})


def open_items(connection: Reading, bodies: Iterable[int], day: date, other_than: str = "") -> list[OpenItem]:
    """Return the open items of the bodies (row numbers) for a meeting of theirs on ``day``, the oldest first.

    ``other_than`` is that meeting (uid text), when it is stored already. Nothing is taken from a meeting that is
    still to be held on ``day`` or later and is not numbered.
    """
    since = (day - timedelta(days=LOOKING_BACK_DAYS)).isoformat()
    found: list[OpenItem] = []
    for body in bodies:
        held = meetings_since(connection, body, since, other_than)
        found = _joined(found, _Agendas(connection, held, since).open_at(day))
    return sorted(found, key=lambda one: one.held)


def _joined(found: Sequence[OpenItem], more: Sequence[OpenItem]) -> list[OpenItem]:
    """Return what is open of two bodies: of a matter that both have open, the item that stood last."""
    kept = list(found)
    for one in more:
        alike = [other for other in found if one.is_about(other)]
        if not alike:
            kept.append(one)
        elif one.held > max(other.held for other in alike) and alike[0] in kept:
            kept[kept.index(alike[0])] = one
    return kept


def by_themselves(found: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """Return those of the open items that stand on a new agenda from the beginning."""
    if len(found) <= MOST_BY_THEMSELVES:
        return found
    newest = max(one.held for one in found)
    return [one for one in found if one.held == newest]


def left_open(ctx: AppContext) -> list[OpenItem]:
    """Return what is open today of the body the user works for; nothing where there is none."""
    with ctx.reading() as connection:
        body = working_body(connection, ctx.user)
        rid = rid_of(connection, parse_uid(body)) if body else None
        return open_items(connection, [rid], today(ctx.clock)) if rid is not None else []


class _Agendas:
    """The agendas of a body since a day; of corrected minutes the newest version counts.

    The meetings of a joint sitting's other body are not among them, but its items may lie between: an item
    goes on where one stands that comes from it, or from the same earlier item.
    """

    def __init__(self, connection: Reading, held: Sequence[StoredRecord], since: str) -> None:
        self._connection = connection
        corrected = {one.values.get("corrects") for one in held} - {None}
        self._meetings = {uid_text(one.uid): one for one in held}
        self._newest = [one for one in held if uid_text(one.uid) not in corrected]
        of: dict[str, list[StoredRecord]] = {}
        for item in items_of(connection, [one.rid for one in held]):
            of.setdefault(str(item.values["meeting"]), []).append(item)
        self._items = {uid_text(one.uid): one for several in of.values() for one in several}
        self._known = {**self._items_of_others(since), **self._items}
        self._order: list[tuple[int, StoredRecord]] = []
        self._last_titled: dict[str, int] = {}
        self._last_linked: dict[str, int] = {}
        for rank, meeting in enumerate(self._newest):
            for one in of.get(uid_text(meeting.uid), ()):
                self._order.append((rank, one))
                self._last_titled[_title(one)] = rank
                self._last_linked.update(dict.fromkeys(self._matter(one)[1:], rank))
        self._last_closed = {
            uid: rank
            for rank, meeting in enumerate(self._newest)
            for named in _list(meeting.values.get("not_carried"))
            for uid in (self._matter(self._known[named]) if named in self._known else (named,))
        }

    def _items_of_others(self, since: str) -> dict[str, StoredRecord]:
        """Return the items that these agendas or closings lead back to and that stand on none of them."""
        named = {str(one.values["carried_from"]) for one in self._items.values() if "carried_from" in one.values}
        named.update(uid for one in self._newest for uid in _list(one.values.get("not_carried")))
        wanted = [parse_uid(uid) for uid in named if uid not in self._items]
        found = items_behind(self._connection, wanted, since) if wanted else []
        return {uid_text(one.uid): one for one in found}

    def _matter(self, item: StoredRecord) -> list[str]:
        """Return the uids of the item and of those it was carried over from, the newest first."""
        uids = [uid_text(item.uid)]
        stood: StoredRecord | None = item
        while stood is not None and (before := stood.values.get("carried_from")) and str(before) not in uids:
            uids.append(str(before))
            stood = self._known.get(str(before))
        return uids

    def open_at(self, day: date) -> list[OpenItem]:
        closed = {uid for one in self._newest for uid in _list(one.values.get("not_carried"))}
        found = []
        for rank, item in self._order:
            meeting = self._newest[rank]
            if not _is_over(meeting, day) or self._goes_on_later(rank, item) or self._names(item, closed):
                continue
            why = self._why(item)
            if why:
                taken = {name: item.values[name] for name in _TAKEN if name in item.values}
                on = meetings.held_on(meeting.values).isoformat()
                matter = frozenset(self._matter(item))
                found.append(OpenItem(uid_text(item.uid), str(item.values["title"]), on, why, taken, matter))
        return found

    def _goes_on_later(self, rank: int, item: StoredRecord) -> bool:
        """Say whether the item stands on a later agenda, led back to it or typed again, or was closed at one."""
        if self._last_titled[_title(item)] > rank:
            return True
        later = (self._last_linked, self._last_closed)
        if any(last.get(uid, -1) > rank for uid in self._matter(item) for last in later):
            return True
        if not self._newest[rank].values.get("corrects"):
            return False
        return self._names(item, {uid for uid, last in self._last_linked.items() if last > rank})

    def _names(self, item: StoredRecord, uids: set[str]) -> bool:
        """Say whether one of the uids means the item, itself or in an earlier version of its minutes."""
        if uid_text(item.uid) in uids:
            return True
        meeting = self._meetings[str(item.values["meeting"])]
        versions = set()
        while meeting.values.get("corrects") in self._meetings:
            versions.add(str(meeting.values["corrects"]))
            meeting = self._meetings[str(meeting.values["corrects"])]
        meant = [self._items[uid] for uid in uids if uid in self._items] if versions else []
        return any(one.values["meeting"] in versions and _title(one) == _title(item) for one in meant)

    def _why(self, item: StoredRecord) -> str:
        """Return why the item is open: ``tasks``, ``recurring``, ``not_discussed``; empty when it is closed.

        Tasks from earlier meetings, at which it was on the agenda too, count.
        """
        stood = [self._known[uid] for uid in self._matter(item) if uid in self._known]
        rids = [one.rid for one in stood if not one.withdrawn]
        decisions = [made for rid in rids for made in children_of(self._connection, KINDS["decision"], rid)]
        own = [one for one in decisions if one.values["agenda_item"] == uid_text(item.uid)]
        speeches = children_of(self._connection, KINDS["speech"], item.rid)
        tasks = tasks_from(self._connection, [one.rid for one in decisions])
        left = sum(one.values.get("state") in _OPEN for one in tasks)
        discussed = bool(item.values.get("heard") or speeches or own)
        recurring = item.values.get("recurring") is True
        if not meetings.carries_over(discussed=discussed, recurring=recurring, open_tasks=left):
            return ""
        return "tasks" if left else "recurring" if recurring else "not_discussed"


def _is_over(meeting: StoredRecord, day: date) -> bool:
    held = meetings.held_on(meeting.values)
    return held < day or (held == day and meeting.values.get("state") == meetings.NUMBERED)


def _title(item: StoredRecord) -> str:
    return _folded(str(item.values["title"]))


def _folded(title: str) -> str:
    return fold(" ".join(title.split()))


def _list(value: Value) -> list[str]:
    return value if isinstance(value, list) else []
