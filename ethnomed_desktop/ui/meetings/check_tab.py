"""Before the number: what is missing, each with a way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import spaced, with_icon
from ethnomed_desktop.ui.meetings.checks import Finding
from ethnomed_desktop.ui.meetings.flow_row import FlowRow


class CheckTab(QScrollArea):
    """``sought(finding)`` when the person wants to mend something; ``finish_wanted()``.

    ``compare_wanted()``, offered for corrections only: with the version before.
    """

    sought = Signal(object)
    finish_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check_tab")
        self._findings: Sequence[Finding] = ()
        self.rows: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setProperty("role", "page")
        self.card = Card(content)
        self.finish = PushButton(content)
        self.finish.setObjectName("finish")
        self.finish.setProperty("role", "primary")
        self.finish.clicked.connect(self.finish_wanted)
        self.compare = PushButton(content)
        self.compare.setObjectName("compare_before_finishing")
        self.compare.clicked.connect(self.compare_wanted)
        self.compare.hide()
        column = QVBoxLayout(content)
        spaced(column, 3, (0, 2, 2, 2))
        column.addWidget(self.card)
        column.addWidget(FlowRow((self.finish, self.compare)))
        column.addStretch(1)
        self.setWidget(content)
        self.retranslate()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List what was found; obstacles first, as they come."""
        self._findings = findings
        self.retranslate()

    def offer_comparison(self, offered: bool) -> None:
        """Offer to look at what the correction says otherwise."""
        self.compare.setVisible(offered)

    def links(self) -> list[PushButton]:
        """Return the links, one for each finding."""
        return [link for row in self.rows for link in row.findChildren(PushButton)]

    def retranslate(self) -> None:
        for row in self.rows:
            self.card.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(finding) for finding in self._findings]
        if not self.rows:
            self.rows = [self._line("success", _("Nothing is missing. The minutes can be numbered."))]
        for row in self.rows:
            self.card.column.addWidget(row)
        self.card.set_heading(_("Check of the minutes"))
        self.finish.setText(_("Finish and number…"))
        self.compare.setText(_("Compare with the version before"))
        self.finish.setEnabled(not any(finding.obstacle for finding in self._findings))
        self.finish.setToolTip(_("Gives the number and locks the minutes"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _row(self, finding: Finding) -> QWidget:
        words = _words(finding)
        if finding.decision:
            words = _("Decision {number}: {text}").format(number=finding.label, text=words)
        elif finding.item:
            words = _("Item {place}: {text}").format(place=finding.label or finding.item, text=words)
        row = self._line("error" if finding.obstacle else "warning", words)
        link = PushButton(_("Go there"), row)
        link.setProperty("role", "link")
        link.setAccessibleName(_("Go there: {text}").format(text=words))
        link.clicked.connect(partial(self._on_link, finding))
        layout = row.layout()
        assert layout is not None
        layout.addWidget(link)
        return row

    def _line(self, icon: str, words: str) -> QWidget:
        row = QWidget(self.card)
        box = QHBoxLayout(row)
        spaced(box, 2)
        picture = QLabel(row)
        with_icon(picture, icon, icon, 6)
        text = QLabel(words, row)
        text.setWordWrap(True)
        box.addWidget(picture)
        box.addWidget(text, 1)
        return row

    def _on_link(self, finding: Finding, checked: bool = False) -> None:
        self.sought.emit(finding)


def _words(finding: Finding) -> str:
    """Word a finding; what is empty is only named: nothing was refused here."""
    error = finding.error
    if error.code == "field.required" and error.field:
        field = KINDS[str(error.facts["kind"])].field(error.field)
        return _("Fill in: {label}").format(label=_(field.label))
    return words_of(error)
