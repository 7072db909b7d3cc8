"""What each role may do: the table of `domain.rights` in words, nothing written here by hand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ethnomed_desktop.app.rights_table import RightsTable, rights_table
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.kit.card import Card

LEAST_LABEL = 16
"""So many letters wide is the column of what one may do; with less room a list is easier to read."""


class RightsCard(Card):
    """Shown to everybody, whatever the role: as a table, or where that is too wide as a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: Sequence[str] = ()
        self._forms = ("", "")
        self.table = QLabel(self)
        self.table.setObjectName("rights_table")
        self.table.setTextFormat(Qt.TextFormat.RichText)
        self.table.setMinimumWidth(1)  # the words of a table must not widen the page
        self.notes = QLabel(self)
        self.notes.setObjectName("rights_notes")
        for label in (self.table, self.notes):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.column.addWidget(label)
        self.retranslate()

    def retranslate(self) -> None:
        shown = rights_table(current())
        self.set_heading(_("What each role may do"))
        self._roles, self._forms = shown.roles, (_html(shown), _list_html(shown))
        self._choose_form()
        self.table.setAccessibleName(_("What each role may do"))
        self.notes.setText("\n\n".join(shown.notes))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._choose_form()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_form()

    def _choose_form(self) -> None:
        wide, narrow = self._forms
        metrics = self.table.fontMetrics()
        em = metrics.horizontalAdvance("m")
        needed = sum(metrics.horizontalAdvance(role) + 2 * em for role in self._roles) + LEAST_LABEL * em
        text = wide if needed <= self.table.width() else narrow
        if text != self.table.text():
            self.table.setText(text)


def _html(shown: RightsTable) -> str:
    heads = "".join(f"<th align='center'>{escape(role)}</th>" for role in shown.roles)
    rows = [
        f"<tr><td>{escape(line.label)}</td>{''.join(_cell(may) for may in line.may)}</tr>" for line in shown.lines
    ]
    return f"<table width='100%' cellpadding='4'><tr><th></th>{heads}</tr>{''.join(rows)}</table>"


def _list_html(shown: RightsTable) -> str:
    lines = []
    for line in shown.lines:
        roles = [role for role, may in zip(shown.roles, line.may, strict=True) if may]
        lines.append(f"<p><b>{escape(line.label)}</b><br>{escape(', '.join(roles) or '–')}</p>")
    return "".join(lines)


def _cell(may: bool) -> str:
    word = _("yes") if may else "–"
    return f"<td align='center'>{escape(word)}</td>"
