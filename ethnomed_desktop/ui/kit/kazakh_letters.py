"""Kazakh letters without a Kazakh layout: Shift+F7 and a small palette over the field with focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import restyle
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.scale import spaced

LETTERS = "әғқңөұүһі"

_CYCLES = ("аә", "гғ", "кқ", "нң", "оө", "уұү", "хһ", "иі")
_NEXT = {cycle[i]: cycle[(i + 1) % len(cycle)] for cycle in _CYCLES for i in range(len(cycle))} | {"ы": "і"}

Editor = QLineEdit | QPlainTextEdit


def next_letter(letter: str) -> str:
    """Return the Kazakh pair of a letter in the same case (у goes round ұ, ү); itself without one."""
    found = _NEXT.get(letter.lower(), letter)
    return found.upper() if letter.isupper() else found


def turn_letter(editor: Editor) -> bool:
    """Turn the letter before the cursor into its pair, as one step of undo; say whether it had one."""
    if isinstance(editor, QLineEdit):
        place = editor.cursorPosition()
        before = editor.text()[place - 1 : place] if place else ""
        after = next_letter(before)
        if after == before:
            return False
        editor.setSelection(place - 1, 1)
        editor.insert(after)
        return True
    cursor = editor.textCursor()
    cursor.clearSelection()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
    before = cursor.selectedText()
    after = next_letter(before)
    if after == before:
        return False
    cursor.insertText(after)
    editor.setTextCursor(_at_end(cursor))
    return True


def _at_end(cursor: QTextCursor) -> QTextCursor:
    cursor.clearSelection()
    return cursor


def put_letter(editor: Editor, letter: str) -> None:
    """Insert a letter at the cursor, as one step of undo; Shift or Caps give it in upper case."""
    if isinstance(editor, QLineEdit):
        editor.insert(letter)
    else:
        editor.textCursor().insertText(letter)
    editor.setFocus()


class LetterPalette(QFrame):
    """Nine letters for one editor; never takes the focus, so typing goes on where it was."""

    pressed = Signal(str)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._loose = (0, 0)
        self.setProperty("role", "letters")
        self.setObjectName("letter_palette")
        row = QHBoxLayout(self)
        spaced(row, 0)
        self.buttons: list[ToolButton] = []
        for letter in LETTERS:
            button = ToolButton(self)
            button.setText(letter)
            button.setProperty("role", "letter")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self.buttons.append(button)
        self.retranslate()

    def fit(self, room: int) -> None:
        """Take its size; the letters stand closer where they would be wider than ``room`` pixels."""
        line = self.fontMetrics().height()
        if self._loose[0] != line:
            self._tighten(False)
            self.adjustSize()
            self._loose = (line, self.width())
        self._tighten(self._loose[1] > room)
        self.adjustSize()

    def _tighten(self, tight: bool) -> None:
        if bool(self.property("tight")) != tight:
            self.setProperty("tight", tight)
            for button in self.buttons:
                button.setProperty("tight", tight)
                restyle(button)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Kazakh letters"))
        for button in self.buttons:
            button.setAccessibleName(button.text())
            button.setToolTip(_("Put the letter in; Shift gives a capital. By keys: Shift+F7"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ToolButton):
            capital = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            letter = button.text().upper() if capital else button.text()
            put_letter(self._editor, letter)
            self.pressed.emit(letter)


class LetterKeys(QObject):
    """Gives an editor Shift+F7; install as its event filter."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_F7
            and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            and isinstance(watched, (QLineEdit, QPlainTextEdit))
        ):
            turn_letter(watched)
            return True
        return False
