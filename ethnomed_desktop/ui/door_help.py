"""The manual at the door: the same page as in the section Help, with a way back to what one was doing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.help.page import HelpPage
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import spaced


class DoorHelp(QWidget):
    """``left()`` by the button, Escape or Alt+Left. Reads files of the program only."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("door_help")
        self.setProperty("role", "page")
        self.under: QWidget = self
        self._focus: QWidget | None = None
        self.pages = HelpPage()
        self.back = PushButton(self)
        self.back.setObjectName("door_help_back")
        self.back.clicked.connect(self.left)
        for keys in (QKeySequence(Qt.Key.Key_Escape), QKeySequence("Alt+Left")):
            QShortcut(keys, self, self.left.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        row = QHBoxLayout()
        spaced(row, 0, (6, 2, 6, 0))
        row.addWidget(self.back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addLayout(row)
        column.addWidget(self.pages, 1)
        self.retranslate()

    def show_over(self, page: QWidget | None, name: str) -> None:
        """Show the manual's page ``name``; ``page`` is where one comes from and goes back to."""
        self.under, self._focus = page or self, QApplication.focusWidget()
        self.pages.show_page(name)

    def give_focus_back(self) -> None:
        """Put the cursor where it was."""
        if self._focus is not None and self.under.isAncestorOf(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.back.setText(_("Back"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
