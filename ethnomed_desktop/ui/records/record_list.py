"""The plain list of a kind: columns, filters and order from the registry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ethnomed_desktop.app.lists import list_fields
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.fieldtypes import Code, LongText, Ref, Refs, Text, When
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.filter_bar import CodeFilter, FilterBar
from ethnomed_desktop.ui.kit.list_page import ListPage
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, TableRow
from ethnomed_desktop.ui.records.view import KindView
from ethnomed_desktop.ui.session import Session


def columns_of(fields: Sequence[Field]) -> list[Column]:
    """Return the columns of the plain list; widths are shares in characters."""
    return [
        Column(
            field.name,
            field.label,
            _width(field),
            sortable=field.sortable,
            right=field.type.column in {"integer", "real"},
        )
        for field in fields
    ]


def _width(field: Field) -> int:
    match field.type:
        case LongText() | Refs():
            return 36
        case Text(limit=limit):
            return 26 if limit > 100 else 14
        case Ref() | Code():
            return 22
        case When():
            return 12
    return 12


class RecordList(ListPage):
    """A list that reloads itself when something it shows was changed."""

    def __init__(self, view: KindView, session: Session, parent: QWidget | None = None) -> None:
        self._view = view
        self._session = session
        self._shows = {view.kind_name} | {
            field.type.kind for field in list_fields(view.kind_name) if isinstance(field.type, (Ref, Refs))
        }
        fields = [view.kind.field(name) for name in view.columns] or list_fields(view.kind_name)
        model = PagedTable(columns_of(fields), session.rows(view.kind_name, view.columns), session.tasks)
        filters = FilterBar([_filter(field) for field in view.code_filters()])
        empty = EmptyState(view.icon, view.empty, view.hint, view.action)
        super().__init__(view.kind.plural, view.action, model, filters, empty, parent)
        self.setObjectName(f"{view.kind_name}_list")
        self.action.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        model.setParent(self)
        session.hub.published.connect(self._on_published)
        if session.is_open:
            self.start()
        else:
            self.changed()  # asked for when it is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._session.is_open:
            self.allow(not self._session.why_not(self._view.kind_name))

    def current(self) -> TableRow | None:
        """Return the current row."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        if changes.touches(*self._shows):
            self.changed()


def _filter(field: Field) -> CodeFilter:
    assert isinstance(field.type, Code)
    return CodeFilter(field.name, field.label, field.type.list_name)
