"""Decisions to choose from: those of the item in which a dissenting opinion is written."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.reference_field import ReferenceSource


class DecisionsHere:
    """A source of references that offers the decisions of one item, saved or not, by their printed numbers."""

    def __init__(self, sheet: Sheet, item: Part, others: ReferenceSource) -> None:
        self._sheet = sheet
        self._item = item
        self._others = others

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        """Return the decisions whose number or words hold the text; on the read lane."""
        if kind != "decision":
            return self._others.search(kind, text)
        wanted = fold(text.strip())
        return [one for one in self._choices() if wanted in fold(one.title)]

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        """Return the records with these names: a decision may stand under its mark until it is saved."""
        if kind != "decision":
            return self._others.named(kind, uids)
        meant = [one for one in self._item.of("decision") if any(one.answers_to(uid) for uid in uids)]
        return [self._choice(one, uid) for one in meant for uid in uids if one.answers_to(uid)]

    def _choices(self) -> list[Choice]:
        return [self._choice(one, one.named()) for one in self._item.of("decision") if one.is_worded()]

    def _choice(self, decision: Part, name: str) -> Choice:
        label = self._sheet.labels()[self._sheet.items.index(self._item)]
        number = self._item.of("decision").index(decision) + 1
        return Choice(name, f"{label}.{number}. {' '.join(decision.text('text').split())}")
