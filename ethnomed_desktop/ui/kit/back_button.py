"""The way back: an arrow with words; in a low window the arrow alone, its words are read and shown on hovering."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import with_icon


class BackButton(PushButton):
    """Say where it leads by `lead`, in the interface language, whenever that changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._alone: bool | None = None
        appearance().changed.connect(self._show)

    def lead(self, words: str) -> None:
        """Take words such as "Back to the list"."""
        self._words = words
        self._alone = None
        self._show()

    def _show(self) -> None:
        alone = appearance().low
        if alone == self._alone:
            return
        self._alone = alone
        with_icon(self, "back", "text", 5, apart=not alone)
        self.setText("" if alone else self._words)
        self.setToolTip(self._words if alone else "")
        self.setAccessibleName(self._words)
