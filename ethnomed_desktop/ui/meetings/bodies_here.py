"""Bodies to choose from in the attendance of a joint sitting: the two that sit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.joint_sittings import BODIES
from ethnomed_desktop.domain.meeting_sheets import Sheet
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.reference_field import ReferenceSource


class BodiesHere:
    """A source of references that offers the bodies of the sheet that is shown."""

    def __init__(self, sheet: Callable[[], Sheet], others: ReferenceSource) -> None:
        self._sheet = sheet
        self._others = others

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        """Return the bodies that sit and whose names hold the text; on the read lane."""
        if kind != "organisation":
            return self._others.search(kind, text)
        wanted = fold(text.strip())
        return [one for one in self.named(kind, self._bodies()) if wanted in fold(one.title)]

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        """Return the records with these uids."""
        return self._others.named(kind, uids)

    def _bodies(self) -> list[str]:
        meeting = self._sheet().meeting
        return [uid for name in BODIES if (uid := meeting.text(name))]
