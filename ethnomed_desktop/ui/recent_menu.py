"""File > Recent: what the person opened or changed last, asked for when the menu is opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu, QWidget

from ethnomed_desktop.app.home import Line, recent_lines
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.actions import Actions
from ethnomed_desktop.ui.session import Session


class RecentMenu(QMenu):
    """Stands in the menu File as long as the vault is open; `leave` takes it and its titles away."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("menu_recent")
        self._session = session
        self._file = file = actions.menus["file"]
        entries = file.actions()
        below = entries.index(actions.by_key["drafts"]) + 1
        file.insertMenu(entries[below], self)
        file.aboutToShow.connect(self.ask)
        self._show_words()

    def ask(self) -> None:
        """Ask for the newest ones."""
        words = self._session.catalog
        self._session.query(lambda ctx: recent_lines(ctx, words), self._show, owner=self)

    def leave(self) -> None:
        """The vault is being locked: no title may stay in a menu."""
        self.clear()
        self._file.removeAction(self.menuAction())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_words()
        super().changeEvent(event)

    def _show_words(self) -> None:
        self.setTitle(_("Recent"))
        if self.isEmpty():
            self.addAction(_("What you record and change will stand here.")).setEnabled(False)

    def _show(self, lines: Sequence[Line]) -> None:
        self.clear()
        for line in lines:
            words = f"{line.about} · {line.title}".replace("&", "&&")
            self.addAction(words, partial(self._session.hub.open, line.kind, line.uid))
        self._show_words()
