"""Numbers, times, telephones, IIN: one line where every layout types digits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Iin, Phone, Real, TimeOfDay, Value, Whole
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.values import normal_phone
from ethnomed_desktop.ui.kit.digit_line import DigitLine
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.typed_dates import read_time

Reader = Callable[[str], str]


def _plain(text: str) -> str:
    return text.strip()


def _number(text: str) -> str:
    """Drop the blanks between groups of three, of whatever kind they are."""
    return "".join(text.split())


def _phone(text: str) -> str:
    return normal_phone(text) if text.strip() else ""


_READERS: dict[type, Reader] = {Whole: _number, Real: _number, TimeOfDay: read_time, Phone: _phone, Iin: _number}


class DigitField(FieldBox):
    """A line of digits; on leaving it, what was typed is put into its usual form (``930`` → ``09:30``)."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        self.line = DigitLine(self)
        self._reader = _READERS.get(type(field.type), _plain)
        self._masked = isinstance(field.type, Iin)
        self._shown = ""
        self.line.textChanged.connect(self._on_changed)
        self._adopt(self.line)
        self._mask(True)

    def draft(self) -> Value:
        return self.line.text().strip() or None

    def set_value(self, value: Value) -> None:
        self._shown = "" if value is None else _shown_number(value)
        self.line.setText(self._shown)

    def _read(self) -> object:
        try:
            return self._reader(self.line.text())
        except UserError as error:
            raise UserError(error.code, field=self.name, **error.facts) from error

    def _show_palette(self) -> None:
        self._mask(False)

    def _on_left(self) -> None:
        try:
            tidy = self._reader(self.line.text())
        except UserError:
            tidy = self.line.text()  # the person may still mean to mend it; Save names it
        if tidy != self.line.text():
            self.line.setText(tidy)
        self._mask(True)
        super()._on_left()

    def _mask(self, on: bool) -> None:
        """An IIN is readable only while it is typed."""
        if self._masked:
            self.line.setEchoMode(QLineEdit.EchoMode.Password if on else QLineEdit.EchoMode.Normal)

    def _on_changed(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self._on_edited()


def _shown_number(value: object) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
