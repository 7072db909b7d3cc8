"""The first start: who you are, which body, a password. One page; everything is checked before it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ethnomed_desktop.domain.errors import EthnomedError, Problems
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.error_summary import ErrorSummary, FieldProblem
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.fields import FieldNeeds, make_field
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.form_grid import FormGrid
from ethnomed_desktop.ui.kit.reference_field import ReferenceField
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.tasks import Tasks
from ethnomed_desktop.ui.vault.door import SeedPlaces
from ethnomed_desktop.ui.vault.passphrase_card import PassphraseCard

USER_FIELDS = ("name", "role")
BODY_FIELDS = ("body_kind", "place", "name_kk", "name_ru", "name_en")
_NAMES = ("name_kk", "name_ru", "name_en")


class CreatePage(QWidget):
    """``create_requested(council, passphrase)``, ``practice_requested``; answers come by `refuse`.

    ``pattern`` gives what a kind of body is usually called; it is asked on the free lane.
    """

    create_requested = Signal(dict, str)
    practice_requested = Signal()

    def __init__(
        self, tasks: Tasks, pattern: Callable[[str], Mapping[str, Value]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("create_page")
        self.setProperty("role", "page")
        self._tasks = tasks
        self._pattern = pattern
        self._filled: dict[str, Value] = {}
        self._busy = ""
        needs = FieldNeeds(tasks, SeedPlaces())
        self.user = {name: make_field(KINDS["user"].field(name), needs, self) for name in USER_FIELDS}
        self.body = {name: make_field(KINDS["organisation"].field(name), needs, self) for name in BODY_FIELDS}
        place = self.body["place"]
        assert isinstance(place, ReferenceField)
        place.allow_new(False)
        self.body["body_kind"].edited.connect(self._on_kind)
        self._build()
        self.user["role"].set_value("secretary")
        self.retranslate()

    def _build(self) -> None:
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.intro = QLabel(self)
        for label in (self.title, self.intro):
            label.setWordWrap(True)
        self.summary = ErrorSummary(self)
        self.summary.chosen.connect(self._go_to)
        self.you, self.council = Card(self), Card(self)
        self.you.column.addWidget(FormGrid(list(self.user.values()), self.you))
        self.council.column.addWidget(FormGrid(list(self.body.values()), self.council))
        self.secret = PassphraseCard(self)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 4, (6, 4, 6, 6))
        for widget in (self.title, self.intro, self.summary, self.you, self.council, self.secret):
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
        self.busy_line.setFixedHeight(6)
        self.busy_line.hide()
        self.practice = QPushButton(bar)
        self.practice.setObjectName("make_practice")
        self.practice.clicked.connect(self._on_practice)
        self.button = QPushButton(bar)
        self.button.setObjectName("create_council")
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.submit)
        row = QWidget(bar)
        flow = FlowLayout(row, to_right=True)
        spaced(flow, 2)
        flow.addWidget(self.practice)
        flow.addWidget(self.button)
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spaced(bar.column, 1, (6, 2, 6, 2))
        bar.column.addWidget(self.busy_line)
        bar.column.addWidget(row)
        return bar

    def submit(self) -> None:
        """Check the page and ask for the council to be made, or show what is missing."""
        wrong = []
        for box in self._boxes().values():
            text = box.problem()
            box.set_error(text)
            if text:
                wrong.append(FieldProblem(box.name, text))
        wrong += self.secret.problems()
        self._summarise(wrong)
        if wrong or self._busy:
            return
        self._set_busy("create")
        self.create_requested.emit(self.council_values(), self.secret.passphrase())

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.user["name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def council_values(self) -> dict[str, Any]:
        """Return what `app.vault.create_council` takes."""
        body = {name: box.value() for name, box in self.body.items()}
        return {
            "user": {name: box.value() for name, box in self.user.items()},
            "bodies": [{name: value for name, value in body.items() if value is not None}],
        }

    def refuse(self, error: EthnomedError) -> None:
        """Show why nothing was made."""
        self._set_busy("")
        parts = error.problems if isinstance(error, Problems) else (error,)
        wrong = [FieldProblem(one.field or "", words_of(one)) for one in parts]
        boxes = self._boxes()
        for problem in wrong:
            if problem.name in boxes:
                boxes[problem.name].set_error(problem.text)
        self._summarise(wrong)

    def retranslate(self) -> None:
        self.title.setText(_("A new council"))
        self.intro.setText(
            _(
                "Nothing leaves this computer. All of this can be changed later. "
                "Only a lost password cannot be given back by anybody."
            )
        )
        self.you.set_heading(_("Who are you?"))
        self.council.set_heading(_("Which body do you work for?"))
        self.practice.setText(
            _("Making the practice council…") if self._busy == "practice" else _("Try with invented data")
        )
        self.practice.setToolTip(_("Makes a practice council with invented records; nothing in it is real"))
        self.button.setText(_("Making the vault…") if self._busy == "create" else _("Create"))
        self.busy_line.setAccessibleName(_("Making the vault…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _boxes(self) -> dict[str, FieldBox]:
        return {**self.user, **self.body}

    def _go_to(self, name: str) -> None:
        boxes = {
            **self._boxes(),
            self.secret.first.name: self.secret.first,
            self.secret.again.name: self.secret.again,
        }
        box = boxes.get(name)
        if box is not None:
            box.editor.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, box, lambda: self.area.ensureWidgetVisible(box))

    def _summarise(self, wrong: list[FieldProblem]) -> None:
        if wrong:
            self.area.verticalScrollBar().setValue(0)
        self.summary.show_problems(wrong)

    def _set_busy(self, busy: str) -> None:
        self._busy = busy
        self.busy_line.setVisible(bool(busy))
        for button in (self.button, self.practice):
            button.setEnabled(not busy)
        self.retranslate()

    def _on_practice(self) -> None:
        self._set_busy("practice")
        self.practice_requested.emit()

    def _on_kind(self, name: str) -> None:
        """Fill in the usual names of such a body; names the person wrote are left alone."""
        kind = self.body["body_kind"].draft()
        if isinstance(kind, str) and kind:
            self._tasks.free(lambda progress: self._pattern(kind), self._on_pattern, owner=self)

    def _on_pattern(self, values: Mapping[str, Value]) -> None:
        for name in _NAMES:
            box = self.body[name]
            if box.draft() in (None, self._filled.get(name)):
                box.set_value(values.get(name))
        self._filled = {name: values.get(name) for name in _NAMES}
