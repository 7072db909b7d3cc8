"""The first thing one sees: the password field. Light: nothing of the store is imported for painting it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import at_least, sized_font, spaced
from ethnomed_desktop.ui.kit.secret_field import SecretField

_PASSWORD = Field("secret", 1, Text(1024), N_("Password"))
_WHO = Field("label", 2, Text(80), N_("Who are you?"))
CARD_UNITS = 100
_LAYOUTS = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}


class LabelField(FieldBox):
    """Who is at the door: a chooser over a few names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WHO, parent)
        self._labels: list[str] = []
        self.chooser = Chooser(self)
        self.chooser.typed.connect(self._offer)
        self.chooser.asked.connect(self._offer)
        self._adopt(self.chooser.line, self.chooser)

    def offer_labels(self, labels: Sequence[str], chosen: str) -> None:
        """Set the names and the one that stands there first."""
        self._labels = list(labels)
        first = chosen if chosen in self._labels else self._labels[0] if self._labels else ""
        self.chooser.choose(Choice(first, first) if first else None)

    def label_chosen(self) -> str | None:
        """Return the name, or None while nothing (known) stands there."""
        return self.chooser.key() or None

    def draft(self) -> str | None:
        return self.label_chosen()

    def _offer(self, text: str) -> None:
        wanted = text.casefold()
        self.chooser.offer([Choice(one, one) for one in self._labels if wanted in one.casefold()])


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
        self.messages = MessageBar(self.card)
        self.who = LabelField(self.card)
        self.who.hide()
        self.secret = SecretField(_PASSWORD, self.card)
        self.layout_now = QLabel(self.card)
        self.layout_now.setObjectName("layout_now")
        self.layout_now.setProperty("role", "secondary")
        self.recovery = QLabel(self.card)
        self.recovery.setProperty("role", "secondary")
        self.recovery.setWordWrap(True)
        self.button = QPushButton(self.card)
        self.button.setObjectName("unlock")
        self.button.setProperty("role", "primary")
        self.busy_line = QProgressBar(self.card)
        self.busy_line.setRange(0, 0)
        self.busy_line.setTextVisible(False)
        self.busy_line.setFixedHeight(6)
        self.busy_line.hide()
        self._build()
        self.secret.entered.connect(self._submit)
        self.button.clicked.connect(self._submit)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_layout)
        self.retranslate()

    def _build(self) -> None:
        for widget in (
            self.title,
            self.messages,
            self.who,
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

    def offer_labels(self, labels: Sequence[str], last: str) -> None:
        """Show who may come in; a single one needs no choice. ``last`` came in the last time."""
        self._labels = tuple(labels)
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
        self.messages.dismiss()
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
        QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        self.secret.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if self._busy:
            return
        problem = "" if self.secret.secret() else _("Fill in: {label}").format(label=self.secret.title())
        self.secret.set_error(problem)
        if problem:
            return
        self._set_busy(True)
        self.messages.dismiss()
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
