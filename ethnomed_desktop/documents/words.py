"""Dates, ordinals and small typography as documents need them, beyond `i18n.formatting`."""

from __future__ import annotations

import re
from datetime import date, time

from ethnomed_desktop.i18n.formatting import NO_BREAK, long_date

# «наурыздағы»: the form that stands before a noun. Whole words, because an ending is never glued on.
_MONTHS_OF_KK = (
    "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы "
    "шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы"
).split()
_INITIAL = re.compile(r"(?<![\w])(\w\.) (?=\w\.|\w\w)")
_MONTHS = (
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "January February March April May June July August September October November December"
).replace(" ", "|")
_DAY_OF_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}}) (?={_MONTHS})")
_DASH = re.compile(r" ([–—]) (?!\d)")
_SIGN_AND_NUMBER = re.compile(r"([№§]) (?=\d)")


def span(first: date, last: date | None, language: str) -> str:
    """Return one day, or the first and last day of a sitting of several days."""
    if last is None or last == first:
        return long_date(first, language)
    return f"{long_date(first, language)} – {long_date(last, language)}"


def of_day(day: date, language: str) -> str:
    """Return the date as it stands before or after a noun: «2026 жылғы 12 наурыздағы», «от 12 марта …»."""
    if language == "kk":
        return f"{day.year} жылғы {day.day} {_MONTHS_OF_KK[day.month - 1]}"
    return long_date(day, language)


def clock(at: time) -> str:
    """Return ``10:05``."""
    return f"{at:%H:%M}"


def bound(text: str) -> str:
    """Return ``text`` with no-break spaces between initials and surname, № and number, day and month,
    before a dash (a dash before a number stands in counts of votes, which fit a line)."""
    tied = _INITIAL.sub(lambda found: _tied_initial(found.group(1)), text)
    tied = _DAY_OF_MONTH.sub(rf"\1{NO_BREAK}", tied)
    tied = _SIGN_AND_NUMBER.sub(rf"\1{NO_BREAK}", tied)
    return _DASH.sub(rf"{NO_BREAK}\1 ", tied)


def _tied_initial(initial: str) -> str:
    return f"{initial}{NO_BREAK}" if initial[0].isupper() else f"{initial} "
