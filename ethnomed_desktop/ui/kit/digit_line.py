"""A line where digits can be typed with any layout: dates, times, numbers, telephones."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.physical_keys import digit_of, with_digits


class DigitLine(Line):
    """A line edit that reads the top row as digits, until a word is begun (кеше, бүгін)."""

    def _holds_word(self) -> bool:
        return any(char.isalpha() for char in self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = "" if self._holds_word() else digit_of(event)
        if digit:
            self.insert(digit)
            event.accept()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        text = event.commitString()
        read = text if self._holds_word() or not _only_top_row(text) else with_digits(text)
        if read != text:
            event.setCommitString(read)
        super().inputMethodEvent(event)


def _only_top_row(text: str) -> bool:
    """Whether nothing but digits, their letters and marks would be put in: then no word is meant."""
    return not any(char.isalpha() for char in with_digits(text))
