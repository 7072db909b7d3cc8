"""Small values with a meaning of their own: uncertain dates, names of people, phone numbers."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.domain.errors import UserError

FIRST_YEAR, LAST_YEAR = 1850, 2150
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class PartialDate:
    """A day, a month, a year, a range of them, or "about" one; the text form is EDTF (ISO 8601-2).

    ``2026-11-21`` · ``2026-11`` · ``2026`` · ``2026-11-01/2026-11-05`` · ``2026-11~`` (about).
    """

    text: str
    first: date
    last: date
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the text form; raises `UserError` (``date.malformed``, ``date.impossible`` …)."""
        raw = text.strip()
        about = raw.endswith("~")
        pieces = raw.rstrip("~").split("/")
        if len(pieces) > 2:
            raise UserError("date.malformed", value=raw[:40])
        spans = [_span(piece) for piece in pieces]
        first, last = spans[0][0], spans[-1][1]
        if last < first:
            raise UserError("date.range_reversed", value=raw[:40])
        return cls(raw, first, last, about)

    @property
    def exact(self) -> date | None:
        """The one day meant, or ``None`` when the date is a range or uncertain."""
        return self.first if self.first == self.last and not self.about else None


def _span(piece: str) -> tuple[date, date]:
    match = _PART.fullmatch(piece)
    if match is None:
        raise UserError("date.malformed", value=piece[:40])
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # the pattern demands four digits
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError("date.impossible", value=piece)
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise UserError("date.impossible", value=piece) from error


def normal_phone(text: str) -> str:
    """Return the number as ``+7 701 123 45 67`` where it is one of Kazakhstan, else tidied as typed."""
    tidy = " ".join(text.split())
    digits = re.sub(r"\D", "", tidy)
    if len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    if len(digits) == 10 and digits[0] in "67" and not tidy.startswith("+9"):
        return f"+7 {digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}"
    if not 3 <= len(digits) <= 15 or re.search(r"[^\d+()\-\s.,доб#*]", tidy):
        raise UserError("phone.malformed", value=tidy[:40])
    return tidy


def iin_is_sound(text: str) -> bool:
    """Say whether ``text`` is an individual identification number with the right check digit.

    Two rounds of weights, as the rules of forming identification numbers lay down.
    """
    if not re.fullmatch(r"\d{12}", text):
        return False
    digits = [int(digit) for digit in text]
    check = sum(weight * digit for weight, digit in zip(range(1, 12), digits, strict=False)) % 11
    if check == 10:
        weights = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
        check = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11
    return check == digits[11]


def initials(given_name: str | None, patronymic: str | None) -> str:
    """Return ``Б. М.`` with a no-break space between; empty when neither name is known."""
    letters = [f"{name.strip()[0]}." for name in (given_name, patronymic) if name and name.strip()]
    return "\u00a0".join(letters)
