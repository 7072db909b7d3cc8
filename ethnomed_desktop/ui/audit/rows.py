"""Where the list of the audit trail gets its rows. Everything here runs on the read lane."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from ethnomed_desktop.app import audit
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.ui.kit.rows import Question, TableRow


class AuditRows:
    """All entries, the newest first; a row's id is the entry's number in the chain."""

    def __init__(self, ctx: AppContext, words: Callable[[], Catalog]) -> None:
        self._ctx = ctx
        self._words = words

    def count(self, question: Question) -> int:
        """Return how many entries there are."""
        return audit.count(self._ctx)

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        """Return the newest entries."""
        return [_row(one) for one in audit.page(self._ctx, self._words(), limit=limit)]

    def ids(self, question: Question) -> array[int]:
        """Return all numbers in order."""
        return audit.numbers(self._ctx)

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        """Return the entries with these numbers."""
        return [_row(one) for one in audit.by_numbers(self._ctx, ids, self._words())]


def _row(one: audit.Noted) -> TableRow:
    marks = (("what", "warning"),) if one.alarming else ()
    return TableRow(one.number, "", (f"{local_time(one.at_ms):%d.%m.%Y %H:%M}", one.what, one.who), marks)
