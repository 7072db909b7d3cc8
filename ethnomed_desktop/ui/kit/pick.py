"""A chooser over a few fixed things that belong to no code list: kinds of record, fields of a kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser


class Pick(Chooser):
    """One of ``choices`` is always chosen; ``changed(key)`` when a person chose another one."""

    changed = Signal(str)

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._at = ""
        self.typed.connect(self._offer)
        self.asked.connect(self._offer)
        self.picked.connect(self._on_picked)
        self.line.editingFinished.connect(self._give_back)
        self.put(self._choices[0].key if self._choices else "")

    def chosen(self) -> str:
        """Return the key of the choice; while words are typed, the one before."""
        return self._at

    def put(self, key: str) -> None:
        """Choose without telling; a key that is not there chooses the first."""
        found = next((one for one in self._choices if one.key == key), self._choices[0] if self._choices else None)
        self._at = found.key if found else ""
        self.choose(found)

    def reword(self, choices: Sequence[Choice]) -> None:
        """Take the same choices in other words."""
        self._choices = tuple(choices)
        self.put(self._at)

    def _offer(self, text: str) -> None:
        wanted = fold(text)
        self.offer([one for one in self._choices if wanted in fold(one.title)])

    def _on_picked(self, key: str) -> None:
        if key and key != self._at:
            self._at = key
            self.changed.emit(key)

    def _give_back(self) -> None:
        if not self.key() and not self.is_open():
            self.put(self._at)
