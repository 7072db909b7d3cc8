"""A record to be read: every field that is set, its parts, and what can be done with it."""

from __future__ import annotations

from html import escape
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import records
from ethnomed_desktop.app.viewing import note_view
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.erasing import Mode, not_erasable
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.clipboard_watch import declare_level
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.form_page import PAGE_TITLES
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced
from ethnomed_desktop.ui.records.attachments_card import AttachmentsCard
from ethnomed_desktop.ui.records.reading import CardData, CardRow, PartRow, card
from ethnomed_desktop.ui.records.reason_bar import ReasonBar
from ethnomed_desktop.ui.records.view import KindView, view_of
from ethnomed_desktop.ui.session import Session

LABEL_UNITS = 55
ROOM_UNITS = 110


class RecordCard(QWidget):
    """``edit_requested(uid)``, ``history_requested(uid)``, ``left``.

    ``part_requested(kind, uid)`` asks for the form of a part; an empty uid means a new one.
    """

    edit_requested = Signal(str)
    history_requested = Signal(str)
    part_requested = Signal(str, str)
    left = Signal()

    def __init__(self, view: KindView, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{view.kind_name}_card")
        self.setProperty("role", "page")
        self.view = view
        self._session = session
        self.uid = ""
        self.data: CardData | None = None
        self.title = QLabel(self)
        self.title.setObjectName("card_title")
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sized_font(self.title, 1.5, bold=True)
        self.why_not = QLabel(self)
        self.why_not.setObjectName("card_why_not")
        self.why_not.setProperty("role", "secondary")
        self.why_not.setWordWrap(True)
        self.why_not.hide()
        self.messages = MessageBar(self)
        self.reason = ReasonBar(self)
        self.reason.given.connect(self._on_reason)
        self.reason.closed.connect(self._make_room)
        self.files = AttachmentsCard(session, self)
        self.back = BackButton(self)
        self.buttons: dict[str, PushButton] = {"back": self.back}
        self.buttons |= {name: PushButton(self) for name in ("edit", "history", "trash", "restore", "erase")}
        self._build()
        session.hub.published.connect(self._on_published)
        self.retranslate()

    def _build(self) -> None:
        slots = {
            "back": self.left,
            "edit": lambda: self.edit_requested.emit(self.uid),
            "history": lambda: self.history_requested.emit(self.uid),
            "trash": self.withdraw,
            "restore": self.restore,
            "erase": lambda: self._session.hub.open("erasure", self.uid),
        }
        for name, button in self.buttons.items():
            button.setObjectName(f"card_{name}")
            button.clicked.connect(slots[name])
        self.buttons["edit"].setProperty("role", "primary")
        self._bar = QWidget(self)
        bar = self._bar
        flow = FlowLayout(bar)
        spaced(flow, 2)
        for button in self.buttons.values():
            flow.addWidget(button)
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setMinimumHeight(1)  # on a low screen it gives way before the buttons above it do
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        spaced(column, 3, (6, 4, 6, 0))
        for widget in (bar, self.title, self.why_not, self.reason, self.messages):
            column.addWidget(widget)
        column.addWidget(self.area, 1)
        column.addStretch(0)
        self.files.hide()  # until there is a record
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.files.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def add_button(self, name: str) -> PushButton:
        """Return a new button of the bar; its words and what it does are the feature's."""
        button = PushButton(self._bar)
        button.setObjectName(f"card_{name}")
        flow = self._bar.layout()
        assert flow is not None
        flow.addWidget(button)
        self.buttons[name] = button
        return button

    def show_record(self, uid: str) -> None:
        """Show a record; what was shown before stays until it is read."""
        if uid != self.uid:
            self.reason.hide()
            self._make_room()
            self.messages.dismiss()
        self.uid = uid
        words, parts = self._session.catalog, self.view.parts
        self._session.query(lambda ctx: card(ctx, uid, parts, words), self._on_card, self._on_failed, owner=self)

    def withdraw(self) -> None:
        """Ask why, then move the record to the trash."""
        if self.data is not None and not self.data.record.withdrawn:
            self.reason.ask()
            self._make_room()

    def restore(self) -> None:
        """Take the record out of the trash."""
        uid = parse_uid(self.uid)
        self._session.command(lambda ctx: records.restore(ctx, uid), None, self._on_failed)

    def retranslate(self) -> None:
        words = {
            "edit": _("Edit"),
            "history": _("History"),
            "trash": _("Move to trash…"),
            "restore": _("Take out of the trash"),
            "erase": _("Erase…"),
        }
        for name, text in words.items():
            self.buttons[name].setText(text)
        self.back.lead(_("Back to the list"))
        self.buttons["erase"].setToolTip(_("Erase by law, for good: what goes is shown first"))
        self.buttons["edit"].setToolTip(_("Edit the record: F2"))
        self.buttons["trash"].setToolTip(_("Move the record to the trash: Delete"))
        if self.uid:
            self.show_record(self.uid)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_room(self) -> None:
        """While a reason is asked for, large text on a small screen has no room for the rest."""
        small = self.height() < ROOM_UNITS * unit() and not self.reason.isHidden()
        self._bar.setHidden(small)
        self.title.setHidden(small)
        self.area.setHidden(small)

    def _on_reason(self, reason: str) -> None:
        self._make_room()
        uid = parse_uid(self.uid)
        self._session.command(lambda ctx: records.withdraw(ctx, uid, reason), self._on_withdrawn, self._on_failed)

    def _on_withdrawn(self, _value: object) -> None:
        self.left.emit()

    def _on_failed(self, error: Exception) -> None:
        show_error(self.messages, error)

    def _on_published(self, changes: ChangeSet, origin: QObject | None) -> None:
        if self.uid and (changes.touches_record(parse_uid(self.uid)) or changes.touches(*self.view.parts)):
            self.show_record(self.uid)

    # -- what is shown --------------------------------------------------------

    def _on_card(self, data: CardData) -> None:
        if data.record.uid != self.uid:
            return
        if self.data is None or self.data.record.uid != data.record.uid:
            uid = parse_uid(data.record.uid)
            self._session.keep(lambda ctx, progress: note_view(ctx, uid))
        self.data = data
        self.title.setText(data.record.title)
        why_not = self._session.why_not(self.view.kind_name)
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.buttons["restore"].setVisible(data.record.withdrawn and not why_not)
        for name in ("edit", "trash"):
            self.buttons[name].setHidden(self._is_fixed(data.record.kind, data))
        never = self.view.kind_name in not_erasable(Mode.ERASE)
        self.buttons["erase"].setVisible(not never and self._session.ctx.may(Act.ERASE))
        if data.conflicts:
            self.messages.warn(
                _("Two people wrote different things here: {fields}").format(fields=", ".join(data.conflicts))
            )
        place = self.area.verticalScrollBar().value()
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 4, (0, 0, 2, 6))
        for page, rows in groupby(data.rows, key=lambda row: row.page):
            column.addWidget(self._fields(page, list(rows), content))
        for kind, parts in data.parts.items():
            column.addWidget(self._parts(kind, parts, content, fixed=self._is_fixed(kind, data)))
        column.addWidget(self.files)  # taken over from the content before: it keeps its messages and pictures
        column.addStretch(1)
        self.area.setWidget(content)
        self.files.show_files(self.uid, fixed=data.record.withdrawn)
        self.area.verticalScrollBar().setValue(place)

    def _is_fixed(self, kind: str, data: CardData) -> bool:
        return data.record.withdrawn or kind in data.closed or bool(self._session.why_not(kind))

    def _fields(self, page: int, rows: list[CardRow], parent: QWidget) -> Card:
        sheet = Card(parent, _(PAGE_TITLES[page]) if page > 1 and page in PAGE_TITLES else "")
        holder = QWidget(sheet)
        grid = QGridLayout(holder)
        spaced(grid, 2)
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(rows):
            label = QLabel(row.label, holder)
            label.setProperty("role", "secondary")
            label.setWordWrap(True)
            at_least(label, width=LABEL_UNITS)
            value = self._value(row, holder)
            if row.long:
                grid.addWidget(label, 2 * number, 0, 1, 2)
                grid.addWidget(value, 2 * number + 1, 0, 1, 2)
            else:
                grid.addWidget(label, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(value, 2 * number, 1)
        sheet.column.addWidget(holder)
        return sheet

    def _value(self, row: CardRow, parent: QWidget) -> QLabel:
        """Return the words; references are links that wrap like other words and are reached by Tab."""
        text = QLabel(row.text, parent)
        text.setObjectName(f"value_{row.field}")
        if row.field in self.view.kind.by_name:
            declare_level(text, self.view.kind.field(row.field).level)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if row.links:
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
            links = [f'<a href="{kind}:{uid}">{escape(title)}</a>' for kind, uid, title in row.links]
            text.setText("<br>".join(links))
            text.setAccessibleName(f"{row.label}: {row.text}")
            text.linkActivated.connect(self._on_link)
        return text

    def _on_link(self, link: str) -> None:
        kind, _sign, uid = link.partition(":")
        self._session.hub.open(kind, uid)

    def _parts(self, kind: str, parts: tuple[PartRow, ...], parent: QWidget, *, fixed: bool) -> Card:
        view = view_of(kind, self.view.kind_name)
        sheet = Card(parent, _(view.heading or kind_named(kind).plural))
        if not parts:
            hint = QLabel(_(view.hint), sheet)
            hint.setProperty("role", "secondary")
            hint.setWordWrap(True)
            sheet.column.addWidget(hint)
        for number, part in enumerate(parts):
            if part.former and not (number and parts[number - 1].former):
                former = QLabel(_("Former"), sheet)
                sized_font(former, 1.0, bold=True)
                sheet.column.addWidget(former)
            row = QHBoxLayout()
            spaced(row, 2)
            text = QLabel(part.text, sheet)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            if part.former:
                text.setProperty("role", "secondary")
            row.addWidget(text, 1)
            sheet.column.addLayout(row)
            if fixed:
                continue
            edit = PushButton(_("Edit"), sheet)
            edit.setObjectName(f"part_{kind}_{number}")
            edit.setAccessibleName(_("Edit: {title}").format(title=part.text))
            edit.clicked.connect(lambda _checked=False, p=part: self.part_requested.emit(p.kind, p.uid))
            row.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        if not fixed:
            add = PushButton(_(view.action), sheet)
            add.setObjectName(f"add_{kind}")
            add.clicked.connect(lambda _checked=False: self.part_requested.emit(kind, ""))
            sheet.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        return sheet
