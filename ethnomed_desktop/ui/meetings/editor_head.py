"""Above the minutes of an item: which one it is, and the way to its neighbours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import spaced


class EditorHead(QWidget):
    """Which item this is, and the way to its neighbours: ``stepped(-1 or 1)``."""

    worded_whole = True

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = (0, 0)
        self.words = QLabel(self)
        self.before = PushButton(self)
        self.after = PushButton(self)
        self.before.setObjectName("item_before")
        self.after.setObjectName("item_after")
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.row = QHBoxLayout(self)
        spaced(self.row, 2)
        self.row.addWidget(self.words, 1)
        self.row.addWidget(self.before)
        self.row.addWidget(self.after)
        self.retranslate()

    def show_place(self, place: int, count: int) -> None:
        """Say that this is item ``place`` of ``count``."""
        self._place = (place, count)
        self.before.setEnabled(place > 1)
        self.after.setEnabled(place < count)
        self.retranslate()

    def retranslate(self) -> None:
        place, count = self._place
        self.words.setText(_("Item {place} of {count}").format(place=place, count=count) if count else "")
        self.before.setText(_("Previous"))
        self.before.setToolTip(_("Previous item: Ctrl+↑"))
        self.after.setText(_("Next"))
        self.after.setToolTip(_("Next item: Ctrl+↓"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
