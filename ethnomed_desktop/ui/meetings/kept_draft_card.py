"""Words typed into minutes that were closed elsewhere meanwhile: shown, to be taken over or thrown away."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from ethnomed_desktop.app.drafts import Draft, throw_draft_away
from ethnomed_desktop.domain.meeting_sheets import Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.scale import at_least
from ethnomed_desktop.ui.session import Session

_WORDED = ("title", "heard", "text", "outcome")


def words_of_draft(draft: Draft) -> str:
    """Return what was written into a draft, part by part, as plain text."""
    parts = Sheet.from_json(draft.body["sheet"]).meeting.walk()
    return "\n".join(part.text(name) for part in parts for name in _WORDED if part.text(name))


class KeptDraftCard(Card):
    """Hidden while there is no such draft."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kept_draft")
        self._session = session
        self._draft: bytes | None = None
        self.explain = QLabel(self)
        self.explain.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("kept_words")
        self.text.setReadOnly(True)
        at_least(self.text, height=30)
        self.throw_away = PushButton(self)
        self.throw_away.setObjectName("throw_kept_away")
        self.throw_away.clicked.connect(self._on_thrown_away)
        for widget in (self.explain, self.text, self.throw_away):
            self.column.addWidget(widget)
        self.retranslate()
        self.hide()

    def show_draft(self, draft: Draft | None) -> None:
        """Show the words of a draft; None: there is none."""
        self._draft = draft.draft if draft is not None else None
        self.text.setPlainText(words_of_draft(draft) if draft is not None else "")
        self.setVisible(draft is not None)

    def retranslate(self) -> None:
        self.set_heading(_("Your draft, not in these minutes"))
        self.explain.setText(
            _(
                "You typed this before the minutes were closed on another computer. Make a correction and copy "
                "into it what is missing there."
            )
        )
        self.text.setAccessibleName(_("Your draft, not in these minutes"))
        self.throw_away.setText(_("Throw draft away"))
        self.text.setVisible(not appearance().names_hidden)  # changing it words the window anew

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_thrown_away(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None:
            self._session.keep(lambda ctx, progress: throw_draft_away(ctx, draft))
        self.hide()
