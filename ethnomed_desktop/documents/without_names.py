"""Minutes without names: people stand under a code or their initials, in lists, signatures and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from ethnomed_desktop.documents.minutes_data import Attendee, Extract, MinutesData, Trio
from ethnomed_desktop.documents.wishes import Wishes
from ethnomed_desktop.domain.stand_ins import Known, initials_of, without_names

_ONE_NAME = frozenset({"responsible", "who"})
"""Fields that hold nothing but a name, of somebody in the records or in words."""

_AS_THEY_ARE = frozenset({"kind", "mode", "code", "content_language", "label", "outcome_code"})


class Veil:
    """Puts stand-ins in the place of names. ``data.known`` are people of the records whom the texts may name."""

    def __init__(self, data: MinutesData) -> None:
        self._codes = {one.full: one.code for one in data.known if one.code}
        here = [Known(*_parts(name)) for name in _named(data)]
        self._people: Sequence[Known] = sorted(
            {*data.known, *here}, key=lambda one: (-len(one.surname), one.code == "")
        )

    def data(self, data: MinutesData) -> MinutesData:
        """Return the minutes without names."""
        veiled: MinutesData = self._veiled(replace(data, known=()))
        return veiled

    def extract(self, extract: Extract | None) -> Extract | None:
        """Return who certifies, without the name."""
        return self._veiled(extract) if extract is not None else None

    def wishes(self, wishes: Wishes) -> Wishes:
        """Return the wishes with those who sign named as the veiled minutes name them."""
        return replace(wishes, signers=tuple(self._name(one) for one in wishes.signers))

    def _name(self, name: str) -> str:
        return self._codes.get(name) or initials_of(name)

    def _one_name(self, words: str) -> str:
        """Return what stands for a name that may be known in words only; never a part of the name itself."""
        shown = without_names(words, self._people)
        known = not words or any(shown == one.stand_in for one in self._people)
        return shown if known else initials_of(words)

    def _veiled(self, value: Any) -> Any:
        if isinstance(value, Attendee):
            shown, reason = self._name(value.name), without_names(value.reason, self._people)
            return replace(value, name=shown, short=shown, reason=reason, post=self._post(value.post))
        if isinstance(value, str):
            return without_names(value, self._people)
        if isinstance(value, tuple):
            return tuple(self._veiled(one) for one in value)
        if isinstance(value, Trio) or not hasattr(value, "__dataclass_fields__"):
            return value
        parts = [field.name for field in fields(value) if field.name not in _AS_THEY_ARE]
        made = {
            name: (self._one_name if name in _ONE_NAME else self._veiled)(getattr(value, name)) for name in parts
        }
        return replace(value, **made)

    def _post(self, post: str | Trio) -> str | Trio:
        if isinstance(post, str):
            return without_names(post, self._people)
        return Trio(*(without_names(one, self._people) for one in (post.kk, post.ru, post.en)))


def texts_of(data: MinutesData) -> str:
    """Return all words of the minutes in which people may be named."""
    return "\n".join(_strings(data))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [word for one in value for word in _strings(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [word for field in fields(value) for word in _strings(getattr(value, field.name))]
    return []


def _named(data: MinutesData) -> list[str]:
    """Return the names that stand apart in the minutes."""
    heads = [one for one in (data.chair, data.secretary) if one is not None]
    reporters = [item.reporter for item in data.agenda if item.reporter is not None]
    speakers = [one.speaker for item in data.agenda for one in item.speeches if one.speaker is not None]
    everybody = (*heads, *data.present, *data.invited, *data.absent, *reporters, *speakers)
    return [one.name for one in everybody if one.short]  # without a short name it is words, not a name


def _parts(name: str) -> tuple[str, str, str]:
    words = [*name.split(), "", "", ""]
    return words[0], words[1], words[2]
