"""The problem report in a window of its own: read first, then saved where the person says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, qVersion
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ethnomed_desktop.app.problem_report import problem_report, save_report
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.paths import Places
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.tasks import Tasks

FILE = "ethnomed-problem-report.txt"


class ProblemReport(QDialog):
    """Made on a free lane, then shown; `save_to` writes it. Nothing is sent."""

    def __init__(self, places: Places, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("problem_report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Problem report"))
        self.messages = MessageBar(self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Problem report"))
        at_least(self.text, width=70, height=40)
        self.resize(parent.window().size() * 3 / 4)
        self.save, self.leave = PushButton(_("Save the report…"), self), PushButton(_("Close"), self)
        self.save.setProperty("role", "primary")
        self.save.setEnabled(False)
        buttons = QWidget(self)
        row = FlowLayout(buttons, to_right=True)
        spaced(row, 2)
        row.addWidget(self.save)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        spaced(column, 3, (4, 4, 4, 4))
        for widget in (self.messages, self.text, buttons):
            column.addWidget(widget)
        self.save.clicked.connect(self._on_save)
        self.leave.clicked.connect(self.reject)
        words, known = current(), self._known()
        tasks.free(
            lambda progress: problem_report(places, words, known), self._on_made, self._on_failed, owner=self
        )

    def save_to(self, target: Path) -> None:
        """Write the report; says so, or why not."""
        try:
            save_report(self.text.toPlainText(), target)
        except EthnomedError as error:
            show_error(self.messages, error)
        else:
            self.messages.succeed(_("The problem report is saved: {name}").format(name=target.name))

    def _known(self) -> dict[str, str]:
        screen, look = self.screen().size(), appearance()
        return {
            "qt": qVersion() or "",
            "language": current().language,
            "screen": f"{screen.width()} x {screen.height()}, {self.devicePixelRatioF():g}",
            "text size": f"{look.text_size} %",
            "colours": look.theme,
        }

    def _on_made(self, text: str) -> None:
        self.text.setPlainText(text)
        self.save.setEnabled(True)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def _on_save(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _kind = QFileDialog.getSaveFileName(self, self.save.text(), str(Path(home) / FILE), "*.txt")
        if name:
            self.save_to(Path(name))
