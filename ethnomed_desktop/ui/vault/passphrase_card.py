"""A new passphrase: twice, with its strength in words and a proposal that is easy to keep."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from ethnomed_desktop.app.messages import STRENGTH_TEXTS
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.passphrases import proposed, require_acceptable, strength
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import words_of
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.error_summary import FieldProblem
from ethnomed_desktop.ui.kit.secret_field import SecretField

_FIRST = Field(
    "passphrase", 1, Text(1024), N_("Password"), hint=N_("At least 12 characters, or 5 words. Six words are best.")
)
_AGAIN = Field("passphrase_again", 2, Text(1024), N_("The same password again"))
_OLD = Field(
    "old",
    3,
    Text(1024),
    N_("The present password"),
    hint=N_("Forgotten? The code from the recovery sheet will do."),
)


class PassphraseCard(Card):
    """Two secret fields; `problems` says in words what is wrong, `passphrase` returns what was typed.

    ``changing`` asks for the present passphrase first: who finds the screen unlocked must not change it.
    ``heading`` is a catalog id.
    """

    def __init__(
        self, parent: QWidget | None = None, *, changing: bool = False, heading: str = N_("Password of the vault")
    ) -> None:
        super().__init__(parent)
        self._heading = heading
        self.old = SecretField(_OLD, self, required=changing)
        self.old.setVisible(changing)
        self.first = SecretField(_FIRST, self, required=True)
        self.again = SecretField(_AGAIN, self, required=True)
        self.meter = QLabel(self)
        self.meter.setObjectName("passphrase_strength")
        self.meter.setWordWrap(True)
        self.propose = PushButton(self)
        self.propose.setObjectName("propose_passphrase")
        self.proposal = QLabel(self)
        self.proposal.setObjectName("proposed_passphrase")
        self.proposal.setWordWrap(True)
        self.proposal.hide()
        for widget in (self.old, self.first, self.meter, self.again, self.propose, self.proposal):
            self.column.addWidget(widget)
        self.first.edited.connect(self._show_strength)
        self.first.line.textChanged.connect(self._show_strength)
        self.propose.clicked.connect(self._on_propose)
        self.retranslate()

    def passphrase(self) -> str:
        """Return the passphrase as typed."""
        return self.first.secret()

    def forget(self) -> None:
        """Empty both fields and hide what was proposed."""
        for field in (self.old, self.first, self.again):
            field.clear()
            field.set_error("")
        self.proposal.clear()
        self.proposal.hide()

    def problems(self) -> list[FieldProblem]:
        """Return what is wrong, in words, and show it at the fields."""
        first = self.first.problem() or self._refusal()
        again = self.again.problem()
        if not again and self.again.secret() != self.first.secret():
            again = _("The two passwords differ. Type the same one twice.")
        old = self.old.problem()
        found = ((self.old.name, old), (self.first.name, first), (self.again.name, again))
        for field, (_name, text) in zip((self.old, self.first, self.again), found, strict=True):
            field.set_error(text)
        return [FieldProblem(name, text) for name, text in found if text]

    def retranslate(self) -> None:
        self.set_heading(_(self._heading))
        self.propose.setText(_("Propose a password"))
        self._show_strength()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _refusal(self) -> str:
        try:
            require_acceptable(self.first.secret())
        except UserError as error:
            return words_of(error)
        return ""

    def _show_strength(self) -> None:
        typed = self.first.secret()
        words = _(STRENGTH_TEXTS[strength(typed)])
        self.meter.setText(_("Strength: {words}").format(words=words) if typed else "")
        self.meter.setVisible(bool(typed))

    def _on_propose(self) -> None:
        """Fill both fields and show the words: they are written down before they are hidden again."""
        words = proposed(current().language)
        for field in (self.first, self.again):
            field.line.setText(words)
            field.set_error("")
        self.proposal.setText(_("Write it down: {words}").format(words=words))
        self.proposal.show()
