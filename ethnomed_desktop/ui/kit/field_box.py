"""The frame every input stands in: label above, input, hint, words about what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.clipboard_watch import declare_level
from ethnomed_desktop.ui.kit.kazakh_letters import Editor, LetterKeys, LetterPalette
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.kit.wrapped_label import WrappedLabel


class FieldBox(QWidget):
    """One input for a registry field. ``objectName`` is the field's name.

    ``edited(name)`` comes with every change by the person, ``left(name)`` when the focus goes,
    ``entered(name)`` on Enter (go to the next field). Subclasses build the input, call `_adopt`
    and give `draft`, `set_value`; `value` checks by the field's type.
    """

    worded_whole = True
    edited = Signal(str)
    left = Signal(str)
    entered = Signal(str)

    wide = False
    """Whether it takes the full width of a form in two columns."""

    label_above = True
    letters = False
    """Whether the palette of Kazakh letters is offered."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.required = field.required if required is None else required
        self.setObjectName(field.name)
        declare_level(self, field.level)
        self._palette: LetterPalette | None = None
        self._keys: LetterKeys | None = None
        self.label = WrappedLabel(self)
        self.hint = WrappedLabel(self)
        self.hint.setProperty("role", "secondary")
        self._error_row = QWidget(self)
        self._error_icon = QLabel(self._error_row)
        self.error_label = WrappedLabel(self._error_row)
        self.error_label.setProperty("role", "error")
        self.editor: QWidget = self
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 1)
        column.addWidget(self.label)
        self._slot = QVBoxLayout()
        spaced(self._slot, 1)
        column.addLayout(self._slot)
        column.addWidget(self.hint)
        row = QHBoxLayout(self._error_row)
        spaced(row, 1)
        with_icon(self._error_icon, "error", "error", 4)
        row.addWidget(self._error_icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.error_label, 1)
        column.addWidget(self._error_row)
        column.addStretch(1)
        self._error_row.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _adopt(self, editor: QWidget, around: QWidget | None = None) -> None:
        """Take the input in: buddy of the label, focus, names; ``around`` holds it with its buttons."""
        self.editor = editor
        self._slot.addWidget(around or editor)
        editor.setObjectName(f"{self.field.name}_input")
        editor.installEventFilter(self)
        self.label.setBuddy(editor)
        self.setFocusProxy(editor)
        if self.letters and isinstance(editor, Editor):
            self._keys = LetterKeys(self)
            editor.installEventFilter(self._keys)
        self.retranslate()

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    def title(self) -> str:
        """Return the label in the interface language."""
        return _(self.field.label)

    def draft(self) -> Value:
        """Return what stands there, checked or not: for drafts. Empty is ``None``."""
        raise AssertionError(f"{type(self).__name__} lacks draft()")

    def set_value(self, value: Value) -> None:
        """Show a value (or unchecked text of a draft) without emitting `edited`."""
        raise AssertionError(f"{type(self).__name__} lacks set_value()")

    def value(self) -> Value:
        """Return the JSON value to store; raises `UserError` with ``field`` set when it cannot be."""
        raw = self._read()
        if raw is None or raw in ("", []):
            return None
        try:
            return self.field.type.checked(raw)
        except EthnomedError as error:
            raise UserError(error.code, field=self.name, **error.facts) from error

    def problem(self) -> str:
        """Return why the input cannot be saved, in words; empty when it can."""
        try:
            value = self.value()
        except UserError as error:
            return words_of(error)
        if self.required and value in (None, []):
            return _("Fill in: {label}").format(label=self.title())
        return ""

    def _read(self) -> object:
        return self.draft()

    def set_error(self, text: str) -> None:
        """Show what is wrong under the input (empty: nothing is); spoken with the input's name."""
        self.error_label.setText(text)
        self._error_row.setVisible(bool(text))
        self.editor.setProperty("wrong", bool(text))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        self.editor.setAccessibleDescription(text or self.hint.text())

    def error(self) -> str:
        """Return what is shown as wrong."""
        return self.error_label.text()

    def retranslate(self) -> None:
        text = self.title()
        self.label.setText((f"{text} *" if self.required else text).replace("&", "&&"))
        self.label.setToolTip(_("Required") if self.required else "")
        self.label.setVisible(self.label_above)
        self.editor.setAccessibleName(_("{label}, required").format(label=text) if self.required else text)
        self.hint.setText(_(self.field.hint) if self.field.hint else "")
        self.hint.setVisible(bool(self.field.hint))
        if self.error():
            self.set_error(self.problem() or self.error())
        else:
            self.editor.setAccessibleDescription(self.hint.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_palette()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_palette()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._palette is not None and watched is self._palette.parentWidget():
            if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
                QTimer.singleShot(0, self, self._place_palette)  # after the layouts below it
        elif isinstance(event, (QKeyEvent, QFocusEvent)) and watched is self.editor:
            kind = event.type()
            if kind == QEvent.Type.FocusIn:
                self._show_palette()
            elif kind == QEvent.Type.FocusOut:
                self._on_left()
            elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._is_enter(event):
                self._before_enter()
                self._on_left()
                self.entered.emit(self.name)
                return True
        return False

    def _is_enter(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return enter and plain and isinstance(self.editor, QLineEdit)

    def _before_enter(self) -> None:
        """Take what Enter chooses (a row of an open list) before the focus goes on."""

    def _on_left(self) -> None:
        if self._palette is not None:
            self._palette.hide()
        self.left.emit(self.name)

    def _on_edited(self) -> None:
        if self.error():
            self.set_error("")
        self.edited.emit(self.name)

    def _show_palette(self) -> None:
        """Show the letters above everything: the page does not jump when focus moves."""
        if not self.letters or self.parentWidget() is None or not appearance().letter_palette:
            return
        if self._palette is None:
            assert isinstance(self.editor, Editor)
            ground = self._ground()
            self._palette = LetterPalette(self.editor, ground)
            ground.installEventFilter(self)
        self._palette.show()
        self._palette.raise_()
        self._place_palette()

    def _ground(self) -> QWidget:
        """Return what the palette floats over and scrolls with: the page within a scroll area, or the window."""
        ground = self.parentWidget()
        while ground is not None and not ground.isWindow():
            above = ground.parentWidget()
            if above is not None and isinstance(above.parentWidget(), QScrollArea):
                return ground
            ground = above
        return self.window()

    def _place_palette(self) -> None:
        """Put it on the line of the label, at the end of the own input, or below where no room is left there.

        Where it finds no room behind the label's words it stands over them, on the end of what is above; at the
        upper edge of what is seen it rather covers their end than the label of a neighbour.
        """
        palette = self._palette
        ground = palette.parentWidget() if palette is not None else None
        if palette is None or ground is None or not palette.isVisible():
            return
        room = self.width() - self.label.fontMetrics().horizontalAdvance(self.label.text() + "  ")
        palette.fit(room)
        input_ = self.editor.mapTo(ground, QPoint(0, 0))
        start = self.mapTo(ground, QPoint(0, 0)).x()
        left = start + max(self.width() - palette.width(), 0)
        fits = left + palette.width() <= ground.width()
        above = self.label_above and input_.y() >= palette.height() and fits
        top = input_.y() - palette.height() if above else input_.y() + self.editor.height()
        over_label = self.label.mapTo(ground, QPoint(0, 0)).y() - palette.height()
        seen_from = 0 if ground.isWindow() else max(0, -ground.y())
        if above and palette.width() > room and over_label >= seen_from:
            top = over_label
        palette.move(max(0, min(left, ground.width() - palette.width())), top)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader speak ``text`` at once."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
