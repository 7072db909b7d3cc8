"""All pages of one kind in one place: list, card, form, history, and the forms of its parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app.drafts import Draft
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.ui.kit.rows import TableRow
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.records.history_page import HistoryPage
from ethnomed_desktop.ui.records.reading import Opened, opened
from ethnomed_desktop.ui.records.record_card import RecordCard
from ethnomed_desktop.ui.records.record_form import RecordForm
from ethnomed_desktop.ui.records.record_list import RecordList
from ethnomed_desktop.ui.records.view import KindView, view_of
from ethnomed_desktop.ui.session import Session


class KindPages(QWidget):
    """Answers the menu's actions for its kind. All but the list is made when first needed: rows come first.

    ``shown(name)`` after each change of page: ``list``, ``card``, ``form``, ``history``, ``part``.
    """

    shown = Signal(str)

    def __init__(self, view: KindView, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{view.kind_name}_pages")
        self.view = view
        self._session = session
        self._names: dict[QWidget, str] = {}
        self._back: list[Callable[[], None]] = []
        self._forms: dict[str, RecordForm] = {}
        self._waiting = ""
        self.stack = QStackedWidget(self)
        self.list = RecordList(view, session, self)
        self._add(self.list, "list")
        self.list.opened.connect(self._on_row)
        self.list.started.connect(self.start_new)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(self.stack)

    @cached_property
    def card(self) -> RecordCard:
        """The card of one record."""
        card = RecordCard(self.view, self._session, self)
        card.left.connect(self.show_list)
        card.edit_requested.connect(self._edit)
        card.history_requested.connect(self._history)
        card.part_requested.connect(self._on_part)
        self._add(card, "card")
        return card

    @cached_property
    def history(self) -> HistoryPage:
        """The history of the record of the card."""
        history = HistoryPage(self._session, self)
        history.left.connect(self._to_card)
        self._add(history, "history")
        return history

    @property
    def form(self) -> RecordForm:
        """The form of the kind itself."""
        return self._form_of(self.view.kind_name)

    # -- what the window asks -------------------------------------------------

    def open_record(self, uid: str) -> None:
        """Show the card; of a part the card of the record it belongs to."""
        self._waiting = uid
        words = self._session.catalog
        self._session.query(lambda ctx: opened(ctx, uid, words), self._on_asked, self._on_failed, owner=self)

    def open_draft(self, draft: Draft) -> None:
        """Show the form as it was typed."""
        form = self._form_of(draft.kind)
        form.resume(draft)
        form.form.read_only(self._session.why_not(draft.kind))
        self._show(form)

    def start_new(self) -> None:
        """Show an empty form – or the one being filled in, which loses nothing by Ctrl+N."""
        if self._refused():
            return
        if self.stack.currentWidget() is self.form and self.form.is_new() and self.form.form.draft_values():
            self.form.keep()
        self.form.start_new()
        self._show(self.form)

    def keep_drafts(self) -> None:
        """Hand on what is typed."""
        for form in self._forms.values():
            form.keep()

    def open_current(self) -> None:
        """Open the current row of the list."""
        row = self.list.current()
        if self.page_name() == "list" and row is not None:
            self._on_row(row)

    def edit_current(self) -> None:
        """Edit the current row or the record shown."""
        uid = self._current_uid()
        if uid and not self._refused():
            self._edit(uid)

    def save_current(self) -> None:
        """Save the form that is shown."""
        page = self.stack.currentWidget()
        if isinstance(page, RecordForm):
            page.form.submit()

    def save_and_add_another(self) -> None:
        """Save the form that is shown and begin the next record."""
        page = self.stack.currentWidget()
        if isinstance(page, RecordForm):
            page.save_and_add_another()

    def show_history(self) -> None:
        """Show the history of the current row or the record shown."""
        uid = self._current_uid()
        if uid:
            self._history(uid)

    def extract_current(self) -> None:
        """Write the current row or the record shown into a readable file, one way."""
        from ethnomed_desktop.ui.records.extracting import extract_record

        uid = self._current_uid()
        if uid:
            messages = self.list.messages if self.page_name() == "list" else self.card.messages
            extract_record(self, self._session, messages, uid)

    def withdraw_current(self) -> None:
        """Move the current row or the record shown to the trash, after asking why."""
        uid = self._current_uid()
        if not uid or self._refused():
            return
        if self.page_name() == "list":
            self._to_card(uid, then=self.card.withdraw)
        else:
            self.card.withdraw()

    def reload(self) -> None:
        """Read the list or the card anew."""
        if self.page_name() == "card":
            self.card.show_record(self.card.uid)
        else:
            self.list.model.reload()

    def go_back(self) -> None:
        """Go where one came from: form or history to the card, card to the list."""
        match self.page_name():
            case "history":
                self._to_card()
            case "form" | "part":
                page = self.stack.currentWidget()
                assert isinstance(page, RecordForm)
                page.form.leave()
            case "card":
                self.show_list()

    def _refused(self) -> bool:
        """Say so beforehand to who may not write here; nothing is typed in vain."""
        why_not = self._session.why_not(self.view.kind_name)
        if why_not:
            shown = self.card.messages if self.page_name() == "card" else self.list.messages
            shown.inform(why_not)
        return bool(why_not)

    # -- pages ----------------------------------------------------------------

    def page_name(self) -> str:
        """Return which page is shown."""
        page = self.stack.currentWidget()
        return self._names.get(page, "list") if page is not None else "list"

    def show_list(self) -> None:
        """Show the list as it was left."""
        self._show(self.list)
        self.list.table.setFocus()

    def _add(self, page: QWidget, name: str) -> None:
        self._names[page] = name
        self.stack.addWidget(page)

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self.shown.emit(self.page_name())

    def _current_uid(self) -> str:
        if self.page_name() == "list":
            row = self.list.current()
            return row.uid if row is not None else ""
        return self.card.uid if self.page_name() in {"card", "history"} else ""

    def _on_row(self, row: TableRow) -> None:
        self._to_card(row.uid)

    def _to_card(self, uid: str = "", then: Callable[[], None] | None = None) -> None:
        self.card.show_record(uid or self.card.uid)
        self._session.note_opened(uid)
        self._show(self.card)
        self.card.buttons["edit"].setFocus()
        if then is not None:
            self._session.query(
                lambda ctx: None, lambda _answer: then(), owner=self.card
            )  # after the card was read

    def _edit(self, uid: str) -> None:
        self.form.edit(uid)
        self._show(self.form)

    def _history(self, uid: str) -> None:
        self.card.show_record(uid)
        self.history.show_history(uid)
        self._show(self.history)

    def _on_part(self, kind: str, uid: str) -> None:
        form = self._form_of(kind)
        parent_field = kind_named(kind).link_to(self.view.kind_name)
        if uid:
            form.edit(uid)
        else:
            form.start_new({parent_field: self.card.uid})
        self._show(form)

    def _on_asked(self, one: Opened) -> None:
        if one.uid != self._waiting:
            return
        kind = kind_named(one.kind)
        if one.kind != self.view.kind_name and kind.parent and one.values.get(kind.parent):
            self._to_card(str(one.values[kind.parent]))
        else:
            self._to_card(one.uid)

    def _on_failed(self, error: Exception) -> None:
        self.show_list()
        self.list.model.failed.emit(error)

    def _form_of(self, kind: str) -> RecordForm:
        if kind not in self._forms:
            own = kind == self.view.kind_name
            view = self.view if own else view_of(kind, self.view.kind_name)
            link = "" if own else kind_named(kind).link_to(self.view.kind_name)
            form = RecordForm(view, self._session, self, parent_field=link)
            form.saved.connect(self._on_saved if own else self._on_part_done)
            form.left.connect(self._on_left if own else self._on_part_done)
            form.thrown_away.connect(self._on_left if own else self._on_part_done)
            self._forms[kind] = form
            self._add(form, "form" if own else "part")
        return self._forms[kind]

    def _on_saved(self, uid: str) -> None:
        self._to_card(uid)

    def _on_part_done(self, _uid: str = "") -> None:
        if self.card.uid:
            self._to_card()
        else:
            self.show_list()

    def _on_left(self) -> None:
        if self.form.is_new() or not self.card.uid:
            self.show_list()
        else:
            self._to_card()
