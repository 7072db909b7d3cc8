"""The section Personal data: an overview, and the plan of an erasure over it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app.erasure import Erased
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.personal.erasure_view import ErasureView
from ethnomed_desktop.ui.personal.overview import Overview
from ethnomed_desktop.ui.session import Session


class PersonalPage(QWidget):
    """`open_record` shows what erasing a record would do: cards of all kinds lead here."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personal_page")
        self.setProperty("role", "page")
        self.overview = Overview(session, self)
        self.erasure = ErasureView(session, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.overview)
        self.stack.addWidget(self.erasure)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(self.stack)
        self.overview.erase_requested.connect(self.plan_erasure)
        self.erasure.left.connect(self.show_overview)
        self.erasure.done.connect(self._on_done)

    def open_record(self, uid: str) -> None:
        """Show what erasing a record would do."""
        self.plan_erasure(uid, Mode.ERASE)

    def plan_erasure(self, uid: str, mode: Mode) -> None:
        """Show what erasing or anonymising would do."""
        self.erasure.show_record(uid, mode)
        self.stack.setCurrentWidget(self.erasure)

    def show_overview(self) -> None:
        """Go back to the overview."""
        self.stack.setCurrentWidget(self.overview)

    def reload(self) -> None:
        """F5 asks anew."""
        self.overview.reload()

    def _on_done(self, made: Erased) -> None:
        self.show_overview()
        self.overview.tell(made)
