"""Dates, numbers and lists in words, by the conventions of each language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from ethnomed_desktop.domain.clock import KAZAKHSTAN
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n.conventions import conventions

NO_BREAK = "\u00a0"
TENGE = "₸"


def numeric_date(day: date) -> str:
    """Return ``21.11.2026``, the same in every language."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def long_date(day: date, language: str) -> str:
    """Return the date as acts write it: «2026 жылғы 21 қараша», «21 ноября 2026 года»."""
    return _dated(conventions(language).long_date, conventions(language).months, day)


def date_before_noun(day: date, language: str) -> str:
    """Return the date as it stands beside a noun: «2026 жылғы 12 наурыздағы», «от 12 марта …»."""
    return _dated(conventions(language).date_before_noun, conventions(language).months_before_noun, day)


def _dated(pattern: str, months: Sequence[str], day: date) -> str:
    return pattern.format(day=day.day, month=months[day.month - 1], year=day.year)


def month_name(month: int, language: str) -> str:
    """Return the name of a month (1–12) standing alone."""
    return conventions(language).months_alone[month - 1]


def month_of_year(day: date, language: str) -> str:
    """Return month and year: «2026 жылғы қараша», «ноябрь 2026 года»."""
    return conventions(language).month_of_year.format(month=month_name(day.month, language), year=day.year)


def weekday(day: date, language: str) -> str:
    """Return the name of the day of the week."""
    return conventions(language).weekdays[day.weekday()]


def partial_date(value: PartialDate, language: str, *, long: bool = False) -> str:
    """Return a day, month, year, range or "about" in words; ``long`` spells days out as acts do."""
    pieces = value.text.rstrip("~").split("/")
    ends = (value.first, value.last) if len(pieces) == 2 else (value.first,)
    words = [_piece(text, day, language, long) for text, day in zip(pieces, ends, strict=True)]
    when = " – ".join(words)
    return conventions(language).about.format(when=when) if value.about else when


def _piece(text: str, day: date, language: str, long: bool) -> str:
    precision = text.count("-")
    if precision == 2:
        return long_date(day, language) if long else numeric_date(day)
    if precision == 1:
        return month_of_year(day, language)
    return conventions(language).year.format(year=day.year)


def moment(text: str, language: str, *, long: bool = False) -> str:
    """Return a stored moment (``2026-11-21T10:00+05:00``) as date and time in Kazakhstan.

    Raises `ValueError` for anything but ISO 8601; a moment without a zone is one of Kazakhstan.
    """
    value = datetime.fromisoformat(text)
    local = value.astimezone(KAZAKHSTAN) if value.tzinfo else value
    day = long_date(local.date(), language) if long else numeric_date(local.date())
    return f"{day}, {local:%H:%M}" if long else f"{day} {local:%H:%M}"


def number(value: int | float | Decimal, language: str, *, places: int | None = None) -> str:
    """Return the number in groups of three with no-break spaces; ``places`` fixes the decimals.

    Without ``places`` whole numbers stay whole and others keep at most six decimals.
    """
    if places is not None:
        plain = f"{value:,.{places}f}"
    elif isinstance(value, int):
        plain = f"{value:,}"
    else:
        plain = f"{value:,.6f}".rstrip("0").rstrip(".")
    return plain.translate({ord(","): NO_BREAK, ord("."): conventions(language).decimal, ord("-"): "\u2212"})


def money(tenge: int | float | Decimal, language: str) -> str:
    """Return a sum in tenge: whole without decimals, else with two."""
    places = 0 if tenge == int(tenge) else 2
    return f"{number(tenge, language, places=places)}{NO_BREAK}{TENGE}"


def percent(share: float, language: str, *, places: int = 0) -> str:
    """Return a share of one as a percentage."""
    return f"{number(share * 100, language, places=places)}{NO_BREAK}%"


def file_size(size: int, language: str) -> str:
    """Return a number of bytes in a unit that people read (1 kB = 1000 bytes)."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < 3:
        amount, unit = amount / 1000, unit + 1
    places = 1 if unit and amount < 10 else 0
    return f"{number(amount, language, places=places)}{NO_BREAK}{conventions(language).units[unit]}"


def yes_no(value: bool, language: str) -> str:
    """Return yes or no."""
    return conventions(language).yes if value else conventions(language).no


def joined(items: Sequence[str], language: str) -> str:
    """Return "a, b and c" in the language."""
    return _list(items, conventions(language).and_)


def joined_or(items: Sequence[str], language: str) -> str:
    """Return "a, b or c" in the language."""
    return _list(items, conventions(language).or_)


def _list(items: Sequence[str], word: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
