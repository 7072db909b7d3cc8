"""Types of fields: how input becomes the JSON value that log, tables and files hold.

Every type checks by itself (`checked`), so window, command line and import refuse alike. A value
is text, a whole number, a real number or true/false; sets are lists of such.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from ethnomed_desktop.domain import codes, own_codes
from ethnomed_desktop.domain.clock import KAZAKHSTAN
from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.values import (
    FIRST_YEAR,
    LAST_YEAR,
    PartialDate,
    iin_is_sound,
    normal_phone,
)

Scalar = str | int | float | bool
Value = Scalar | list[str] | None
LONG_TEXT_LIMIT = 100_000
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_OTHER_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def clean_text(raw: object, *, lines: bool) -> str:
    """Return ``raw`` as NFC text without control characters; one line unless ``lines``.

    Direction marks are dropped: they can make a printed name read as another one. Raises
    `UserError`: ``text.expected``, ``text.broken`` (NUL, lone surrogates).
    """
    if not isinstance(raw, str):
        raise UserError("text.expected")
    if "\x00" in raw or any("\ud800" <= char <= "\udfff" for char in raw):
        raise UserError("text.broken")
    text = unicodedata.normalize("NFC", _BIDI_CONTROLS.sub("", raw))
    if not lines:
        return " ".join(_OTHER_CONTROLS.sub(" ", text).split())
    text = _OTHER_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


@dataclass(frozen=True)
class FieldType:
    """What a field holds. ``column`` is how tables store it; sets are stored as JSON text."""

    name: ClassVar[str] = ""
    column: ClassVar[Literal["text", "integer", "real", "boolean"]] = "text"
    many: ClassVar[bool] = False

    def checked(self, raw: object) -> Value:
        """Return the value to keep, or raise `UserError`; never called with ``None``."""
        raise AssertionError(f"{type(self).__name__} lacks checked()")

    def fits(self, value: object) -> bool:
        """Whether a table can hold what some other program, newer or careless, wrote for this field."""
        if value is None:
            return True
        match self.column:
            case "text":
                return isinstance(value, str) and "\0" not in value
            case "integer":
                return type(value) is int and -(1 << 63) <= value < 1 << 63
            case "real":
                return type(value) in (int, float)
        return isinstance(value, bool)


@dataclass(frozen=True)
class Text(FieldType):
    """One line."""

    limit: int = 500
    name: ClassVar[str] = "text"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        if len(text) > self.limit:
            raise UserError("text.too_long", limit=self.limit, length=len(text))
        return text or None


@dataclass(frozen=True)
class LongText(FieldType):
    """Paragraphs; merged paragraph by paragraph when two people wrote at once."""

    limit: int = LONG_TEXT_LIMIT
    name: ClassVar[str] = "long_text"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=True)
        if len(text) > self.limit:
            raise UserError("text.too_long", limit=self.limit, length=len(text))
        return text or None


@dataclass(frozen=True)
class Phone(FieldType):
    """A telephone number."""

    name: ClassVar[str] = "phone"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        return normal_phone(text) if text else None


@dataclass(frozen=True)
class Iin(FieldType):
    """An individual identification number; shown masked."""

    name: ClassVar[str] = "iin"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False).replace(" ", "")
        if text and not iin_is_sound(text):
            raise UserError("iin.wrong")
        return text or None


@dataclass(frozen=True)
class Whole(FieldType):
    """A whole number within bounds."""

    low: int = 0
    high: int = 10**12
    name: ClassVar[str] = "whole"
    column: ClassVar[Literal["text", "integer", "real", "boolean"]] = "integer"

    def checked(self, raw: object) -> Value:
        if isinstance(raw, str) and re.fullmatch(r"-?\d{1,15}", raw.strip()):
            raw = int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise UserError("whole.expected", value=str(raw)[:40])
        if not self.low <= raw <= self.high:
            raise UserError("number.out_of_range", value=raw, low=self.low, high=self.high)
        return raw


@dataclass(frozen=True)
class Real(FieldType):
    """A real number within bounds; never NaN."""

    low: float = -1e15
    high: float = 1e15
    name: ClassVar[str] = "real"
    column: ClassVar[Literal["text", "integer", "real", "boolean"]] = "real"

    def checked(self, raw: object) -> Value:
        try:
            number = float(raw.strip().replace(",", ".") if isinstance(raw, str) else raw)  # type: ignore[arg-type]
        except (ValueError, TypeError, OverflowError):
            raise UserError("real.expected", value=str(raw)[:40]) from None
        if isinstance(raw, bool) or not self.low <= number <= self.high:
            raise UserError("number.out_of_range", value=str(raw)[:40], low=self.low, high=self.high)
        return number


@dataclass(frozen=True)
class Flag(FieldType):
    """Yes or no."""

    name: ClassVar[str] = "flag"
    column: ClassVar[Literal["text", "integer", "real", "boolean"]] = "boolean"

    def checked(self, raw: object) -> Value:
        if isinstance(raw, str) and raw.strip().lower() in {"true", "false", "1", "0"}:
            return raw.strip().lower() in {"true", "1"}
        if not isinstance(raw, bool):
            raise UserError("flag.expected", value=str(raw)[:40])
        return raw


@dataclass(frozen=True)
class Day(FieldType):
    """One civil day, ISO 8601."""

    name: ClassVar[str] = "day"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        if not text:
            return None
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise UserError("date.malformed", value=text[:40])
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise UserError("date.impossible", value=text) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UserError("date.impossible", value=text)
        return text


@dataclass(frozen=True)
class When(FieldType):
    """A day, month, year, range or "about": see `PartialDate`."""

    name: ClassVar[str] = "when"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        return PartialDate.parse(text).text if text else None


@dataclass(frozen=True)
class TimeOfDay(FieldType):
    """Hours and minutes, 24 h."""

    name: ClassVar[str] = "time"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        if not text:
            return None
        match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text)
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise UserError("time.malformed", value=text[:40])
        return f"{int(match[1]):02d}:{match[2]}"


@dataclass(frozen=True)
class Moment(FieldType):
    """Day and minute in Kazakhstan, kept as ``2026-11-21T10:00+05:00`` so that text order is time order."""

    name: ClassVar[str] = "moment"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise UserError("moment.malformed", value=text[:40]) from None
        if not FIRST_YEAR < moment.year < LAST_YEAR:
            raise UserError("date.impossible", value=text[:40])
        aware = moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)
        return aware.astimezone(KAZAKHSTAN).isoformat(timespec="minutes")


@dataclass(frozen=True)
class Code(FieldType):
    """One entry of a code list (`domain.codes`)."""

    list_name: str = ""
    name: ClassVar[str] = "code"

    def checked(self, raw: object) -> Value:
        code = str(raw).strip() if isinstance(raw, (str, int)) and not isinstance(raw, bool) else ""
        if not code:
            return None
        if code not in codes.CODE_LISTS[self.list_name].by_code and not own_codes.knows(self.list_name, code):
            raise UserError("code.unknown", value=code[:40], list=self.list_name)
        return code


@dataclass(frozen=True)
class Ref(FieldType):
    """A reference to one record of ``kind``, as UUID text."""

    kind: str = ""
    name: ClassVar[str] = "ref"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        return _reference(text, self.kind) if text else None

    def fits(self, value: object) -> bool:
        return value is None or (isinstance(value, str) and bool(_UUID.fullmatch(value)))


@dataclass(frozen=True)
class AnyRef(FieldType):
    """A reference to one record of whatever kind, as UUID text; kept as text, without a row number."""

    name: ClassVar[str] = "any_ref"

    def checked(self, raw: object) -> Value:
        text = clean_text(raw, lines=False)
        return _reference(text, "") if text else None


@dataclass(frozen=True)
class SetType(FieldType):
    """A set: each element is added and removed for itself."""

    many: ClassVar[bool] = True

    def checked(self, raw: object) -> Value:
        items = [raw] if isinstance(raw, str) else raw
        if not isinstance(items, (list, tuple)):
            raise UserError("list.expected")
        elements = (self.element(item) for item in items)
        return sorted({element for element in elements if element})

    def element(self, raw: object) -> str:
        """Return one element to keep (empty: nothing), or raise `UserError`."""
        raise AssertionError(f"{type(self).__name__} lacks element()")


@dataclass(frozen=True)
class Tags(SetType):
    """Free words."""

    limit: int = 80
    name: ClassVar[str] = "tags"

    def element(self, raw: object) -> str:
        text = clean_text(raw, lines=False)
        if len(text) > self.limit:
            raise UserError("text.too_long", limit=self.limit, length=len(text))
        return text


@dataclass(frozen=True)
class Phones(SetType):
    """Telephone numbers."""

    name: ClassVar[str] = "phones"

    def element(self, raw: object) -> str:
        text = clean_text(raw, lines=False)
        return normal_phone(text) if text else ""


@dataclass(frozen=True)
class Codes(SetType):
    """Several entries of a code list."""

    list_name: str = ""
    name: ClassVar[str] = "codes"

    def element(self, raw: object) -> str:
        return str(Code(self.list_name).checked(raw) or "")


@dataclass(frozen=True)
class Refs(SetType):
    """References to several records of ``kind``."""

    kind: str = ""
    name: ClassVar[str] = "refs"

    def element(self, raw: object) -> str:
        text = clean_text(raw, lines=False)
        return _reference(text, self.kind) if text else ""


def _reference(text: str, kind: str) -> str:
    try:
        return uid_text(parse_uid(text))
    except EthnomedError:
        raise UserError("reference.malformed", value=text[:60], kind=kind) from None
