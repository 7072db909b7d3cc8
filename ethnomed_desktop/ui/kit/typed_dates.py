"""Reading dates and times as people type them; the stored form is ISO 8601. No Qt."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n.formatting import numeric_date

_WORDS = {
    "кеше": -1,
    "вчера": -1,
    "yesterday": -1,
    "бүгін": 0,
    "бугин": 0,
    "бугін": 0,
    "сегодня": 0,
    "today": 0,
    "ертең": 1,
    "ертен": 1,
    "завтра": 1,
    "tomorrow": 1,
    "алдыңгүні": -2,
    "алдыңғыкүні": -2,
    "позавчера": -2,
}
_ABOUT = ("~", "шамамен", "около", "примерно", "about")
_RANGE = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=\d\d\d\d)-(?=\d\d?\.)|/(?=\d{4})")
CENTURY_TURN = 50


def read_day(text: str, today: date) -> str:
    """Return the ISO day meant by ``21.11``, ``211125``, ``21 11 2025`` or «кеше»; empty for empty.

    A missing year is this one, a year of two digits below 50 is 20xx. Raises `UserError`
    (``date.malformed``, ``date.impossible``).
    """
    tidy = text.strip().lower().rstrip(".")
    if not tidy:
        return ""
    shift = _WORDS.get(tidy.replace(" ", ""))
    if shift is not None:
        return (today + timedelta(days=shift)).isoformat()
    parts = _parts(tidy)
    if len(parts) == 1:
        parts = [*parts, str(today.month)]
    if len(parts) == 2:
        parts = [*parts, str(today.year)]
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise UserError("date.malformed", value=text[:40])
    day, month, year = (int(part) for part in parts)
    if len(parts[0]) == 4:
        day, year = year, day
    elif len(parts[2]) == 2:
        year += 2000 if year < CENTURY_TURN else 1900
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise UserError("date.impossible", value=text[:40]) from None


def _parts(tidy: str) -> list[str]:
    if re.fullmatch(r"\d{8}", tidy):
        return [tidy[:2], tidy[2:4], tidy[4:]]
    if re.fullmatch(r"\d{6}", tidy):
        return [tidy[:2], tidy[2:4], tidy[4:]]
    if re.fullmatch(r"\d{4}", tidy):
        return [tidy[:2], tidy[2:]]
    return [part for part in re.split(r"[.,/\s-]+", tidy) if part]


def read_partial(text: str, today: date) -> str:
    """Return EDTF for a day, ``11.2025``, ``2025``, ``01.11.2025 – 05.11.2025``, ``~ 2025``; empty for empty.

    Raises `UserError` as `PartialDate.parse`.
    """
    tidy = text.strip().lower()
    about = False
    for mark in _ABOUT:
        if tidy.startswith(mark) or tidy.endswith(mark):
            tidy, about = tidy.removeprefix(mark).removesuffix(mark).strip(), True
    if not tidy:
        return ""
    pieces = [piece for piece in _RANGE.split(tidy) if piece]
    found = "/".join(_partial_piece(piece, today) for piece in pieces)
    return PartialDate.parse(found + ("~" if about else "")).text


def _partial_piece(piece: str, today: date) -> str:
    if re.fullmatch(r"(1[89]|20|21)\d\d", piece):
        return piece
    month = re.fullmatch(r"(\d{1,2})[.,/\s]+(\d{4})", piece)
    if month is not None:
        return f"{month[2]}-{int(month[1]):02d}"
    if re.fullmatch(r"\d{4}-\d{2}", piece):
        return piece
    return read_day(piece, today)


def show_partial(value: str) -> str:
    """Return EDTF the way it is typed: ``21.11.2025``, ``11.2025``, ``2025``, with – and ~."""
    about = value.endswith("~")
    pieces = [".".join(reversed(piece.split("-"))) for piece in value.rstrip("~").split("/")]
    return ("~ " if about else "") + " – ".join(pieces)


def show_day(value: str) -> str:
    """Return an ISO day as ``21.11.2025``; anything else as it is."""
    try:
        return numeric_date(date.fromisoformat(value))
    except ValueError:
        return value


def read_time(text: str) -> str:
    """Return ``HH:MM`` for ``9``, ``930``, ``9.30``, ``9 30``; empty for empty. Raises ``time.malformed``."""
    tidy = text.strip()
    if not tidy:
        return ""
    match = re.fullmatch(r"(\d{1,2})(?:[:.,\s-]?(\d{2}))?", tidy)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise UserError("time.malformed", value=tidy[:40])
    return f"{int(match[1]):02d}:{match[2] or '00'}"
