"""What each role may do: the table of `domain.rights` in words, nothing written here by hand."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ethnomed_desktop.app.rights_table import RightsTable, rights_table
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.kit.card import Card


class RightsCard(Card):
    """Shown to everybody, whatever the role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QLabel(self)
        self.table.setObjectName("rights_table")
        self.table.setTextFormat(Qt.TextFormat.RichText)
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
        self.table.setText(_html(shown))
        self.table.setAccessibleName(_("What each role may do"))
        self.notes.setText("\n\n".join(shown.notes))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _html(shown: RightsTable) -> str:
    heads = "".join(f"<th align='center'>{escape(role)}</th>" for role in shown.roles)
    rows = [
        f"<tr><td>{escape(line.label)}</td>{''.join(_cell(may) for may in line.may)}</tr>" for line in shown.lines
    ]
    return f"<table width='100%' cellpadding='4'><tr><th></th>{heads}</tr>{''.join(rows)}</table>"


def _cell(may: bool) -> str:
    word = _("yes") if may else "–"
    return f"<td align='center'>{escape(word)}</td>"
