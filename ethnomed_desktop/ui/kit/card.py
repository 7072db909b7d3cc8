"""A white sheet on the grey page that holds things that belong together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.ui.kit.scale import sized_font, spaced


class Card(QFrame):
    """Put widgets into ``column``; ``heading`` (already in the interface language) may be set later."""

    def __init__(self, parent: QWidget | None = None, heading: str = "") -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.heading = QLabel(heading, self)
        self.heading.setWordWrap(True)
        sized_font(self.heading, 1.15, bold=True)
        self.heading.setVisible(bool(heading))
        self.column = QVBoxLayout(self)
        spaced(self.column, 3, (5, 4, 5, 5))
        self.column.addWidget(self.heading)

    def set_heading(self, text: str) -> None:
        """Show or change the heading; empty hides it."""
        self.heading.setText(text)
        self.heading.setVisible(bool(text))
