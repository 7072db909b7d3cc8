"""The agenda beside the minutes: choose, add, take out, put in order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget

from ethnomed_desktop.domain.meeting_sheets import Part, Removal, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.kit.wrapped_rows import wrap_rows
from ethnomed_desktop.ui.meetings.flow_row import FlowRow


class AgendaPanel(QWidget):
    """Works on the sheet itself. ``chosen(part)`` another item, ``changed()`` items or their order.

    ``removed(removal)`` after an item was taken out; what the last button offers is `Carrying`'s.
    ``item_wanted()`` the button for a new item; ``opened()`` an item was clicked or Enter pressed on it.
    """

    chosen = Signal(object)
    changed = Signal()
    removed = Signal(object)
    item_wanted = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda_panel")
        self._sheet: Sheet | None = None
        self._left_out = 0
        self.heading = QLabel(self)
        sized_font(self.heading, 1.1, bold=True)
        self.list = QListWidget(self)
        self.list.setObjectName("agenda_list")
        wrap_rows(self.list)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.currentRowChanged.connect(self._on_row)
        self.add = PushButton(self)
        self.add.setObjectName("agenda_add")
        with_icon(self.add, "plus", "accent")
        self.up, self.down, self.under, self.remove, self.take_over = (PushButton(self) for _number in range(5))
        self.under.setCheckable(True)
        for button, name in (
            (self.up, "agenda_up"),
            (self.down, "agenda_down"),
            (self.under, "agenda_under"),
            (self.remove, "agenda_remove"),
            (self.take_over, "agenda_take_over"),
        ):
            button.setObjectName(name)
            button.setProperty("role", "plain")
            button.setProperty("narrow", "true")  # two in a line leave the agenda its room
        self.add.clicked.connect(self.item_wanted)
        self.list.itemClicked.connect(self.opened)
        self.list.itemActivated.connect(self.opened)
        self.up.clicked.connect(lambda: self.move_item(-1))
        self.down.clicked.connect(lambda: self.move_item(1))
        self.under.clicked.connect(self.put_under)
        self.remove.clicked.connect(self.remove_item)
        column = QVBoxLayout(self)
        spaced(column, 2)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addWidget(
            FlowRow((self.add, self.up, self.down, self.under, self.remove, self.take_over), spacing=1)
        )
        appearance().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _fit(self) -> None:
        """Leave the heading out where the window is low: the tab says it, and the list needs the room."""
        self.heading.setVisible(not appearance().low)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the agenda of a sheet; the first item is the current one."""
        self._sheet = sheet
        self._fill(0)

    def current(self) -> Part | None:
        """Return the current item."""
        items = self._items()
        row = self.list.currentRow()
        return items[row] if 0 <= row < len(items) else None

    def place(self) -> int:
        """Return the place of the current item from 1; 0 when there is none."""
        return self.list.currentRow() + 1 if self._items() else 0

    def step(self, steps: int) -> bool:
        """Go to the next or previous item; say whether there is one."""
        wanted = self.list.currentRow() + steps
        if not 0 <= wanted < self.list.count():
            return False
        self.list.setCurrentRow(wanted)
        return True

    def go_to(self, place: int) -> None:
        """Go to an item by its place from 1."""
        self.list.setCurrentRow(place - 1)

    def add_item(self) -> Part | None:
        """Put a new item behind the current one and go there."""
        if self._sheet is None:
            return None
        beside = self.current()
        part = self._sheet.meeting.add(Part("agenda_item"), beside)
        if beside is not None and beside.text("parent_item"):
            part.put("parent_item", beside.text("parent_item"))
        self._fill(self._items().index(part))
        self.changed.emit()
        return part

    def add_titles(self, titles: Sequence[tuple[str, str]]) -> int:
        """Take over titles (title, uid of the item they come from) that are not here yet; return how many."""
        if self._sheet is None:
            return 0
        have = {item.text("title") for item in self._items()}
        have.update(title for title, uid in titles if uid in {item.text("carried_from") for item in self._items()})
        fresh = [one for one in titles if one[0] not in have]
        self.add_parts([Part("agenda_item", {"title": title, "carried_from": uid}) for title, uid in fresh])
        return len(fresh)

    def add_parts(self, parts: Sequence[Part]) -> None:
        """Put items at the end of the agenda and stay where one is."""
        if self._sheet is None or not parts:
            return
        for part in parts:
            self._sheet.meeting.add(part)
        self._fill(max(0, self.list.currentRow()))
        self.changed.emit()

    def offer(self, left_out: int, anything: bool) -> None:
        """Say how many open items are not on this agenda; hide the button where there is nothing to offer."""
        self._left_out = left_out
        self.take_over.setVisible(anything)
        self.retranslate()

    def move_item(self, steps: int) -> None:
        """Move the current item up or down."""
        part = self.current()
        if self._sheet is not None and part is not None and self._sheet.meeting.move(part, steps):
            self._sheet.settle_tree()
            self._fill(self._items().index(part))
            self.changed.emit()

    def put_under(self, under: bool) -> None:
        """Make the current item part of the one above it, or a whole one again."""
        part = self.current()
        if self._sheet is not None and part is not None and self._sheet.put_under(part, under):
            self._fill(self._items().index(part))
            self.changed.emit()

    def remove_item(self) -> None:
        """Take the current item out; what is stored of it goes to the trash when the meeting is saved."""
        part = self.current()
        if self._sheet is None or part is None:
            return
        row = self.list.currentRow()
        removal = self._sheet.take_out_item(part)
        self._fill(min(row, len(self._items()) - 1))
        self.changed.emit()
        self.removed.emit(removal)

    def put_back(self, removal: Removal) -> None:
        """Put an item back that was taken out, and go there."""
        if self._sheet is not None:
            self._sheet.put_back(removal)
            self._fill(self._items().index(removal.part))
            self.changed.emit()

    def retitle(self) -> None:
        """Word the rows anew after a title was typed."""
        for row, item in enumerate(self._items()):
            self.list.item(row).setText(self._title(self._labels()[row], item))

    def retranslate(self) -> None:
        self.heading.setText(_("Agenda"))
        self.list.setAccessibleName(_("Agenda"))
        self.add.setText(_("Add item"))
        self.up.setText(_("Up"))
        self.up.setToolTip(_("Move the item up: Ctrl+Shift+↑"))
        self.down.setText(_("Down"))
        self.down.setToolTip(_("Move the item down: Ctrl+Shift+↓"))
        self.under.setText(_("Sub-item"))
        self.under.setToolTip(_("Make it part of the item above: Ctrl+Shift+→, back: Ctrl+Shift+←"))
        self.remove.setText(_("To trash"))
        self.remove.setToolTip(_("Take the item out; it goes to the trash when saved"))
        words = (
            _("Earlier items ({count})…").format(count=self._left_out) if self._left_out else _("Earlier items…")
        )
        self.take_over.setText(words)
        self.take_over.setToolTip(_("Items that are still open, and the titles of the last meeting"))
        self.retitle()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _items(self) -> list[Part]:
        return self._sheet.items if self._sheet is not None else []

    def _fill(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for label, item in zip(self._labels(), self._items(), strict=True):
            self.list.addItem(self._title(label, item))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._on_row(row)

    def _labels(self) -> list[str]:
        return self._sheet.labels() if self._sheet is not None else []

    def _title(self, label: str, item: Part) -> str:
        title = item.text("title").strip() or _("Item without a title")
        done = " ✔" if any(one.is_worded() for one in item.of("decision")) else ""
        deep = "\u2003" if item.text("parent_item") else ""
        return f"{deep}{label}. {title}{done}"

    def _on_row(self, row: int) -> None:
        item = self.current()
        for button in (self.up, self.down, self.remove):
            button.setEnabled(item is not None)
        self.under.setEnabled(item is not None and row > 0)
        self.under.setChecked(item is not None and bool(item.text("parent_item")))
        self.chosen.emit(self.current())
