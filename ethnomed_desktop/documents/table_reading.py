"""Spreadsheets as they come from offices: XLSX, and CSV as Excel writes it in Russian and Kazakh.

Bounded: by the bytes of the file, by what its parts unpack to, by rows and columns; a damaged file is
refused in words. Formulas count by the value that was saved with them.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from ethnomed_desktop.domain.errors import UserError

Cell = str | int | float | bool | date | datetime | time | None

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_DIVIDERS = ";\t,"


@dataclass(frozen=True)
class Row:
    """A row that holds something; ``line`` is its number in the file, from 1, as a spreadsheet shows it."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The headings of the first row that holds anything, and the rows beneath, all as long as the headings."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(data: bytes, sheet: str | None = None) -> Table:
    """Return the table of a file; of the first sheet, or of the one named.

    Raises `UserError`: ``table.too_large``, ``table.not_a_table``, ``table.no_such_sheet`` (fact ``known``),
    ``table.old_or_locked`` (XLS, or with a password), ``table.empty``, ``table.heading_twice`` (fact ``name``).
    """
    if len(data) > MOST_BYTES:
        raise UserError("table.too_large")
    if data.startswith(_OLE):
        raise UserError("table.old_or_locked")
    return _table(_sheet_rows(data, sheet) if data.startswith(_ZIP) else _text_rows(data))


def _sheet_rows(data: bytes, sheet: str | None) -> Iterator[Sequence[object]]:
    """Yield the rows of a sheet one by one: a cell far away does not make a table as large as its distance."""
    from openpyxl import load_workbook

    _require_bounded(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        names = [one.title for one in book.worksheets]
        if sheet is not None and sheet not in names:
            raise UserError("table.no_such_sheet", name=sheet[:60], known=", ".join(names)[:200])
        found = book.worksheets[names.index(sheet) if sheet is not None else 0]
        found.reset_dimensions()  # what the file says of its own size is often wrong
        yield from found.iter_rows(max_row=MOST_ROWS + 1, values_only=True)
    except (UserError, MemoryError):
        raise
    except Exception:  # the library raises whatever the broken part made it stumble over
        raise UserError("table.not_a_table") from None


def _require_bounded(data: bytes) -> None:
    """Refuse a package whose parts would unpack to more than `MOST_UNPACKED` bytes, before unpacking any."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(one.file_size for one in package.infolist())
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError):
        raise UserError("table.not_a_table") from None
    if unpacked > MOST_UNPACKED:
        raise UserError("table.too_large")


def _text_rows(data: bytes) -> Iterator[Sequence[object]]:
    text = _decoded(data)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise UserError("table.empty")
    divider = max(_DIVIDERS, key=lines[0].count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    except csv.Error:
        raise UserError("table.not_a_table") from None


def _decoded(data: bytes) -> str:
    """Return the text: by its mark, else UTF-8, else the code page of Russian Windows, which Excel still writes."""
    codec = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if b"\x00" in data and not codec:
        raise UserError("table.not_a_table")
    for name in [codec] if codec else ["utf-8", "cp1251"]:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise UserError("table.not_a_table")


def _table(rows: Iterable[Sequence[object]]) -> Table:
    headings: tuple[str, ...] = ()
    kept: list[Row] = []
    for line, cells in enumerate(rows, start=1):
        if line > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise UserError("table.too_large")
        tidy = [_tidy(cell) for cell in cells]
        if all(cell is None for cell in tidy):
            continue
        if not headings:
            headings = _headings(tidy)
            continue
        row = (tidy + [None] * len(headings))[: len(headings)]
        if any(cell is not None for cell in row):
            kept.append(Row(line, tuple(row)))
    if not kept:
        raise UserError("table.empty")
    return Table(headings, tuple(kept))


def _headings(cells: Sequence[Cell]) -> tuple[str, ...]:
    names = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name and names.count(name) > 1:
            raise UserError("table.heading_twice", name=name[:60])
    return tuple(names)


def _tidy(cell: object) -> Cell:
    """Return an empty cell as None, and a whole number as such: spreadsheets know real numbers only."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1 << 53:
        return int(cell)
    return cell if isinstance(cell, str | int | float | bool | date | datetime | time) else None
