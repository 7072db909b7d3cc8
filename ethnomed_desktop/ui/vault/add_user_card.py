"""Letting somebody in: full name, name at the door, role, a first password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.rights import ROLES
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.text_field import TextField
from ethnomed_desktop.ui.vault.choices import Choices
from ethnomed_desktop.ui.vault.passphrase_card import PassphraseCard

_NAME = Field("name", 1, Text(200), N_("Full name"))
_LABEL = Field(
    "slot_label", 3, Text(60), N_("Name at the door"), hint=N_("Short, as it is chosen when the program is opened.")
)
FIRST_ROLE = "mediator"


class AddCard(Card):
    """Holds what is typed; `problems` shows what is wrong and says whether anything is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TextField(_NAME, self, required=True)
        self.label = TextField(_LABEL, self)
        self.role = Choices("new_role", self)
        self.password = PassphraseCard(self, heading=N_("First password of the new user"))
        self.password.setProperty("role", "")
        self.add = PushButton(self)
        self.add.setObjectName("add_user")
        self.add.setProperty("role", "primary")
        for widget in (self.name, self.label, self.role, self.password):
            self.column.addWidget(widget)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()
        self.role.choose(FIRST_ROLE)

    def chosen_role(self) -> str:
        """Return the role chosen."""
        return next((role for role, button in self.role.buttons.items() if button.isChecked()), FIRST_ROLE)

    def problems(self) -> bool:
        """Show what is wrong at the fields; says whether anything is."""
        wrong = self.name.problem()
        self.name.set_error(wrong)
        return bool(self.password.problems()) or bool(wrong)

    def forget(self) -> None:
        """Empty everything once the user was added."""
        for field in (self.name, self.label):
            field.set_value(None)
            field.set_error("")
        self.password.forget()
        self.role.choose(FIRST_ROLE)

    def retranslate(self) -> None:
        self.set_heading(_("Add a user"))
        words = current()
        self.role.show_choices(_("Role"), [(role, code_label("user_role", role, words)) for role in ROLES])
        self.add.setText(_("Add the user"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
