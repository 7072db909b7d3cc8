"""Records as the rules of going up see them: where a village lies, what was approved, whom a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ethnomed_desktop.domain.changes import split_key
from ethnomed_desktop.domain.fieldtypes import Ref
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.projection import Source, Tier
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store import outgoing
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.states import Known, load_states

_DISTRICT_KINDS = frozenset({"district", "city", "republican_city", "region", "country"})
_STEPS = 6
"""A village lies in an okrug, that in a district: places are followed up no farther than this."""
_SHORTEST_NAME = 3
_NUMBERS = re.compile(r"(?:\+?7|8)[ \-(]*\d{3}[ \-)]*\d{3}[ \-]*\d{2}[ \-]*\d{2}|\d{12}")
"""Telephones of Kazakhstan and identification numbers."""


class Sources:
    """Looks at what the rules ask for besides a record's own values; remembers places and names of one sending."""

    def __init__(self, connection: Reading, key: bytes, tier: Tier) -> None:
        self._connection = connection
        self._key = key
        self._tier = tier
        self._districts: dict[str, str | None] = {}
        self._streams = frozenset(outgoing.outgoing_streams(connection))

    def of(self, records: Sequence[StoredRecord]) -> list[Source]:
        """Return the records as the rules see them; a part of something withdrawn counts as withdrawn."""
        states = load_states(self._connection, [one.uid for one in records], LogReader(self._connection))
        above = {one.uid: _parent(one) for one in records}
        wholes = {
            one.uid: one for one in records_by(self._connection, "uid", [uid for uid in above.values() if uid])
        }
        gone = {uid for uid, whole in above.items() if whole in wholes and wholes[whole].withdrawn}
        return [self._source(one, states[one.uid], gone=one.uid in gone) for one in records]

    def _source(self, one: StoredRecord, known: Known, *, gone: bool) -> Source:
        numbers = {split_key(key)[0] for key in one.conflicts}
        return Source(
            one.uid,
            one.kind,
            one.values,
            one.withdrawn or gone,
            self._tier,
            self._key,
            self._district_of,
            _approved(one, known),
            lambda text: self._names_somebody(one, text),
            frozenset(one.kind.by_number[number].name for number in numbers if number in one.kind.by_number),
            from_below=any(dot.stream in self._streams for dot in known.lids),
        )

    def _district_of(self, place: str) -> str | None:
        if place not in self._districts:
            self._districts[place] = district_of(self._connection, place)
        return self._districts[place]

    def _names_somebody(self, one: StoredRecord, text: str) -> bool:
        """Say whether a text names one of those concerned, or holds a long number (a phone, an IIN).

        Concerned are the people in the record's fields, but not who approved it, and the parties of an incident.
        """
        if _NUMBERS.search(text):
            return True
        said = fold(text).split()
        parties = outgoing.parts_of(self._connection, "incident_party", "incident", [one.uid])
        concerned = {str(one.values.get(name) or "") for name in _people_in(one.kind)}
        concerned |= {str(part.values.get("person") or "") for part in records_by(self._connection, "uid", parties)}
        people = records_by(self._connection, "uid", [parse_uid(one) for one in sorted(concerned) if one])
        words = tuple({word for one in people for word in _name_words(one)})
        return bool(words) and any(word.strip('«»()„“”".,:;!?').startswith(words) for word in said)


def district_of(connection: Reading, place: str) -> str | None:
    """Return the district or city (uid text) that a place lies in, None when it lies in none that is known."""
    at: str | None = place
    for _step in range(_STEPS):
        found = records_by(connection, "uid", [parse_uid(at)]) if at else []
        if not found:
            return None
        if found[0].values.get("place_kind") in _DISTRICT_KINDS and found[0].values.get("kato"):
            return uid_text(found[0].uid)
        at = str(found[0].values.get("parent") or "") or None
    return None


def _people_in(kind: Kind) -> tuple[str, ...]:
    """Return the fields that refer to one person each, without those who approve a text."""
    approvers = set(kind.approvals.values())
    refer = (one for one in kind.fields if isinstance(one.type, Ref) and one.type.kind == "person")
    return tuple(one.name for one in refer if one.name not in approvers)


def _name_words(person: StoredRecord) -> Iterator[str]:
    """Yield how words begin that a text must not hold: names without their endings."""
    for name in ("surname", "other_names"):
        for word in fold(str(person.values.get(name) or "")).split():
            if len(word) >= _SHORTEST_NAME:
                yield word if len(word) <= _SHORTEST_NAME + 2 else word[:-1]


def _parent(one: StoredRecord) -> bytes | None:
    value = one.values.get(one.kind.parent) if one.kind.parent else None
    return bytes(parse_uid(str(value))) if value and not one.kind.seeded else None


def _approved(one: StoredRecord, known: Known) -> frozenset[str]:
    """Return the texts whose approval was written with them or after them."""
    fields = one.kind.by_name
    return frozenset(
        name for name, by in one.kind.approvals.items() if is_approved(known, fields[name].key, fields[by].key)
    )


def is_approved(known: Known, text_key: str, approval_key: str) -> bool:
    """Say whether the approval was written with or after the text it approves."""
    text, approval = known.state.live.get(text_key, ()), known.state.live.get(approval_key, ())
    if len(text) != 1 or len(approval) != 1:
        return False
    return approval[0].stamp >= text[0].stamp
