"""Who is at the door, where several may come in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser
from ethnomed_desktop.ui.kit.field_box import FieldBox

_WHO = Field("label", 2, Text(80), N_("Who are you?"))


class LabelField(FieldBox):
    """A chooser over a few names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WHO, parent)
        self._labels: list[str] = []
        self.chooser = Chooser(self)
        self.chooser.typed.connect(self._offer)
        self.chooser.asked.connect(self._offer)
        self._adopt(self.chooser.line, self.chooser)

    def offer_labels(self, labels: Sequence[str], chosen: str) -> None:
        """Set the names and the one that stands there first."""
        self._labels = list(labels)
        first = chosen if chosen in self._labels else self._labels[0] if self._labels else ""
        self.chooser.choose(Choice(first, first) if first else None)

    def label_chosen(self) -> str | None:
        """Return the name, or None while nothing (known) stands there."""
        return self.chooser.key() or None

    def draft(self) -> str | None:
        return self.label_chosen()

    def _offer(self, text: str) -> None:
        wanted = text.casefold()
        self.chooser.offer([Choice(one, one) for one in self._labels if wanted in one.casefold()])
