"""Entries that offices add to code lists: records that go down a tier, known to forms and labels of one vault.

The lists of the program (`codes`) are the same everywhere. What an office adds stands in its vault and in
those below; the vault that is open says here what it has (`use`), so that types and labels, which know no
store, can ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ethnomed_desktop.domain.codes import CODE_LISTS

OPEN_LISTS = (
    "origin_type",
    "channel",
    "trigger",
    "background_factor",
    "response",
    "positive_sign",
    "party_role",
    "body_kind",
)
"""Lists that an office may add to; the others mean something to the program or to the law."""


@dataclass(frozen=True)
class OwnCode:
    """One entry. ``offered``: it may still be chosen; ``ours``: this office made it, not one above."""

    list_name: str
    code: str
    names: Mapping[str, str]
    offered: bool
    ours: bool

    def name_in(self, language: str) -> str:
        """Return its name, in the nearest language where one is missing."""
        return next((self.names[one] for one in (language, "kk", "ru", "en") if self.names.get(one)), self.code)


Entries = Mapping[str, Mapping[str, OwnCode]]
"""Entries by list and code."""

NONE: Entries = {}
_IN_USE = {"now": NONE}


def by_list(entries: Iterable[OwnCode]) -> Entries:
    """Sort entries; what stands in a list of the program already is left out, and what belongs to no open list."""
    found: dict[str, dict[str, OwnCode]] = {}
    for one in entries:
        if one.list_name in OPEN_LISTS and one.code not in CODE_LISTS[one.list_name].by_code:
            found.setdefault(one.list_name, {}).setdefault(one.code, one)
    return found


def use(entries: Entries) -> None:
    """Let types and labels know the entries of the vault that is open; one assignment, so safe from any thread."""
    _IN_USE["now"] = entries


def of_list(list_name: str) -> Mapping[str, OwnCode]:
    """Return the entries of a list, by code."""
    return _IN_USE["now"].get(list_name, {})


def knows(list_name: str, code: str) -> bool:
    """Whether the code is an entry of the vault that is open."""
    return code in of_list(list_name)


def is_ours(list_name: str, code: str) -> bool:
    """Whether this office made the entry itself."""
    entry = of_list(list_name).get(code)
    return entry is not None and entry.ours
