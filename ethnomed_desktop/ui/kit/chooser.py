"""A line with a list under it: type to filter, arrows and Enter to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.own_keys import keeps_alt
from ethnomed_desktop.ui.kit.rest import wake
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.kit.sight import area_around

SHOWN_ROWS = 8
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its key (a code, a UUID), what it is called, and what tells it from others."""

    key: str
    title: str
    subtitle: str = ""


class Chooser(QWidget):
    """The input. ``typed(text)`` asks for choices (`offer` answers), ``picked(key)`` tells the choice.

    ``asked(text)`` comes when the person opens the list without typing (F4, Alt+↓, the arrow).
    """

    typed = Signal(str)
    asked = Signal(str)
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.line = Line(self)
        self.line.textEdited.connect(self._on_typed)
        self.line.textChanged.connect(self._on_changed)
        self.line.installEventFilter(self)
        self._settled = ""
        self._scrolled_in: QScrollArea | None = None
        self.button = ToolButton(self)
        self.button.setProperty("role", "side")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        with_icon(self.button, "chevron-down", "accent")
        self.button.clicked.connect(self.open)
        row = QHBoxLayout(self)
        spaced(row, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.retranslate()

    @cached_property
    def list(self) -> QListWidget:
        """The choices; made when they are first asked for: most of the many inputs are never opened."""
        made = QListWidget(self)
        made.setWindowFlags(Qt.WindowType.ToolTip)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.itemClicked.connect(self._take)
        return made

    def key(self) -> str:
        """Return the key of what is chosen; empty when nothing is."""
        return self._key

    def text(self) -> str:
        """Return what stands in the line."""
        return self.line.text().strip()

    def choose(self, choice: Choice | None) -> None:
        """Show a choice (``None``: nothing) without emitting anything."""
        self._key = choice.key if choice else ""
        self._settled = choice.title if choice else ""
        self.line.setText(self._settled)
        self.line.setCursorPosition(0)

    def write(self, text: str) -> None:
        """Show text that is not (yet) a choice, as kept in a draft, without emitting anything."""
        self._key = ""
        self._settled = text
        self.line.setText(text)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Fill the list and show it while the line has the focus."""
        self.list.clear()
        for choice in choices:
            shown = f"{choice.title} · {choice.subtitle}" if choice.subtitle else choice.title
            item = QListWidgetItem(shown)
            item.setData(_KEY, choice)
            item.setToolTip(shown)
            self.list.addItem(item)
        if not choices:
            nothing = QListWidgetItem(_("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        elif self.text():
            self.list.setCurrentRow(0)
        if self.line.hasFocus():
            self._show_list()

    def open(self) -> None:
        """Ask for all choices."""
        self.line.setFocus()
        self.asked.emit("" if self._key else self.text())

    def close_list(self) -> None:
        """Hide the list."""
        if self._has_list():
            self.list.hide()

    def take_current(self) -> bool:
        """Choose the marked row of the open list; say whether there was one."""
        item = self.list.currentItem() if self.is_open() else None
        if item is None:
            return False
        self._take(item)
        return True

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._has_list() and self.list.isVisible()

    def _has_list(self) -> bool:
        return "list" in vars(self)

    def retranslate(self) -> None:
        self.button.setToolTip(_("Open the list (F4)"))
        self.button.setAccessibleName(_("Open the list"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
            if keeps_alt(event, Qt.Key.Key_Down):
                return True
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                self._settle()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and (alt or not self.is_open())):
            self.open()
            return True
        if not self.is_open():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._move({Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7}.get(Qt.Key(key), -7))
            return True
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.take_current()
        return False

    def _move(self, rows: int) -> None:
        from ethnomed_desktop.ui.kit.field_box import announce

        self.list.setCurrentRow(max(0, min(self.list.currentRow() + rows, self.list.count() - 1)))
        item = self.list.currentItem()
        if item is not None:
            announce(self.line, item.text())

    def _take(self, item: QListWidgetItem) -> None:
        choice = item.data(_KEY)
        self.close_list()
        if isinstance(choice, Choice):
            self.choose(choice)
            self.picked.emit(choice.key)

    def _on_typed(self, text: str) -> None:
        self.typed.emit(text.strip())

    def _on_changed(self, text: str) -> None:
        """Forget the choice when its words are changed, by keys or by the palette."""
        if text == self._settled:
            return
        self._settled = text
        if self._key:
            self._key = ""
        if not text.strip():
            self.close_list()
        self.picked.emit("")

    def _settle(self) -> None:
        """On leaving: words that leave only one choice mean it, and so does its whole name."""
        if not self.is_open():
            return
        offered = [self.list.item(row).data(_KEY) for row in range(self.list.count())]
        if len(offered) > 1:
            offered = [one for one in offered if isinstance(one, Choice) and one.title == self.text()]
        only = offered[0] if len(offered) == 1 else None
        typed = bool(self.text()) and not self._key
        self.close_list()
        if typed and isinstance(only, Choice):
            self.choose(only)
            self.picked.emit(only.key)

    def _list_width(self) -> int:
        """Return the room of the longest choice, within the window: cut short they could not be told apart."""
        window, left = self.window(), self.mapTo(self.window(), QPoint(0, 0)).x()
        bar = self.list.verticalScrollBar().sizeHint().width()
        wanted = self.list.sizeHintForColumn(0) + bar + 2 * self.list.frameWidth()
        return max(self.width(), min(wanted, window.width() - left - 2 * unit()))

    def _close_on_scrolling(self) -> None:
        """The list floats: it must not stay behind when its line is scrolled away."""
        area = area_around(self)
        if area is not None and area is not self._scrolled_in:
            self._scrolled_in = area
            area.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _on_scrolled(self, _value: int) -> None:
        self.close_list()

    def _show_list(self) -> None:
        wake(self.list)
        self._close_on_scrolling()
        height = self.list.sizeHintForRow(0) * min(self.list.count(), SHOWN_ROWS) + 2 * self.list.frameWidth()
        self.list.resize(self._list_width(), height + 2)
        below = self.mapToGlobal(QPoint(0, self.height()))
        screen = self.screen().availableGeometry()
        if below.y() + height > screen.bottom():
            below = self.mapToGlobal(QPoint(0, 0)) - QPoint(0, height + 2)
        self.list.move(below)
        self.list.show()
