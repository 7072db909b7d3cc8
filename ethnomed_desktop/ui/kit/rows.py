"""What a long list asks and gets: question, row, source. No Qt; the source runs on the read lane."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Question:
    """What a list shall show: filters by name, order; two equal questions are the same list."""

    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    descending: bool = False
    extra: object = field(default=None)


@dataclass(frozen=True)
class TableRow:
    """One row: local id (never leaves the store), uid, and the cells as they are shown.

    ``cells`` follow the columns of the list; the source words them in the interface language.
    ``marks`` may name a colour role by column name (``{"state": "error"}``), never without words.
    """

    rid: int
    uid: str
    cells: tuple[str, ...]
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Column:
    """One column: ``label`` is a catalog id, ``width`` its share in characters.

    ``least`` characters are sure to be seen while the column is shown: a day and an hour say nothing cut.
    """

    name: str
    label: str
    width: int = 14
    sortable: bool = False
    right: bool = False
    least: int = 0


class RowSource(Protocol):
    """Called on the read lane only, one call at a time; may raise any `EthnomedError`."""

    def count(self, question: Question) -> int:
        """Return how many rows there are."""
        ...

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        """Return the first rows, quickly (keyset)."""
        ...

    def ids(self, question: Question) -> array[int]:
        """Return all local ids in order, as ``array("q")`` (8 MB for a million)."""
        ...

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        """Return the rows with these ids, in any order; those gone meanwhile are left out."""
        ...
