"""The minutes, item by item, with standard phrases for the text that has the focus."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.kit.tab_chain import put_in_chain
from ethnomed_desktop.ui.meetings.editor_head import EditorHead
from ethnomed_desktop.ui.meetings.item_editor import ItemEditor
from ethnomed_desktop.ui.meetings.phrases import phrases
from ethnomed_desktop.ui.page_stack import RoomyStack
from ethnomed_desktop.ui.session import Session


class MinutesTab(QWidget):
    """``edited()``, ``titled()``, ``left()`` as the editor's; ``stepped(-1 or 1)``; ``item_wanted()``."""

    edited = Signal()
    titled = Signal()
    left = Signal()
    stepped = Signal(int)
    item_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("minutes_tab")
        self._session = session
        self.language = "kk"
        self.editor: ItemEditor | None = None
        self.head = EditorHead(self)
        self.head.stepped.connect(self.stepped)
        self.phrases = PushButton(self)
        self.phrases.setObjectName("phrases")
        self.phrases.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the text to write into keeps the focus
        self.phrases.clicked.connect(self._on_phrases)
        self.head.row.insertWidget(1, self.phrases)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = EmptyState(
            "meetings",
            N_("The agenda is empty"),
            N_("Minutes are written item by item. Put the first item onto the agenda."),
            N_("Add item"),
            self,
        )
        self.empty.started.connect(self.item_wanted)
        self.stack = RoomyStack(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.area)
        content = QWidget()
        content.setProperty("role", "page")
        self._inner = QVBoxLayout(content)
        spaced(self._inner, 1)
        self.area.setWidget(content)
        self._outer = QVBoxLayout(self)
        spaced(self._outer, 2, (0, 2, 0, 0))
        self._outer.addWidget(self.head)
        self._outer.addWidget(self.stack, 1)
        self.retranslate()

    def show_item(self, sheet: Sheet, part: Part | None, place: int, *, focus: bool = False) -> None:
        """Show an item of the sheet; ``focus`` puts the cursor into what was heard."""
        self.head.setVisible(part is not None)
        self.stack.setCurrentWidget(self.area if part is not None else self.empty)
        if part is None:
            self._drop()
            return
        self.head.show_place(place, len(sheet.items))
        if self.editor is not None and self.editor.part is part:
            return
        self._drop()
        self.editor = ItemEditor(self._session, sheet, part)
        self.editor.edited.connect(self.edited)
        self.editor.titled.connect(self.titled)
        self.editor.left.connect(self.left)
        self._inner.addWidget(self.editor, 1)
        put_in_chain((self.head, *self.editor.reading()))
        self.area.verticalScrollBar().setValue(0)
        if focus:
            self.begin()

    def begin(self) -> None:
        """Put the cursor into what was heard, or into a title still to be written."""
        if self.editor is not None:
            self.editor.form.focus_on("heard" if self.editor.part.is_worded() else "title")

    def forget(self) -> None:
        """Show nothing: another sheet comes."""
        self._drop()

    def tighten(self, narrow: bool) -> None:
        """Where every line counts, let the row of buttons scroll with the text."""
        inside = self._inner.indexOf(self.head) >= 0
        if narrow and not inside:
            self._outer.removeWidget(self.head)
            self._inner.insertWidget(0, self.head)
        elif inside and not narrow:
            self._inner.removeWidget(self.head)
            self._outer.insertWidget(0, self.head)

    def _drop(self) -> None:
        if self.editor is not None:
            self._inner.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = None

    def put_phrase(self, text: str, into: QWidget | None = None) -> None:
        """Write a phrase where the cursor is (else into what was heard), as one step of undo."""
        target = into or QApplication.focusWidget()
        if self.editor is None:
            return
        if not isinstance(target, (QPlainTextEdit, QLineEdit)) or not self.isAncestorOf(target):
            target = self.editor.form.boxes["heard"].editor
        if isinstance(target, QPlainTextEdit):
            cursor = target.textCursor()
            before = target.toPlainText()[: cursor.position()]
            cursor.insertText(text if not before or before[-1].isspace() else f" {text}")
        elif isinstance(target, QLineEdit):
            target.insert(text)
        target.setFocus()

    def retranslate(self) -> None:
        self.phrases.setText(_("Standard phrases"))
        self.phrases.setToolTip(_("Put a usual sentence in, in the language of the minutes"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def phrase_menu(self, into: QWidget | None) -> QMenu:
        """Return the menu of phrases that writes into an input."""
        menu = QMenu(self)
        for phrase in phrases(self.language):
            menu.addAction(phrase).triggered.connect(partial(self._on_phrase, phrase, into))
        return menu

    def _on_phrases(self) -> None:
        menu = self.phrase_menu(QApplication.focusWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.phrases.mapToGlobal(self.phrases.rect().bottomLeft()))

    def _on_phrase(self, phrase: str, into: QWidget | None, checked: bool = False) -> None:
        self.put_phrase(phrase, into)
