"""Audit trail and check: who opened, printed and sent, and whether the data are whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app.checks import finding_sentence
from ethnomed_desktop.app.vault import Finding, check
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.audit.rows import AuditRows
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.kit.table_view import TableView
from ethnomed_desktop.ui.session import Session

COLUMNS = (
    Column("when", N_("Time"), 14),
    Column("what", N_("What was done"), 44),
    Column("who", N_("Who"), 24),
)

ROOM_UNITS = 110
"""Height below which the trail makes room for what the check found."""


class AuditPage(QWidget):
    """The section Audit trail. The check runs on the read lane; the page stays usable meanwhile."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audit_page")
        self.setProperty("role", "page")
        self._session = session
        self.findings: list[Finding] = []
        self.model = PagedTable(COLUMNS, AuditRows(session.ctx, lambda: session.catalog), session.tasks, self)
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.check_button = QPushButton(self)
        self.check_button.setObjectName("check_data")
        self.check_button.setProperty("role", "primary")
        self.check_button.clicked.connect(self.check)
        self.print_button = QPushButton(self)
        self.print_button.setObjectName("print_audit")
        self.print_button.clicked.connect(lambda: session.hub.act_requested.emit("papers:audit"))
        self.messages = MessageBar(self)
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
        self.table = TableView(self.model, N_("Audit trail"), self)
        self._build()
        self.model.failed.connect(self._on_failed)
        session.hub.published.connect(self._on_published)
        session.kept.connect(self.reload)
        self.retranslate()
        self.model.ask(Question())

    def _build(self) -> None:
        head = QWidget(self)
        flow = FlowLayout(head)
        spaced(flow, 3)
        policy = self.title.sizePolicy()
        self.title.setSizePolicy(policy.Policy.Expanding, policy.Policy.Preferred)
        flow.addWidget(self.title)
        flow.addWidget(self.check_button)
        flow.addWidget(self.print_button)
        column = QVBoxLayout(self)
        spaced(column, 3, (6, 4, 6, 4))
        for widget in (head, self.messages, self.busy_line):
            column.addWidget(widget)
        column.addWidget(self._area, 1)
        column.addWidget(self.table, 1)

    def open_record(self, uid: str) -> None:
        """Show the trail; no kind of record opens here."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the list anew."""
        if self.isVisible():
            self.model.reload()

    def check(self) -> None:
        """Look everything over: pages, log, signatures, audit trail, tables, files put back."""
        self.check_button.setEnabled(False)
        self.messages.dismiss()
        self.busy_line.show()
        self._session.query(check, self._on_checked, self._on_failed)

    def retranslate(self) -> None:
        self.title.setText(_("Audit trail"))
        self.check_button.setText(_("Check the data"))
        self.print_button.setText(_("Print…"))
        self.found.set_heading(_("What the check found"))
        self._show_findings()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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

    def _on_failed(self, error: object) -> None:
        self._ready()
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _ready(self) -> None:
        self.busy_line.hide()
        self.check_button.setEnabled(True)

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        self.reload()
