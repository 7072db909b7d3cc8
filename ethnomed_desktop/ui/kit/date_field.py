"""Days, uncertain dates and moments: typed as people write them, or chosen in a calendar (F4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ethnomed_desktop.domain.clock import SystemClock
from ethnomed_desktop.domain.clock import today as clock_today
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Moment, Value, When
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import ToolButton
from ethnomed_desktop.ui.kit.digit_line import DigitLine
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.own_keys import keeps_alt
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.kit.typed_dates import read_day, read_partial, read_time, show_day, show_partial


def system_today() -> date:
    """Return today in Kazakhstan by the computer's clock."""
    return clock_today(SystemClock())


class DateField(FieldBox):
    """A line for `Day`, `When` or `Moment`; ``today`` is what «кеше» and a missing year count from."""

    def __init__(
        self,
        field: Field,
        parent: QWidget | None = None,
        *,
        required: bool | None = None,
        today: Callable[[], date] = system_today,
    ) -> None:
        super().__init__(field, parent, required=required)
        self._today = today
        self._calendar: QFrame | None = None
        self._calendar_look = (0, "")
        self.line = DigitLine(self)
        self.button = ToolButton(self)
        self.button.setProperty("role", "side")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F4 opens it by keyboard
        with_icon(self.button, "calendar", "accent")
        self.button.clicked.connect(self.open_calendar)
        self._shown = ""
        self.line.textChanged.connect(self._on_changed)
        around = QWidget(self)
        row = QHBoxLayout(around)
        spaced(row, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self._adopt(self.line, around)

    def draft(self) -> Value:
        text = self.line.text().strip()
        try:
            return self._iso(text) or None
        except UserError:
            return text or None

    def set_value(self, value: Value) -> None:
        self._shown = self._as_typed(str(value)) if value is not None else ""
        self.line.setText(self._shown)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "button"):
            return
        self.button.setToolTip(_("Choose in the calendar (F4)"))
        self.button.setAccessibleName(_("Calendar"))
        moment = isinstance(self.field.type, Moment)
        self.line.setPlaceholderText(_("dd.mm.yyyy hh:mm") if moment else _("dd.mm.yyyy"))

    def open_calendar(self) -> None:
        """Show the calendar under the line; Enter or a click takes the day, Esc leaves all as it was."""
        look = (appearance().text_size, appearance().theme)
        if self._calendar is None or self._calendar_look != look:
            if self._calendar is not None:
                self._calendar.deleteLater()  # Qt's calendar would keep the size it took in the text before
            self._calendar, self._calendar_look = self._made_calendar(), look
        calendar = self._calendar.findChild(QCalendarWidget)
        assert isinstance(calendar, QCalendarWidget)
        calendar.setLocale(QLocale())
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setSelectedDate(self._marked_day())
        self._calendar.adjustSize()
        self._calendar.move(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        self._calendar.show()
        calendar.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if (event.key() == Qt.Key.Key_F4 and not event.modifiers()) or alt_down:
                self.open_calendar()
                return True
        if watched is self.line and keeps_alt(event, Qt.Key.Key_Down):
            return True
        return super().eventFilter(watched, event)

    def _made_calendar(self) -> QFrame:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setProperty("role", "card")
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setGridVisible(False)
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        column = QVBoxLayout(popup)
        spaced(column, 0, (1, 1, 1, 1))
        column.addWidget(calendar)
        return popup

    def _marked_day(self) -> QDate:
        try:
            day = date.fromisoformat(self._iso(self.line.text())[:10])
        except (UserError, ValueError):
            day = self._today()
        return QDate(day.year, day.month, day.day)

    def _on_picked(self, picked: QDate) -> None:
        day = f"{picked.day():02d}.{picked.month():02d}.{picked.year()}"
        time = self.line.text().strip().partition(" ")[2] if isinstance(self.field.type, Moment) else ""
        if self._calendar is not None:
            self._calendar.hide()
        self.line.setText(f"{day} {time}".strip())
        self.line.setFocus()

    def _iso(self, text: str) -> str:
        if isinstance(self.field.type, When):
            return read_partial(text, self._today())
        if not isinstance(self.field.type, Moment):
            return read_day(text, self._today())
        day, _blank, time = text.strip().replace("T", " ").rpartition(" ")
        if not text.strip():
            return ""
        if not day:
            raise UserError("moment.malformed", value=text[:40])
        return f"{read_day(day, self._today())}T{read_time(time)}"

    def _read(self) -> object:
        try:
            return self._iso(self.line.text())
        except UserError as error:
            raise UserError(error.code, field=self.name, **error.facts) from error

    def _as_typed(self, value: str) -> str:
        if isinstance(self.field.type, When):
            return show_partial(value) if value[:4].isdigit() else value
        day, mark, time = value.partition("T")
        return f"{show_day(day)} {time[:5]}" if mark else show_day(value)

    def _on_left(self) -> None:
        try:
            iso = self._iso(self.line.text())
        except UserError:
            iso = ""  # left as typed; Save names what is wrong
        if iso and self._as_typed(iso) != self.line.text():
            self.line.setText(self._as_typed(iso))
        super()._on_left()

    def _on_changed(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self._on_edited()
