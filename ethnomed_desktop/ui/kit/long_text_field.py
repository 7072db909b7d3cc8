"""Paragraphs: grows with its text, counts where a limit is near."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from ethnomed_desktop.domain.fieldtypes import LONG_TEXT_LIMIT, LongText, Value
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.sight import area_around, lay_out

COUNTED_BELOW = 10_000
"""Limits up to this are always shown; higher ones from four fifths on."""


class LongTextField(FieldBox):
    """Several lines. Enter is a new line; Ctrl+Enter belongs to the form."""

    wide = True
    letters = True

    def __init__(
        self,
        field: Field,
        parent: QWidget | None = None,
        *,
        required: bool | None = None,
        least_lines: int = 3,
        most_lines: int = 12,
    ) -> None:
        super().__init__(field, parent, required=required)
        self._lines = (least_lines, most_lines)
        self._limit = field.type.limit if isinstance(field.type, LongText) else LONG_TEXT_LIMIT
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.counter = QLabel(self)
        self.counter.setProperty("role", "secondary")
        self._adopt(self.text)
        self._slot.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignRight)
        self._shown = ""
        self.text.textChanged.connect(self._on_changed)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.text.cursorPositionChanged.connect(self._follow)
        self._fit()
        self._count()

    def draft(self) -> Value:
        return self.text.toPlainText() or None

    def set_value(self, value: Value) -> None:
        self._shown = "" if value is None else str(value)
        if self.text.toPlainText() != self._shown:
            self.text.setPlainText(self._shown)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "counter"):
            self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)  # lines are broken anew after this event

    def _on_changed(self) -> None:
        text = self.text.toPlainText()
        self._count()
        if text != self._shown:
            self._shown = text
            self._on_edited()

    def _count(self) -> None:
        length = len(self.text.toPlainText())
        shown = self._limit <= COUNTED_BELOW or length > self._limit * 4 // 5
        self.counter.setVisible(shown)
        role = "error" if length > self._limit else "secondary"
        if role != self.counter.property("role"):
            self.counter.setProperty("role", role)
            self.counter.style().polish(self.counter)
        if not shown:
            return
        language = current().language
        self.counter.setText(
            _("{count} of {limit} characters").format(
                count=number(length, language), limit=number(self._limit, language)
            )
        )

    def _follow(self) -> None:
        """Keep the line being written in sight: a text that grows reaches below what is seen of its page."""
        if self.text.hasFocus():
            QTimer.singleShot(0, self, self._show_cursor)  # the input takes its height after this

    def _show_cursor(self) -> None:
        area = area_around(self)
        content = area.widget() if area is not None else None
        if area is None or content is None or not self.text.hasFocus():
            return
        line = self.text.cursorRect()
        lay_out()
        foot = self.text.viewport().mapTo(content, line.bottomLeft()).y()
        area.ensureVisible(area.horizontalScrollBar().value(), foot - line.height() // 2, 0, line.height())

    def _fit(self) -> None:
        line = self.text.fontMetrics().lineSpacing()
        used = max(1, round(self.text.document().size().height()))  # a plain text document counts lines
        least, most = self._lines
        frame = 6 * unit() + 2
        self.text.setFixedHeight(min(max(used, least), most) * line + frame)
