"""Before something is erased: what goes, what stays without the name, the ground, and the word to be typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app.erasure import Erased, Order, erase
from ethnomed_desktop.app.erasure_plan import Plan, Planned, plan
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.choices import Choices
from ethnomed_desktop.ui.kit.line import Line
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.session import Session

MOST_SHOWN = 200
"""Rows of one group that are named; the count says the rest."""


class ErasureView(QScrollArea):
    """``left`` when the person goes back, ``done(Erased)`` when something was erased."""

    left = Signal()
    done = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("erasure_view")
        self._session = session
        self._uid = ""
        self.plan: Plan | None = None
        self.kept: dict[bytes, QCheckBox] = {}
        self.back = BackButton(self)
        self.back.clicked.connect(self.left)
        self.title = _wrapping(self)
        sized_font(self.title, 1.5, bold=True)
        self.messages = MessageBar(self)
        self.mode = Choices("erasure_mode", self)
        self.mode.chosen.connect(lambda _key: self._ask_plan())
        self.what, self.order = Card(self), Card(self)
        self._rows = QWidget(self.what)
        self._explain, self._warn, self._word = _wrapping(self), _wrapping(self), _wrapping(self)
        self.ground = Choices("erasure_ground", self)
        self._paper_label = _wrapping(self)
        self.paper, self.confirm = Line(self), Line(self)
        self.paper.setObjectName("erasure_paper")
        self.confirm.setObjectName("erasure_confirm")
        self.go = PushButton(self)
        self.go.setObjectName("erase_now")
        self.go.setProperty("role", "danger")
        self.go.clicked.connect(self._on_go)
        self.confirm.textChanged.connect(lambda _text: self._weigh())
        self.ground.chosen.connect(lambda _key: self._weigh())
        self._build()
        self.retranslate()

    def _build(self) -> None:
        for widget in (self.mode, self._explain, self._rows):
            self.what.column.addWidget(widget)
        for widget in (self.ground, self._paper_label, self.paper, self._warn, self._word, self.confirm):
            self.order.column.addWidget(widget)
        self.order.column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 4, 6, 4))
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.title, self.messages, self.what, self.order):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def show_record(self, uid: str, mode: Mode = Mode.ERASE) -> None:
        """Ask what erasing the record would do."""
        self._uid = uid
        self.plan = None
        self.confirm.clear()
        self.paper.clear()
        self.messages.dismiss()
        self.mode.choose(mode.value)
        self._ask_plan()

    def chosen_mode(self) -> Mode:
        """Return what is to be done."""
        return Mode.ANONYMISE if self.mode.buttons[Mode.ANONYMISE.value].isChecked() else Mode.ERASE

    def chosen_ground(self) -> str:
        """Return the code of the ground, empty while none is chosen."""
        return next((code for code, button in self.ground.buttons.items() if button.isChecked()), "")

    def retranslate(self) -> None:
        words = current()
        self.back.lead(_("Back"))
        self.what.set_heading(_("What is done"))
        self.mode.show_choices(
            _("What is to be done"),
            (
                (Mode.ERASE.value, _("Erase everything about it")),
                (Mode.ANONYMISE.value, _("Anonymise: the records stay, a code stands for the person")),
            ),
        )
        self.order.set_heading(_("Ground and confirmation"))
        codes = CODE_LISTS["erasure_ground"].by_code
        self.ground.show_choices(
            _("On what ground"), [(code, code_label("erasure_ground", code, words)) for code in codes]
        )
        self._paper_label.setText(_("Number and date of the request, order or decision, without the name"))
        self.paper.setAccessibleName(self._paper_label.text())
        self._warn.setText(
            _(
                "It cannot be undone. The words go from the records, their history, attached files, drafts, the "
                "search and all backups that this computer can reach. The ledger keeps who, when and why."
            )
        )
        if self.plan is not None:
            self._ask_plan()
        self._show_plan()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "go"):
            self.retranslate()
        super().changeEvent(event)

    # -- the plan -------------------------------------------------------------

    def _ask_plan(self) -> None:
        uid, mode, words = parse_uid(self._uid), self.chosen_mode(), self._session.catalog
        self._session.query(lambda ctx: plan(ctx, uid, mode, words), self._on_plan, self._on_failed, owner=self)

    def _on_plan(self, found: Plan) -> None:
        self.plan = found
        self._show_plan()

    def _show_plan(self) -> None:
        found = self.plan
        anonymise = found is not None and found.mode is Mode.ANONYMISE
        self.title.setText(
            (_("Anonymise: {title}") if anonymise else _("Erase: {title}")).format(
                title=found.title if found else ""
            )
        )
        self.mode.buttons[Mode.ANONYMISE.value].setVisible(found is not None and found.kind == "person")
        self.go.setText(_("Anonymise for good") if anonymise else _("Erase for good"))
        self._explain.setText(
            _("In the records that stay, this stands for it: {code}").format(code=found.stand_in if found else "")
        )
        self._word.setText(_("To do it, type the word: {word}").format(word=found.confirm if found else ""))
        self.confirm.setAccessibleName(self._word.text())
        self._show_rows(found)
        self._weigh()

    def _show_rows(self, found: Plan | None) -> None:
        self.kept = {}
        rows = QWidget(self.what)
        column = QVBoxLayout(rows)
        spaced(column, 1)
        if found is not None:
            losing = _("Will lose the name in their texts, now and in their history:")
            staying = _("Stay and refer to the code {code}:").format(code=found.stand_in)
            self._group(column, rows, _("Will be erased, with their history:"), found.erased)
            self._group(column, rows, losing, found.rewritten, ask=True)
            self._group(column, rows, staying, found.referring)
            if found.own_notes:
                said = _("Notes in confidence of yours that go too: {count}")
                column.addWidget(_wrapping(rows, said.format(count=found.own_notes)))
            if found.others_notes:
                text = _("Notes in confidence only their owners can look through: {names}")
                column.addWidget(_wrapping(rows, text.format(names=", ".join(found.others_notes))))
            if found.beyond:
                text = _("Under an earlier key and not cleaned; destroy them yourself: {names}")
                column.addWidget(_wrapping(rows, text.format(names=", ".join(found.beyond))))
        self.what.column.replaceWidget(self._rows, rows)
        self._rows.deleteLater()
        self._rows = rows

    def _group(
        self, column: QVBoxLayout, parent: QWidget, heading: str, found: Sequence[Planned], *, ask: bool = False
    ) -> None:
        if not found:
            return
        head = _wrapping(parent, f"{heading} {len(found)}")
        sized_font(head, 1.0, bold=True)
        column.addWidget(head)
        if ask:
            column.addWidget(_wrapping(parent, _("Clear the mark where somebody else of the same name is meant.")))
        for one in found[:MOST_SHOWN]:
            text = " · ".join(filter(None, (one.about, one.title)))
            if ask:
                box = QCheckBox(text.replace("&", "&&"), parent)
                box.setChecked(True)
                self.kept[one.uid] = box
                column.addWidget(box)
                column.addWidget(_wrapping(parent, one.excerpt))
            else:
                column.addWidget(_wrapping(parent, text))
        if len(found) > MOST_SHOWN:
            column.addWidget(_wrapping(parent, "…"))

    # -- doing it -------------------------------------------------------------

    def _weigh(self) -> None:
        """The button works once ground and word are there; what else is wrong is said when it is pressed."""
        ready = self.plan is not None and bool(self.chosen_ground()) and bool(self.confirm.text().strip())
        self.go.setEnabled(ready)

    def _on_go(self) -> None:
        if self.plan is None:
            return
        left_alone = frozenset(uid for uid, box in self.kept.items() if not box.isChecked())
        order = Order(
            self.plan.uid,
            self.plan.mode,
            self.chosen_ground(),
            self.paper.text(),
            self.confirm.text(),
            left_alone,
        )
        words = self._session.words
        self.go.setEnabled(False)
        self.messages.inform(_("Erasing, and cleaning the backups… This may take a while."))
        self._session.command(lambda ctx: erase(ctx, order, words), self._on_done, self._on_failed)

    def _on_done(self, made: Erased) -> None:
        self.plan = None
        self.confirm.clear()
        self.messages.dismiss()
        self._show_plan()  # nothing of what is gone stays on the page
        self.done.emit(made)

    def _on_failed(self, error: object) -> None:
        self._weigh()
        if isinstance(error, Exception):
            show_error(self.messages, error)
            self.ensureWidgetVisible(self.messages)


def _wrapping(parent: QWidget, text: str = "") -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
