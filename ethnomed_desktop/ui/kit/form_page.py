"""A form made from a kind of the registry: pages, drafts, summary of errors, a fixed bar."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.domain.errors import EthnomedError, Problems, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.draft_clock import DraftClock
from ethnomed_desktop.ui.kit.error_summary import ErrorSummary, FieldProblem
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.fields import FieldNeeds, make_field
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.form_bar import FormBar
from ethnomed_desktop.ui.kit.form_grid import FormGrid
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.reading import only_read
from ethnomed_desktop.ui.kit.rest import wake
from ethnomed_desktop.ui.kit.scale import sized_font, spaced

PAGE_TITLES = {1: N_("Main"), 2: N_("Details"), 3: N_("Links and report"), 9: N_("More")}


class FormPage(QWidget):
    """Inputs of one record.

    ``draft_changed(values)`` says when to keep the draft; ``submitted(values)`` carries checked JSON
    values of all fields shown (``None``: empty); ``left`` (draft kept) and ``thrown_away`` are the
    two ways out; ``new_requested(name, kind, text)`` asks for a new referenced record. Esc does
    nothing: no key loses text.
    """

    draft_changed = Signal(dict)
    submitted = Signal(dict)
    left = Signal()
    thrown_away = Signal()
    new_requested = Signal(str, str, str)

    def __init__(
        self,
        kind: Kind,
        needs: FieldNeeds,
        parent: QWidget | None = None,
        *,
        fields: Sequence[str] | None = None,
        required: Collection[str] = (),
        page_titles: Mapping[int, str] | None = None,
        pause_ms: int = 1000,
        longest_ms: int = 5000,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setProperty("role", "page")
        self.setObjectName(f"{kind.name}_form")
        self._titles = {**PAGE_TITLES, **(page_titles or {})}
        self._refused: list[EthnomedError] = []
        self._why = ""
        self.clock = DraftClock(self, pause_ms=pause_ms, longest_ms=longest_ms)
        self.clock.due.connect(self._on_due)
        chosen = [kind.field(name) for name in fields] if fields is not None else _shown(kind)
        self.boxes: dict[str, FieldBox] = {}
        for field in chosen:
            self._add_box(field, needs, True if field.name in required else None)
        self._build()
        self.retranslate()

    def _add_box(self, field: Field, needs: FieldNeeds, required: bool | None) -> None:
        box = make_field(field, needs, self, required=required)
        box.edited.connect(self._on_edited)
        box.left.connect(self._on_left_field)
        box.entered.connect(self._on_entered)
        if hasattr(box, "new_requested"):
            box.new_requested.connect(self.new_requested)
        self.boxes[field.name] = box

    def _build(self) -> None:
        self.title = QLabel(self)
        self.title.setObjectName("form_title")
        sized_font(self.title, 1.5, bold=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("form_pages")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.summary = ErrorSummary(self)
        self.summary.chosen.connect(self.go_to)
        self.messages = MessageBar(self)
        self.stack = QStackedWidget(self)
        self._pages: list[int] = []
        for page in sorted({box.field.page for box in self.boxes.values()}):
            self._add_page(page)
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.setVisible(len(self._pages) > 1)
        head = self._head = QWidget(self)
        self.head = FlowLayout(head)
        spaced(self.head, 4)
        self.head.addWidget(self.title)
        self.head.addWidget(self.tabs)
        head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top = QVBoxLayout()
        spaced(top, 2, (6, 3, 6, 0))
        top.addWidget(head)
        top.addWidget(self.messages)
        self.bar = FormBar(self)
        self.bar.save.clicked.connect(self.submit)
        self.bar.leave.clicked.connect(self.leave)
        self.bar.throw_away.clicked.connect(self._on_thrown_away)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        column.addWidget(self.bar)
        self._add_keys()
        appearance().changed.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _fit(self) -> None:
        """Title and tabs were measured anew."""
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the title gives its line to the inputs where it does not fit beside the tabs."""
        wake(self.title)  # left out it keeps the size of the text before
        beside = self.title.sizeHint().width() + self.head.spacing() + self.tabs.sizeHint().width()
        fits = beside <= self.width() - 12 * unit() or len(self._pages) == 1
        self.title.setVisible(fits or not appearance().low)

    def _add_keys(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _add_page(self, page: int) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 4, (6, 3, 6, 12))
        if not self._pages:
            column.addWidget(self.summary)
        card = Card(content)
        grid = FormGrid([box for box in self.boxes.values() if box.field.page == page], card)
        card.column.addWidget(grid)
        column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self.stack.addWidget(scroll)
        self.tabs.addTab("")
        self._pages.append(page)

    def values(self) -> dict[str, Value]:
        """Return the checked values; raises `Problems` with one `UserError` for each field at fault."""
        found: dict[str, Value] = {}
        wrong: list[UserError] = []
        for name, box in self.boxes.items():
            try:
                found[name] = box.value()
            except UserError as error:
                wrong.append(error)
        if wrong:
            raise Problems(tuple(wrong))
        return found

    def draft_values(self) -> dict[str, Value]:
        """Return what stands in the inputs, checked or not, without the empty ones."""
        drafts = {name: box.draft() for name, box in self.boxes.items()}
        return {name: value for name, value in drafts.items() if value is not None}

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Fill the inputs (values or a draft); fields left out become empty. Nothing is emitted."""
        for name, box in self.boxes.items():
            box.set_value(values.get(name))
            box.set_error("")
        self.summary.show_problems(())
        self.clock.forget()

    def read_only(self, why: str) -> None:
        """Show what stands there to be read only, with a line why (in words; empty: it can be written)."""
        for page in range(self.stack.count()):
            scroll = self.stack.widget(page)
            if isinstance(scroll, QScrollArea):
                only_read(scroll, bool(why))
        self._why = why
        self.bar.only_leave(bool(why))
        if why:
            self.messages.inform(why)

    def submit(self) -> None:
        """Check everything: emit `submitted`, or show the summary. The draft is kept first."""
        if self._why:
            self.messages.inform(self._why)
            return
        self.clock.flush()
        self._refused = []
        wrong = self._problems()
        self._summarise(wrong)
        if not wrong:
            self.submitted.emit(self.values())

    def refuse(self, error: EthnomedError) -> None:
        """Show what the command refused, at the fields it names."""
        self._refused = list(error.problems) if isinstance(error, Problems) else [error]
        self._summarise(self._problems())

    def go_to(self, name: str) -> None:
        """Show the field's page and put the focus there."""
        box = self.boxes.get(name)
        if box is None:
            return
        self.stack.setCurrentIndex(self._pages.index(box.field.page))
        self.tabs.setCurrentIndex(self.stack.currentIndex())
        box.editor.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, box, lambda: self._bring_up(box))

    def add_beside(self, widget: QWidget) -> None:
        """Put something over the bar that stays in sight while the form scrolls."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.bar), widget)

    def keep_in_sight(self) -> None:
        """Scroll to the input with the focus: something beside the form has grown."""
        for box in self.boxes.values():
            if box.isAncestorOf(self.window().focusWidget() or self):
                QTimer.singleShot(0, box, lambda box=box: self._bring_up(box))

    def leave(self) -> None:
        """Go away; the draft is kept."""
        self.clock.flush()
        self.left.emit()

    def retranslate(self) -> None:
        if not self.title.property("own"):
            self.title.setText(_(self.kind.label))
        for index, page in enumerate(self._pages):
            words = _(self._titles[page]) if page in self._titles else _("Page {number}").format(number=page)
            self.tabs.setTabText(index, words.replace("&", "&&"))
        self.tabs.updateGeometry()  # hidden tabs do not tell by themselves that they have another width
        self.tabs.setAccessibleName(_("Pages of the form"))
        if self.summary.isVisibleTo(self):
            self.summary.show_problems(self._problems(), focus=False)

    def set_title(self, text: str) -> None:
        """Give the form a title of its own (already in the interface language)."""
        self.title.setProperty("own", bool(text))
        self.title.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _problems(self) -> list[FieldProblem]:
        """Word what is wrong now, at the fields too: what the command refused, else what the inputs hold."""
        if self._refused:
            found = [FieldProblem(error.field or "", words_of(error)) for error in self._refused]
        else:
            found = [FieldProblem(name, box.problem()) for name, box in self.boxes.items()]
            found = [problem for problem in found if problem.text]
        texts = {problem.name: problem.text for problem in found}
        for name, box in self.boxes.items():
            box.set_error(texts.get(name, ""))
        return found

    def _summarise(self, wrong: list[FieldProblem]) -> None:
        if wrong:
            self.stack.setCurrentIndex(0)
            self.tabs.setCurrentIndex(0)
            scroll = self.stack.widget(0)
            assert isinstance(scroll, QScrollArea)
            scroll.verticalScrollBar().setValue(0)
        self.summary.show_problems(wrong)

    def _bring_up(self, box: FieldBox) -> None:
        scroll = self.stack.currentWidget()
        if isinstance(scroll, QScrollArea) and scroll.isAncestorOf(box):
            scroll.ensureWidgetVisible(box)

    def _on_tab(self, index: int) -> None:
        self.stack.setCurrentIndex(index)

    def _on_edited(self, name: str) -> None:
        self.clock.touch()

    def _on_left_field(self, name: str) -> None:
        self.clock.flush()

    def _on_due(self) -> None:
        self.draft_changed.emit(self.draft_values())

    def _on_entered(self, name: str) -> None:
        names = list(self.boxes)
        place = names.index(name) + 1
        page = self.boxes[name].field.page
        if place < len(names) and self.boxes[names[place]].field.page == page:
            self.go_to(names[place])
        else:
            self.bar.save.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_thrown_away(self) -> None:
        self.clock.forget()
        self.thrown_away.emit()


def _shown(kind: Kind) -> list[Field]:
    """Return the fields of the plain form by page; page 0 is for the program only."""
    return sorted((field for field in kind.all_fields if field.page), key=lambda field: field.page)
