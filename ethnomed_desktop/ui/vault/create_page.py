"""The first start in steps: look, who and which bodies, password, backups. Nothing is made before the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.domain.errors import EthnomedError, Problems
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.error_summary import ErrorSummary, FieldProblem
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.tasks import Tasks
from ethnomed_desktop.ui.vault.create_head import PAGE_MARGINS, PAGE_SPACING, CreateHead
from ethnomed_desktop.ui.vault.wizard_steps import LookStep, PasswordStep, PlaceStep, Step, WhoStep, needs_of


class CreatePage(QWidget):
    """``create_requested(council, passphrase)``, ``practice_requested``; answers come by `refuse`.

    ``act_requested`` as of the hub: language and text size, for the window to put in force.
    ``pattern`` gives what a kind of body is usually called; it is asked on the free lane.
    """

    create_requested = Signal(dict, str)
    practice_requested = Signal()
    act_requested = Signal(str)

    def __init__(
        self, tasks: Tasks, pattern: Callable[[str], Mapping[str, Value]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("create_page")
        self.setProperty("role", "page")
        self._tasks = tasks
        self._pattern = pattern
        self._busy = ""
        self._step = 0
        self.look = LookStep(self)
        self.look.act_requested.connect(self.act_requested)
        self.who = WhoStep(needs_of(tasks), self._ask_pattern, self)
        self.password = PasswordStep(self)
        self.place = PlaceStep(self)
        self.steps: tuple[Step, ...] = (self.look, self.who, self.password, self.place)
        for step in self.steps:
            step.entered.connect(self._on_entered)
        self._build()
        self.retranslate()
        self.show_step(0)

    def _build(self) -> None:
        self.summary = ErrorSummary(self, keeps_drafts=False)
        self.summary.chosen.connect(self._go_to)
        self.where = QLabel(self)
        self.where.setObjectName("wizard_step")
        self.where.setWordWrap(True)
        sized_font(self.where, 1.15, bold=True)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, PAGE_SPACING, PAGE_MARGINS)
        self.head = CreateHead(content)
        for widget in (self.head, self.where, self.summary, *self.steps):
            column.addWidget(widget)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        outer = QVBoxLayout(self)
        spaced(outer, 0)
        outer.addWidget(self.area, 1)
        outer.addWidget(self._made_bar())

    def _made_bar(self) -> QWidget:
        bar = Card(self)
        bar.setProperty("role", "bar")
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.busy_line = QProgressBar(bar)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.setProperty("slim", True)
        self.busy_line.hide()
        self.practice, self.back, self.next, self.button = (PushButton(bar) for _number in range(4))
        for button, name, press in (
            (self.practice, "make_practice", self._on_practice),
            (self.back, "wizard_back", lambda: self.show_step(self.step - 1)),
            (self.next, "wizard_next", self.go_on),
            (self.button, "create_council", self.submit),
        ):
            button.setObjectName(name)
            button.setAutoDefault(True)
            button.clicked.connect(press)
        for button in (self.next, self.button):
            button.setProperty("role", "primary")
        row = QWidget(bar)
        flow = FlowLayout(row, to_right=True)
        spaced(flow, 2)
        for button in (self.practice, self.back, self.next, self.button):
            flow.addWidget(button)
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spaced(bar.column, 1, (6, 2, 6, 2))
        bar.column.addWidget(self.busy_line)
        bar.column.addWidget(row)
        return bar

    # -- back and forth -------------------------------------------------------

    @property
    def step(self) -> int:
        """Return the place of the step that is shown, from 0."""
        return self._step

    def show_step(self, place: int) -> None:
        """Show a step as it was left."""
        place = max(0, min(place, len(self.steps) - 1))
        if place == len(self.steps) - 1:
            self.place.show_summary(self.council_values())
        self._step = place
        for number, step in enumerate(self.steps):
            step.setVisible(number == place)
        self.head.setVisible(place == 0)
        self.summary.show_problems([])
        self.area.verticalScrollBar().setValue(0)
        self._show_where()
        self._show_buttons()
        self.steps[place].begin()

    def go_on(self) -> None:
        """Show the next step, or what is missing here."""
        if not self._is_wrong(self.step):
            self.show_step(self.step + 1)

    def submit(self) -> None:
        """Ask for the council to be made, or go back to the first step with something missing."""
        for place in range(len(self.steps)):
            if self.steps[place].problems():
                self.show_step(place)
                self._is_wrong(place)
                return
        if not self._busy:
            self._set_busy("create")
            self.create_requested.emit(self.council_values(), self.password.secret.passphrase())

    def begin(self) -> None:
        """Put the focus into the step that is shown."""
        self.steps[self.step].begin()

    def council_values(self) -> dict[str, Any]:
        """Return what `app.vault.create_council` takes; raises `UserError` while a field is wrong."""
        return {
            "user": {name: box.value() for name, box in self.who.user.items()},
            "bodies": self.who.bodies.values(),
            "backup_place": str(self.place.folder or ""),
        }

    def refuse(self, error: EthnomedError) -> None:
        """Show why nothing was made, at the step it is about; everything typed is still there."""
        self._set_busy("")
        parts = error.problems if isinstance(error, Problems) else (error,)
        wrong = [FieldProblem(one.field or "", words_of(one)) for one in parts]
        for place, step in enumerate(self.steps):
            found = [problem for problem in wrong if problem.name in step.fields()]
            if found:
                self.show_step(place)
                for problem in found:
                    step.fields()[problem.name].set_error(problem.text)
                break
        self._summarise(wrong)

    # -- words ----------------------------------------------------------------

    def retranslate(self) -> None:
        self.practice.setText(
            _("Making the practice council…") if self._busy == "practice" else _("Try with invented data")
        )
        self.practice.setToolTip(_("Makes a practice council with invented records; nothing in it is real"))
        self.back.setText(_("Back"))
        self.next.setText(_("Continue"))
        self.button.setText(_("Making the vault…") if self._busy == "create" else _("Create"))
        self.busy_line.setAccessibleName(_("Making the vault…"))
        self._show_where()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "button"):
            self.retranslate()
        super().changeEvent(event)

    def _show_where(self) -> None:
        self.where.setText(
            _("Step {number} of {all}: {title}").format(
                number=self.step + 1, all=len(self.steps), title=self.steps[self.step].title()
            )
        )

    def _show_buttons(self) -> None:
        last = self.step == len(self.steps) - 1
        self.practice.setVisible(self.step == 0)
        self.back.setVisible(self.step > 0)
        self.next.setVisible(not last)
        self.button.setVisible(last)
        for button in (self.button, self.practice, self.back, self.next):
            button.setEnabled(not self._busy)

    def _set_busy(self, busy: str) -> None:
        self._busy = busy
        self.busy_line.setVisible(bool(busy))
        self._show_buttons()
        self.retranslate()

    # -- what comes in --------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter where no input takes it, and by Ctrl+Enter from everywhere."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self._busy:
            super().keyPressEvent(event)
        elif self.step < len(self.steps) - 1:
            self.go_on()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()

    def _on_entered(self, box: FieldBox) -> None:
        """Enter leads to the next input, from the last one to the next step; where a body is lacking, to those."""
        boxes = list(self.steps[self.step].fields().values())
        place = boxes.index(box) + 1
        if place < len(boxes):
            boxes[place].editor.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.steps[self.step] is self.who and not self.who.bodies.forms:
            box.focusNextChild()
        else:
            self.go_on()

    def _is_wrong(self, place: int) -> bool:
        wrong = self.steps[place].problems()
        self._summarise(wrong)
        return bool(wrong)

    def _summarise(self, wrong: list[FieldProblem]) -> None:
        if wrong:
            self.area.verticalScrollBar().setValue(0)
        self.summary.show_problems(wrong)

    def _go_to(self, name: str) -> None:
        box = self.steps[self.step].fields().get(name)
        if box is not None:
            box.editor.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, box, partial(self.area.ensureWidgetVisible, box))
        elif self.steps[self.step] is self.who:
            self.who.bodies.begin()
            QTimer.singleShot(0, self.who.bodies, partial(self.area.ensureWidgetVisible, self.who.bodies.around))

    def _on_practice(self) -> None:
        self._set_busy("practice")
        self.practice_requested.emit()

    def _ask_pattern(self, kind: str, then: Callable[[Mapping[str, Value]], None]) -> None:
        self._tasks.free(lambda progress: self._pattern(kind), then, owner=self)
