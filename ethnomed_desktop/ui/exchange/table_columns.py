"""The columns of a spreadsheet, one line each: an example, the field it is, whether it tells rows apart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ethnomed_desktop.app.table_maps import TableLook
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import field_label
from ethnomed_desktop.ui.exchange.parts import clear, paragraph
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.pick import Pick
from ethnomed_desktop.ui.kit.scale import spaced

_EXAMPLE = 40
UNUSED = "-"
"""The choice of a column that is no field."""


class TableColumns(QWidget):
    """``changed()`` after a person chose another field or another way to tell rows apart."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: TableLook | None = None
        self._kind = ""
        self.fields: dict[str, Pick] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.grid = QGridLayout(self)
        spaced(self.grid, 2)
        for place, share in enumerate((4, 4, 8, 2)):
            self.grid.setColumnStretch(place, share)
        self.hide()

    def show_table(self, look: TableLook | None, kind: str) -> None:
        """Show the columns with the fields guessed for them; ``None`` shows none."""
        self._look, self._kind = look, kind
        self.fields, self.ticks = {}, {}
        clear(self.grid)
        self.setVisible(look is not None)
        if look is None:
            return
        self._add_head()
        for line, name in enumerate(look.headings, start=1):
            self._add_column(line, name, look)

    def chosen(self) -> dict[str, str]:
        """Return the field of each column that is used; a field chosen twice counts for the first column."""
        found: dict[str, str] = {}
        for name, box in self.fields.items():
            field = box.chosen()
            if field != UNUSED and field not in found.values():
                found[name] = field
        return found

    def telling_apart(self) -> tuple[str, ...]:
        """Return the fields that tell records apart; empty: all of them together."""
        chosen = self.chosen()
        return tuple(field for name, field in chosen.items() if self.ticks[name].isChecked())

    def _add_head(self) -> None:
        for place, words in enumerate((_("Column"), _("Example"), _("Field"), _("Tells records apart"))):
            label = paragraph(self, bold=True)
            label.setText(words)
            self.grid.addWidget(label, 0, place)

    def _add_column(self, line: int, name: str, look: TableLook) -> None:
        example = paragraph(self, role="secondary")
        example.setText(look.examples[name][:_EXAMPLE])
        heading = paragraph(self)
        heading.setText(name)
        box, tick = Pick(self._choices(), self), QCheckBox(self)
        box.setObjectName(f"table_field_{line}")
        tick.setObjectName(f"table_tick_{line}")
        box.line.setAccessibleName(_("Field of the column “{column}”").format(column=name))
        tick.setAccessibleName(_("The column “{column}” tells records apart").format(column=name))
        box.put(look.guessed.get(name, UNUSED))
        tick.setEnabled(box.chosen() != UNUSED)
        box.changed.connect(lambda _key: self._on_field(name))
        tick.clicked.connect(self.changed)
        self.fields[name], self.ticks[name] = box, tick
        for place, widget in enumerate((heading, example, box, tick)):
            self.grid.addWidget(widget, line, place)
        self.grid.setAlignment(tick, Qt.AlignmentFlag.AlignHCenter)

    def _choices(self) -> list[Choice]:
        fields = [field for field in kind_named(self._kind).all_fields if field.page != 0]
        return [Choice(UNUSED, _("Not used")), *(Choice(one.name, field_label(one, current())) for one in fields)]

    def _on_field(self, name: str) -> None:
        used = self.fields[name].chosen() != UNUSED
        self.ticks[name].setEnabled(used)
        if not used:
            self.ticks[name].setChecked(False)
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._look is not None:
            chosen, apart = self.chosen(), {name for name, tick in self.ticks.items() if tick.isChecked()}
            self.show_table(self._look, self._kind)
            for name, box in self.fields.items():
                box.put(chosen.get(name, UNUSED))
                self.ticks[name].setEnabled(name in chosen)
                self.ticks[name].setChecked(name in apart)
        super().changeEvent(event)
