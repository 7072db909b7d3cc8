"""A list as a spreadsheet: dates are dates, numbers are numbers, words are never formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

Cell = str | int | float | date | datetime | None

MOST_ROWS = 1_048_575
"""What a sheet holds besides its head."""

MOST_LETTERS = 32_767
"""What a cell holds; the rest of a longer text is left out, and `Sheet.cut` says of how many."""

_WIDEST, _NARROWEST = 60, 8


@dataclass(frozen=True)
class Sheet:
    """A finished file: how many rows it has, and in how many cells a text was too long for a sheet."""

    data: bytes
    rows: int
    cut: int


@dataclass(frozen=True)
class Table:
    """What goes on one sheet; ``name`` is what its tab says."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def list_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
    """Return a file of one sheet; raises as `lists_xlsx`."""
    return lists_xlsx(title, [Table("", head, rows)])


def lists_xlsx(title: str, tables: Iterable[Table]) -> Sheet:
    """Return a file of sheets with a head that stays in sight and can be filtered; `Sheet.rows` counts all.

    Words go in as words whatever they begin with: a cell "=1+1" stays these four letters. The file
    is made in memory: parts of it in temporary files would lie readable on the disk. Raises `ValueError`
    beyond `MOST_ROWS` on a sheet.
    """
    buffer = BytesIO()
    settings = {"in_memory": True, "default_date_format": "dd.mm.yyyy", "strings_to_formulas": False}
    book = xlsxwriter.Workbook(buffer, {**settings, "strings_to_urls": False})
    book.set_properties({"title": title, "author": "Ethnomed Desktop", "created": datetime(2000, 1, 1)})
    looks = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
    )
    rows = cut = 0
    names: set[str] = set()
    for table in tables:
        more, longer = _fill(book.add_worksheet(_tab(table.name, names) or None), table, *looks)
        rows, cut = rows + more, cut + longer
    book.close()
    return Sheet(buffer.getvalue(), rows, cut)


def _tab(name: str, taken: set[str]) -> str:
    """Return what a tab may say: at most 31 letters, none of those that name cells, no two alike."""
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)[:31].strip()
    number = 2
    found = plain
    while found and found.lower() in taken:
        found = f"{plain[:27]} {number}"
        number += 1
    taken.add(found.lower())
    return found


def _fill(sheet: Any, table: Table, bold: Any, moment: Any) -> tuple[int, int]:
    """Write one table; returns how many rows it has, and how many texts were cut."""
    for column, words in enumerate(table.head):
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, len(words) + 2)))
        sheet.write_string(0, column, words, bold)
    sheet.freeze_panes(1, 0)
    count = cut = 0
    for row in table.rows:
        count += 1
        if count > MOST_ROWS:
            raise ValueError("more rows than a sheet holds")
        for column, value in enumerate(row):
            if isinstance(value, str):
                cut += len(value) > MOST_LETTERS
                sheet.write_string(count, column, _printable(value[:MOST_LETTERS]))
            elif isinstance(value, datetime):
                sheet.write_datetime(count, column, value.replace(tzinfo=None), moment)
            elif isinstance(value, date):
                sheet.write_datetime(count, column, value)
            elif value is not None:
                sheet.write_number(count, column, value)
    sheet.autofilter(0, 0, count, max(len(table.head) - 1, 0))
    return count, cut


def _printable(text: str) -> str:
    """Return a text without characters that no XML may hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")
