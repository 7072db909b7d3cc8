"""The first thing one sees: the password field. Light: neither the store nor the forms are imported for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced
from ethnomed_desktop.ui.vault.secret_entry import SecretEntry

if TYPE_CHECKING:
    from ethnomed_desktop.ui.kit.message_bar import MessageBar
    from ethnomed_desktop.ui.vault.label_field import LabelField

CARD_UNITS = 100
_LAYOUTS = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}


class UnlockPage(QWidget):
    """``unlock_requested(secret, label)``; the answer comes by `refuse` or by the page being left."""

    unlock_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlock_page")
        self.setProperty("role", "page")
        self._busy = False
        self._labels: tuple[str, ...] = ()
        self._known = ""
        self._closing = False
        self.card = Card(self)
        at_least(self.card, width=CARD_UNITS)
        self.title = QLabel(self.card)
        self.title.setObjectName("unlock_title")
        sized_font(self.title, 1.5, bold=True)
        self.title.setWordWrap(True)
        self.secret = SecretEntry(self.card)
        self.layout_now = QLabel(self.card)
        self.layout_now.setObjectName("layout_now")
        self.layout_now.setProperty("role", "secondary")
        self.recovery = QLabel(self.card)
        self.recovery.setProperty("role", "secondary")
        self.recovery.setWordWrap(True)
        self.button = PushButton(self.card)
        self.button.setObjectName("unlock")
        self.button.setProperty("role", "primary")
        self.busy_line = QProgressBar(self.card)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.setProperty("slim", True)
        self.busy_line.hide()
        self._build()
        self.secret.entered.connect(self._submit)
        self.button.clicked.connect(self._submit)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_layout)
        self.retranslate()

    def _build(self) -> None:
        for widget in (
            self.title,
            self.secret,
            self.layout_now,
            self.button,
            self.busy_line,
            self.recovery,
        ):
            self.card.column.addWidget(widget)
        row = QHBoxLayout()
        spaced(row, 0)
        row.addStretch(1)
        row.addWidget(self.card, 2)
        row.addStretch(1)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        spaced(column, 3, (6, 6, 6, 6))
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        spaced(outer, 0)
        outer.addWidget(area)

    @cached_property
    def messages(self) -> MessageBar:
        """What is told under the title; made with the first message."""
        from ethnomed_desktop.ui.kit.message_bar import MessageBar

        bar = MessageBar(self.card)
        self.card.column.insertWidget(self.card.column.indexOf(self.title) + 1, bar)
        return bar

    @cached_property
    def who(self) -> LabelField:
        """The names to choose from, above the password; made where there are several."""
        from ethnomed_desktop.ui.vault.label_field import LabelField

        field = LabelField(self.card)
        field.hide()
        self.card.column.insertWidget(self.card.column.indexOf(self.secret), field)
        return field

    def furnish(self) -> None:
        """Draw what the first picture did without."""
        self.secret.draw_eye()

    def offer_labels(self, labels: Sequence[str], last: str) -> None:
        """Show who may come in; a single one needs no choice. ``last`` came in the last time."""
        self._labels = tuple(labels)
        if len(labels) > 1 or "who" in vars(self):
            self.who.offer_labels(labels, last)
            self.who.setVisible(len(labels) > 1)

    def tell_secret(self, secret: str) -> None:
        """Show the password of a practice council (empty: keep still)."""
        self._known = secret
        self.retranslate()

    def begin(self) -> None:
        """Forget what was typed and wait for a password."""
        self.secret.clear()
        self._closing = False
        self._set_busy(False)
        self._dismiss()
        self._focus()

    def wait(self) -> None:
        """Let nobody in while the vault is still being closed; `begin` ends the waiting."""
        self.begin()
        self._closing = True
        self._set_busy(True)

    def refuse(self, text: str) -> None:
        """Say in plain words why it did not open; what was typed stays selected, to be typed again."""
        self._set_busy(False)
        layout = _layout_name()
        hint = _("Layout now: {layout}").format(layout=layout)
        self.messages.warn(f"{text}\n{hint}" if layout else text)
        self.secret.line.selectAll()
        self.secret.line.setFocus()

    def retranslate(self) -> None:
        self.title.setText(_("Unlock the council's records"))
        doing = _("Locking…") if self._closing else _("Opening…")
        self.button.setText(doing if self._busy else _("Unlock"))
        self.recovery.setText(
            _("This is a practice council. Its password: {passphrase}").format(passphrase=self._known)
            if self._known
            else _("Password forgotten? Type the recovery code from the printed sheet instead.")
        )
        self.busy_line.setAccessibleName(doing)
        self._show_layout()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()  # keys that come with the first picture are not lost
        QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        self.secret.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dismiss(self) -> None:
        if "messages" in vars(self):
            self.messages.dismiss()

    def _submit(self) -> None:
        if self._busy or self.secret.complain_if_empty():
            return
        self._set_busy(True)
        self._dismiss()
        label = self.who.label_chosen() if len(self._labels) > 1 else None
        self.unlock_requested.emit(self.secret.secret(), label or "")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_line.setVisible(busy)
        self.button.setEnabled(not busy)
        self.secret.line.setReadOnly(busy)
        self.retranslate()

    def _show_layout(self) -> None:
        name = _layout_name()
        self.layout_now.setText(_("Layout now: {layout}").format(layout=name) if name else "")
        self.layout_now.setVisible(bool(name))


def _layout_name() -> str:
    """Return the keyboard layout in use as the tray shows it; empty when the system does not tell."""
    language = QGuiApplication.inputMethod().locale().name().split("_")[0]
    return _LAYOUTS.get(language, "" if language in {"C", ""} else language.upper())
