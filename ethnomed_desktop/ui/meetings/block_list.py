"""The blocks of one card in their order: put in, taken out, moved, numbered."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QApplication, QVBoxLayout

from ethnomed_desktop.ui.meetings.blocks import Block

Kind = TypeVar("Kind", bound=Block)


class BlockList(Generic[Kind]):
    """Keeps ``shown``, the blocks, in step with the layout that holds them and nothing else."""

    def __init__(self, column: QVBoxLayout) -> None:
        self.shown: list[Kind] = []
        self._column = column

    def add(self, block: Kind) -> None:
        """Put a block at the end."""
        self.shown.append(block)
        self._column.addWidget(block)
        self._renumber()

    def drop(self, block: Kind) -> None:
        """Take a block out and forget it."""
        self.shown.remove(block)
        self._column.removeWidget(block)
        self._renumber()
        block.hide()
        block.deleteLater()

    def move(self, block: Kind, steps: int) -> Kind | None:
        """Put a block before or behind its neighbour and return that one; None when there is none.

        The cursor stays where it is; a button that can do no more hands it to the one beside it.
        """
        place = self.shown.index(block) + steps
        if not 0 <= place < len(self.shown):
            return None
        neighbour, focus = self.shown[place], QApplication.focusWidget()
        self.shown.remove(block)
        self.shown.insert(place, block)
        self._column.removeWidget(block)
        self._column.insertWidget(place, block)
        self._renumber()
        if focus in (block.up, block.down) and not focus.isEnabled():
            (block.down if focus is block.up else block.up).setFocus()
        return neighbour

    def _renumber(self) -> None:
        for number, one in enumerate(self.shown, start=1):
            one.renumber(number, len(self.shown))
