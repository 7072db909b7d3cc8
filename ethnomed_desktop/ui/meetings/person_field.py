"""A person from the list, or whoever it was in words: one input for both."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.reference_field import ReferenceField, ReferenceSource, is_uid
from ethnomed_desktop.ui.session import Session


class PersonField(ReferenceField):
    """Writes the field ``name`` (a reference) or, for words that are nobody's in the list, ``words``."""

    def __init__(
        self,
        kind: str,
        name: str,
        words: str,
        session: Session,
        parent: QWidget | None = None,
        *,
        source: ReferenceSource | None = None,
    ) -> None:
        super().__init__(KINDS[kind].field(name), source or session.references, session.tasks, parent)
        self._words = words
        self._post = ("", "")
        self.allow_new(False)

    def show_part(self, part: Part) -> None:
        """Show the person of a part, else the words; words beside a person are the post, kept with that person."""
        self._post = (part.text(self.name), part.text(self._words))
        self.set_value(part.text(self.name) or part.text(self._words) or None)

    def store(self, part: Part) -> None:
        """Write what stands here into the part: the letters that a person was looked up by are no words of it."""
        given = self.draft()
        chosen = isinstance(given, str) and is_uid(given)
        part.put(self.name, given if chosen else None)
        person, post = self._post
        part.put(self._words, (post or None) if chosen and given == person else None if chosen else given)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "new_button"):
            self.chooser.line.setPlaceholderText(_("From the list, or in words"))
