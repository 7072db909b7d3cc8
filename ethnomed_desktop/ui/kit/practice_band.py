"""The striped band over every page of a practice vault."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygon, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenuBar, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.scale import sized_font


class PracticeBand(QLabel):
    """Says PRACTICE in words; the stripes at both ends are decoration.

    ``short`` is the one word with one stripe at each end, for beside the menus of a low window.
    """

    def __init__(self, parent: QWidget | None = None, *, short: bool = False) -> None:
        super().__init__(parent)
        self._short = short
        self.setObjectName("practice_sign" if short else "practice_band")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "practice")
        sized_font(self, 1.0, bold=True)
        self._fit()
        self.retranslate()

    def _fit(self) -> None:
        self.setMargin(0 if self._short else unit())
        self._take_room()

    def _take_room(self) -> None:
        """A menu bar asks for the width of what stands in its corner only when it is resized itself."""
        bar = self.parentWidget()
        if self._short and isinstance(bar, QMenuBar):
            QCoreApplication.sendEvent(bar, QResizeEvent(bar.size(), bar.size()))

    def retranslate(self) -> None:
        whole = _("PRACTICE: nothing here is real")
        self.setText(_("PRACTICE") if self._short else whole)
        self.setToolTip(whole if self._short else "")
        self.setAccessibleName(whole)
        self._take_room()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        wanted = super().sizeHint()
        if not self._short:
            return wanted
        high = wanted.height() + 2 * unit()
        return QSize(wanted.width() + 4 * high + 2 * unit(), high)  # a stripe at each end is twice as wide as high

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = appearance().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.warning_back))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.warning))
        side, height = self.height(), self.height()
        words = self.fontMetrics().horizontalAdvance(self.text()) + 8 * unit()
        reach = max(0, (self.width() - words) // 2)
        for left in range(0, max(0, reach - 2 * side) + self._short, 2 * side):
            for start in (left, self.width() - left - 2 * side):
                stripe = ((start, height), (start + side, height), (start + 2 * side, 0), (start + side, 0))
                painter.drawPolygon(QPolygon([QPoint(*corner) for corner in stripe]))
        painter.setPen(QColor(colours.warning))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
