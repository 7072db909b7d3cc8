"""Settings of this computer: colours, text size, letters, when it locks, which body one works for."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from ethnomed_desktop.app.councils import work_for
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import TEXT_SIZES, appearance
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.standing import Frame, frame
from ethnomed_desktop.ui.vault.choices import Choices

THEMES = (
    ("system", N_("Colours of the desktop")),
    ("light", N_("Light colours")),
    ("dark", N_("Dark colours")),
    ("contrast", N_("High contrast")),
)
MINUTES = (2, 5, 10, 15, 30, 60)


class LookCard(Card):
    """Each choice is in force at once; the window remembers it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.theme, self.text_size = Choices("setting_theme", self), Choices("setting_size", self)
        self.letters = QCheckBox(self)
        self.letters.setObjectName("setting_letters")
        self.idle, self.body = Choices("setting_idle", self), Choices("setting_body", self)
        for widget in (self.theme, self.text_size, self.letters, self.idle, self.body):
            self.column.addWidget(widget)
        act = session.hub.act_requested.emit
        self.theme.chosen.connect(lambda key: act(f"theme:{key}"))
        self.text_size.chosen.connect(lambda key: act(f"text:{key}"))
        self.letters.clicked.connect(lambda: act("letters"))
        self.idle.chosen.connect(self._on_idle)
        self.body.chosen.connect(self._on_body)
        self.body.hide()
        session.kept.connect(self.ask)
        appearance().changed.connect(self.show_standing)
        self.retranslate()

    def ask(self) -> None:
        """Ask which bodies there are and for which one works."""
        words = self._session.catalog
        self._session.query(lambda ctx: frame(ctx, words), self._on_frame, owner=self)

    def show_standing(self) -> None:
        """Show what is in force."""
        look = appearance()
        self.theme.choose(look.theme)
        self.text_size.choose(str(look.text_size))
        self.letters.setChecked(look.letter_palette)
        self.idle.choose(str(self._session.idle_minutes))

    def retranslate(self) -> None:
        self.set_heading(_("This computer"))
        self.theme.show_choices(_("Colours"), [(key, _(words)) for key, words in THEMES])
        self.text_size.show_choices(_("Text size"), [(str(size), f"{size} %") for size in TEXT_SIZES])
        self.letters.setText(_("Palette of Kazakh letters"))
        minutes = sorted({*MINUTES, self._session.idle_minutes})
        self.idle.show_choices(_("Lock after so many idle minutes"), [(str(one), str(one)) for one in minutes])
        self.show_standing()
        self.ask()

    def _on_idle(self, key: str) -> None:
        self._session.idle_minutes = int(key)
        self._session.hub.act_requested.emit(f"idle:{key}")

    def _on_body(self, key: str) -> None:
        self._session.keep(lambda ctx, progress: work_for(ctx, parse_uid(key)))

    def _on_frame(self, known: Frame) -> None:
        self.body.show_choices(_("The body you work for now"), known.bodies)
        self.body.choose(known.working)
        self.body.setVisible(len(known.bodies) > 1)
