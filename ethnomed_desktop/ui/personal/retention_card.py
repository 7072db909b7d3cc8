"""Records whose time of keeping has ended: erase, anonymise, or keep longer with a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.app.retention import Ended, ended, prolong
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.fieldtypes import Day
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.date_field import DateField
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session

_UNTIL = Field("retention_until", 903, Day(), N_("Keep until"))


class RetentionCard(Card):
    """``erase_requested(uid, mode)``; keeping longer is done here."""

    erase_requested = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows: list[Ended] = []
        self.messages = MessageBar(self)
        self._list = QWidget(self)
        self.form = QWidget(self)
        self.form.hide()
        self._about = QLabel(self.form)
        self._about.setWordWrap(True)
        self.until = DateField(_UNTIL, self.form, required=True, today=lambda: today(session.ctx.clock))
        self._reason_label = QLabel(self.form)
        self._reason_label.setWordWrap(True)
        self.reason = Line(self.form)
        self.reason.setObjectName("prolong_reason")
        self.keep, self.leave = PushButton(self.form), PushButton(self.form)
        self.keep.setObjectName("prolong_now")
        self.keep.setProperty("role", "primary")
        self._uid = ""
        self._build()
        self.keep.clicked.connect(self._on_keep)
        self.leave.clicked.connect(self.form.hide)
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self.form)
        spaced(column, 2)
        inputs: tuple[QWidget, ...] = (self._about, self.until, self._reason_label, self.reason)
        for widget in inputs:
            column.addWidget(widget)
        buttons = QWidget(self.form)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        column.addWidget(buttons)
        self.column.addWidget(self.messages)
        self.column.addWidget(self.form)
        self.column.addWidget(self._list)

    def reload(self) -> None:
        """Ask anew what is due."""
        self.retranslate()
        words = self._session.catalog
        self._session.query(lambda ctx: ended(ctx, words), self._on_ended, self._on_failed, owner=self)

    def retranslate(self) -> None:
        self.set_heading(_("Retention ended"))
        self._reason_label.setText(_("Why it is kept longer"))
        self.reason.setAccessibleName(self._reason_label.text())
        self.keep.setText(_("Keep longer"))
        self.leave.setText(_("Leave it"))

    def _on_ended(self, found: list[Ended]) -> None:
        self.rows = found
        may = self._session.ctx.may(Act.ERASE)
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        spaced(column, 3)
        for number, one in enumerate(found):
            column.addWidget(self._row(rows, number, one, may))
        if not found:
            none = QLabel(_("No record is kept longer than was decided."), rows)
            none.setWordWrap(True)
            column.addWidget(none)
        self.column.replaceWidget(self._list, rows)
        self._list.deleteLater()
        self._list = rows

    def _row(self, parent: QWidget, number: int, one: Ended, may: bool) -> QWidget:
        holder = QWidget(parent)
        column = QVBoxLayout(holder)
        spaced(column, 1)
        text = QLabel(" · ".join(filter(None, (one.about, one.title, one.until))), holder)
        text.setWordWrap(True)
        column.addWidget(text)
        buttons = QWidget(holder)
        row = FlowLayout(buttons)
        spaced(row, 2)
        choices = [("show", _("Show"), lambda: self._session.hub.open(one.kind, one.uid))]
        if may and one.erasable:
            choices.append(("erase", _("Erase…"), lambda: self.erase_requested.emit(one.uid, Mode.ERASE)))
        if may and one.kind == "person":
            choices.append(
                ("anonymise", _("Anonymise…"), lambda: self.erase_requested.emit(one.uid, Mode.ANONYMISE))
            )
        choices.append(("prolong", _("Keep longer…"), lambda: self._ask_prolong(one)))
        for name, words, do in choices:
            button = PushButton(words, buttons)
            button.setObjectName(f"ended_{name}_{number}")
            button.setAccessibleName(f"{words} {one.title}")
            button.clicked.connect(lambda _checked=False, do=do: do())
            row.addWidget(button)
        column.addWidget(buttons)
        return holder

    def _ask_prolong(self, one: Ended) -> None:
        self._uid = one.uid
        self._about.setText(" · ".join((one.about, one.title)))
        self.reason.clear()
        self.form.show()
        self.reason.setFocus()

    def _on_keep(self) -> None:
        uid, until, reason = parse_uid(self._uid), str(self.until.draft() or ""), self.reason.text()
        self._session.command(lambda ctx: prolong(ctx, uid, until, reason), self._on_kept, self._on_failed)

    def _on_kept(self, _value: object) -> None:
        self.form.hide()
        self.messages.succeed(_("It is kept until the new day; the reason stands in its history."))
        self.reload()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)
