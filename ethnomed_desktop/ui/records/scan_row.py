"""One paper of a scan: which pages of which file, the record they belong to, and the choice of another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.paper_scans import PAPER_NAMES, Part
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser
from ethnomed_desktop.ui.kit.scale import sized_font, spaced

Ask = Callable[[str, Callable[[Sequence[Choice]], None]], None]
"""Searches everything for a text and hands the choices on; their keys are ``kind:uid``."""


class ScanRow(QFrame):
    """``changed()`` when the person takes the paper out or in, or chooses its record."""

    changed = Signal()

    def __init__(self, part: Part, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.part = part
        self.done = False
        self._said: EthnomedError | None = part.problem or part.note
        self.tick = QCheckBox(self)
        self.tick.setObjectName("scan_tick")
        self.tick.setChecked(part.uid is not None)
        self.tick.toggled.connect(self.changed)
        self.where, self.said = QLabel(self), QLabel(self)
        for label in (self.where, self.said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        sized_font(self.where, 1.0, bold=True)
        self.said.setProperty("role", "secondary")
        self.record = Chooser(self)
        self.record.setObjectName("scan_record")
        self.record.typed.connect(lambda text: ask(text, self.record.offer))
        self.record.asked.connect(lambda text: ask(text, self.record.offer))
        self.record.picked.connect(self._on_picked)
        column = QVBoxLayout(self)
        spaced(column, 2, (4, 3, 4, 3))
        for widget in (self.tick, self.where, self.said, self.record):
            column.addWidget(widget)
        self.retranslate()

    def chosen(self) -> bytes | None:
        """Return the record that the person chose; None: the one that was found."""
        _kind, _sign, uid = self.record.key().partition(":")
        return parse_uid(uid) if uid else None

    def is_ready(self) -> bool:
        """Whether it would be attached now."""
        return not self.done and self.tick.isChecked() and (self.part.uid or self.chosen()) is not None

    def finish(self) -> None:
        """It is attached."""
        self.done, self._said = True, None
        self.retranslate()

    def refuse(self, error: Exception) -> None:
        """It could not be attached; say why."""
        if isinstance(error, EthnomedError):
            self._said = error
        self.tick.setChecked(False)
        self.retranslate()

    def retranslate(self) -> None:
        part, count = self.part, len(self.part.pages)
        words = ngettext("{name}, {count} page", "{name}, {count} pages", count) if count else "{name}"
        self.tick.setText(words.format(name=part.name, count=count).replace("&", "&&"))
        paper = _(PAPER_NAMES[part.paper]) if part.paper else ""
        title = part.title
        if appearance().names_hidden and part.kind:
            title = kind_label(KINDS[part.kind], current())
        where = " · ".join(one for one in (paper, title) if one)
        self.where.setText(_("Attached.") if self.done else where)
        self.where.setVisible(bool(self.where.text()))
        self.said.setText(sentence(self._said, current()) if self._said is not None else "")
        self.said.setVisible(self._said is not None)
        self.record.line.setPlaceholderText(_("Which record? Type its number, name or words"))
        self.record.line.setAccessibleName(_("The record"))
        readable = part.problem is not None and part.problem.code.startswith("scan.")
        self.record.setVisible(readable and not self.done)
        self.tick.setEnabled(not self.done and (part.uid or self.chosen()) is not None)

    def _on_picked(self, key: str) -> None:
        self.tick.setEnabled(bool(key))
        self.tick.setChecked(bool(key))
        self.changed.emit()
