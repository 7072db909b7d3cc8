"""What a language does with dates, numbers and lists: one readable file beside its catalogs.

The tables of Unicode's CLDR are not used: their short Kazakh dates have two-digit years and their
long ones are not those of official acts («2026 жылғы 21 қараша»).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from ethnomed_desktop import paths


@dataclass(frozen=True)
class Conventions:
    """The conventions of one language, as `translations/<language>/conventions.toml` states them.

    ``tag``, ``button`` and ``name`` are those of `languages.signs`.
    """

    tag: str
    button: str
    name: str
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    months_before_noun: tuple[str, ...]
    weekdays: tuple[str, ...]
    long_date: str
    date_before_noun: str
    month_of_year: str
    year: str
    about: str
    and_: str
    or_: str
    yes: str
    no: str
    decimal: str
    units: tuple[str, ...]


@cache
def conventions(language: str) -> Conventions:
    """Return the conventions, read once; raises `KeyError` when the file lacks one."""
    table = tomllib.loads(paths.conventions_file(language).read_text(encoding="utf-8"))
    values: dict[str, Any] = {}
    for field in fields(Conventions):
        value = table[field.name.rstrip("_")]
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return Conventions(**values)
