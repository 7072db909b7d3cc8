"""What can be chosen about printed minutes besides language and form: size, marks, who signs, which item."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import documents
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced
from ethnomed_desktop.ui.meetings.paper import ChoiceRow

SIZES = ("12", "14")
WATERMARKS = (
    ("auto", N_("As usual"), N_("Drafts are marked, numbered minutes are not")),
    ("draft", N_("Draft minutes"), N_("Print the mark of a draft under every page")),
    ("copy", N_("A copy"), N_("Print the mark of a copy under every page")),
    ("none", N_("None"), N_("Print no mark")),
)


class PrintChoicesPanel(QWidget):
    """``changed()`` after the person chose something; `wishes`, `points` and `item` say what."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_label, self.mark_label, self.item_label = (QLabel(self) for _part in range(3))
        self.sizes = ChoiceRow("paper_size", SIZES, self)
        self.marks = ChoiceRow("paper_mark", [key for key, _label, _tip in WATERMARKS], self)
        self.sign = QCheckBox(self)
        self.sign.setObjectName("sign_lines")
        self.more = QCheckBox(self)
        self.more.setObjectName("more_signers")
        self.signers = short_list("signers", self)
        self.nameless = QCheckBox(self)
        self.nameless.setObjectName("hide_names_on_paper")
        self.items = short_list("extract_item", self)
        self.offered_item = 1
        column = QVBoxLayout(self)
        spaced(column, 2)
        for widget in (self.item_label, self.items, self.size_label, self.sizes, self.mark_label, self.marks):
            column.addWidget(widget)
        column.addWidget(self.sign)
        column.addWidget(self.more)
        column.addWidget(self.signers)
        column.addWidget(self.nameless)
        for label in (self.size_label, self.mark_label, self.item_label):
            sized_font(label, 1.0, bold=True)
        self.show_choices("14", "auto", True)
        self.extract_chosen(False)
        self.signers.hide()
        self.sizes.chosen.connect(self._on_changed)
        self.marks.chosen.connect(self._on_changed)
        self.sign.clicked.connect(self._on_changed)
        self.more.clicked.connect(self._on_more)
        self.nameless.clicked.connect(self._on_changed)
        self.signers.itemChanged.connect(self._on_changed)
        self.items.currentRowChanged.connect(self._on_changed)
        self.retranslate()

    def show_choices(self, size: str, mark: str, sign: bool) -> None:
        """Show what was chosen the last time; nothing is emitted."""
        self.sizes.choose(size)
        self.marks.choose(mark)
        self.sign.setChecked(sign)

    def show_minutes(self, names: list[tuple[str, str]], items: list[str], item: int) -> None:
        """Offer the people who may sign besides chair and secretary (name, words) and the items of an extract.

        Ticks and the chosen item stay as they are where the list is the same; nothing is emitted.
        """
        if [one for one, _words in names] != [self._name(row) for row in range(self.signers.count())]:
            self.signers.blockSignals(True)
            self.signers.clear()
            for name, words in names:
                made = QListWidgetItem(words, self.signers)
                made.setData(Qt.ItemDataRole.UserRole, name)
                made.setCheckState(Qt.CheckState.Unchecked)
            self.signers.blockSignals(False)
            self.more.setVisible(bool(names))
        if items != [self.items.item(row).text() for row in range(self.items.count())]:
            self.items.blockSignals(True)
            self.items.clear()
            self.items.addItems(items)
            self.items.setCurrentRow(min(item, len(items)) - 1)
            self.items.blockSignals(False)

    def extract_chosen(self, extract: bool) -> None:
        """Show the items to choose from only where they matter."""
        self.item_label.setVisible(extract)
        self.items.setVisible(extract)

    def points(self) -> int:
        """Return the text size."""
        return int(self.sizes.key())

    def item(self) -> int:
        """Return the item (from 1) of an extract; the one that is offered until the agenda was read."""
        return max(self.items.currentRow(), 0) + 1 if self.items.count() else self.offered_item

    def wishes(self) -> documents.Wishes:
        """Return what is chosen."""
        chosen = range(self.signers.count()) if self.more.isChecked() else ()
        ticked = [row for row in chosen if self.signers.item(row).checkState() == Qt.CheckState.Checked]
        signers = tuple(self._name(row) for row in ticked)
        return documents.Wishes(self.marks.key(), self.sign.isChecked(), signers, self.nameless.isChecked())

    def retranslate(self) -> None:
        self.size_label.setText(_("Text size on paper"))
        self.mark_label.setText(_("Mark under the text"))
        self.item_label.setText(_("Item of the extract"))
        self.items.setAccessibleName(_("Item of the extract"))
        for key in self.sizes.buttons:
            self.sizes.word(key, key, _("Text size {points} points").format(points=key))
        for key, label, tip in WATERMARKS:
            self.marks.word(key, _(label), _(tip))
        self.sign.setText(_("Lines to sign on"))
        self.more.setText(_("Others sign too"))
        self.nameless.setText(_("Without names"))
        self.nameless.setToolTip(_("Codes or initials in the place of names; look the page over before it leaves"))
        self.signers.setAccessibleName(_("Others who sign"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _name(self, row: int) -> str:
        return str(self.signers.item(row).data(Qt.ItemDataRole.UserRole))

    def _on_more(self, more: bool) -> None:
        self.signers.setVisible(more)
        self._on_changed()

    def _on_changed(self, _what: object = None) -> None:
        self.changed.emit()


def short_list(name: str, parent: QWidget) -> QListWidget:
    """Return a list as high as its rows: it stands in a column that scrolls as a whole."""
    made = QListWidget(parent)
    made.setObjectName(name)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWordWrap(True)
    made.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    at_least(made, height=10)
    return made
