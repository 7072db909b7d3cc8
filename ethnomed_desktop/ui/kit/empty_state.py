"""What an empty list says: what will be here, and one button to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon


class EmptyState(QWidget):
    """``heading``, ``text`` and ``action`` are catalog ids; ``started`` when the button is pressed."""

    started = Signal()

    def __init__(
        self, icon: str, heading: str, text: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = self._usual = (heading, text, action)
        self._may = True
        picture = self._picture = QLabel(self)
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        with_icon(picture, icon, "placeholder", 14)
        self.heading = QLabel(self)
        sized_font(self.heading, 1.25, bold=True)
        self.text = QLabel(self)
        self.text.setProperty("role", "secondary")
        for label in (self.heading, self.text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = PushButton(self)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.started)
        column = QVBoxLayout(self)
        spaced(column, 3, (8, 8, 8, 8))
        column.addStretch(1)
        column.addWidget(picture)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.retranslate()

    def filtered(self, by_filters: bool) -> None:
        """Say that the filters find nothing, or what it says without any."""
        nothing = (N_("Nothing found"), N_("No record fits the filters. Clear them to see all."), "")
        self._words = nothing if by_filters else self._usual
        self.retranslate()

    def allow(self, may: bool) -> None:
        """Offer the button only to who may use it."""
        self._may = may
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Ask for no more height than a table does: a low window must not grow for it."""
        return QSize(super().minimumSizeHint().width(), 20 * unit())

    def retranslate(self) -> None:
        heading, text, action = self._words
        self.heading.setText(_(heading))
        self.text.setText(_(text) if text else "")
        self.text.setVisible(bool(text))
        self.button.setText(_(action) if action else "")
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where large text leaves little room the words stay whole: the list has the button above, too."""
        labels = [one for one in (self.heading, self.text) if one.text()]
        inner = max(1, self.width() - 16 * unit())
        words = 16 * unit() + sum(one.heightForWidth(inner) + 3 * unit() for one in labels)
        button = self.button.sizeHint().height() + 3 * unit()
        self.button.setVisible(bool(self._words[2]) and self._may and self.height() >= words + button)
        self._picture.setVisible(self.height() >= words + button + 17 * unit())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
