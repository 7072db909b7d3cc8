"""Dates, ordinals and small typography as documents need them, beyond `i18n.formatting`."""

from __future__ import annotations

import re
from datetime import date, time

from ethnomed_desktop.i18n.conventions import conventions
from ethnomed_desktop.i18n.formatting import NO_BREAK, long_date
from ethnomed_desktop.i18n.languages import languages

_INITIAL = re.compile(r"(?<![\w])(\w\.) (?=\w\.|\w\w)")
_MONTHS = "|".join(sorted({month for one in languages() for month in conventions(one).months}))
_DAY_OF_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}}) (?={_MONTHS})")
_DASH = re.compile(r" ([–—]) (?!\d)")
_SIGN_AND_NUMBER = re.compile(r"([№§]) (?=\d)")


def span(first: date, last: date | None, language: str) -> str:
    """Return one day, or the first and last day of a sitting of several days."""
    if last is None or last == first:
        return long_date(first, language)
    return f"{long_date(first, language)} – {long_date(last, language)}"


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
