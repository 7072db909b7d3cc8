"""What leaves for a partner before it leaves: record by record, and of what stays, why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ethnomed_desktop.app import exchange_leaving
from ethnomed_desktop.app.exchange_extract import write_extract
from ethnomed_desktop.app.exchange_leaving import Leaving, RecordLeaving
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.parts import ButtonRow, WordedCard, bring_into_view, button, paragraph
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.saving import ask_where
from ethnomed_desktop.ui.kit.scale import at_least
from ethnomed_desktop.ui.records.approving import approve_again
from ethnomed_desktop.ui.session import Session

OPENED_AT_ONCE = 3
"""So many records show their fields without being opened."""
LEAST_UNITS = 70
SHARES = (7, 6, 4, 7)


class LeavingCard(WordedCard):
    """Hidden until `look` is asked for. Looking runs on the write lane and writes nothing."""

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leaving_card")
        self._session = session
        self._messages = messages
        self.found: Leaving | None = None
        self._replica = b""
        self.text = paragraph(self)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("leaving_tree")
        self.tree.setColumnCount(4)
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setAlternatingRowColors(True)
        at_least(self.tree, height=LEAST_UNITS)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.extract_button = button(self, "leaving_extract")
        self.approve_button = button(self, "leaving_approve")
        self.close_button = button(self, "leaving_close")
        self.extract_note = paragraph(self, role="secondary")
        buttons = ButtonRow([self.close_button, self.approve_button, self.extract_button], self)
        for widget in (self.text, self.tree, buttons, self.extract_note):
            self.column.addWidget(widget)
        self.approve_button.clicked.connect(self._approve)
        self.extract_button.clicked.connect(self._extract)
        self.tree.itemSelectionChanged.connect(self._enable)
        self.close_button.clicked.connect(self.hide)
        self.hide()
        self.retranslate()

    def look(self, replica: bytes) -> None:
        """Show what a file for the partner would hold now."""
        self._replica = replica
        words = current()
        self._session.tasks.write(
            lambda progress: exchange_leaving.leaving(self._session.ctx, replica, words),
            self._on_found,
            lambda error: show_error(self._messages, error),
        )

    def _on_found(self, found: Leaving) -> None:
        self.found = found
        self.retranslate()
        self.show()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.close_button, self.text)

    def chosen(self) -> list[bytes]:
        """Return the records that are marked in the list, each once."""
        found = self.found.records if self.found is not None else ()
        rows = {self.tree.indexOfTopLevelItem(item.parent() or item) for item in self.tree.selectedItems()}
        return list(dict.fromkeys(found[row].uid for row in sorted(rows)))

    def _enable(self) -> None:
        self.extract_button.setEnabled(bool(self.chosen()))
        records = self.found.records if self.found is not None else ()
        self.approve_button.setVisible(any(one.stale for one in records))
        self.approve_button.setEnabled(self._stale_chosen() is not None)

    def _stale_chosen(self) -> bytes | None:
        """Return the record to approve again: the one marked, or the only one there is."""
        records = self.found.records if self.found is not None else ()
        stale, chosen = [one.uid for one in records if one.stale], self.chosen()
        marked = [uid for uid in stale if uid in chosen] if chosen else stale
        return marked[0] if len(marked) == 1 else None

    def _approve(self) -> None:
        uid = self._stale_chosen()
        if uid is not None:
            approve_again(self, self._session, self._messages, uid, lambda: self.look(self._replica))

    def _extract(self) -> None:
        proposed = documents_folder() / f"{_('Extract')}.pdf"
        target = ask_where(self, self.extract_button.text(), proposed, "PDF (*.pdf)")
        if target is not None:
            self.extract_to(target)

    def extract_to(self, target: Path) -> None:
        """Write the marked records into a readable file, without fields that name people."""
        uids, language = self.chosen(), current().language
        self._session.keep(
            lambda ctx, progress: write_extract(ctx, uids, language, target),
            lambda _count: self._messages.succeed(
                _("Saved: {name}. The file is outside the protection: anyone can read it.").format(name=target.name)
            ),
            lambda error: show_error(self._messages, error),
        )

    def retranslate(self) -> None:
        self.set_heading(_("What leaves, and what stays"))
        self.extract_button.setText(_("One-way extract of the marked records…"))
        self.extract_note.setText(
            _("An extract is a readable file: no password protects it, and no program takes it in.")
        )
        self.close_button.setText(_("Close"))
        self.approve_button.setText(_("Approve the text again…"))
        self.tree.setAccessibleName(_("What leaves, and what stays"))
        self.tree.setHeaderLabels([_("Record and field"), _("Here"), _("Leaves"), _("Why")])
        found = self.found
        if found is None:
            self._enable()
            return
        self.text.setText(_head(found))
        self.tree.setVisible(bool(found.records))
        self.tree.clear()
        for place, one in enumerate(found.records):
            item = _item(one)
            self.tree.addTopLevelItem(item)
            item.setFirstColumnSpanned(True)
            item.setExpanded(place < OPENED_AT_ONCE)
        self._fit()
        self._enable()

    def _fit(self) -> None:
        """Share the width, so that large text needs no scrolling sideways; tooltips say what is cut."""
        header = self.tree.header()
        header.setStretchLastSection(True)
        room = self.tree.viewport().width()
        for column, share in enumerate(SHARES[:-1]):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, room * share // sum(SHARES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)


def _head(found: Leaving) -> str:
    count = number(found.count, current().language)
    if found.whole:
        return _(
            "{name} is a computer of this office: everything leaves as it is. Records in the next file: {count}"
        ).format(name=found.partner, count=count)
    return _(
        "{name} is another office: only what stands under “Leaves” goes there. Records in the next file: {count}"
    ).format(name=found.partner, count=count)


def _item(one: RecordLeaving) -> QTreeWidgetItem:
    title = _("{title} – is withdrawn there").format(title=one.title) if one.withdrawn else one.title
    item = QTreeWidgetItem([f"{one.about}: {title}"])
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
    for line in one.fields:
        row = QTreeWidgetItem([line.label, _one_line(line.here), _one_line(line.leaves) or "–", line.why])
        for column, text in enumerate((line.label, line.here, line.leaves, line.why)):
            row.setToolTip(column, text)
        item.addChild(row)
    return item


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
