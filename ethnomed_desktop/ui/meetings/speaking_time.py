"""Since when and until when somebody spoke: optional, never printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import spaced


def is_speaking(part: Part) -> bool:
    """Whether the word was given and not taken back."""
    return bool(part.text("began")) and not part.text("ended")


class SpeakingTime(QWidget):
    """Writes ``began`` and ``ended`` of a speech; ``now`` gives the moment as it is kept. ``edited()``."""

    edited = Signal()

    def __init__(self, part: Part, now: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._now = now
        self.words = QLabel(self)
        self.words.setObjectName("speaking_time")
        self.words.setProperty("role", "secondary")
        self.stop = PushButton(self)
        self.stop.setObjectName("stop_speaking")
        self.stop.setProperty("role", "plain")
        self.stop.clicked.connect(self.end)
        row = QHBoxLayout(self)
        spaced(row, 2)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        self.retranslate()

    def begin(self) -> None:
        """Note that the person begins to speak."""
        self._part.put("began", self._now())
        self._part.put("ended", None)
        self.retranslate()

    def end(self) -> None:
        """Note that the person has ended, if the person speaks."""
        if is_speaking(self._part):
            self._part.put("ended", self._now())
            self.retranslate()
            self.edited.emit()

    def retranslate(self) -> None:
        began, ended = (_clock(self._part.text(name)) for name in ("began", "ended"))
        self.setVisible(bool(began))
        self.stop.setText(_("Has ended"))
        self.stop.setVisible(bool(began) and not ended)
        if began and ended:
            self.words.setText(_("Spoke from {begins} to {ends}").format(begins=began, ends=ended))
        elif began:
            self.words.setText(_("Has the word since {begins}").format(begins=began))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _clock(moment: str) -> str:
    """Return the time of day of a kept moment; a draft may hold anything."""
    try:
        return f"{datetime.fromisoformat(moment):%H:%M}" if moment else ""
    except ValueError:
        return ""
