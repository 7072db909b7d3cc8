"""F1 in a dialog: the dialog closes and the manual's page on it is shown; Back leads to where one was."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from ethnomed_desktop.ui.session import Session


def help_by_f1(dialog: QDialog, session: Session, page: str) -> None:
    """Give a dialog the key of help; ``page`` is one of `help_pages.PAGES`. Beside a dialog none could be read."""

    def show() -> None:
        dialog.reject()
        session.hub.act_requested.emit(f"help:{page}")

    QShortcut(QKeySequence("F1"), dialog).activated.connect(show)
