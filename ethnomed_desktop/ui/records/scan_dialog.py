"""Scanned papers: what will be attached to what is shown first, and attached when a person says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import paper_scans
from ethnomed_desktop.app.attachments import Attached
from ethnomed_desktop.app.paper_scans import Part, Scan
from ethnomed_desktop.app.search import Hit, search
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.records.scan_row import ScanRow
from ethnomed_desktop.ui.session import Session

MOST_HITS = 12
_FILTER = " ".join(f"*{ending}" for ending in sorted(paper_scans.ENDINGS))


class ScanDialog(QDialog):
    """Files are looked at on the free lane, records found on the read lane. ``shown()`` after each answer."""

    shown = Signal()

    def __init__(self, session: Session, paths: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scan_dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._session = session
        self.rows: list[ScanRow] = []
        self._waiting = 0
        self.explain = QLabel(self)
        self.explain.setWordWrap(True)
        self.messages = MessageBar(self)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.attach_button, self.add_button, self.close_button = (PushButton(self) for _place in range(3))
        self.attach_button.setObjectName("scan_attach")
        self.attach_button.setProperty("role", "primary")
        self.add_button.setObjectName("scan_add")
        self.close_button.setObjectName("scan_close")
        self.attach_button.clicked.connect(self.attach)
        self.add_button.clicked.connect(self._choose)
        self.close_button.clicked.connect(self.close)
        self._build()
        self.retranslate()
        self.look(paths)

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "page")
        self._list = QVBoxLayout(content)
        spaced(self._list, 3, (1, 1, 2, 1))
        self._list.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        foot = QWidget(self)
        flow = FlowLayout(foot)
        spaced(flow, 2)
        for button in (self.attach_button, self.add_button, self.close_button):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        spaced(column, 3, (5, 4, 5, 4))
        for widget in (self.explain, self.messages, self.busy):
            column.addWidget(widget)
        column.addWidget(area, 1)
        column.addWidget(foot)
        room = (self.parentWidget() or self).size()
        self.resize(max(520, room.width() * 7 // 10), max(400, room.height() * 8 // 10))

    def look(self, paths: Sequence[Path]) -> None:
        """Look for codes in files, one after the other, and show what each holds."""
        if paths:
            self._wait(1)
            self._session.tasks.free(
                partial(_looked_at, tuple(paths)), self._on_looked, partial(self._on_failed, None), owner=self
            )

    def attach(self) -> None:
        """Attach every paper that is ticked and has its record, each in one transaction."""
        for row in [one for one in self.rows if one.is_ready()]:
            self._wait(1)
            job = partial(paper_scans.attach_part, part=row.part, uid=row.chosen())
            self._session.command(job, partial(self._on_attached, row), partial(self._on_failed, row))

    def retranslate(self) -> None:
        self.setWindowTitle(_("Attach scanned papers"))
        self.explain.setText(
            _(
                "The code at the foot of a printed form says which record it belongs to. Nothing is attached until "
                "you press the button."
            )
        )
        self.attach_button.setText(_("Attach"))
        self.add_button.setText(_("Add files…"))
        self.close_button.setText(_("Close"))
        for row in self.rows:
            row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _choose(self) -> None:
        words = f"{_('Pictures and PDF files')} ({_FILTER})"
        names, _kind = QFileDialog.getOpenFileNames(self, _("Add files…"), str(Path.home()), words)
        self.look([Path(name) for name in names])

    def _on_looked(self, scans: Sequence[Scan]) -> None:
        words = self._session.catalog
        self._session.query(
            lambda ctx: paper_scans.parts(ctx, scans, words),
            self._on_parts,
            partial(self._on_failed, None),
            owner=self,
        )

    def _on_parts(self, parts: Sequence[Part]) -> None:
        for part in parts:
            row = ScanRow(part, self._search, self)
            row.changed.connect(self._show_ready)
            self.rows.append(row)
            self._list.insertWidget(self._list.count() - 1, row)
        self._wait(-1)
        self.shown.emit()

    def _search(self, text: str, offer: Callable[[Sequence[Choice]], None]) -> None:
        words = self._session.catalog

        def on_hits(hits: Sequence[Hit]) -> None:
            offer(
                [
                    Choice(f"{hit.kind}:{uid_text(hit.uid)}", hit.title, kind_label(KINDS[hit.kind], current()))
                    for hit in hits
                ]
            )

        self._session.query(lambda ctx: search(ctx, text, words, limit=MOST_HITS), on_hits, owner=self)

    def _on_attached(self, row: ScanRow, _made: Attached) -> None:
        row.finish()
        self._wait(-1)
        done = sum(one.done for one in self.rows)
        if not self._waiting:
            words = ngettext("{count} file was attached.", "{count} files were attached.", done)
            self.messages.succeed(words.format(count=done))
        self.shown.emit()

    def _on_failed(self, row: ScanRow | None, error: Exception) -> None:
        if row is not None:
            row.refuse(error)
        else:
            show_error(self.messages, error)
        self._wait(-1)
        self.shown.emit()

    def _wait(self, more: int) -> None:
        self._waiting += more
        self.busy.setVisible(self._waiting > 0)
        self._show_ready()

    def _show_ready(self) -> None:
        self.attach_button.setEnabled(not self._waiting and any(row.is_ready() for row in self.rows))


def _looked_at(paths: Sequence[Path], progress: Callable[[int, int], None]) -> list[Scan]:
    return [paper_scans.look(path, progress) for path in paths]
