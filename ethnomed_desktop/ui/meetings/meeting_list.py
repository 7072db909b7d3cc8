"""The list of meetings, with the ways to print the current one and to the register."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.filter_bar import CodeFilter, FilterBar
from ethnomed_desktop.ui.kit.list_page import ListPage
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.rows import Column, TableRow
from ethnomed_desktop.ui.records.reason_bar import ReasonBar
from ethnomed_desktop.ui.session import Session

WIDTHS = {
    "starts": 18,
    "number": 6,
    "version": 6,
    "state": 18,
    "heading": 26,
    "organisation": 26,
    "meeting_kind": 14,
}
"""The columns and their shares; the first ones stay in sight where the text is large."""

SURE = {"starts": 16, "state": 14}
"""Characters of a day with its hour, and of the longest state."""

REGISTER_FROM = 640
"""Width (pixels at 100 % text) from which the way to the register stands in the heading."""


class MeetingList(ListPage):
    """``print_wanted()`` and ``register_wanted()`` besides what every list tells; `reason` asks for the trash."""

    print_wanted = Signal()
    register_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._session = session
        columns = [
            Column(
                name,
                KINDS["meeting"].field(name).label,
                width,
                KINDS["meeting"].field(name).sortable,
                least=SURE.get(name, 0),
            )
            for name, width in WIDTHS.items()
        ]
        model = PagedTable(columns, session.rows("meeting", tuple(WIDTHS)), session.tasks, parent)
        filters = FilterBar(
            [
                CodeFilter("state", N_("State"), "meeting_state"),
                CodeFilter("meeting_kind", N_("Kind of meeting"), "meeting_kind"),
            ]
        )
        empty = EmptyState(
            "meetings",
            N_("No meetings yet"),
            N_("Meetings with agenda, attendance and minutes will stand here."),
            N_("New meeting"),
        )
        super().__init__(N_("Meetings"), N_("New meeting"), model, filters, empty, parent)
        self.register_button = PushButton(self)
        self.register_button.setObjectName("open_register")
        self.register_button.clicked.connect(self.register_wanted)
        self.print_button = PushButton(self)
        self.print_button.setObjectName("print_row")
        self.print_button.clicked.connect(self.print_wanted)
        self.extras.addWidget(self.register_button)
        self.extras.addWidget(self.print_button)
        self.reason = ReasonBar(self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.reason)
        self._word_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.allow(not self._session.why_not("meeting"))
        self.print_button.setVisible(self._session.ctx.may(Act.PRINT))

    def current(self) -> TableRow | None:
        """Return the current row."""
        return self.model.row(self.table.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where the text is large the heading has no room for it; it stays in the menu Record.
        self.register_button.setVisible(self.width() * 100 >= REGISTER_FROM * appearance().text_size)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._word_buttons()

    def _word_buttons(self) -> None:
        self.print_button.setText(_("Print…"))
        self.register_button.setText(_("Register"))
        self.register_button.setToolTip(_("The register of proposals and dissenting opinions over all meetings"))
