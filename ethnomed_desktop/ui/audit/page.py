"""Audit trail and check: who opened, printed and sent, and whether the data are whole."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QScrollArea, QWidget

from ethnomed_desktop.app.checks import finding_sentence
from ethnomed_desktop.app.vault import Finding, check
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.audit.rows import AuditRows
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question
from ethnomed_desktop.ui.kit.titled_page import TablePage
from ethnomed_desktop.ui.session import Session

COLUMNS = (
    Column("when", N_("Time"), 14),
    Column("what", N_("What was done"), 44),
    Column("who", N_("Who"), 24),
)

ROOM_UNITS = 110
"""Height below which the trail makes room for what the check found."""


class AuditPage(TablePage):
    """The section Audit trail. The check runs on the read lane; the page stays usable meanwhile."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        model = PagedTable(COLUMNS, AuditRows(session.ctx, lambda: session.catalog), session.tasks)
        super().__init__("audit_page", N_("Audit trail"), model, parent)
        self._session = session
        self.findings: list[Finding] = []
        self.check_button = self.head_button("check_data", primary=True)
        self.check_button.clicked.connect(self.check)
        self.print_button = self.head_button("print_audit")
        self.print_button.clicked.connect(lambda: session.hub.act_requested.emit("papers:audit"))
        self.busy_line = QProgressBar(self)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.hide()
        self.found = Card()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.found)
        self._area.hide()
        self.lines: list[QLabel] = []
        self.column.addWidget(self.busy_line)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self.table, 1)
        session.hub.published.connect(self._on_published)
        session.kept.connect(self.reload)
        self.retranslate()
        self.model.ask(Question())

    def reload(self) -> None:
        """Read the list anew."""
        if self.isVisible():
            self.model.reload()

    def check(self) -> None:
        """Look everything over: pages, log, signatures, audit trail, tables, files put back."""
        self.check_button.setEnabled(False)
        self.messages.dismiss()
        self.busy_line.show()
        self._session.query(check, self._on_checked, self.show_failure)

    def retranslate(self) -> None:
        super().retranslate()
        self.check_button.setText(_("Check the data"))
        self.print_button.setText(_("Print…"))
        self.found.set_heading(_("What the check found"))
        self._show_findings()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.reload()

    def _on_checked(self, findings: list[Finding]) -> None:
        self._ready()
        self.findings = findings
        self._show_findings()
        if all(one.sound for one in findings):
            self.messages.succeed(_("Everything is whole."))
        else:
            text = _("Something is wrong. Read what was found, and make a backup before anything else.")
            self.messages.fail(text)

    def _show_findings(self) -> None:
        for line in self.lines:
            line.deleteLater()
        self.lines = []
        for one in self.findings:
            words = finding_sentence(one, self._session.catalog)
            line = QLabel(f"{'✓' if one.sound else '✗'} {words}", self.found)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setProperty("role", "" if one.sound else "error")
            self.found.column.addWidget(line)
            self.lines.append(line)
        self._area.setVisible(bool(self.findings))
        self._make_room()

    def _make_room(self) -> None:
        """Where large text leaves room for one of the two, what was found is read first."""
        self.table.setVisible(not self.findings or self.height() >= ROOM_UNITS * unit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_failure(self, error: object) -> None:
        self._ready()
        super().show_failure(error)

    def _ready(self) -> None:
        self.busy_line.hide()
        self.check_button.setEnabled(True)

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self.reload()
