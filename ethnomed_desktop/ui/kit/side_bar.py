"""The map of the program on the left: icon and word; only icons (with tooltips) when it gets narrow.

Where the window is too low for all sections, those that are seldom opened stand by name behind «More».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance, restyle, unit
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.scale import spaced, with_icon

WORDS_FROM_UNITS = 225
"""900 px at 100 %: at 200 % a window of 1366 px shows icons only."""


@dataclass(frozen=True)
class Section:
    """One entry: ``label`` is a catalog id of one word, ``keys`` its shortcut as shown (``Ctrl+2``).

    ``seldom`` ones stand in the list behind «More» where the window is too low for all.
    """

    key: str
    label: str
    icon: str
    keys: str = ""
    seldom: bool = False


class SideBar(QFrame):
    """``chosen(key)`` on a press; sections of ``below`` stand under the line (Trash, Settings, Help)."""

    worded_whole = True
    chosen = Signal(str)

    def __init__(
        self, sections: Sequence[Section], below: Sequence[Section] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side_bar")
        self.setProperty("role", "sidebar")
        self._words = True
        self._tight = False
        self.buttons: dict[str, ToolButton] = {}
        self._sections = {section.key: section for section in (*sections, *below)}
        group = QButtonGroup(self)
        group.setExclusive(True)
        content = QWidget()
        content.setObjectName("side_bar_content")
        column = QVBoxLayout(content)
        spaced(column, 1, (2, 3, 2, 3))
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("side_bar_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        outer = QVBoxLayout(self)
        spaced(outer, 0)
        outer.addWidget(self._scroll)
        for section in sections:
            column.addWidget(self._made(section, group))
        column.addStretch(1)
        self._rule = QFrame(self) if below else None
        if self._rule is not None:
            self._rule.setProperty("role", "rule")
            column.addWidget(self._rule)
        self._group = group
        for section in below:
            column.addWidget(self._made(section, group))
        self.more = self._made_more()
        seldom = [self.buttons[section.key] for section in below if section.seldom]
        if seldom:
            column.insertWidget(column.indexOf(seldom[-1]) + 1, self.more)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        appearance().changing.connect(self._tighten)
        self.retranslate()

    def choose(self, key: str) -> None:
        """Mark a section as the present one, without emitting."""
        self.buttons[key].setChecked(True)
        self._mark_more()
        self._scroll.ensureWidgetVisible(self.more if self.buttons[key].isHidden() else self.buttons[key])

    def show_words(self, words: bool) -> None:
        """Show icon and word, or (in a narrow window) the icon with the word as tooltip."""
        if words != self._words:
            self._words = words
            self.retranslate()

    def fit_to(self, window_width: int) -> None:
        """Show words where the window is wide enough for them at this text size; call it on resizing."""
        self.show_words(window_width >= WORDS_FROM_UNITS * unit())

    def retranslate(self) -> None:
        self.setAccessibleName(_("Sections"))
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if self._words else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for key, button in self.buttons.items():
            section = self._sections[key]
            words = _(section.label)
            button.setToolButtonStyle(style)
            button.setText("\u2002" + words.replace("&", "&&"))  # Qt puts the word too near to the icon
            button.setAccessibleName(words)
            button.setToolTip(f"{words} · {section.keys}" if section.keys else words)
        self.more.setToolButtonStyle(style)
        self.more.setText("\u2002" + _("More sections"))
        for key, action in self._more_actions.items():
            action.setText(_(self._sections[key].label).replace("&", "&&"))
        self._fit()
        self._mark_more()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fit(self) -> None:
        """Take the width of the words; a low window scrolls the sections instead of growing."""
        content = self._scroll.widget()
        assert content is not None
        content.ensurePolished()
        column = content.layout()
        assert column is not None
        spacing = 0 if appearance().low else unit()  # in a low window all entries are nearer to each other
        if spacing != column.spacing():
            column.setSpacing(spacing)
        self._tighten()
        self._put_seldom_away(self._high(column, len(self.buttons)) > self.height())
        shown = [button for button in (*self.buttons.values(), self.more) if not button.isHidden()]
        high = self._high(column, len(shown))
        content.setMinimumHeight(high)
        bar = self._scroll.verticalScrollBar().sizeHint().width() if high > self.height() else 0
        sides = column.contentsMargins().left() + column.contentsMargins().right()
        self._scroll.setFixedWidth(max(button.sizeHint().width() for button in shown) + sides + bar)

    def _high(self, column: QLayout, count: int) -> int:
        """Return the height of so many sections; all are equally high, and to ask the layout takes longer."""
        margins, rule = column.contentsMargins(), self._rule
        each = next(iter(self.buttons.values())).sizeHint().height() + column.spacing()
        line = rule.minimumHeight() + column.spacing() if rule is not None else 0
        return each * count - column.spacing() + line + margins.top() + margins.bottom()

    def _put_seldom_away(self, away: bool) -> None:
        for key in self._more_actions:
            self.buttons[key].setVisible(not away)
        self.more.setVisible(away and bool(self._more_actions))

    def _mark_more(self) -> None:
        """Show on «More» which of its sections is the present one."""
        chosen = next((key for key in self._more_actions if self.buttons[key].isChecked()), "")
        self.more.setChecked(bool(chosen))
        words, more = _(self._sections[chosen].label) if chosen else "", _("More sections")
        self.more.setAccessibleName(f"{more}: {words}" if words else more)
        names = words or " · ".join(_(self._sections[key].label) for key in self._more_actions)
        self.more.setToolTip(names)
        with_icon(
            self.more, self._sections[chosen].icon if chosen else "more", "accent", 6, checked="on_accent_soft"
        )

    def _made_more(self) -> ToolButton:
        """Return the button behind which seldom sections stand, by name, where a low window has no room."""
        button = ToolButton(self)
        button.setObjectName("section_more")
        button.setProperty("role", "section")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = QMenu(button)
        self._more_actions: dict[str, QAction] = {}
        for key, section in self._sections.items():
            if section.seldom:
                self._more_actions[key] = menu.addAction("")
                self._more_actions[key].triggered.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().topRight())))
        menu.aboutToHide.connect(self._mark_more)
        button.hide()
        return button

    def _tighten(self) -> None:
        low = appearance().low
        if low != self._tight:
            self._tight = low
            buttons = (*self.buttons.values(), self.more)
            for button in buttons:
                button.setProperty("tight", low)
            restyle(*buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():  # the width is its own
            self._fit()

    def _made(self, section: Section, group: QButtonGroup) -> ToolButton:
        button = ToolButton(self)
        button.setObjectName(f"section_{section.key}")
        button.setProperty("role", "section")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        with_icon(button, section.icon, "accent", 6, checked="on_accent_soft")
        button.clicked.connect(lambda _checked=False, key=section.key: self.chosen.emit(key))
        group.addButton(button)
        self.buttons[section.key] = button
        return button
