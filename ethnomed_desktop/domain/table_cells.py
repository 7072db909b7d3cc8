"""Cells of a spreadsheet as input of a field: dates as offices write them, yes and no, numbers with blanks.

The result still goes through the field's own check; what is not recognised is passed on as text, so that
the check refuses it with its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from ethnomed_desktop.domain.fieldtypes import (
    Code,
    Day,
    FieldType,
    Flag,
    Moment,
    Phones,
    Real,
    SetType,
    TimeOfDay,
    When,
    Whole,
)
from ethnomed_desktop.domain.folding import fold

Cell = str | int | float | bool | date | datetime | time | None

_YES = {fold(word) for word in ("иә", "ия", "да", "yes", "true", "1", "+", "✓", "бар")}
_NO = {fold(word) for word in ("жоқ", "нет", "no", "false", "0", "-", "–")}
_DAY = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})(?:\s*(?:ж|г|жыл|года?)\.?)?")
_CLOCK = re.compile(r"[ ,T]+(\d{1,2})[:.](\d{2})(?::\d{2})?$")
_BLANKS = re.compile(r"[\s\u00a0\u202f]")


def field_input(type_: FieldType, cell: Cell, labels: Mapping[str, str]) -> object:
    """Return what the field's check is to be given for a cell; ``None`` for an empty one.

    ``labels`` gives the code for a folded label, in whatever language, of the field's code list.
    """
    if cell is None:
        return None
    if isinstance(type_, SetType):
        return [labels.get(fold(part), part) for part in _parts(_words(cell), type_, labels)]
    if isinstance(type_, Code):
        words = _words(cell)
        return labels.get(fold(words), words)
    if isinstance(type_, Flag):
        return _flag(cell)
    if isinstance(type_, Whole | Real):
        return _number(type_, cell)
    if isinstance(type_, Day | When | Moment | TimeOfDay):
        return _in_time(type_, cell)
    return _words(cell)


def _parts(words: str, type_: FieldType, labels: Mapping[str, str]) -> list[str]:
    """Return the elements of a set: divided by ; or lines, by commas where no element holds one."""
    parts = [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]
    if isinstance(type_, Phones):
        return parts
    return [
        one.strip()
        for part in parts
        for one in ([part] if fold(part) in labels else part.split(","))
        if one.strip()
    ]


def _words(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(cell)


def _flag(cell: Cell) -> object:
    words = fold(_words(cell))
    if words in _YES or words in _NO:
        return words in _YES
    return cell


def _number(type_: FieldType, cell: Cell) -> object:
    if isinstance(cell, str):
        plain = _BLANKS.sub("", cell)
        if isinstance(type_, Whole) and re.fullmatch(r"-?\d+[.,]0+", plain):
            return plain.replace(",", ".").partition(".")[0]
        return plain
    return cell


def _in_time(type_: FieldType, cell: Cell) -> object:
    if isinstance(type_, TimeOfDay):
        return cell.strftime("%H:%M") if isinstance(cell, time | datetime) else _words(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes") if isinstance(type_, Moment) else cell.date().isoformat()
    if isinstance(cell, date):
        return f"{cell.isoformat()}T00:00" if isinstance(type_, Moment) else cell.isoformat()
    text = _words(cell).strip()
    clock = _CLOCK.search(text)
    day = _iso_day(text[: clock.start()] if clock else text)
    if day is None:
        return text
    if not isinstance(type_, Moment):
        return day
    hours = f"{int(clock[1]):02d}:{clock[2]}" if clock else "00:00"
    return f"{day}T{hours}" if len(day) == len("2026-11-21") else text


def _iso_day(text: str) -> str | None:
    """Return 21.11.2026, 11.2026 in ISO form; None for everything else, ISO included."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year = match.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}" if day else f"{year}-{int(month):02d}"
