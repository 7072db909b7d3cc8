"""People to choose from during a sitting: those who are there first, then everybody in the list."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.meeting_sheets import Sheet
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.reference_field import ReferenceSource


class PeopleHere:
    """A source of references that knows the attendance of a sheet; two letters find who sits here.

    ``voting`` offers members present only: nobody else can withdraw from a vote.
    """

    def __init__(self, sheet: Sheet, everybody: ReferenceSource, *, voting: bool = False) -> None:
        self._sheet = sheet
        self._everybody = everybody
        self._voting = voting

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        """Return who is here and whose name has a word that begins so, then others; on the read lane."""
        if kind != "person":
            return self._everybody.search(kind, text)
        here = self._everybody.named(kind, self._uids())
        wanted = fold(text.strip())
        found = [
            one for one in here if not wanted or any(word.startswith(wanted) for word in fold(one.title).split())
        ]
        if self._voting:
            return found
        keys = {one.key for one in here}
        others = self._everybody.search(kind, text) if wanted or not found else ()
        return [*found, *(one for one in others if one.key not in keys)]

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        """Return the records with these uids."""
        return self._everybody.named(kind, uids)

    def _uids(self) -> list[str]:
        counted = ("member",) if self._voting else ("member", "invited")
        people = [one.text("person") for one in tuple(self._sheet.attendance) if one.text("capacity") in counted]
        return [uid for uid in dict.fromkeys(people) if uid]
