"""The section Personal data: an overview, the papers of the operator, and the plan of an erasure over them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.app.drafts import Draft
from ethnomed_desktop.app.erasure import Erased
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.personal.erasure_view import ErasureView
from ethnomed_desktop.ui.personal.overview import Overview
from ethnomed_desktop.ui.personal.papers import KINDS_SHOWN, OperatorPapers
from ethnomed_desktop.ui.records.reading import Opened, opened
from ethnomed_desktop.ui.session import Session


class PersonalPage(QWidget):
    """`open_record` shows an own paper, or what erasing a record would do: cards of all kinds lead here."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personal_page")
        self.setProperty("role", "page")
        self._session = session
        self.overview = Overview(session, self)
        self.erasure = ErasureView(session, self)
        self.papers = OperatorPapers(session, self)
        self.back = BackButton(self)
        self.back.setObjectName("personal_back")
        self._around = QWidget(self)
        inner = QVBoxLayout(self._around)
        spaced(inner, 1, (4, 2, 4, 0))
        inner.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.papers, 1)
        self.stack = QStackedWidget(self)
        for widget in (self.overview, self.erasure, self._around):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(self.stack)
        self.overview.erase_requested.connect(self.plan_erasure)
        self.overview.papers_requested.connect(self.show_papers)
        self.back.clicked.connect(self.show_overview)
        self.erasure.left.connect(self.show_overview)
        self.erasure.done.connect(self._on_done)
        self.back.lead(_("Personal data"))

    def open_record(self, uid: str) -> None:
        """Show an own paper in its list; of any other record, what erasing it would do."""
        words = self._session.catalog
        self._session.query(lambda ctx: opened(ctx, uid, words), self._on_opened, self._on_unknown, owner=self)

    def plan_erasure(self, uid: str, mode: Mode) -> None:
        """Show what erasing or anonymising would do."""
        self.erasure.show_record(uid, mode)
        self.stack.setCurrentWidget(self.erasure)

    def show_overview(self) -> None:
        """Go back to the overview."""
        self.stack.setCurrentWidget(self.overview)

    def show_papers(self, kind: str) -> None:
        """Show the policy documents, or who is responsible."""
        self.papers.choose(kind)
        self.stack.setCurrentWidget(self._around)

    def start_new(self) -> None:
        """Ctrl+N begins a paper in the list that is shown."""
        if self.stack.currentWidget() is not self._around:
            self.show_papers(KINDS_SHOWN[0])
        self.papers.start_new()

    def open_draft(self, draft: Draft) -> None:
        """Show the form as it was typed."""
        self.show_papers(draft.kind)
        self.papers.open_draft(draft)

    def keep_drafts(self) -> None:
        """Hand on what is typed."""
        self.papers.keep_drafts()

    def edit_current(self) -> None:
        if self.stack.currentWidget() is self._around:
            self.papers.edit_current()

    def save_current(self) -> None:
        if self.stack.currentWidget() is self._around:
            self.papers.save_current()

    def withdraw_current(self) -> None:
        if self.stack.currentWidget() is self._around:
            self.papers.withdraw_current()

    def open_current(self) -> None:
        if self.stack.currentWidget() is self._around:
            self.papers.open_current()

    def reload(self) -> None:
        """F5 asks anew."""
        self.overview.reload()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "papers"):
            self.back.lead(_("Personal data"))
        super().changeEvent(event)

    def _on_opened(self, one: Opened) -> None:
        if one.kind in KINDS_SHOWN:
            self.show_papers(one.kind)
            self.papers.open_record(one.uid)
        elif one.kind == "erasure":
            self.show_overview()
        else:
            self.plan_erasure(one.uid, Mode.ERASE)

    def _on_unknown(self, error: object) -> None:
        self.show_overview()
        self.overview.fail(error)

    def _on_done(self, made: Erased) -> None:
        self.show_overview()
        self.overview.tell(made)
