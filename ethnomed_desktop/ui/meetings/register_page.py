"""The register of proposals and dissenting opinions over all meetings; a row opens its minutes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_registers import RegisterQuestion, register_item, register_numbers, register_rows
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.filter_bar import CodeFilter, FilterBar, YearFilter
from ethnomed_desktop.ui.kit.list_page import ListPage
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question, TableRow
from ethnomed_desktop.ui.session import Session

COLUMNS = (
    Column("starts", N_("Date"), 12, least=16),
    Column("who", N_("Whose"), 16),
    Column("text", N_("Text"), 30),
    Column("kind", N_("Kind"), 14),
    Column("item", N_("Agenda item"), 20),
    Column("number", N_("Number"), 7),
    Column("outcome", N_("What became of it"), 13),
)


class RegisterRows:
    """Rows of the register, worded in the interface language; on the read lane."""

    def __init__(self, ctx: AppContext, words: Callable[[], Catalog]) -> None:
        self._ctx = ctx
        self._words = words

    def count(self, question: Question) -> int:
        """Return how many entries there are."""
        return len(self.ids(question))

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        """Return the first rows."""
        return self.rows_by_ids(self.ids(question)[:limit])

    def ids(self, question: Question) -> array[int]:
        """Return the row numbers of the entries."""
        asked = dict(question.filters)
        kind, outcome, text = (asked.get(name, "") for name in ("kind", "outcome", "text"))
        year = asked.get("year", "")
        return register_numbers(
            self._ctx, RegisterQuestion(kind, outcome, int(year) if year.isdecimal() else None, text)
        )

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        """Return the rows with these numbers; a row opens the minutes it stands in."""
        catalog = self._words()
        return [
            TableRow(
                one.rid,
                one.uid,
                (
                    formatting.moment(one.starts, catalog.language),
                    one.who,
                    " ".join(one.text.split()),
                    code_label("speech_kind", one.kind, catalog),
                    register_item(one, catalog),
                    one.number,
                    code_label("proposal_outcome", one.outcome, catalog) if one.outcome else "",
                ),
            )
            for one in register_rows(self._ctx, list(ids), catalog)
        ]


class RegisterPage(ListPage):
    """``started()`` goes back to the meetings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            "meetings",
            N_("Nothing is registered yet"),
            N_("What is written within the item of a meeting as a proposal or a dissenting opinion stands here."),
            N_("Back"),
        )
        filters = FilterBar(
            [
                CodeFilter("kind", N_("Kind"), "registered_kind"),
                CodeFilter("outcome", N_("What became of it"), "proposal_outcome"),
                YearFilter("year", N_("Year")),
            ]
        )
        model = PagedTable(list(COLUMNS), RegisterRows(session.ctx, lambda: session.catalog), session.tasks)
        super().__init__(N_("Proposals and dissenting opinions"), N_("Back"), model, filters, empty, parent)
        self.setObjectName("register_page")
        model.setParent(self)
        self.action.hide()  # nothing is begun here: the way back stands at the left, as on every page
        self.back.clicked.connect(self.started)
        self.head.insertWidget(0, self.back)

    @cached_property
    def back(self) -> BackButton:
        """The way back to the meetings."""
        return BackButton(self)

    def retranslate(self) -> None:
        super().retranslate()
        self.back.lead(_("Back to the list"))
