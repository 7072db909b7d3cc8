"""Who came: one row for each person, the space bar says present or absent and goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ethnomed_desktop.app.discretion import initials_of
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.table_view import ROW_UNITS

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
HEADS = (N_("Attendance"), N_("Name"), N_("Remotely"), N_("Reason of absence"), N_("Sits for"))
STATE, NAME, REMOTE, REASON, SITS_FOR = range(len(HEADS))
WIDE_FROM_UNITS = 200
"""Narrower tables say in one column who came and how; the reason of absence stands below the table."""
TICK_UNITS = 13
"""Room of the tick and of the margins in the first column."""
STATES = {"member": N_("Present"), "absent": N_("Absent"), "invited": N_("Invited")}


class AttendanceModel(QAbstractTableModel):
    """The rows of a sheet's attendance; ``names`` are titles by uid text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Part] = []
        self.names: dict[str, str] = {}
        self.bodies: list[str] = []
        self.narrow = False

    def show_rows(self, rows: list[Part], names: Mapping[str, str]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.names.update(names)
        self.endResetModel()

    def tell(self, row: int) -> None:
        """A row was changed."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def name_of(self, part: Part) -> str:
        """Return the person's name, or the words."""
        name = self.names.get(part.text("person"), "") or part.text("words") or "…"
        return initials_of(name) if appearance().names_hidden else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        part = self.rows[index.row()]
        state = part.text("capacity")
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Unchecked if state == "absent" else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0 and state == "absent":
            return QColor(appearance().colours.secondary)
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        text = self._text(part, state, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(HEADS[index.column()])}: {text}"
        return text

    def _text(self, part: Part, state: str, column: int) -> str:
        if column == STATE:
            if self.narrow and state != "absent" and part.values.get("remote") is True:
                return _("Remotely")
            return _(STATES.get(state, STATES["absent"]))
        if column == NAME:
            return self.name_of(part)
        if column == SITS_FOR:
            named = part.values.get("bodies")
            known = named if isinstance(named, list) else []
            return ", ".join(str(place) for place, uid in enumerate(self.bodies, 1) if uid in known)
        if column == REMOTE:
            return _("Remotely") if part.values.get("remote") is True and state != "absent" else ""
        return part.text("reason") if state == "absent" else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class AttendanceTable(QTableView):
    """``toggled(row)`` on the space bar or a click on the tick; ``removed(row)`` on Delete; ``moved(row)``.

    ``remoted(row)`` on Ctrl+Space.
    """

    toggled = Signal(int)
    removed = Signal(int)
    remoted = Signal(int)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attendance_table")
        self.people = AttendanceModel(self)
        self.setModel(self.people)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(REMOTE, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SITS_FOR, QHeaderView.ResizeMode.ResizeToContents)
        self.setColumnHidden(SITS_FOR, True)
        self.clicked.connect(self._on_clicked)
        self._fit()

    def show_bodies(self, bodies: Sequence[str]) -> None:
        """Show for which of the two bodies (uids) of a joint sitting each person sits; none: one body sits."""
        if list(bodies) != self.people.bodies:
            self.people.bodies = list(bodies)
            self.setColumnHidden(SITS_FOR, not bodies)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if row >= 0 and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit(row)
            self.selectRow(min(row + 1, self.people.rowCount() - 1))
            return
        if (
            row >= 0
            and event.key() == Qt.Key.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.remoted.emit(row)
            return
        if row >= 0 and event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removed.emit(row)
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.toggled.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fit_columns()

    def _fit(self) -> None:
        height = max(ROW_UNITS * unit(), round(QFontMetrics(self.font()).height() * 1.8))
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the name what the others leave; the style sheet's tick is not in what Qt measures."""
        narrow = self.viewport().width() < WIDE_FROM_UNITS * unit()
        self.people.narrow = narrow
        self.setColumnHidden(REMOTE, narrow)
        self.setColumnHidden(REASON, narrow)
        words = [_(one) for one in (HEADS[STATE], HEADS[REMOTE], *STATES.values())]
        longest = max(QFontMetrics(self.font()).horizontalAdvance(one) for one in words)
        self.setColumnWidth(STATE, longest + TICK_UNITS * unit())
        self.viewport().update()
