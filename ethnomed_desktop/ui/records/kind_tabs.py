"""Several kinds of record in one section, one tab each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ethnomed_desktop.app.drafts import Draft
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.records.kind_pages import KindPages
from ethnomed_desktop.ui.records.reading import Opened, opened
from ethnomed_desktop.ui.records.view import KindView
from ethnomed_desktop.ui.session import Session


class KindTabs(QWidget):
    """A section. Each tab is made when it is first shown; the menu's actions go to the one shown.

    A section says in `heading` what its tabs are, and in `open_whole` on whose card parts are shown.
    """

    short: Mapping[str, str] = {}
    """Names of tabs where the kind's own is too long for large text (catalog ids)."""

    def __init__(
        self, name: str, views: Sequence[KindView], session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_page")
        self.setProperty("role", "page")
        self._session = session
        self._views = tuple(views)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName(f"{name}_tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget(self)
        self._pages: dict[str, KindPages] = {}
        for view in self._views:
            self.tabs.addTab(view.kind_name)
            self.stack.addWidget(QWidget(self.stack))
        column = QVBoxLayout(self)
        spaced(column, 0, (0, 1, 0, 0))
        tabs = QVBoxLayout()
        spaced(tabs, 0, (4, 0, 4, 0))
        tabs.addWidget(self.tabs)
        column.addLayout(tabs)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._on_tab)
        self.retranslate()
        self._on_tab(0)

    def pages(self, kind: str) -> KindPages:
        """Return the pages of one tab, made when first needed."""
        if kind not in self._pages:
            place = [view.kind_name for view in self._views].index(kind)
            made = KindPages(self._views[place], self._session, self)
            made.list.title.hide()  # the tab says it already
            empty = self.stack.widget(place)
            self.stack.insertWidget(place, made)
            if empty is not None:
                self.stack.removeWidget(empty)
                empty.deleteLater()
            self._pages[kind] = made
        return self._pages[kind]

    def current(self) -> KindPages:
        """Return the tab that is shown."""
        return self.pages(self._views[self.tabs.currentIndex()].kind_name)

    def open_record(self, uid: str) -> None:
        """Find out what it is, and show it in its tab."""
        words = self._session.catalog
        self._session.query(lambda ctx: opened(ctx, uid, words), self._on_asked, self._on_failed, owner=self)

    def open_draft(self, draft: Draft) -> None:
        """Show the form as it was typed."""
        if self.choose(self.side_of(draft)):
            self.current().open_draft(draft)

    def side_of(self, draft: Draft) -> str:
        """Return the kind whose tab shows the draft: its own, or that of what it is a part of."""
        kinds = [view.kind_name for view in self._views]
        if draft.kind in kinds:
            return draft.kind
        return next((view.kind_name for view in self._views if draft.kind in view.parts), draft.kind)

    def heading(self) -> str:
        """Return what a screen reader says of the tabs."""
        raise AssertionError(f"{type(self).__name__} lacks heading()")

    def keep_drafts(self) -> None:
        """Hand on what is typed in any tab."""
        for page in self._pages.values():
            page.keep_drafts()

    # The menu's actions go to the tab that is shown.

    def start_new(self) -> None:
        self.current().start_new()

    def open_current(self) -> None:
        self.current().open_current()

    def edit_current(self) -> None:
        self.current().edit_current()

    def save_current(self) -> None:
        self.current().save_current()

    def save_and_add_another(self) -> None:
        self.current().save_and_add_another()

    def show_history(self) -> None:
        self.current().show_history()

    def extract_current(self) -> None:
        self.current().extract_current()

    def withdraw_current(self) -> None:
        self.current().withdraw_current()

    def reload(self) -> None:
        self.current().reload()

    def go_back(self) -> None:
        self.current().go_back()

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(self.heading())
        for place, view in enumerate(self._views):
            whole = _(view.kind.plural)
            words = _(self.short[view.kind_name]) if view.kind_name in self.short else whole
            self.tabs.setTabText(place, words.replace("&", "&&"))
            self.tabs.setTabToolTip(place, whole)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_asked(self, one: Opened) -> None:
        if self.choose(one.kind):
            self.current().open_record(one.uid)
        else:
            self.open_whole(one)

    def open_whole(self, one: Opened) -> None:
        """Show the record that a part belongs to."""
        parent = kind_named(one.kind).parent
        if parent and one.values.get(parent):
            self.open_record(str(one.values[parent]))

    def _on_failed(self, error: Exception) -> None:
        show_error(self.current().list.messages, error)

    def choose(self, kind: str) -> bool:
        """Show the tab of the kind; says whether there is one."""
        kinds = [view.kind_name for view in self._views]
        if kind not in kinds:
            return False
        self.tabs.setCurrentIndex(kinds.index(kind))
        self._on_tab(kinds.index(kind))
        return True

    def _on_tab(self, place: int) -> None:
        self.pages(self._views[place].kind_name)
        self.stack.setCurrentIndex(place)
