"""After each deed a line with its way back; Ctrl+Z and Ctrl+Y through the history of the vault."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ethnomed_desktop.app import history
from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.actions import Actions
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.standing import Deed, deed

QUIET_FOR_PARTS = frozenset({Action.RECORD.value, Action.REVISE.value})
"""Lines of minutes are saved as they are written: no message for each."""


class UndoBar(MessageBar):
    """Listens to the hub; `undo` and `redo` leave text fields their own undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo_bar")
        self._session = session
        self._actions = actions
        self._changes: ChangeSet | None = None
        self._offered = ""
        session.hub.published.connect(self._on_published)

    def refresh(self) -> None:
        """Ask anew what can be taken back (at the start, after a change of language)."""
        self._changes = None
        self._ask()

    def undo(self) -> None:
        """Take back: the text being typed when a text field has the focus, else the last deed."""
        if not _in_text("undo"):
            self.take_back()

    def redo(self) -> None:
        """Bring back what the last undo took."""
        if not _in_text("redo"):
            self.bring_back()

    def take_back(self) -> None:
        """Take back the last deed, wherever the cursor stands: the bar's own button names it."""
        self._session.command(history.undo, None, self._on_failed, origin=self)

    def bring_back(self) -> None:
        """Bring back the deed that was taken back last."""
        self._session.command(history.redo, None, self._on_failed, origin=self)

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self._changes = changes
        if changes.action in {Action.ERASE.value, Action.ANONYMISE.value}:
            self.dismiss()  # what it tells may name what is gone now
        self._ask()

    def _ask(self) -> None:
        changes, words = self._changes, self._session.catalog
        self._session.query(lambda ctx: deed(ctx, changes, words), self._on_deed, owner=self)

    def _on_deed(self, done: Deed) -> None:
        undo = _("Undo – {done}").format(done=done.undo) if done.undo else ""
        redo = _("Redo – {done}").format(done=done.redo) if done.redo else ""
        self._actions.set_words("undo", undo)
        self._actions.set_words("redo", redo)
        self._actions.by_key["undo"].setProperty("possible", bool(done.undo))
        changes = self._changes
        if changes is None or not done.words or (done.of_parts and changes.action in QUIET_FOR_PARTS):
            if self._offered and not (done.redo if self._offered == "redo" else done.undo):
                self.dismiss()  # minutes were numbered since: what is offered would be refused
            return
        if done.taken_back:
            back = bool(done.redo)
            self.succeed(done.words, action=_("Redo") if back else "", on_action=self.bring_back if back else None)
            self._offered = "redo" if back else ""
        else:
            back = bool(done.undo)
            self.succeed(done.words, action=_("Undo") if back else "", on_action=self.take_back if back else None)
            self._offered = "undo" if back else ""

    def _on_failed(self, error: Exception) -> None:
        show_error(self, error)


def _in_text(verb: str) -> bool:
    """Have the text field with the focus undo or redo its own typing; say whether there is one."""
    field = QApplication.focusWidget()
    if isinstance(field, (QLineEdit, QPlainTextEdit, QTextEdit)) and not field.isReadOnly():
        getattr(field, verb)()
        return True
    return False
