"""The top of the workspace: back, which meeting this is, in what state, the tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.form_bar import FormBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.wrapped_label import WrappedLabel

TABS = {
    "agenda": N_("Agenda"),
    "meeting": N_("Meeting"),
    "attendance": N_("Attendance"),
    "minutes": N_("Minutes"),
    "check": N_("Check"),
}


class WorkspaceHead(QFrame):
    """``tab_chosen(name)`` when the person chooses a tab; ``back()``.

    Where the text is so large that every line counts, saving and printing stand here instead of in the bar.
    """

    worded_whole = True

    tab_chosen = Signal(str)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = list(TABS)
        self._counts: dict[str, str] = {}
        self._narrow = False
        self._title = ("", "")
        self.back_button = PushButton(self)
        self.back_button.setObjectName("back_to_meetings")
        self.back_button.setProperty("role", "plain")
        with_icon(self.back_button, "back", "accent")
        self.back_button.clicked.connect(self.back)
        self.title = WrappedLabel(self)
        self.title.setObjectName("meeting_title")
        sized_font(self.title, 1.2, bold=True)
        self.state = WrappedLabel(self)
        self.state.setProperty("role", "secondary")
        self.preview = PushButton(self)
        self.preview.setObjectName("toggle_preview")
        self.preview.setCheckable(True)
        self.print_button = PushButton(self)
        with_icon(self.print_button, "print", "accent", 4, apart=True)
        self.save = PushButton(self)
        self.save.setProperty("role", "primary")
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("meeting_tabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _key in self._keys:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        top = QHBoxLayout()
        spaced(top, 2)
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(self.title)
        words.addWidget(self.state)
        top.addWidget(self.back_button)
        top.addLayout(words, 1)
        for button in (self.preview, self.print_button, self.save):
            top.addWidget(button)
        self.print_button.hide()
        self.save.hide()
        column = QVBoxLayout(self)
        spaced(column, 1)
        column.addLayout(top)
        column.addWidget(self.tabs)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def offer(self, keys: Sequence[str], current: str) -> None:
        """Offer these of the tabs, of which one is chosen."""
        self.tabs.blockSignals(True)
        for index, key in enumerate(self._keys):
            offered = key in keys
            if offered != self.tabs.isTabVisible(index):  # Qt measures the whole bar with each of them
                self.tabs.setTabVisible(index, offered)
                self.tabs.setTabEnabled(index, offered)
        self.tabs.setCurrentIndex(self._keys.index(current))
        self.tabs.blockSignals(False)

    def choose(self, key: str) -> None:
        """Show a tab as chosen without emitting anything."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self._keys.index(key))
        self.tabs.blockSignals(False)

    def count(self, **words: str) -> None:
        """Put counts behind the names of tabs."""
        self._counts.update(words)
        self._word_tabs()

    def tighten(self, narrow: bool) -> None:
        """Leave out, where the text is large, what stands elsewhere too; take in what the bar holds."""
        if narrow != self._narrow:
            self._narrow = narrow
            sized_font(self.title, 1.0 if narrow else 1.2, bold=True)
            for widget in (self.state, self.preview):
                widget.setVisible(not narrow)
            for button in (self.print_button, self.save):
                button.setVisible(narrow)
            self.retranslate()

    def show_title(self, body: str, when: str) -> None:
        """Say which meeting this is: the body and the time, or the time alone where room is short."""
        self._title = (body, when)
        self._word_title()

    def retranslate(self) -> None:
        self.back_button.setText("" if self._narrow else _("Meetings"))
        self.back_button.setAccessibleName(_("Meetings"))
        self.back_button.setToolTip(_("Back to the list; the draft is kept"))
        self.preview.setText(_("Preview (F7)"))
        self.print_button.setText(_("Print…"))
        self.save.setText(_("Save"))
        self.save.setToolTip(_("Save now: Ctrl+S. Save and go to the list: Ctrl+Enter"))
        self._word_title()
        self.tabs.setAccessibleName(_("Pages of the meeting"))
        self._word_tabs()

    def _word_title(self) -> None:
        whole = " · ".join(part for part in self._title if part) or _("New meeting")
        self.title.setText(self._title[1] or whole if self._narrow else whole)
        self.title.setToolTip(whole)

    def _word_tabs(self) -> None:
        for index, key in enumerate(self._keys):
            words = " ".join(part for part in (_(TABS[key]), self._counts.get(key, "")) if part)
            words = words.replace("&", "&&")
            if words != self.tabs.tabText(index):  # Qt measures the whole bar with each of them
                self.tabs.setTabText(index, words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_tab(self, index: int) -> None:
        if 0 <= index < len(self._keys):
            self.tab_chosen.emit(self._keys[index])


class WorkspaceBar(FormBar):
    """The fixed bar: besides saving, the way to print and to the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.print_button = PushButton()
        self.finish = PushButton()
        super().__init__(parent)
        self.print_button.setObjectName("print_minutes")
        self.finish.setObjectName("go_to_check")
        with_icon(self.print_button, "print", "accent", 4, apart=True)
        self.add_button(self.finish)
        self.add_button(self.print_button)

    def retranslate(self) -> None:
        super().retranslate()
        self.save.setToolTip(_("Save now: Ctrl+S. Save and go to the list: Ctrl+Enter"))
        self.print_button.setText(_("Print…"))
        self.finish.setText(_("Check and number"))
