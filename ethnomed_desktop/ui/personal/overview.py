"""Personal data at a glance: records kept longer than was decided, and the ledger of erasures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app.erasure import Entry, Erased, entries
from ethnomed_desktop.i18n.current import _, ngettext
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.personal.retention_card import RetentionCard
from ethnomed_desktop.ui.session import Session


class Overview(QScrollArea):
    """``erase_requested(uid, mode)`` asks for the plan of a record."""

    erase_requested = Signal(str, object)
    papers_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personal_overview")
        self._session = session
        self.entries: list[Entry] = []
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.messages = MessageBar(self)
        self.how = Card(self)
        self._how_words = QLabel(self.how)
        self._how_words.setWordWrap(True)
        self.how.column.addWidget(self._how_words)
        self.operator = Card(self)
        self._operator_words = QLabel(self.operator)
        self._operator_words.setWordWrap(True)
        self.policies, self.responsible = PushButton(self.operator), PushButton(self.operator)
        self.policies.setObjectName("show_policies")
        self.responsible.setObjectName("show_responsible")
        self.policies.clicked.connect(lambda: self.papers_requested.emit("policy_document"))
        self.responsible.clicked.connect(lambda: self.papers_requested.emit("responsible_person"))
        buttons = QWidget(self.operator)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.policies)
        row.addWidget(self.responsible)
        self.operator.column.addWidget(self._operator_words)
        self.operator.column.addWidget(buttons)
        self.retention = RetentionCard(session, self)
        self.retention.erase_requested.connect(self.erase_requested)
        self.ledger = Card(self)
        self._lines = QWidget(self.ledger)
        self.ledger.column.addWidget(self._lines)
        self._content = QWidget()
        self._content.setProperty("role", "page")
        column = QVBoxLayout(self._content)
        spaced(column, 3, (6, 4, 6, 4))
        for widget in (self.title, self.messages, self.retention, self.operator, self.how, self.ledger):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._content)
        session.hub.published.connect(lambda _changes, _origin: self.reload() if self.isVisible() else None)
        self.retranslate()

    def reload(self) -> None:
        """Ask anew what is due and what was erased."""
        words = self._session.catalog
        self._session.query(lambda ctx: entries(ctx, words), self._on_entries, self._on_failed, owner=self)
        self.retention.reload()

    def tell(self, made: Erased) -> None:
        """Say what an erasure did."""
        text = ngettext("Erased: {count} record.", "Erased: {count} records.", made.records)
        parts = [text.format(count=made.records)]
        if made.swept is None:
            parts.append(
                _(
                    "The medium refused while copies were cleaned. Free space; it goes on when the data are next "
                    "opened."
                )
            )
            self.messages.warn(" ".join(parts))
            return
        cleaned = len(made.swept.copies.anew)
        text = ngettext("Cleaned: {count} copy or backup.", "Cleaned: {count} copies and backups.", cleaned)
        parts.append(text.format(count=cleaned))
        left = made.swept.copies.left
        if left:
            names = ", ".join(path.name for path in left)
            said = _("These could not be opened with today's key; destroy them yourself: {names}")
            parts.append(said.format(names=names))
        if made.swept.away:
            parts.append(_("The place for backups is not there now; its copies are cleaned when it is."))
        tell = self.messages.warn if left or made.swept.away else self.messages.succeed
        tell(" ".join(parts))

    def retranslate(self) -> None:
        self.title.setText(_("Personal data"))
        self.how.set_heading(_("Erasing and anonymising"))
        self._how_words.setText(
            _(
                "Open a person or a record and choose “Erase…”. You see first what would go, choose the ground and "
                "type a word. What may be erased, and who may do it, stands in the table of rights."
            )
        )
        self.operator.set_heading(_("Papers of the operator"))
        self._operator_words.setText(
            _(
                "The body names who answers for personal data and approves the list of data and the policy of "
                "processing. The form of the notice of a breach is printed with the forms: it is to be sent within "
                "one working day from the discovery."
            )
        )
        self.policies.setText(_("Policy documents…"))
        self.responsible.setText(_("Responsible for personal data…"))
        self.ledger.set_heading(_("Ledger of erasures"))
        if self.isVisible():
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_content"):
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def _on_entries(self, found: list[Entry]) -> None:
        self.entries = found
        lines = QWidget(self.ledger)
        column = QVBoxLayout(lines)
        spaced(column, 2)
        for one in found:
            column.addWidget(_line(lines, one))
        if not found:
            column.addWidget(_plain(lines, _("Nothing was ever erased.")))
        self.ledger.column.replaceWidget(self._lines, lines)
        self._lines.deleteLater()
        self._lines = lines

    def fail(self, error: object) -> None:
        """Say why something could not be shown."""
        self._on_failed(error)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)


def _line(parent: QWidget, one: Entry) -> QWidget:
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    spaced(column, 0)
    head = _plain(holder, " · ".join(filter(None, (one.day, one.how, one.stand_in, one.who))))
    sized_font(head, 1.0, bold=True)
    column.addWidget(head)
    column.addWidget(_plain(holder, " · ".join(filter(None, (one.ground, one.paper)))))
    column.addWidget(_plain(holder, one.counts))
    return holder


def _plain(parent: QWidget, text: str) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
