"""How alike two incidents are: place, day, telephone, kind, shared words. For an offer, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold, tokens
from ethnomed_desktop.domain.stems import kazakh_stems, russian_stem
from ethnomed_desktop.domain.values import PartialDate

ENOUGH = 5
"""From this sum of points on an incident is offered."""

NEAR_DAYS, WIDE_DAYS = 2, 14
SHORTEST_WORD = 4
VILLAGES = frozenset({"settlement", "village", "isolated_settlement"})
"""Kinds of place that say as much as a village in words; of all others a district has many incidents."""
_MOST_WORDS = 4
_SETTLEMENT, _PLACE, _PHONE, _NEAR, _WEEK = 3, 1, 3, 2, 1


def day_of(value: Value) -> date | None:
    """Return the first day that a typed date may mean; None for what is no date (yet)."""
    try:
        return PartialDate.parse(str(value)).first if value else None
    except UserError:
        return None


def likeness(mine: Mapping[str, Value], other: Mapping[str, Value], *, in_village: bool = False) -> int:
    """Return points: `ENOUGH` and more are worth a look. Both are fields of an incident, perhaps half typed.

    ``in_village``: the place chosen in ``mine`` is one of `VILLAGES`, not a district.
    """
    points = _of_place(mine, other, in_village=in_village) + _of_day(mine, other)
    if mine.get("phone") and mine.get("phone") == other.get("phone"):
        points += _PHONE
    if mine.get("origin_type") and mine.get("origin_type") == other.get("origin_type"):
        points += 1
    return points + min(_MOST_WORDS, len(_words(mine) & _words(other)))


def _of_place(mine: Mapping[str, Value], other: Mapping[str, Value], *, in_village: bool) -> int:
    if in_village and mine.get("place") == other.get("place"):
        return _SETTLEMENT
    here, there = (fold(str(one.get("settlement") or "")) for one in (mine, other))
    if here and here == there:
        return _SETTLEMENT
    if here and there:  # two villages of one district
        return 0
    return _PLACE if mine.get("place") and mine.get("place") == other.get("place") else 0


def _of_day(mine: Mapping[str, Value], other: Mapping[str, Value]) -> int:
    here, there = day_of(mine.get("happened")), day_of(other.get("happened"))
    if here is None or there is None:
        return 0
    apart = abs((here - there).days)
    return _NEAR if apart <= NEAR_DAYS else _WEEK if apart <= WIDE_DAYS // 2 else 0


def _words(values: Mapping[str, Value]) -> set[str]:
    """Return the stems of the longer words told: «жанжал», «жанжалы» and «жанжалдың» are one."""
    found = set()
    for token in tokens(str(values.get("what_happened") or "")):
        word = fold(token)
        if len(word) >= SHORTEST_WORD:
            cut = kazakh_stems(word)
            found.add(min((*cut, russian_stem(word)), key=len))
    return found
