"""A meeting with all its parts as one sheet: what the workspace edits, drafts keep and one saving writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import new_uid, uid_text

PARTS_OF = {
    "meeting": ("attendance", "agenda_item"),
    "agenda_item": ("speech", "decision"),
    "decision": ("task",),
}
"""Which kinds of parts a part has, in their order."""

LINKS = {
    "attendance": "meeting",
    "agenda_item": "meeting",
    "speech": "agenda_item",
    "decision": "agenda_item",
    "task": "decision",
}
"""The field by which a part names what it belongs to; it never stands among a part's values."""

WORDED_BY = {"agenda_item": "title", "speech": "text", "decision": "text", "task": "text"}
"""The text without which a part of the kind says nothing."""

ORDERED = frozenset({"attendance", "agenda_item", "speech", "decision"})
"""Kinds that carry their place in a field ``position``."""


@dataclass(eq=False)
class Part:
    """One record of the sheet, stored already (``uid`` as UUID text) or not yet (empty).

    ``values`` are as typed, checked only when the sheet is saved. ``revision`` is the one it was
    opened at. Two parts are the same only if they are the same object. ``waiting`` are the speakers
    of an agenda item who wait for the word: they live in the draft and are never stored. ``mark``
    names a part that others refer to before it has a uid; it is never stored.
    """

    kind: str
    values: dict[str, Value] = field(default_factory=dict)
    uid: str = ""
    revision: str = ""
    parts: list[Part] = field(default_factory=list)
    waiting: list[Part] = field(default_factory=list)
    mark: str = ""

    def named(self) -> str:
        """Return by what other parts refer to this one: its uid, or a mark until it has one."""
        if not self.uid and not self.mark:
            self.mark = uid_text(new_uid(0))
        return self.uid or self.mark

    def answers_to(self, name: str) -> bool:
        """Whether another part that holds ``name`` means this one."""
        return bool(name) and name in (self.uid, self.mark)

    def of(self, kind: str) -> list[Part]:
        """Return the parts of one kind, in order."""
        return [part for part in self.parts if part.kind == kind]

    def walk(self) -> Iterator[Part]:
        """Yield the part, then all below it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def add(self, part: Part, after: Part | None = None) -> Part:
        """Put a part behind ``after`` (or at the end) and return it."""
        place = self.parts.index(after) + 1 if after is not None else len(self.parts)
        self.parts.insert(place, part)
        return part

    def move(self, part: Part, steps: int) -> bool:
        """Move a part among those of its kind; say whether it could go so far."""
        alike = self.of(part.kind)
        place = alike.index(part) + steps
        if not 0 <= place < len(alike) or not steps:
            return False
        self.put_beside(part, alike[place], behind=steps > 0)
        return True

    def put_beside(self, part: Part, other: Part, *, behind: bool) -> None:
        """Put a part of this one before or behind another one of them."""
        self.parts.remove(part)
        self.parts.insert(self.parts.index(other) + (1 if behind else 0), part)

    def text(self, name: str) -> str:
        """Return a value as text; empty when there is none."""
        value = self.values.get(name)
        return str(value) if value is not None and not isinstance(value, list) else ""

    def put(self, name: str, value: Value) -> None:
        """Set a value; None, blank text and an empty list take it away."""
        if value is None or value == [] or (isinstance(value, str) and not value.strip()):
            self.values.pop(name, None)
        else:
            self.values[name] = value

    def is_worded(self) -> bool:
        """Whether it says what a record of its kind must say at least."""
        if self.kind == "attendance":
            return bool(self.text("person") or self.text("words").strip())
        name = WORDED_BY.get(self.kind)
        return name is None or bool(self.text(name).strip())

    def is_blank(self) -> bool:
        """Whether nobody has written anything into it or its parts."""
        own = {name for name in self.values if name not in {"position", "speech_kind", "capacity", "state"}}
        return not own and all(part.is_blank() for part in self.parts)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "kind": self.kind,
            "values": dict(self.values),
            "uid": self.uid,
            "revision": self.revision,
            "parts": [part.to_json() for part in self.parts],
            **({"waiting": [one.to_json() for one in self.waiting]} if self.waiting else {}),
            **({"mark": self.mark} if self.mark else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Part:
        """Read what `to_json` returned."""
        parts = [cls.from_json(one) for one in data["parts"]]
        waiting = [cls.from_json(one) for one in data.get("waiting", ())]
        kind, uid, revision, mark = (str(data.get(name) or "") for name in ("kind", "uid", "revision", "mark"))
        return cls(kind, dict(data["values"]), uid, revision, parts, waiting, mark)


def item_labels(items: Iterable[Mapping[str, Value]]) -> list[str]:
    """Return the printed numbers of agenda items in their order: 1, 2, 2.1, 2.2, 3.

    An item that is part of another one counts under the last whole one before it.
    """
    labels: list[str] = []
    whole = part = 0
    for values in items:
        if values.get("parent_item") and whole:
            part += 1
            labels.append(f"{whole}.{part}")
        else:
            whole, part = whole + 1, 0
            labels.append(str(whole))
    return labels


@dataclass(frozen=True)
class Removal:
    """How an item stood on the agenda it was taken off: ``under`` says what was part of what."""

    part: Part
    meeting: Part
    place: int
    under: list[tuple[Part, str]]


@dataclass(eq=False)
class Sheet:
    """The meeting, the stored parts taken out of it (uids), and what only the program writes.

    ``fixed`` holds number, state, version and the like, for showing; ``earlier_tasks`` the tasks of
    the decisions that this version corrects: they are printed with it and stay with the earlier one.
    """

    meeting: Part
    removed: list[str] = field(default_factory=list)
    fixed: dict[str, Value] = field(default_factory=dict)
    earlier_tasks: list[dict[str, Value]] = field(default_factory=list)

    @property
    def items(self) -> list[Part]:
        """The agenda."""
        return self.meeting.of("agenda_item")

    @property
    def attendance(self) -> list[Part]:
        """Everybody listed, whether they came or not."""
        return self.meeting.of("attendance")

    def present(self) -> int:
        """Return how many members are there."""
        return sum(one.text("capacity") == "member" for one in self.attendance)

    def present_people(self) -> set[str]:
        """Return the members who are there and stand in the list of people (uid text)."""
        return {one.text("person") for one in self.attendance if one.text("capacity") == "member"} - {""}

    def remove(self, part: Part, parent: Part | None = None) -> None:
        """Take a part out; what is stored of it goes to the trash with the next saving.

        A dissenting opinion on a decision that is taken out is on none from then on.
        """
        beside = (parent or self.meeting).parts
        beside.remove(part)
        for one in beside:
            if part.answers_to(one.text("decision")):
                one.put("decision", None)
        if part.uid:
            self.removed.append(part.uid)

    def take_out_item(self, item: Part) -> Removal:
        """Take an item off the agenda and return how it stood there."""
        under = [(one, one.text("parent_item")) for one in self.items]
        removal = Removal(item, self.meeting, self.meeting.parts.index(item), under)
        self.remove(item)
        self.settle_tree()
        return removal

    def put_back(self, removal: Removal) -> None:
        """Put an item back where it stood; one that went to the trash meanwhile comes back as a new one."""
        part = removal.part
        if part.uid in self.removed:
            self.removed.remove(part.uid)
        elif part.uid:
            for one in part.walk():
                one.uid = one.revision = ""
        self.meeting.parts.insert(min(removal.place, len(self.meeting.parts)), part)
        for one, above in removal.under:
            one.put("parent_item", above or None)
        self.settle_tree()

    def labels(self) -> list[str]:
        """Return the numbers of the agenda's items as they are printed."""
        return item_labels(one.values for one in self.items)

    def put_under(self, item: Part, under: bool) -> bool:
        """Make an item part of the whole one above it, or a whole one again; say whether it could be."""
        if item is self.items[0] or bool(item.text("parent_item")) is under:
            return False
        item.put("parent_item", item.named() if under else None)
        self.settle_tree()
        return True

    def settle_tree(self) -> None:
        """Let every item that is part of another one name the last whole one before it; the first is whole."""
        whole: Part | None = None
        for item in self.items:
            if item.text("parent_item") and whole is not None:
                item.put("parent_item", whole.named())
            else:
                item.put("parent_item", None)
                whole = item

    def put_in_order(self) -> None:
        """Write the places of all ordered parts into them."""
        self.settle_tree()
        for part in self.meeting.walk():
            for kind in PARTS_OF.get(part.kind, ()):
                if kind in ORDERED:
                    for place, one in enumerate(part.of(kind), start=1):
                        one.values["position"] = place

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values, as drafts keep it."""
        return {
            "meeting": self.meeting.to_json(),
            "removed": list(self.removed),
            "fixed": dict(self.fixed),
            "earlier_tasks": [dict(one) for one in self.earlier_tasks],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Sheet:
        """Read what `to_json` returned."""
        return cls(
            Part.from_json(data["meeting"]),
            [str(one) for one in data["removed"]],
            dict(data["fixed"]),
            [dict(one) for one in data.get("earlier_tasks", [])],
        )

    def copy(self) -> Sheet:
        """Return a copy for another thread."""
        return Sheet.from_json(self.to_json())
