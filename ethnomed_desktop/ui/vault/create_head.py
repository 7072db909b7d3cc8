"""The words over the page of a new council; they are painted before its form is made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.scale import sized_font, spaced

PAGE_SPACING = 4
PAGE_MARGINS = (6, 4, 6, 6)
"""Of the page, in units: the head stands in the same place with the form and without."""


class CreateHead(QWidget):
    """Title and the promise under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.intro = QLabel(self), QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        column = QVBoxLayout(self)
        spaced(column, PAGE_SPACING)
        for label in (self.title, self.intro):
            label.setWordWrap(True)
            column.addWidget(label)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(_("A new council"))
        self.intro.setText(
            _(
                "Nothing leaves this computer. All of this can be changed later. "
                "Only a lost password cannot be given back by anybody."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Greeting(QWidget):
    """The head alone, where there is no vault yet: what stands there while the form is being made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("greeting")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "page")
        column = QVBoxLayout(self)
        spaced(column, PAGE_SPACING, PAGE_MARGINS)
        column.addWidget(CreateHead(self))
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # else a key that comes too early would press a button of the bar above
