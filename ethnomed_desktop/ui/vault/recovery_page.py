"""The recovery code: shown once, printed or saved, never kept by the program."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced


class RecoveryPage(QWidget):
    """``print_requested``, ``save_requested``, and ``finished`` once the person says it is kept."""

    print_requested = Signal()
    save_requested = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_page")
        self.setProperty("role", "page")
        self.card = Card(self)
        self.explain = QLabel(self.card)
        self.explain.setWordWrap(True)
        self.code = QLabel(self.card)
        self.code.setObjectName("recovery_code")
        self.code.setWordWrap(True)
        self.code.setTextFormat(Qt.TextFormat.PlainText)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        sized_font(self.code, 1.4, bold=True)
        self.messages = MessageBar(self.card)
        self.print_button, self.save_button = QPushButton(self.card), QPushButton(self.card)
        self.print_button.setObjectName("recovery_print")
        self.save_button.setObjectName("recovery_save")
        self.print_button.clicked.connect(self.print_requested)
        self.save_button.clicked.connect(self.save_requested)
        self.kept = QCheckBox(self.card)
        self.kept.setObjectName("recovery_kept")
        self.go_on = QPushButton(self.card)
        self.go_on.setObjectName("recovery_continue")
        self.go_on.setProperty("role", "primary")
        self.go_on.setEnabled(False)
        self.kept.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.finished)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        buttons = QWidget(self.card)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        for widget in (self.explain, self.code, self.messages, buttons, self.kept):
            self.card.column.addWidget(widget)
        self.card.column.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        spaced(column, 3, (6, 6, 6, 6))
        column.addWidget(self.card)
        column.addStretch(1)

    def show_code(self, code: str) -> None:
        """Show the code as it is printed; forget it with an empty text."""
        self.code.setText(code)
        self.kept.setChecked(False)

    def retranslate(self) -> None:
        self.card.set_heading(_("Recovery sheet"))
        self.explain.setText(
            _(
                "If the password is forgotten, only this code opens the records. It is shown now and never again. "
                "Print the sheet or copy the code by hand, and keep it in a safe, away from the computer."
            )
        )
        self.print_button.setText(_("Print the sheet…"))
        self.save_button.setText(_("Save as PDF…"))
        self.save_button.setToolTip(_("The file can be read by anyone who finds it"))
        self.kept.setText(_("The sheet is in a safe place"))
        self.go_on.setText(_("Continue"))
        self.code.setAccessibleName(_("Recovery code"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
