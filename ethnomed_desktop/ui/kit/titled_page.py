"""What pages of one list have in common: a heading, buttons beside it, a line for messages, and then the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.kit.table_view import TableView


class TablePage(QWidget):
    """A heading (a catalog id) with buttons, messages, and a table; put more into ``column``.

    Override `retranslate` for own words, and call it once at the end of the constructor.
    """

    def __init__(self, name: str, heading: str, model: PagedTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "page")
        self._heading = heading
        self.model = model
        model.setParent(self)
        self.title = titled(self)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.messages = MessageBar(self)
        self.table = TableView(model, heading, self)
        head = QWidget(self)
        self._head = FlowLayout(head)
        spaced(self._head, 3)
        self._head.addWidget(self.title)
        self.column = QVBoxLayout(self)
        spaced(self.column, 3, (6, 4, 6, 4))
        self.column.addWidget(head)
        self.column.addWidget(self.messages)
        model.failed.connect(self.show_failure)

    def head_button(self, name: str, *, primary: bool = False) -> PushButton:
        """Return a new button beside the heading."""
        made = PushButton(self)
        made.setObjectName(name)
        if primary:
            made.setProperty("role", "primary")
        self._head.addWidget(made)
        return made

    def open_record(self, uid: str) -> None:
        """Show the list; no record opens on a page of its own here."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the list anew."""
        self.model.reload()

    def retranslate(self) -> None:
        self.title.setText(_(self._heading))

    def show_failure(self, error: object) -> None:
        """Say what went wrong."""
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ScrollPage(QScrollArea):
    """A heading (a catalog id), messages, and whatever `fill` puts below, scrolled as a whole.

    Read anew by `reload` whenever it is shown. Override `retranslate` for own words.
    """

    def __init__(self, name: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._heading = heading
        self._filled = False
        self.title = titled(self)
        self.messages = MessageBar(self)

    def fill(self, widgets: Sequence[QWidget]) -> None:
        """Put the widgets (the title and the messages among them) below each other; once."""
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 4, 6, 4))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self._filled = True

    def reload(self) -> None:
        """Read what is shown anew."""

    def retranslate(self) -> None:
        self.title.setText(_(self._heading))

    def show_failure(self, error: object) -> None:
        """Say what went wrong."""
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._filled:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()


def titled(parent: QWidget) -> QLabel:
    """Return the label of a page's heading."""
    made = QLabel(parent)
    sized_font(made, 1.5, bold=True)
    return made
