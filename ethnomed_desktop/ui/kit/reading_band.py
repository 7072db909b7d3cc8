"""The band over every page of a vault that this program may only read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.ui.kit.appearance import unit


class ReadingBand(QLabel):
    """Stands as long as the vault is open: why nothing can be changed, and what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading_band")
        self.setProperty("level", "warning")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._fit()
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(sentence(NotAllowed("vault.reading_only"), current()))
        self.setAccessibleName(self.text())

    def _fit(self) -> None:
        self.setContentsMargins(6 * unit(), unit(), 6 * unit(), unit())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
