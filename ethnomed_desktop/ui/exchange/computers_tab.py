"""Who takes part in the exchange: this computer, those that ask, and each partner with its standing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.exchange import PartnerView, WhoAmI
from ethnomed_desktop.app.exchange_keys import OfficeKey
from ethnomed_desktop.app.exchange_status import Unaware
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import number
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.exchange.joining_cards import LetJoinCard, OwnCard
from ethnomed_desktop.ui.exchange.key_card import KeyCard
from ethnomed_desktop.ui.exchange.key_words import unaware_words
from ethnomed_desktop.ui.exchange.media import Plugged
from ethnomed_desktop.ui.exchange.parts import ButtonRow, WordedCard, button, clear, paragraph, scrolling
from ethnomed_desktop.ui.exchange.report_words import runs, when
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.columns_layout import ColumnsLayout
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.session import Session


class ComputersTab(QWidget):
    """``changed()`` when a computer was let in or shut out."""

    changed = Signal()

    def __init__(self, session: Session, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("computers_tab")
        self._session = session
        self._messages = messages
        self.own = OwnCard(session, messages)
        self.let_join = LetJoinCard(session, messages)
        self.let_join.joined.connect(self.changed)
        self.key = KeyCard(session, messages)
        self.key.changed.connect(self.changed)
        area, column = scrolling(self)
        joining = QWidget(area)
        cards = ColumnsLayout(joining, 2, 110)
        spaced(cards, 3)
        for card in (self.own, self.let_join):
            cards.addWidget(card)
        self.list = QVBoxLayout()
        spaced(self.list, 3)
        self.unaware = QFrame(area)
        self.unaware.setProperty("level", "warning")
        self.unaware_text = paragraph(self.unaware)
        inside = QVBoxLayout(self.unaware)
        spaced(inside, 1, (3, 2, 3, 2))
        inside.addWidget(self.unaware_text)
        self.unaware.hide()
        self._unaware: Sequence[Unaware] = ()
        column.addWidget(self.unaware)
        column.addLayout(self.list)
        column.addWidget(joining)
        column.addWidget(self.key)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        spaced(whole, 0)
        whole.addWidget(area)
        self.cards: dict[bytes, PartnerCard] = {}

    def show_me(self, me: WhoAmI) -> None:
        """Say who this computer is."""
        self.own.show_me(me)

    def show_key(self, key: OfficeKey, unaware: Sequence[Unaware]) -> None:
        """Show how the office's key stands, and who has not heard of what was decided."""
        self.key.show_key(key)
        self._unaware = unaware
        self._word_unaware()

    def _word_unaware(self) -> None:
        self.unaware_text.setText(unaware_words(self._unaware))
        self.unaware.setVisible(bool(self._unaware))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_unaware"):
            self._word_unaware()
        super().changeEvent(event)

    def show_plugged(self, plugged: Plugged) -> None:
        """Offer the stick for requests and answers."""
        self.own.show_plugged(plugged)
        self.let_join.show_plugged(plugged)
        self.key.show_plugged(plugged)

    def show_partners(self, partners: Sequence[PartnerView]) -> None:
        """List them, one card each."""
        if [one.replica for one in partners] != list(self.cards):
            clear(self.list)
            self.cards = {one.replica: PartnerCard(self) for one in partners}
            for replica, card in self.cards.items():
                card.shut_out_button.clicked.connect(partial(self._shut_out, replica))
                self.list.addWidget(card)
        for one in partners:
            self.cards[one.replica].show_partner(one)

    def _shut_out(self, replica: bytes, checked: bool = False) -> None:
        partner = self.cards[replica].partner
        if partner is None:
            return
        text = _(
            "Shut out: {name}? What it writes from now on counts nowhere, and nothing is sent to it any more. "
            "This cannot be taken back; the computer would have to join anew."
        ).format(name=partner.name)
        if ask(self, text, do=_("Shut out"), keep=_("Keep")):
            self._session.keep(
                lambda ctx, progress: exchange.revoke(ctx, replica), self._on_shut_out, self._on_failed
            )

    def _on_shut_out(self, _nothing: object) -> None:
        self._messages.succeed(
            _("The computer is shut out. Others learn it from the next file you send them; send one today.")
        )
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        show_error(self._messages, error)


class PartnerCard(WordedCard):
    """One partner: what it has not confirmed, when something went there and came from there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("partner_card")
        self.partner: PartnerView | None = None
        self.text = paragraph(self)
        self.shut_out_button = button(self, "partner_shut_out", "danger")
        self.column.addWidget(self.text)
        self.column.addWidget(ButtonRow([self.shut_out_button], self))

    def show_partner(self, partner: PartnerView) -> None:
        """Show how things stand."""
        self.partner = partner
        self.retranslate()

    def retranslate(self) -> None:
        one = self.partner
        if one is None:
            return
        self.set_heading(one.name)
        self.shut_out_button.setText(_("Shut out…"))
        self.shut_out_button.setAccessibleName(_("Shut out: {name}").format(name=one.name))
        self.shut_out_button.setVisible(not one.revoked)
        lines = [
            _("Changes not confirmed yet: {count}").format(count=number(one.owed_lines, current().language)),
            _("Sent last: {time}").format(time=when(one.sent_ms)),
            _("Came last: {time}").format(time=when(one.heard_ms)),
        ]
        if one.missing:
            lines.append(_("Have not come from there: № {numbers}").format(numbers=runs(one.missing)))
        if one.revoked:
            lines = [_("Shut out: nothing is sent there, and nothing is taken in from there.")]
        self.text.setText("\n".join(lines))
