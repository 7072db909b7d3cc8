"""The recovery code: shown once, printed or saved, typed back from the sheet, never kept by the program."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.app.vault_secrets import same_code
from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.kit.text_field import TextField

TYPED = Field(
    "recovery_code", 1, Text(200), N_("The code from the sheet"), hint=N_("Hyphens and spaces may be left out.")
)


class CodeFromSheet(TextField):
    """A line for the recovery code; Latin letters only, so no palette."""

    letters = False


class RecoveryPage(QWidget):
    """``print_requested``, ``save_requested``, ``finished(confirmed)``.

    Two steps: the code is shown; then it is hidden and typed from the sheet – or that is put off.
    """

    print_requested = Signal()
    save_requested = Signal()
    finished = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_page")
        self.setProperty("role", "page")
        self._code = ""
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
        self.typed = CodeFromSheet(TYPED, self.card, required=True)
        self.print_button, self.save_button, self.to_typing, self.to_code, self.later, self.go_on = (
            self._button(name) for name in ("print", "save", "next", "back", "later", "continue")
        )
        for primary in (self.to_typing, self.go_on):
            primary.setProperty("role", "primary")
        self._build()
        self.print_button.clicked.connect(self.print_requested)
        self.save_button.clicked.connect(self.save_requested)
        self.to_typing.clicked.connect(lambda: self._show_step(typing=True))
        self.to_code.clicked.connect(lambda: self._show_step(typing=False))
        self.later.clicked.connect(lambda: self.finished.emit(False))
        self.go_on.clicked.connect(self.confirm)
        self.typed.entered.connect(lambda _name: self.confirm())
        self.retranslate()
        self._show_step(typing=False)

    def _button(self, name: str) -> PushButton:
        button = PushButton(self.card)
        button.setObjectName(f"recovery_{name}")
        return button

    def _build(self) -> None:
        papers, ways = QWidget(self.card), QWidget(self.card)
        self._papers = papers
        for holder, buttons in (
            (papers, (self.print_button, self.save_button)),
            (ways, (self.to_code, self.later, self.to_typing, self.go_on)),
        ):
            row = FlowLayout(holder, to_right=holder is ways)
            spaced(row, 2)
            for button in buttons:
                row.addWidget(button)
        for widget in (self.explain, self.code, self.messages, papers, self.typed, ways):
            self.card.column.addWidget(widget)
        content = QWidget()
        content.setProperty("role", "page")
        inner = QVBoxLayout(content)
        spaced(inner, 3, (6, 6, 6, 6))
        inner.addWidget(self.card)
        inner.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(area)

    def show_code(self, code: str) -> None:
        """Show the code as it is printed; forget it with an empty text."""
        self._code = code
        self.code.setText(code)
        self.typed.set_value(None)
        self.typed.set_error("")
        self._show_step(typing=False)

    def confirm(self) -> None:
        """Compare what was typed from the sheet with the code."""
        if same_code(str(self.typed.draft() or ""), self._code):
            self.finished.emit(True)
            return
        self.typed.set_error(_("This is not the code of the sheet. Compare it group by group."))
        self.typed.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.card.set_heading(_("Recovery sheet"))
        self._explain()
        self.print_button.setText(_("Print the sheet…"))
        self.save_button.setText(_("Save as PDF…"))
        self.save_button.setToolTip(_("The file can be read by anyone who finds it"))
        self.to_typing.setText(_("I have the sheet"))
        self.to_code.setText(_("Show the code again"))
        self.later.setText(_("Type it later"))
        self.later.setToolTip(_("The first page reminds you until it is done"))
        self.go_on.setText(_("Confirm"))
        self.code.setAccessibleName(_("Recovery code"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_papers"):
            self.retranslate()
        super().changeEvent(event)

    def _show_step(self, *, typing: bool) -> None:
        for widget in (self.code, self._papers, self.to_typing):
            widget.setHidden(typing)
        for widget in (self.typed, self.to_code, self.go_on):
            widget.setVisible(typing)
        self._explain()
        focus = self.typed.editor if typing else self.print_button
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _explain(self) -> None:
        if self.typed.isHidden():
            self.explain.setText(
                _(
                    "If the password is forgotten, only this code opens the records. It is shown now and never "
                    "again. Print the sheet or copy the code by hand, "
                    "and keep it in a safe, away from the computer."
                )
            )
        else:
            self.explain.setText(
                _("Take the sheet and type the code from it. So you know today that it can be read.")
            )
