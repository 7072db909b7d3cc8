"""Above the pages: one search over everything, the language, the size of the text, the lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.language_buttons import LanguageButtons
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.kit.view_buttons import ViewButtons

SEARCH_AFTER_MS = 150
SEARCH_UNITS = 40


class SearchField(FieldBox):
    """``asked(text)`` while one types (answer with `offer`), ``picked(key)`` when a record was chosen."""

    asked = Signal(str)
    picked = Signal(str)
    label_above = False
    letters = True

    def __init__(self, parent: QWidget | None = None, *, delay_ms: int = SEARCH_AFTER_MS) -> None:
        super().__init__(Field("search", 1, Text(200), N_("Search people, incidents, minutes")), parent)
        self._wait = QTimer(self, singleShot=True, interval=delay_ms)
        self._wait.timeout.connect(self._ask)
        self._asked = ""
        self.chooser = Chooser(self)
        self.chooser.button.hide()
        self.chooser.typed.connect(self._on_typed)
        self.chooser.asked.connect(lambda _text: self._ask())
        self.chooser.picked.connect(self._on_picked)
        self._adopt(self.chooser.line, self.chooser)
        self.entered.connect(lambda _name: self._ask())

    def offer(self, text: str, choices: Sequence[Choice]) -> None:
        """Show what was found for ``text``; late answers to other words are passed over."""
        if text == self.chooser.text() and text:
            self.chooser.offer(choices)

    def draft(self) -> str | None:
        return self.chooser.text() or None

    def set_value(self, value: object) -> None:
        self.chooser.write(str(value or ""))

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "chooser"):
            self._say_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_hint()

    def _fit(self) -> None:
        """The text has another size."""
        self._say_hint()

    def _say_hint(self) -> None:
        """Say what is searched where there is room for it, else that one can search here.

        The field's own width counts: the line within gets its part of it only after this.
        """
        line = self.chooser.line
        whole, short = (f"{words} · F3" for words in (self.title(), _("Search")))
        wide = line.fontMetrics().horizontalAdvance(whole) + 8 * unit()
        line.setPlaceholderText(whole if wide <= self.width() else short)
        line.setToolTip("" if line.placeholderText() == whole else whole)

    def _before_enter(self) -> None:
        self.chooser.take_current()

    def _on_typed(self, text: str) -> None:
        self._wait.start() if text else self._wait.stop()

    def _ask(self) -> None:
        self._wait.stop()
        if self.chooser.text():
            self.asked.emit(self.chooser.text())

    def _on_picked(self, key: str) -> None:
        if key:
            self.chooser.write("")
            self.picked.emit(key)


class TopBar(QFrame):
    """The bar; its parts are public. It goes on in a second line at large text."""

    worded_whole = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setProperty("role", "top")
        self.search = SearchField(self)
        at_least(self.search, width=SEARCH_UNITS)
        self.languages = LanguageButtons(self)
        self.view = ViewButtons(self)
        row = FlowLayout(self, to_right=True)
        spaced(row, 3, (6, 2, 6, 2))
        for widget in (self.search, self.languages, self.view):
            row.addWidget(widget)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def focus_search(self) -> None:
        """Put the cursor into the search box and take what stands there for typing over."""
        self.search.chooser.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.chooser.line.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Search and view"))
        super().changeEvent(event)
