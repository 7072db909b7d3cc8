"""What leaves for the tier above: one function projects a record, and says of everything else why it stays.

A kind goes up only when it says so (`Kind.goes_up`), a field only when its level is not above the ceiling
*and* a rule allows its type: texts go up only when they are public (level 0), a register's number, or the
one text that a person approved for it. Places go as their district, days as months where little happened,
numbers of people below five not at all, people and records under pseudonyms that nobody above can reverse.

Sources of the rules: the design's levels and tiers; "do no harm" rules of the field (small cells, village
names upward).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ethnomed_desktop.domain import own_codes
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.fieldtypes import Code, Codes, Value
from ethnomed_desktop.domain.values import PartialDate

if TYPE_CHECKING:
    from ethnomed_desktop.domain.registry import Field, Kind

CEILINGS: Mapping[str, int] = {"D": 3, "R": 1, "N": 1, "A": 1, "U": 3}
"""Highest level of a field that a stream may carry, by the letter of its class."""
FEW = 5
"""Numbers of people below this name them in a small place."""
SEVERE = "3"
"""From this severity on a region needs the day, not only the month."""
WITHDRAWN = "withdrawn"
"""Stands for the reason of a withdrawal: that is free text, and stays here."""
_MONTH = 7
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PUBLIC = 0


class Tier(StrEnum):
    """For whom a projection is made; the letters of the streams that carry it."""

    REGION = "R"
    NATION = "N"


class Reason(StrEnum):
    """Why a value stays here, or leaves changed."""

    LEVEL = "level"
    FREE_TEXT = "free_text"
    NOT_APPROVED = "not_approved"
    CHANGED_SINCE = "changed_since"
    NAMES_SOMEBODY = "names_somebody"
    IN_CONFLICT = "in_conflict"
    FEW_PEOPLE = "few_people"
    NO_DISTRICT = "no_district"
    NOT_UPWARD = "not_upward"
    OWN_CODE = "own_code"
    AS_MONTH = "as_month"
    AS_DISTRICT = "as_district"
    AS_PSEUDONYM = "as_pseudonym"


CHANGED = frozenset({Reason.AS_MONTH, Reason.AS_DISTRICT, Reason.AS_PSEUDONYM})
"""Reasons for which a value leaves in another form; for all others it stays here."""


@dataclass(frozen=True)
class Source:
    """A record as it stands here, with what the rules ask for besides its values.

    ``district_of`` gives the district or city (uid text) that a place lies in, None when it lies in none.
    ``approved`` names the texts whose approval is not older than they are; ``names_somebody`` says whether a text
    names one of those concerned; ``unsettled`` fields hold two values.
    """

    uid: bytes
    kind: Kind
    values: Mapping[str, Value]
    withdrawn: bool = False
    tier: Tier = Tier.REGION
    key: bytes = field(default=b"", repr=False)
    district_of: Callable[[str], str | None] = lambda place: None
    approved: frozenset[str] = frozenset()
    names_somebody: Callable[[str], bool] = lambda text: False
    unsettled: frozenset[str] = frozenset()
    from_below: bool = False


@dataclass(frozen=True)
class Outgoing:
    """What goes up of one record: its pseudonym, values by field name, and why others do not (or not so)."""

    uid: bytes
    values: Mapping[str, Value]
    reasons: Mapping[str, Reason]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of the fields that hold something and stay here."""
        return tuple(name for name, why in self.reasons.items() if why not in CHANGED)


Ruled = Value | Reason | tuple[Value, Reason]
GoesUp = Callable[[Value, Source], Ruled]
"""A rule: the value as it leaves, the reason why it stays, or both where it leaves changed."""


def pseudonym(key: bytes, uid: bytes) -> bytes:
    """Return the id that stands for a record above: stable, and not to be reversed without the key."""
    return hmac.new(key, b"em/up/1" + uid, hashlib.sha256).digest()[:16]


def name_above(key: bytes, kind: Kind, uid: bytes, values: Mapping[str, Value]) -> bytes:
    """Return the id of a record above: the one it was given for that, else its pseudonym."""
    given = str(values.get(kind.above) or "") if kind.above else ""
    return _bytes(given) if _UUID.fullmatch(given) else pseudonym(key, uid)


def project(source: Source, ceiling: int) -> Outgoing | None:
    """Return what goes up of a record; None when nothing of it does (its kind stays, or it was withdrawn)."""
    if source.kind.goes_up is None or source.withdrawn or not source.kind.goes_up(source):
        return None
    values: dict[str, Value] = {}
    reasons: dict[str, Reason] = {}
    for one in source.kind.all_fields:
        value = source.values.get(one.name)
        if value is None or value == []:
            continue
        said = Reason.LEVEL if one.level > ceiling else _ruled(one, value, source)
        if isinstance(said, tuple):
            values[one.name], reasons[one.name] = said
        elif isinstance(said, Reason):
            reasons[one.name] = said
        elif said is not None:
            values[one.name] = said
    for name, make in source.kind.made_up.items():
        made = make(source)
        if made is not None:
            values[name], reasons[name] = made, Reason.AS_PSEUDONYM
    return Outgoing(name_above(source.key, source.kind, source.uid, source.values), values, reasons)


def _ruled(one: Field, value: Value, source: Source) -> Ruled:
    if one.goes_up is not None:
        return one.goes_up(value, source)
    name = one.type.name
    if name in {"text", "long_text", "tags", "phone", "phones", "iin"}:
        return value if one.level == _PUBLIC else Reason.FREE_TEXT
    if name in {"ref", "refs", "any_ref"}:
        return Reason.NOT_UPWARD
    if isinstance(one.type, (Code, Codes)):
        return _known_above(one.type.list_name, value)
    return value


def _known_above(list_name: str, value: Value) -> Ruled:
    """Keep entries that this office made for itself and those below: above nobody knows their words."""
    if not isinstance(value, list):
        return Reason.OWN_CODE if own_codes.is_ours(list_name, str(value)) else value
    known: list[str] = [one for one in value if not own_codes.is_ours(list_name, one)]
    if len(known) == len(value):
        return value
    return (known, Reason.OWN_CODE) if known else Reason.OWN_CODE


def as_it_is(value: Value, source: Source) -> Ruled:
    """Let a text leave that says nothing about anybody: a register's number, an office's telephone."""
    return value


def to_month(value: Value, source: Source) -> Ruled:
    """Return the month of a date: the day of a minor incident betrays the family."""
    if str(source.values.get("severity") or "0") >= SEVERE:
        return value
    try:
        when = PartialDate.parse(str(value))
    except EthnomedError:
        return Reason.NOT_UPWARD
    first, last = when.first.isoformat()[:_MONTH], when.last.isoformat()[:_MONTH]
    year = len(when.text.rstrip("~")) == len("2026")
    text = when.text if year else first if first == last else f"{first}/{last}"
    text = text if text.endswith("~") or not when.about else f"{text}~"
    return value if text == value else (text, Reason.AS_MONTH)


def day_to_month(value: Value, source: Source) -> Ruled:
    """Return the first day of the month, for fields that hold one day or one moment."""
    return f"{str(value)[:_MONTH]}-01{str(value)[len('2026-11-21') :]}", Reason.AS_MONTH


def to_district(value: Value, source: Source) -> Ruled:
    """Return the district or city that a village lies in."""
    district = source.district_of(str(value))
    if district is None:
        return Reason.NO_DISTRICT
    return value if district == value else (district, Reason.AS_DISTRICT)


def not_few(value: Value, source: Source) -> Ruled:
    """Keep small numbers of people here; none at all names nobody."""
    return Reason.FEW_PEOPLE if isinstance(value, int) and 0 < value < FEW else value


def to_pseudonym(value: Value, source: Source) -> Ruled:
    """Refer to the record as it is called above."""
    if isinstance(value, list):
        return sorted(_text(pseudonym(source.key, _bytes(one))) for one in value), Reason.AS_PSEUDONYM
    return _text(pseudonym(source.key, _bytes(str(value)))), Reason.AS_PSEUDONYM


def if_approved(value: Value, source: Source) -> Ruled:
    """Let the text leave that a person approved for the region, as it was when it was approved; no farther."""
    if source.tier is not Tier.REGION:
        return Reason.FREE_TEXT
    return _as_approved("summary_for_region", value, source)


def as_approved(name: str) -> GoesUp:
    """Return the rule for a text written for the tier above: it leaves as it was when a person approved it."""
    return lambda value, source: _as_approved(name, value, source)


def _as_approved(name: str, value: Value, source: Source) -> Ruled:
    if name in source.unsettled:
        return Reason.IN_CONFLICT
    if not source.values.get(source.kind.approvals[name]):
        return Reason.NOT_APPROVED
    if name not in source.approved:
        return Reason.CHANGED_SINCE
    return Reason.NAMES_SOMEBODY if source.names_somebody(str(value)) else value


def party_code(source: Source) -> Value:
    """Return a code for a party that is the same wherever the same person is one, and says nothing else."""
    who = source.values.get("code") or source.values.get("person") or source.values.get("organisation")
    marked = hmac.new(source.key, b"em/party/1" + (str(who).encode() if who else source.uid), hashlib.sha256)
    letters = base64.b32encode(marked.digest()[:5]).decode("ascii")
    return f"{letters[:4]}-{letters[4:]}"


def stays(value: Value, source: Source) -> Ruled:
    """Keep a value that means something only here."""
    return Reason.NOT_UPWARD


def always(source: Source) -> bool:
    """Let every record of a kind go up."""
    return True


def if_ours(source: Source) -> bool:
    """Let the bodies go up whose papers are kept here, and those that offices below sent up."""
    return bool(source.values.get("is_ours")) or source.from_below


def if_written_for_above(source: Source) -> bool:
    """Let go up what was written here for the tier above, once a person has approved a text of it."""
    return not source.from_below and any(source.values.get(by) for by in source.kind.approvals.values())


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))


def _text(uid: bytes) -> str:
    digits = uid.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
