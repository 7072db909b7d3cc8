"""Where lists and choosers get their rows: the app's queries, worded in the interface language.

Everything here runs on the read lane.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from ethnomed_desktop.app import history, lists
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.search import search
from ethnomed_desktop.app.titles import titles
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS, kind_named
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.rows import Question, TableRow

Words = Callable[[], Catalog]
Ctx = Callable[[], AppContext]
"""The open vault, asked for on the lane: a list may be made before there is one."""

MOST_CHOICES = 30
TEXT_FILTER = "text"
TRASH_KINDS = tuple(kind.name for kind in KINDS.values() if kind.name not in {"number_series", "user"})
_KIND_SHIFT = 40
_RID_BITS = (1 << _KIND_SHIFT) - 1


class KindRows:
    """The plain list of one kind; ``extra="withdrawn"`` in the question lists the trash."""

    def __init__(self, ctx: Ctx, kind: str, words: Words, columns: Sequence[str] = ()) -> None:
        self._ctx = ctx
        self._kind = kind
        self._words = words
        names = [field.name for field in lists.list_fields(kind)]
        self._places = [names.index(name) for name in columns or names]

    def count(self, question: Question) -> int:
        """Return how many rows there are."""
        return lists.count(self._ctx(), self._asked(question))

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        """Return the first rows."""
        page = lists.first_page(self._ctx(), self._asked(question), self._words(), limit)
        return [self._row(one) for one in page.rows]

    def ids(self, question: Question) -> array[int]:
        """Return all row numbers in order."""
        return lists.row_numbers(self._ctx(), self._asked(question))

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        """Return the rows with these numbers."""
        return [self._row(one) for one in lists.rows_by_numbers(self._ctx(), self._kind, ids, self._words())]

    def _row(self, summary: lists.Summary) -> TableRow:
        return TableRow(summary.rid, uid_text(summary.uid), tuple(summary.cells[place] for place in self._places))

    def _asked(self, question: Question) -> lists.ListQuestion:
        where = tuple((name, value) for name, value in question.filters if name != TEXT_FILTER and value)
        text = next((value for name, value in question.filters if name == TEXT_FILTER), "")
        sort = f"-{question.sort}" if question.sort and question.descending else question.sort
        return lists.ListQuestion(self._kind, where, sort, text, question.extra == "withdrawn")


class TrashRows:
    """What was withdrawn, of all kinds that people see, in one list; the newest entered of each kind first.

    A row's id carries the kind's place in `TRASH_KINDS` above its local id.
    """

    def __init__(self, ctx: AppContext, words: Words) -> None:
        self._ctx = ctx
        self._words = words

    def count(self, question: Question) -> int:
        """Return how many records are in the trash."""
        return len(self.ids(question))

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        """Return the first rows."""
        return self.rows_by_ids(self.ids(question)[:limit])

    def ids(self, question: Question) -> array[int]:
        """Return all row ids in order."""
        found = array("q")
        text = next((value for name, value in question.filters if name == TEXT_FILTER), "")
        for place, kind in enumerate(TRASH_KINDS):
            asked = lists.ListQuestion(kind, (), "", text, True)
            found.extend(place << _KIND_SHIFT | rid for rid in lists.row_numbers(self._ctx, asked))
        return found

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        """Return the rows with these ids, with the reason each was withdrawn for."""
        catalog = self._words()
        rows: dict[int, TableRow] = {}
        for place, kind in enumerate(TRASH_KINDS):
            rids = [one & _RID_BITS for one in ids if one >> _KIND_SHIFT == place]
            for one in lists.rows_by_numbers(self._ctx, kind, rids, catalog) if rids else ():
                label = kind_label(kind_named(kind), catalog)
                cells = (label, one.title, *self._withdrawal(one.uid))
                key = place << _KIND_SHIFT | one.rid
                rows[key] = TableRow(key, uid_text(one.uid), cells)
        return [rows[one] for one in ids if one in rows]

    def _withdrawal(self, uid: bytes) -> tuple[str, str]:
        for step in reversed(history.history(self._ctx, uid)):
            for one in step.fields:
                if one.field == "_withdrawn" and one.after:
                    return str(one.after), f"{local_time(step.at_ms):%d.%m.%Y %H:%M}"
        return "", ""


class RecordReferences:
    """Choices for reference fields, found by words in any of the three languages."""

    def __init__(self, ctx: Ctx, words: Words) -> None:
        self._ctx = ctx
        self._words = words

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        """Return what the text finds; with no text the first of the list."""
        catalog = self._words()
        if text.strip():
            hits = search(self._ctx(), text, catalog, kind_name=kind, limit=MOST_CHOICES)
            found = [uid_text(hit.uid) for hit in hits]
            return self._with_parents(kind, found)
        page = lists.first_page(self._ctx(), lists.ListQuestion(kind), catalog, MOST_CHOICES)
        return self._with_parents(kind, [uid_text(one.uid) for one in page.rows])

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        """Return the choices with these uids."""
        return self._with_parents(kind, list(uids))

    def _with_parents(self, kind: str, uids: Sequence[str]) -> list[Choice]:
        # Names of places repeat from region to region, so the parent always stands beside them.
        catalog = self._words()
        with self._ctx().reading() as connection:
            names = titles(connection, uids, catalog)
            parents = lists.parents_of(connection, kind, uids)
            above = titles(connection, set(parents.values()), catalog)
        return [Choice(uid, names[uid], above.get(parents.get(uid, ""), "")) for uid in uids if uid in names]
